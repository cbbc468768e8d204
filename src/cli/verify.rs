//! `etalase verify`: proof that the books balance.

use super::Outcome;
use crate::config::Settings;
use crate::db::Db;
use crate::verify;
use crate::web::visit::now;

/// Names every row that does not hold, and fails when there is one.
pub fn run(settings: &Settings) -> Outcome {
    let clerks = std::thread::available_parallelism().map_or(1, usize::from);
    let db = Db::open(&settings.database, u32::try_from(clerks)?)?;
    let findings =
        actix_web::rt::System::new().block_on(verify::verify_together(&db, clerks, now()))?;
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
