//! A sheet is made, some lines at a time so that nobody's order waits for it, or thrown away.

use chrono::NaiveDateTime;
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use serde_json::json;

use super::model::Status;
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::db::Conn;
use crate::db::schema::{product_category, stock, stocktake, stocktake_line, variant};
use crate::error::Result;
use crate::ids::{CategoryId, StocktakeId, VariantId};
use crate::money::Currency;
use crate::stock::{Actor, last_move};

/// What is to be counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scope {
    /// Also what is in the categories below it; `None` for everything.
    pub category: Option<CategoryId>,
    /// Only what no sheet that was booked has counted since then.
    pub not_counted_since: Option<NaiveDateTime>,
}

/// So many lines are written at once.
const AT_ONCE: i64 = 1_000;

/// A sheet without lines: [`fill_some`] writes them.
pub fn make(conn: &mut Conn, (name, currency): (&str, Currency), who: &Who) -> Result<StocktakeId> {
    let since = last_move(conn)?;
    let id: StocktakeId = diesel::insert_into(stocktake::table)
        .values((
            stocktake::name.eq(name),
            stocktake::status.eq(Status::Making.code()),
            stocktake::version.eq(1),
            stocktake::lines.eq(0),
            stocktake::counted.eq(0),
            stocktake::currency.eq(currency.code()),
            stocktake::since_move.eq(since),
            stocktake::made_at.eq(who.at),
            stocktake::made_by.eq(Actor::of(who).as_str()),
            stocktake::booked_by.eq(""),
        ))
        .returning(stocktake::id)
        .get_result(conn)?;
    let deed = Deed::of(Action::CountSheetMade, Entity::Stocktake(id));
    audit::write(conn, who, &Deed { after: json!({ "name": name }), ..deed })?;
    Ok(id)
}

/// Writes the next lines of a sheet, by SKU; `false` when it has all and counts can be typed in.
pub fn fill_some(conn: &mut Conn, id: StocktakeId, scope: Scope) -> Result<bool> {
    let last = last_line(conn, id)?;
    let next = next(conn, scope, last.as_ref().map_or("", |(_, sku)| sku))?;
    let (mut position, is_done) = (last.map_or(0, |(last, _)| last), next.is_empty());
    for variant in next {
        position += 1;
        diesel::insert_into(stocktake_line::table)
            .values((
                stocktake_line::stocktake_id.eq(id),
                stocktake_line::number.eq(position),
                stocktake_line::variant_id.eq(variant),
                stocktake_line::counted_by.eq(""),
            ))
            .execute(conn)?;
    }
    let status = if is_done { Status::Open } else { Status::Making };
    let sheet = stocktake::table.find(id).filter(stocktake::status.eq(Status::Making.code()));
    diesel::update(sheet)
        .set((stocktake::lines.eq(position), stocktake::status.eq(status.code())))
        .execute(conn)?;
    Ok(!is_done)
}

fn last_line(conn: &mut Conn, id: StocktakeId) -> Result<Option<(i64, String)>> {
    let lines = stocktake_line::table.inner_join(variant::table);
    let last = lines.filter(stocktake_line::stocktake_id.eq(id));
    let last = last.order(stocktake_line::number.desc());
    Ok(last.select((stocktake_line::number, variant::sku)).first(conn).optional()?)
}

/// What is sold, and what lies there although it is not sold any more.
fn next(conn: &mut Conn, scope: Scope, after: &str) -> Result<Vec<VariantId>> {
    let lies_there =
        exists(stock::table.filter(stock::variant_id.eq(variant::id)).filter(stock::on_hand.gt(0)));
    let mut found = variant::table
        .filter(variant::sku.gt(after))
        .filter(variant::active.eq(true).or(lies_there))
        .select(variant::id)
        .into_boxed();
    if let Some(category) = scope.category {
        let members = product_category::table
            .filter(product_category::category_id.eq(category))
            .filter(product_category::product_id.eq(variant::product_id));
        found = found.filter(exists(members));
    }
    if let Some(since) = scope.not_counted_since {
        let counted = stocktake_line::table
            .filter(stocktake_line::variant_id.eq(variant::id))
            .filter(stocktake_line::counted_at.ge(since))
            .filter(stocktake_line::outcome.eq("booked"));
        found = found.filter(not(exists(counted)));
    }
    Ok(found.order(variant::sku).limit(AT_ONCE).load(conn)?)
}

/// Throws a sheet away of which nothing is booked; else `false`.
pub fn remove(conn: &mut Conn, id: StocktakeId, who: &Who) -> Result<bool> {
    let unbooked = [Status::Making.code(), Status::Open.code()];
    let sheet = stocktake::table.find(id).filter(stocktake::status.eq_any(unbooked));
    let name: Option<String> =
        diesel::delete(sheet).returning(stocktake::name).get_result(conn).optional()?;
    let Some(name) = name else { return Ok(false) };
    let deed = Deed::of(Action::CountSheetRemoved, Entity::Stocktake(id));
    audit::write(conn, who, &Deed { before: json!({ "name": name }), ..deed })?;
    Ok(true)
}
