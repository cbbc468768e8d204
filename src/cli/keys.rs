//! `etalase keys`: new keys for session cookies.

use clap::Subcommand;

use super::Outcome;
use crate::config::{self, Settings};

#[derive(Subcommand)]
pub enum Command {
    /// Make a new key for session cookies; those made by the last three are still read
    Rotate,
}

pub fn run(settings: &Settings, command: &Command) -> Outcome {
    match command {
        Command::Rotate => rotate(settings),
    }
}

fn rotate(settings: &Settings) -> Outcome {
    let count = config::rotate_cookie_keys(&settings.data_dir)?;
    println!("a new key makes session cookies; those of {count} keys are read");
    println!("restart the shop, all of its instances, to use it (docs/keys.md)");
    Ok(())
}
