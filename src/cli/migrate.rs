//! `etalase migrate`: the schema, brought up to date.

use super::Outcome;
use crate::config::Settings;
use crate::db;

/// Runs what is missing and says what ran.
pub fn run(settings: &Settings) -> Outcome {
    std::fs::create_dir_all(&settings.data_dir)?;
    let ran = db::migrate(&settings.database)?;
    for name in &ran {
        println!("migrated {name}");
    }
    if ran.is_empty() {
        println!("nothing to migrate");
    }
    Ok(())
}
