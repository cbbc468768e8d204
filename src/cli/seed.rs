//! `etalase seed`: a large shop, quickly.

use std::sync::Arc;

use super::{Outcome, serve};
use crate::app;
use crate::config::Settings;
use crate::db::Db;
use crate::demo::orders::{self, Press};
use crate::demo::{self, seed};
use crate::passwords::Whose;
use crate::reports;
use crate::web::visit::now;

/// How many products share a transaction.
const BATCH: u32 = 500;
/// How many copies of orders do.
const COPIES: u32 = 2_000;
/// Of every account.
const PASSWORD: &str = "nothing here is real";

/// How many days of sales are summed up in one go.
const DAYS: usize = 100;
/// How many accounts do.
const ACCOUNTS: u32 = 5_000;

/// How much there is to be of everything.
#[derive(Clone, Copy)]
pub struct Size {
    pub products: u32,
    pub orders: u32,
    pub customers: u32,
}

/// Fills an empty shop with so many invented goods, customers and orders.
pub fn run(settings: &Settings, size: Size) -> Outcome {
    let Size { products, orders, customers } = size;
    serve::prepare(settings)?;
    let db = Db::open(&settings.database, 2)?;
    actix_web::rt::System::new().block_on(async {
        if db.read_long(demo::is_filled).await? {
            return Err("the shop has goods already; seed an empty one".into());
        }
        put_up(&db, products).await?;
        println!("{products} products are on the shelves");
        if customers > 0 {
            welcome(&db, settings, customers).await?;
            println!("{customers} customers have an account");
        }
        if orders > 0 {
            sell(&db, settings, orders).await?;
            println!("{orders} orders are in the books");
            while reports::keep_days(&db, now(), DAYS).await? == DAYS {}
        }
        Ok(db.refresh_statistics().await?)
    })
}

async fn put_up(db: &Db, products: u32) -> Outcome {
    let shelves = Arc::new(db.write(|conn| seed::put_up(conn, now())).await?);
    for first in (0..products).step_by(BATCH as usize) {
        let last = products.min(first + BATCH);
        let shelves = shelves.clone();
        db.write(move |conn| seed::fill(conn, &shelves, first..last, now())).await?;
    }
    Ok(())
}

/// All have the same password, which is hashed once.
async fn welcome(db: &Db, settings: &Settings, customers: u32) -> Outcome {
    let (now, shop) = (now(), app::open_shop(settings).await?);
    let password = shop.passwords.choose(PASSWORD, Whose::Customer, &[]).await?;
    let password = password.map_err(|_| "a password that nobody may choose")?;
    for first in (0..customers).step_by(ACCOUNTS as usize) {
        let (last, password) = (customers.min(first + ACCOUNTS), password.clone());
        let open = move |conn: &mut _| {
            orders::open_accounts(conn, first..last, customers, (&password, now))
        };
        db.write(open).await?;
    }
    Ok(())
}

/// Places some orders, and copies them.
async fn sell(db: &Db, settings: &Settings, orders: u32) -> Outcome {
    let now = now();
    let counter = db.write(move |conn| orders::open_counter(conn, now)).await?;
    let one_by_one = orders::placed_one_by_one(orders);
    let mut templates = Vec::new();
    for number in 0..one_by_one {
        let counter = counter.clone();
        templates.push(db.write(move |conn| counter.place(conn, number)).await?);
    }
    // Nobody is written to: mails of invented orders stay here, whatever mail server is set.
    let mut quiet = settings.clone();
    quiet.smtp = None;
    let shop = app::open_shop(&quiet).await?.into_inner();
    app::crew(&shop, &quiet).work_off().await?;
    db.refresh_statistics().await?;
    let password = shop.passwords.choose(PASSWORD, Whose::Customer, &[]).await?;
    let password = password.map_err(|_| "a password that nobody may choose")?;
    let copies = orders - one_by_one;
    let press = move |conn: &mut _| Press::of(conn, &templates, copies, (password.clone(), now));
    let press = db.read_long(press).await?;
    for first in (0..copies).step_by(COPIES as usize) {
        let (press, last) = (press.clone(), copies.min(first + COPIES));
        db.write(move |conn| press.make(conn, first..last)).await?;
    }
    Ok(())
}
