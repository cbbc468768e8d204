//! `etalase demo`: the demo shop "Selasar".

use super::{Outcome, serve};
use crate::config::{Database, Settings, Switch};
use crate::db::{self, Db};
use crate::demo;
use crate::web::visit::now;

/// Makes the demo shop unless it is there, and opens it.
pub fn run(settings: &Settings, fresh: bool) -> Outcome {
    if fresh {
        clear(&settings.database)?;
    }
    serve::prepare(settings)?;
    fill(settings)?;
    let mut settings = settings.clone();
    settings.test_payments = Switch::On;
    serve::open(&settings)
}

/// Puts the goods in, once.
fn fill(settings: &Settings) -> Outcome {
    let db = Db::open(&settings.database, 2)?;
    actix_web::rt::System::new().block_on(async {
        let filled = db.write(|conn| demo::fill_once(conn, now()));
        if filled.await? {
            db.refresh_statistics().await?;
            println!("the demo shop is filled");
        }
        Ok(())
    })
}

/// Undoes the whole schema; what `prepare` does next makes it anew.
fn clear(database: &Database) -> Outcome {
    if let Database::Sqlite(path) = database
        && !path.exists()
    {
        return Ok(());
    }
    db::revert_all(database)?;
    Ok(())
}
