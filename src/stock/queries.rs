//! All SQL of the room.

use diesel::prelude::*;

use crate::db::Conn;
use crate::db::schema::stock;
use crate::error::Result;
use crate::ids::VariantId;

/// Takes `count` units off the shelf, or none and `false` when fewer are left.
///
/// One guarded update: of two buyers of the last unit the second finds it gone. Who takes several
/// variants takes them in the order of their ids, so that two buyers never wait for each other.
pub fn take(conn: &mut Conn, variant: VariantId, count: i64) -> Result<bool> {
    let shelf = stock::table.filter(stock::variant_id.eq(variant)).filter(stock::on_hand.ge(count));
    let taken =
        diesel::update(shelf).set(stock::on_hand.eq(stock::on_hand - count)).execute(conn)?;
    Ok(taken == 1)
}
