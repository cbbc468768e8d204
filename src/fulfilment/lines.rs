//! The lines of an order as the goods see them.

use diesel::prelude::*;

use super::model::Wanted;
use crate::db::Conn;
use crate::db::schema::order_line;
use crate::error::Result;
use crate::ids::{OrderId, OrderLineId, VariantId};
use crate::orders::{MoveError, Moved};

/// A line, and how far it has come.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = order_line)]
pub(super) struct Line {
    pub id: OrderLineId,
    pub position: i64,
    /// `None` when the variant was deleted since: then there is no stock to move.
    pub variant_id: Option<VariantId>,
    pub sku: String,
    pub quantity: i64,
    pub shipped: i64,
}

/// An order's lines in the order of their variants, in which stock is moved.
pub(super) fn lines(conn: &mut Conn, order: OrderId) -> Result<Vec<Line>> {
    Ok(order_line::table
        .filter(order_line::order_id.eq(order))
        .order((order_line::variant_id, order_line::position))
        .select(Line::as_select())
        .load(conn)?)
}

/// The lines that are named, each with the units asked for.
pub(super) fn named(lines: Vec<Line>, wanted: &[Wanted]) -> Moved<Vec<(Line, i64)>> {
    for want in wanted {
        let is_known = lines.iter().any(|line| line.position == want.position);
        let once = wanted.iter().filter(|other| other.position == want.position).count() == 1;
        if !is_known || !once {
            return Err(too_many(want.position, want.quantity.get()));
        }
    }
    let units = |line: &Line| wanted.iter().find(|want| want.position == line.position);
    let named = lines.into_iter().filter_map(|line| {
        let quantity = units(&line)?.quantity.get();
        Some((line, quantity))
    });
    Ok(named.collect())
}

pub(super) fn too_many(position: i64, asked: i64) -> MoveError {
    MoveError::TooMany { position, asked }
}
