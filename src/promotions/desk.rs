//! Promotions as the staff see them: found one by one, and listed in the order in which they are
//! applied, with how often each was used and how much it gave.

use chrono::NaiveDateTime;
use diesel::dsl::{count_star, min, sql};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use std::collections::BTreeMap;

use super::model::{Opens, PromotionCode, Rule};
use super::queries::{Running, complete, load_codes, uses};
use super::rows::Row;
use crate::db::schema::{promotion, promotion_code, promotion_text, redemption};
use crate::db::{Conn, any_of};
use crate::error::Result;
use crate::ids::PromotionId;
use crate::language::{Language, LocalText};
use crate::pricing::Lane;

/// What has become of a promotion at some moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Running,
    Scheduled,
    /// Its limit leaves none.
    UsedUp,
    Over,
    Stopped,
}

impl State {
    pub const ALL: [Self; 5] =
        [Self::Running, Self::Scheduled, Self::UsedUp, Self::Over, Self::Stopped];

    /// Its name in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Scheduled => "scheduled",
            Self::UsedUp => "used-up",
            Self::Over => "over",
            Self::Stopped => "stopped",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    fn of(rule: &Rule, used: i64, now: NaiveDateTime) -> Self {
        match rule {
            _ if !rule.is_active => Self::Stopped,
            _ if rule.is_over(now) => Self::Over,
            _ if rule.usage_limit.is_some_and(|limit| limit <= used) => Self::UsedUp,
            _ if rule.starts_at.is_some_and(|start| now < start) => Self::Scheduled,
            _ => Self::Running,
        }
    }
}

/// A promotion by its number, with its codes.
pub struct Kept {
    pub id: PromotionId,
    pub rule: Rule,
    pub state: State,
}

/// A promotion in a list.
pub struct Listed {
    pub id: PromotionId,
    /// Without its codes.
    pub rule: Rule,
    pub state: State,
    /// How many codes open it, and one of them.
    pub codes: Option<(i64, String)>,
    /// Orders that used it and were not cancelled.
    pub used: i64,
    /// What it gave with them, in minor units of its currency.
    pub given: i64,
}

/// Behind which promotion a list goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct After {
    lane: String,
    priority: i64,
    slug: String,
}

impl After {
    pub fn of(rule: &Rule) -> Self {
        let slug = rule.slug.as_str().to_owned();
        Self { lane: rule.benefit.lane().code().to_owned(), priority: rule.priority.get(), slug }
    }

    /// As an address has it: `order.0.hemat10`
    pub fn code(&self) -> String {
        format!("{}.{}.{}", self.lane, self.priority, self.slug)
    }

    pub fn parse(code: &str) -> Option<Self> {
        let mut parts = code.splitn(3, '.');
        let lane = parts.next().filter(|code| Lane::ALL.iter().any(|lane| lane.code() == *code))?;
        let (priority, slug) = (parts.next()?.parse().ok()?, parts.next()?.to_owned());
        Some(Self { lane: lane.to_owned(), priority, slug })
    }
}

pub fn find(conn: &mut Conn, id: PromotionId, now: NaiveDateTime) -> Result<Option<Kept>> {
    let row = promotion::table.find(id).select(Row::as_select()).first(conn).optional()?;
    let Some(running) = complete(conn, row.into_iter().collect())?.pop() else { return Ok(None) };
    let mut rule = running.rule;
    if let Opens::Codes(codes) = &mut rule.opens {
        *codes = load_codes(conn, &[id])?.remove(&id).unwrap_or_default();
    }
    let used = uses(conn, &[id])?.remove(&id).unwrap_or(0);
    Ok(Some(Kept { id, state: State::of(&rule, used, now), rule }))
}

/// The number of the promotion with this lasting name.
pub fn find_id(conn: &mut Conn, slug: &str) -> Result<Option<PromotionId>> {
    let known = promotion::table.filter(promotion::slug.eq(slug));
    Ok(known.select(promotion::id).first(conn).optional()?)
}

/// The promotion that a code opens, whatever has become of it.
pub fn find_by_code(
    conn: &mut Conn,
    code: &PromotionCode,
    now: NaiveDateTime,
) -> Result<Option<Kept>> {
    let known = promotion_code::table.find(code.as_str());
    let id: Option<PromotionId> =
        known.select(promotion_code::promotion_id).first(conn).optional()?;
    id.map_or(Ok(None), |id| find(conn, id, now))
}

/// Number and names of the promotions with these lasting names, as far as they are still there.
pub fn named(
    conn: &mut Conn,
    slugs: &[&str],
) -> Result<BTreeMap<String, (PromotionId, LocalText)>> {
    type Row = (String, PromotionId, Option<(String, String)>);
    let rows: Vec<Row> = promotion::table
        .left_join(promotion_text::table)
        .filter(promotion::slug.eq_any(slugs))
        .select((
            promotion::slug,
            promotion::id,
            (promotion_text::locale, promotion_text::name).nullable(),
        ))
        .load(conn)?;
    let mut named = BTreeMap::new();
    for (slug, id, text) in rows {
        let (_, name) = named.entry(slug).or_insert_with(|| (id, LocalText::default()));
        if let Some((locale, text)) = text
            && let Some(language) = Language::parse(&locale)
        {
            name.set(language, text);
        }
    }
    Ok(named)
}

/// Promotions in the order in which they are applied, from the first on or after one.
pub fn list(
    conn: &mut Conn,
    (state, now): (Option<State>, NaiveDateTime),
    after: Option<&After>,
    count: i64,
) -> Result<Vec<Listed>> {
    let mut wanted = promotion::table.into_boxed();
    if let Some(After { lane, priority, slug }) = after {
        let later = promotion::priority.gt(*priority);
        let beside = promotion::priority.eq(*priority).and(promotion::slug.gt(slug));
        let within = promotion::lane.eq(lane).and(later.or(beside));
        wanted = wanted.filter(promotion::lane.gt(lane).or(within));
    }
    wanted = match state {
        None => wanted,
        Some(State::Stopped) => wanted.filter(promotion::status.ne("active")),
        Some(_) => wanted.filter(promotion::status.eq("active")),
    };
    let goes_on = promotion::ends_at.is_null().or(promotion::ends_at.gt(now));
    let is_left =
        promotion::usage_limit.is_null().or(promotion::usage_limit.gt(promotion::used.nullable()));
    wanted = match state {
        None | Some(State::Stopped) => wanted,
        Some(State::Over) => wanted.filter(promotion::ends_at.le(now)),
        Some(State::UsedUp) => {
            wanted.filter(goes_on).filter(promotion::usage_limit.le(promotion::used.nullable()))
        }
        Some(State::Scheduled) => {
            wanted.filter(goes_on).filter(is_left).filter(promotion::starts_at.gt(now))
        }
        Some(State::Running) => {
            let has_begun = promotion::starts_at.is_null().or(promotion::starts_at.le(now));
            wanted.filter(goes_on).filter(is_left).filter(has_begun)
        }
    };
    let rows = wanted
        .order((promotion::lane, promotion::priority, promotion::slug))
        .limit(count)
        .select(Row::as_select())
        .load(conn)?;
    let running = complete(conn, rows)?;
    counted(conn, running, now)
}

/// With their codes and what they were used for.
fn counted(conn: &mut Conn, running: Vec<Running>, now: NaiveDateTime) -> Result<Vec<Listed>> {
    let ids: Vec<PromotionId> = running.iter().map(|running| running.id).collect();
    let mut codes = codes(conn, &ids)?;
    let redeemed = redeemed(conn, &ids)?;
    let counters = uses(conn, &ids)?;
    let listed = running.into_iter().map(|Running { id, rule, .. }| {
        let (used, given) = redeemed.get(&id).copied().unwrap_or_default();
        let counted = counters.get(&id).copied().unwrap_or_default();
        let (state, codes) = (State::of(&rule, counted, now), codes.remove(&id));
        Listed { id, rule, state, codes, used, given }
    });
    Ok(listed.collect())
}

fn codes(conn: &mut Conn, ids: &[PromotionId]) -> Result<BTreeMap<PromotionId, (i64, String)>> {
    let rows: Vec<(PromotionId, i64, Option<String>)> = promotion_code::table
        .filter(any_of(promotion_code::promotion_id, ids))
        .group_by(promotion_code::promotion_id)
        .select((promotion_code::promotion_id, count_star(), min(promotion_code::code)))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, count, one)| (id, (count, one.unwrap_or_default()))).collect())
}

/// How many orders used these, and what they got of it; read from the index alone.
fn redeemed(conn: &mut Conn, ids: &[PromotionId]) -> Result<BTreeMap<PromotionId, (i64, i64)>> {
    let rows: Vec<(PromotionId, i64, i64)> = redemption::table
        .filter(any_of(redemption::promotion_id, ids))
        .group_by(redemption::promotion_id)
        .select((
            redemption::promotion_id,
            count_star(),
            // A sum of BIGINT is a NUMERIC on PostgreSQL.
            sql::<BigInt>("CAST(sum(redemption.amount) AS BIGINT)"),
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, used, given)| (id, (used, given))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_list_goes_on_is_read_as_it_was_written() {
        let after = After { lane: "order".into(), priority: -1, slug: "hemat-10".into() };
        assert_eq!(After::parse(&after.code()), Some(after));
        for nothing in ["", "order", "order.x.a", "sideways.0.a"] {
            assert_eq!(After::parse(nothing), None, "{nothing}");
        }
    }
}
