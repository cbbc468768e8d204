//! All SQL about goods of the demo in a shop of somebody's own.

use chrono::NaiveDateTime;
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::schema::{demo_thing, product};
use crate::error::Result;

/// What the demo has put in, by the name in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Product,
    Category,
    Brand,
    Attribute,
    Option,
}

impl Kind {
    fn code(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Category => "category",
            Self::Brand => "brand",
            Self::Attribute => "attribute",
            Self::Option => "option",
        }
    }
}

/// Whether goods of the demo lie beside the shop's own.
pub fn has_goods(conn: &mut Conn) -> Result<bool> {
    Ok(diesel::select(exists(demo_thing::table.select(demo_thing::thing_id))).get_result(conn)?)
}

/// Whether something is on sale that the demo has not put there.
pub fn has_other_goods(conn: &mut Conn, now: NaiveDateTime) -> Result<bool> {
    let of_demo = demo_thing::table
        .filter(demo_thing::kind.eq(Kind::Product.code()))
        .filter(demo_thing::thing_id.eq(product::id.into_sql::<diesel::sql_types::BigInt>()));
    let own = product::table
        .filter(product::status.eq("active"))
        .filter(product::publish_at.le(now))
        .filter(product::unpublish_at.is_null().or(product::unpublish_at.gt(now)))
        .filter(not(exists(of_demo)));
    Ok(diesel::select(exists(own)).get_result(conn)?)
}

/// Remembers what the demo has put in.
pub(super) fn remember(
    conn: &mut Conn,
    kind: Kind,
    ids: impl IntoIterator<Item = i64>,
) -> Result<()> {
    for id in ids {
        diesel::insert_into(demo_thing::table)
            .values((demo_thing::kind.eq(kind.code()), demo_thing::thing_id.eq(id)))
            .execute(conn)?;
    }
    Ok(())
}

/// What the demo has put in, the latest first: what stands below another thing comes before it.
pub(super) fn remembered(conn: &mut Conn, kind: Kind) -> Result<Vec<i64>> {
    let own = demo_thing::table.filter(demo_thing::kind.eq(kind.code()));
    Ok(own.order(demo_thing::thing_id.desc()).select(demo_thing::thing_id).load(conn)?)
}

/// From here on everything is the shop's own.
pub(super) fn forget(conn: &mut Conn) -> Result<()> {
    diesel::delete(demo_thing::table).execute(conn)?;
    Ok(())
}
