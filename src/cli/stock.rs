//! `etalase stock`: what lies on the shelf, what comes in, and what a count says.

mod count;

use clap::Subcommand;
use std::path::PathBuf;

use super::order::Who;
use super::{Failure, Outcome};
use crate::audit;
use crate::catalog::levels::{self, Entry, State};
use crate::config::Settings;
use crate::db::{Conn, Db};
use crate::error::{Error, Result};
use crate::ids::VariantId;
use crate::stock::{self, Correction, Delivery, Level, Limits, Move, once};

#[derive(Subcommand)]
pub enum Command {
    /// Levels by SKU: on hand, reserved, available, and what may be ordered beyond that
    List {
        /// Only what can be had of at most so many
        #[arg(long, value_name = "N", allow_negative_numbers = true)]
        low: Option<i64>,
        /// Go on after this SKU
        #[arg(long, default_value = "", value_name = "SKU")]
        after: String,
        /// So many a page
        #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(i64).range(1..=1_000))]
        most: i64,
    },
    /// What has moved a level, latest first
    Ledger {
        sku: String,
        /// Go on before this row
        #[arg(long, value_name = "ROW")]
        before: Option<i64>,
        /// So many a page
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(i64).range(1..=1_000))]
        most: i64,
    },
    /// Units have come in
    Receive {
        sku: String,
        #[arg(value_parser = clap::value_parser!(i64).range(1..=MOST_UNITS))]
        units: i64,
        /// Of the delivery: what it brings of a SKU is received once
        #[arg(long, default_value = "")]
        reference: String,
        #[command(flatten)]
        by: Who,
    },
    /// Correct a level by so many units
    Adjust {
        sku: String,
        #[arg(allow_negative_numbers = true, value_parser = clap::value_parser!(i64).range(-MOST_UNITS..=MOST_UNITS))]
        difference: i64,
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        by: Who,
    },
    /// Let so many be ordered beyond what is there, or none
    Backorder {
        sku: String,
        #[arg(value_parser = limit)]
        limit: i64,
        #[command(flatten)]
        by: Who,
    },
    /// Write a sheet to count by (CSV)
    Sheet {
        /// A new file
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Correct levels to what was counted on a sheet
    Stocktake {
        #[arg(value_name = "FILE")]
        sheet: PathBuf,
        /// Show the differences, and change nothing
        #[arg(long)]
        dry_run: bool,
        #[arg(long, default_value = "stocktake")]
        reason: String,
        #[command(flatten)]
        by: Who,
    },
}

/// No shop moves more at once.
const MOST_UNITS: i64 = 1_000_000;

fn limit(typed: &str) -> std::result::Result<i64, String> {
    let number = if typed == "none" { Some(0) } else { typed.parse().ok() };
    let number = number.filter(|limit| (0..=MOST_UNITS).contains(limit));
    number.ok_or_else(|| format!("write none, or a number up to {MOST_UNITS}"))
}

pub fn run(settings: &Settings, command: &Command) -> Outcome {
    let db = Db::open(&settings.database, 2)?;
    actix_web::rt::System::new().block_on(async {
        match command {
            Command::List { low, after, most } => list(&db, (*low, after.clone()), *most).await,
            Command::Ledger { sku, before, most } => ledger(&db, sku, *before, *most).await,
            Command::Receive { sku, units, reference, by } => {
                let delivery = Delivery { units: *units, reference: reference.trim().to_owned() };
                let step = move |conn: &mut Conn, variant, who: &audit::Who| {
                    stock::take_in(conn, variant, (&delivery, &once()), who).map(|()| true)
                };
                let done = act(&db, sku, by, step).await;
                done.map_err(|failure| said_twice(failure, "this delivery was received before"))
            }
            Command::Adjust { sku, difference, reason, by } => {
                let correction = Correction { by: *difference, reason: named(reason)? };
                let step = move |conn: &mut Conn, variant, who: &audit::Who| {
                    let put_right =
                        |conn| stock::put_right(conn, variant, (&correction, &once()), who);
                    Ok(correction.by != 0 && put_right(conn)?)
                };
                act(&db, sku, by, step).await
            }
            Command::Backorder { sku, limit, by } => {
                let backorder = *limit;
                let step = move |conn: &mut Conn, variant, who: &audit::Who| {
                    let Some(level) = stock::find_level(conn, variant)? else { return Ok(false) };
                    let wanted = Limits { backorder, ..level.limits };
                    stock::limit(conn, variant, (level.limits, wanted), who)
                };
                act(&db, sku, by, step).await
            }
            Command::Sheet { out } => count::sheet(&db, out).await,
            Command::Stocktake { sheet, dry_run, reason, by } => {
                count::take(&db, sheet, (*dry_run, &named(reason)?), by).await
            }
        }
    })
}

async fn list(db: &Db, (at_most, after): (Option<i64>, String), most: i64) -> Outcome {
    let levels = move |conn: &mut Conn| {
        let after = levels::after_sku(conn, &after, at_most.is_some())?;
        let wanted =
            levels::Wanted { state: at_most.map(State::AtMost), after, ..Default::default() };
        levels::list(conn, &wanted, most)
    };
    let levels = db.read_long(levels).await?;
    println!(
        "{:24}  {:>9}  {:>9}  {:>9}  {:>9}",
        "sku", "on hand", "reserved", "available", "beyond"
    );
    for Entry { sku, on_hand, reserved, limits, .. } in levels {
        let (available, backorder_limit) = (on_hand - reserved, limits.backorder);
        println!("{sku:24}  {on_hand:>9}  {reserved:>9}  {available:>9}  {backorder_limit:>9}");
    }
    Ok(())
}

async fn ledger(db: &Db, sku: &str, before: Option<i64>, most: i64) -> Outcome {
    let sku = sku.to_owned();
    let find = move |conn: &mut Conn| match stock::find_sku(conn, &sku)? {
        Some(variant) => stock::ledger(conn, variant, before, most).map(Some),
        None => Ok(None),
    };
    let moves = db.read_long(find).await?.ok_or(NO_SKU)?;
    for Move { id, kind, on_hand, reserved, cause, reason, actor, at } in moves {
        let at = at.format("%Y-%m-%d %H:%M:%S");
        println!(
            "{id:>8}  {at}  {kind:9}  {on_hand:>+7}  {reserved:>+7}  {actor}  {cause}  {reason}"
        );
    }
    Ok(())
}

const NO_SKU: &str = "there is no such SKU";

/// Does it in one transaction; says what the level is then.
async fn act(
    db: &Db,
    sku: &str,
    by: &Who,
    step: impl Fn(&mut Conn, VariantId, &audit::Who) -> Result<bool> + Send + 'static,
) -> Outcome {
    let (who, sku) = (by.answers(), sku.to_owned());
    let done = db.write(move |conn| {
        let Some(variant) = stock::find_sku(conn, &sku)? else { return Ok(Err(NO_SKU)) };
        match step(conn, variant, &who)? {
            true => Ok(Ok(stock::find_level(conn, variant)?.ok_or(Error::NotFound)?)),
            false => Ok(Err("there is nothing to correct, or fewer lie there than that")),
        }
    });
    let Level { sku, on_hand, reserved, .. } = done.await??;
    println!("{sku}: {on_hand} on hand, {reserved} reserved");
    Ok(())
}

fn named(reason: &str) -> std::result::Result<String, &'static str> {
    match reason.trim() {
        "" => Err("give a reason: it stands in the ledger"),
        reason => Ok(reason.to_owned()),
    }
}

fn said_twice(failure: Failure, text: &'static str) -> Failure {
    match failure.downcast_ref::<Error>() {
        Some(error) if error.is_duplicate() => text.into(),
        _ => failure,
    }
}
