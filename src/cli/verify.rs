//! `etalase verify`: proof that the books balance.

use super::Outcome;
use crate::config::Settings;
use crate::db::{Db, snapshot};
use crate::verify;
use crate::web::visit::now;

/// Names every row that does not hold, and fails when there is one.
pub fn run(settings: &Settings) -> Outcome {
    let db = Db::open(&settings.database, 1)?;
    let findings = actix_web::rt::System::new()
        .block_on(db.read_long(|conn| snapshot(conn, |conn| verify::verify(conn, now()))))?;
    for broken in &findings.broken {
        println!("{broken}");
    }
    match findings.broken.len() {
        0 => {
            println!("{} orders, and all books balance", findings.orders);
            Ok(())
        }
        count => Err(format!("{count} things do not hold").into()),
    }
}
