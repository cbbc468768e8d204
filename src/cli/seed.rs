//! `etalase seed`: a large shop, quickly.

use super::{Outcome, serve};
use crate::config::Settings;
use crate::db::Db;
use crate::demo::{self, seed};
use crate::web::visit::now;

/// How many products share a transaction.
const BATCH: u32 = 500;

/// Fills an empty shop with `products` invented goods.
pub fn run(settings: &Settings, products: u32) -> Outcome {
    serve::prepare(settings)?;
    let db = Db::open(&settings.database, 2)?;
    actix_web::rt::System::new().block_on(async {
        if db.read_long(demo::is_filled).await? {
            return Err("the shop has goods already; seed an empty one".into());
        }
        let shelves = std::sync::Arc::new(db.write(|conn| seed::put_up(conn, now())).await?);
        for first in (0..products).step_by(BATCH as usize) {
            let last = products.min(first + BATCH);
            let shelves = shelves.clone();
            db.write(move |conn| seed::fill(conn, &shelves, first..last, now())).await?;
        }
        db.refresh_statistics().await?;
        println!("{products} products are on the shelves");
        Ok(())
    })
}
