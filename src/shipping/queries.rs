//! All SQL of the room.

use diesel::prelude::*;
use std::collections::BTreeMap;

use super::columns::{Columns, Words};
use super::model::Method;
use crate::db::schema::{delivery_method, delivery_method_text, delivery_tier, zone};
use crate::db::{Conn, any_of};
use crate::error::{Error, Result};
use crate::language::Language;
use crate::pricing::Rate;
use crate::settings;
use crate::zones::{self, Kind};

/// How many methods a shop may have, in all zones together.
const MOST_METHODS: i64 = 5_000;
/// How many texts they may have, and how many tiers.
const MOST_WORDS: i64 = 100_000;

/// All methods as they stand: zone by zone, those of each in the merchant's order.
///
/// # Errors
/// `Internal` when a stored value is none that can be priced.
pub fn load_rules(conn: &mut Conn) -> Result<Vec<Method>> {
    let mut words = load_words(conn)?;
    let rows: Vec<(i64, String, Columns)> = delivery_method::table
        .inner_join(zone::table)
        .order((zone::position, zone::code, delivery_method::position, delivery_method::code))
        .limit(MOST_METHODS)
        .select((delivery_method::id, zone::code, Columns::as_select()))
        .load(conn)?;
    let methods = rows.into_iter().map(|(id, zone, columns)| {
        columns
            .method(zone, words.remove(&id).unwrap_or_default())
            .map_err(|mistake| Error::internal(format!("delivery method {id}: {mistake}")))
    });
    methods.collect()
}

/// Texts and tiers by the method's row.
fn load_words(conn: &mut Conn) -> Result<BTreeMap<i64, Words>> {
    let texts: Vec<(i64, String, String, String)> =
        delivery_method_text::table.limit(MOST_WORDS).load(conn)?;
    let tiers: Vec<(i64, i64, i64)> = delivery_tier::table
        .order((delivery_tier::method_id, delivery_tier::up_to))
        .limit(MOST_WORDS)
        .load(conn)?;
    let mut words: BTreeMap<i64, Words> = BTreeMap::new();
    for (id, locale, name, note) in texts {
        if let Some(language) = Language::parse(&locale) {
            let words = words.entry(id).or_default();
            words.name.set(language, name);
            if !note.is_empty() {
                words.note.set(language, note);
            }
        }
    }
    for (id, up_to, amount) in tiers {
        words.entry(id).or_default().tiers.push((up_to, amount));
    }
    Ok(words)
}

/// Makes the methods those of `rules`, all at once, and tells all instances. What stays keeps its
/// row; the order in the list is the order in which they are offered.
///
/// # Errors
/// `Internal` for a zone that is not there.
pub fn save_rules(conn: &mut Conn, rules: &[Method]) -> Result<()> {
    conn.transaction(|conn| {
        if load_rules(conn)? == rules {
            return Ok(());
        }
        let zones = zones::ids(conn, Kind::Delivery)?;
        let mut known = load_ids(conn)?;
        for (position, method) in (0..).zip(rules) {
            let zone = *zones.get(&method.zone).ok_or_else(|| {
                Error::internal(format!("a delivery method of {}, which is no zone", method.zone))
            })?;
            let id = known.remove(&(zone, method.code().to_owned()));
            let id = save_method(conn, method, zone, (position, id))?;
            save_words(conn, id, method)?;
        }
        let gone: Vec<i64> = known.into_values().collect();
        let gone = delivery_method::table.filter(any_of(delivery_method::id, &gone));
        diesel::delete(gone).execute(conn)?;
        settings::announce(conn)
    })
}

/// By zone and code.
fn load_ids(conn: &mut Conn) -> Result<BTreeMap<(i64, String), i64>> {
    let rows: Vec<((i64, String), i64)> = delivery_method::table
        .limit(MOST_METHODS)
        .select(((delivery_method::zone_id, delivery_method::code), delivery_method::id))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

fn save_method(
    conn: &mut Conn,
    new: &Method,
    zone: i64,
    (position, known): (i64, Option<i64>),
) -> Result<i64> {
    let columns = Columns::of(new);
    match known {
        Some(id) => {
            diesel::update(delivery_method::table.find(id))
                .set((delivery_method::position.eq(position), &columns))
                .execute(conn)?;
            Ok(id)
        }
        None => Ok(diesel::insert_into(delivery_method::table)
            .values((
                delivery_method::zone_id.eq(zone),
                delivery_method::position.eq(position),
                columns,
            ))
            .returning(delivery_method::id)
            .get_result(conn)?),
    }
}

fn save_words(conn: &mut Conn, id: i64, method: &Method) -> Result<()> {
    let texts = delivery_method_text::table.filter(delivery_method_text::method_id.eq(id));
    diesel::delete(texts).execute(conn)?;
    for language in Language::ALL {
        let word = |text: &crate::language::LocalText| {
            text.iter().find(|(of, _)| *of == language).map(|(_, text)| text.to_owned())
        };
        let (name, note) = (word(&method.name), word(&method.note));
        if name.is_none() && note.is_none() {
            continue;
        }
        diesel::insert_into(delivery_method_text::table)
            .values((
                delivery_method_text::method_id.eq(id),
                delivery_method_text::locale.eq(language.code()),
                delivery_method_text::name.eq(name.unwrap_or_default()),
                delivery_method_text::note.eq(note.unwrap_or_default()),
            ))
            .execute(conn)?;
    }
    save_tiers(conn, id, method)
}

fn save_tiers(conn: &mut Conn, id: i64, method: &Method) -> Result<()> {
    diesel::delete(delivery_tier::table.filter(delivery_tier::method_id.eq(id))).execute(conn)?;
    let Rate::Table { tiers, .. } = &method.shipping.rate else { return Ok(()) };
    for tier in tiers {
        diesel::insert_into(delivery_tier::table)
            .values((
                delivery_tier::method_id.eq(id),
                delivery_tier::up_to.eq(tier.up_to.get()),
                delivery_tier::amount.eq(tier.amount.get()),
            ))
            .execute(conn)?;
    }
    Ok(())
}
