//! The door for whoever shows or edits all rules at once: reading them.

use diesel::prelude::*;

use super::model::{Opens, Rule};
use super::queries::{complete, load_codes};
use super::rows::Row;
use crate::db::Conn;
use crate::db::schema::promotion;
use crate::error::Result;
use crate::ids::PromotionId;

/// How many promotions there are at most, the stopped ones too.
pub(super) const MOST_RULES: i64 = 5_000;

/// Every promotion with its codes, by slug; the stopped ones too. May take long: `Db::read_long`.
pub fn load_rules(conn: &mut Conn) -> Result<Vec<Rule>> {
    Ok(stored(conn)?.into_iter().map(|(_, rule)| rule).collect())
}

/// Every promotion with its id, by slug.
pub(super) fn stored(conn: &mut Conn) -> Result<Vec<(PromotionId, Rule)>> {
    let rows: Vec<Row> = promotion::table
        .order(promotion::slug)
        .limit(MOST_RULES)
        .select(Row::as_select())
        .load(conn)?;
    let running = complete(conn, rows)?;
    let ids: Vec<PromotionId> = running.iter().map(|running| running.id).collect();
    let mut codes = load_codes(conn, &ids)?;
    let rules = running.into_iter().map(|running| {
        let own = codes.remove(&running.id).unwrap_or_default();
        let opens = match running.rule.opens {
            Opens::Automatic => Opens::Automatic,
            Opens::Codes(_) => Opens::Codes(own),
        };
        (running.id, Rule { opens, ..running.rule })
    });
    Ok(rules.collect())
}
