//! All SQL of the room. Every move is a guarded update of the level and a row of the ledger, in
//! the caller's transaction. Who moves several variants moves them in the order of their ids, so
//! that two orders never wait for each other.

use chrono::NaiveDateTime;
use diesel::dsl::auto_type;
use diesel::prelude::*;

use super::model::Actor;
use super::{back, low};
use crate::db::Conn;
use crate::db::schema::{stock, stock_move};
use crate::error::{Error, Result};
use crate::ids::VariantId;

/// What makes a move: the ledger takes each cause of a kind once, so that nothing is restocked
/// twice, and says who did it and when (UTC).
#[derive(Debug, Clone)]
pub struct Cause<'a> {
    /// Names the one thing that moves it, like `line:12`.
    pub name: String,
    /// In a person's words; only an adjustment needs it.
    pub reason: &'a str,
    pub actor: &'a Actor,
    pub at: NaiveDateTime,
}

/// On hand and promised to nobody.
#[auto_type]
pub fn available() -> _ {
    stock::on_hand - stock::reserved
}

/// What can be had after a move, and at how many the variant runs low, if it says so itself.
type After = (i64, Option<i64>);

#[auto_type]
fn after() -> _ {
    (available(), stock::low_at)
}

/// Puts a new variant on the shelf, with what lies there already.
pub fn open(conn: &mut Conn, variant: VariantId, on_hand: i64, cause: &Cause<'_>) -> Result<()> {
    diesel::insert_into(stock::table)
        .values((
            stock::variant_id.eq(variant),
            stock::on_hand.eq(on_hand),
            stock::reserved.eq(0),
            stock::backorder_limit.eq(0),
        ))
        .execute(conn)?;
    if on_hand > 0 {
        note(conn, variant, ("received", on_hand, 0), (on_hand, None), cause)?;
    }
    Ok(())
}

/// Promises `count` units to an order, or none and `false` when fewer can be had.
///
/// One guarded update: of two buyers of the last unit the second finds it promised.
pub fn allocate(
    conn: &mut Conn,
    variant: VariantId,
    count: i64,
    cause: &Cause<'_>,
) -> Result<bool> {
    let shelf = stock::table
        .filter(stock::variant_id.eq(variant))
        .filter((available() + stock::backorder_limit).ge(count));
    let taken =
        diesel::update(shelf).set(stock::reserved.eq(stock::reserved + count)).returning(after());
    let Some(left) = taken.get_result(conn).optional()? else { return Ok(false) };
    note(conn, variant, ("allocated", 0, count), left, cause)?;
    Ok(true)
}

/// Gives back what was promised.
///
/// # Errors
/// A duplicate (`Error::is_duplicate`) when this cause has released before; `Internal` when not so
/// many are promised.
pub fn release(conn: &mut Conn, variant: VariantId, count: i64, cause: &Cause<'_>) -> Result<()> {
    let shelf =
        stock::table.filter(stock::variant_id.eq(variant)).filter(stock::reserved.ge(count));
    let released =
        diesel::update(shelf).set(stock::reserved.eq(stock::reserved - count)).returning(after());
    let left = moved(released.get_result(conn).optional()?, variant)?;
    note(conn, variant, ("released", 0, -count), left, cause)
}

/// Sends promised units off, or none and `false` when fewer lie on the shelf.
///
/// # Errors
/// A duplicate when this cause has shipped before.
pub fn ship(conn: &mut Conn, variant: VariantId, count: i64, cause: &Cause<'_>) -> Result<bool> {
    let shelf = stock::table
        .filter(stock::variant_id.eq(variant))
        .filter(stock::reserved.ge(count))
        .filter(stock::on_hand.ge(count));
    let shipped = diesel::update(shelf)
        .set((
            stock::on_hand.eq(stock::on_hand - count),
            stock::reserved.eq(stock::reserved - count),
        ))
        .returning(after());
    let Some(left) = shipped.get_result(conn).optional()? else { return Ok(false) };
    note(conn, variant, ("shipped", -count, -count), left, cause)?;
    Ok(true)
}

/// Units that come from a maker.
///
/// # Errors
/// A duplicate when this cause has been received before.
pub fn receive(conn: &mut Conn, variant: VariantId, count: i64, cause: &Cause<'_>) -> Result<()> {
    add(conn, variant, ("received", count), cause)
}

/// Units that a shopper sends back and that can be sold again.
///
/// # Errors
/// A duplicate when this cause has been taken back before.
pub fn take_back(conn: &mut Conn, variant: VariantId, count: i64, cause: &Cause<'_>) -> Result<()> {
    add(conn, variant, ("returned", count), cause)
}

/// Corrects the count by `difference`, for the reason that the cause gives; `false` when fewer
/// lie there than are to be taken away.
pub fn adjust(
    conn: &mut Conn,
    variant: VariantId,
    difference: i64,
    cause: &Cause<'_>,
) -> Result<bool> {
    let shelf = stock::table
        .filter(stock::variant_id.eq(variant))
        .filter((stock::on_hand + difference).ge(0));
    let adjusted = diesel::update(shelf)
        .set(stock::on_hand.eq(stock::on_hand + difference))
        .returning(after());
    let Some(left) = adjusted.get_result(conn).optional()? else { return Ok(false) };
    note(conn, variant, ("adjusted", difference, 0), left, cause)?;
    Ok(true)
}

/// Whether an adjustment of this cause was made.
pub(super) fn has_adjusted(conn: &mut Conn, cause: &str) -> Result<bool> {
    let made = stock_move::table
        .filter(stock_move::kind.eq("adjusted"))
        .filter(stock_move::cause.eq(cause));
    Ok(diesel::select(diesel::dsl::exists(made)).get_result(conn)?)
}

/// Corrects the count by `difference` if it is still `expected`; else `false`.
pub(super) fn adjust_from(
    conn: &mut Conn,
    variant: VariantId,
    (expected, difference): (i64, i64),
    cause: &Cause<'_>,
) -> Result<bool> {
    let shelf = stock::table.find(variant).filter(stock::on_hand.eq(expected));
    let adjusted = diesel::update(shelf)
        .set(stock::on_hand.eq(stock::on_hand + difference))
        .returning(after());
    let Some(left) = adjusted.get_result(conn).optional()? else { return Ok(false) };
    note(conn, variant, ("adjusted", difference, 0), left, cause)?;
    Ok(true)
}

fn add(
    conn: &mut Conn,
    variant: VariantId,
    (kind, count): (&str, i64),
    cause: &Cause<'_>,
) -> Result<()> {
    let added = diesel::update(stock::table.find(variant))
        .set(stock::on_hand.eq(stock::on_hand + count))
        .returning(after());
    let left = moved(added.get_result(conn).optional()?, variant)?;
    note(conn, variant, (kind, count, 0), left, cause)
}

fn moved(left: Option<After>, variant: VariantId) -> Result<After> {
    left.ok_or_else(|| {
        Error::internal(format!("the stock of variant {variant} does not allow the move"))
    })
}

/// Writes a move into the ledger: so many can be had after it.
fn note(
    conn: &mut Conn,
    variant: VariantId,
    (kind, on_hand, reserved): (&str, i64, i64),
    (left, low_at): After,
    cause: &Cause<'_>,
) -> Result<()> {
    diesel::insert_into(stock_move::table)
        .values((
            stock_move::variant_id.eq(variant),
            stock_move::kind.eq(kind),
            stock_move::on_hand.eq(on_hand),
            stock_move::reserved.eq(reserved),
            stock_move::cause.eq(&cause.name),
            stock_move::reason.eq(cause.reason),
            stock_move::actor.eq(cause.actor.as_str()),
            stock_move::moved_at.eq(cause.at),
        ))
        .execute(conn)?;
    let change = (left - on_hand + reserved, left);
    back::follow(conn, variant, change, cause.at)?;
    low::follow(conn, (variant, low_at), change, cause.at)
}
