//! What the stock of a large shop is worth, kept: reckoning it goes through every variant, which takes seconds
//! where there are a million. No trigger could keep it, because a price may begin on its own.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;

use super::stock::{Held, stock_value};
use crate::db::schema::{stock, stock_worth};
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::jobs::{Failure, Kind, Queue, Task, Works};
use crate::money::Currency;
use crate::settings;

const KEEP: Kind = Kind { queue: Queue::Shop, name: "reports.stock" };
const EVERY: TimeDelta = TimeDelta::minutes(15);
/// Of so many variants it is reckoned whenever somebody asks, in some milliseconds.
const FEW: i64 = 2_000;

/// What lies on the shelf of each category, and when that was so.
pub struct Worth {
    pub held: Vec<Held>,
    /// `None` for now.
    pub made_at: Option<NaiveDateTime>,
}

/// What the stock is worth: as it was last kept, or now where nothing is kept.
pub fn stock_worth(conn: &mut Conn, currency: Currency, now: NaiveDateTime) -> Result<Worth> {
    let rows: Vec<(String, i64, i64, i64, NaiveDateTime)> = stock_worth::table
        .filter(stock_worth::currency.eq(currency.code()))
        .order((stock_worth::amount.desc(), stock_worth::category))
        .select((
            stock_worth::category,
            stock_worth::units,
            stock_worth::unpriced,
            stock_worth::amount,
            stock_worth::made_at,
        ))
        .load(conn)?;
    let Some((.., made_at)) = rows.first() else {
        return Ok(Worth { held: stock_value(conn, currency, now)?, made_at: None });
    };
    let made_at = Some(*made_at);
    let held = |(category, units, unpriced, amount, _)| Held { category, units, unpriced, amount };
    Ok(Worth { held: rows.into_iter().map(held).collect(), made_at })
}

/// Every few minutes what the stock is worth is reckoned anew, where that takes long.
pub fn works(works: Works, db: &Db) -> Works {
    let db = db.clone();
    works.every(KEEP, EVERY, move |task| Box::pin(keep(db.clone(), task)))
}

async fn keep(db: Db, task: Task) -> std::result::Result<(), Failure> {
    keep_worth(&db, task.now, FEW).await?;
    Ok(())
}

/// Keeps what the stock is worth in the shop's currency, and forgets what was kept before; keeps nothing of
/// a shop that has no more variants than `few`.
pub async fn keep_worth(db: &Db, now: NaiveDateTime, few: i64) -> Result<()> {
    let reckon = move |conn: &mut Conn| {
        let currency = settings::load(conn)?.currency;
        let held = match has_more_than(conn, few)? {
            true => stock_value(conn, currency, now)?,
            false => Vec::new(),
        };
        Ok((currency, held))
    };
    let (currency, held) = db.read_long(reckon).await?;
    db.write(move |conn| replace(conn, currency, &held, now)).await
}

fn has_more_than(conn: &mut Conn, few: i64) -> Result<bool> {
    let shelves = stock::table.select(stock::variant_id).order(stock::variant_id);
    let behind: Option<i64> = shelves.offset(few).first(conn).optional()?;
    Ok(behind.is_some())
}

fn replace(conn: &mut Conn, currency: Currency, held: &[Held], now: NaiveDateTime) -> Result<()> {
    diesel::delete(stock_worth::table).execute(conn)?;
    for Held { category, units, unpriced, amount } in held {
        diesel::insert_into(stock_worth::table)
            .values((
                stock_worth::currency.eq(currency.code()),
                stock_worth::category.eq(category),
                stock_worth::units.eq(units),
                stock_worth::unpriced.eq(unpriced),
                stock_worth::amount.eq(amount),
                stock_worth::made_at.eq(now),
            ))
            .execute(conn)?;
    }
    Ok(())
}
