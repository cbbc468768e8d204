//! All SQL of the room.

use diesel::prelude::*;
use std::collections::BTreeMap;

use super::model::{NewRate, Rate};
use crate::db::schema::{delivery_rate, delivery_rate_text};
use crate::db::{Conn, any_of};
use crate::error::Result;
use crate::language::{Language, LocalText};
use crate::money::{Currency, Money};
use crate::values::Country;
use crate::web::frame::Frame;

/// How many ways of delivery a country may have.
const MOST_RATES: i64 = 20;

/// The countries that can be sent to in the shop's currency.
pub fn countries(conn: &mut Conn, currency: Currency) -> Result<Vec<Country>> {
    let codes: Vec<String> = delivery_rate::table
        .filter(delivery_rate::currency.eq(currency.code()))
        .select(delivery_rate::country)
        .distinct()
        .order(delivery_rate::country)
        .limit(300)
        .load(conn)?;
    Ok(codes.iter().filter_map(|code| Country::parse(code)).collect())
}

/// The ways to one country in the merchant's order; none where the shop does not deliver.
pub fn rates_to(
    conn: &mut Conn,
    country: Country,
    frame: &Frame,
    language: Language,
) -> Result<Vec<Rate>> {
    let currency = frame.settings.currency;
    let rows: Vec<(i64, String, i64, i64, i64)> = delivery_rate::table
        .filter(delivery_rate::country.eq(country.code()))
        .filter(delivery_rate::currency.eq(currency.code()))
        .order((delivery_rate::position, delivery_rate::id))
        .limit(MOST_RATES)
        .select((
            delivery_rate::id,
            delivery_rate::code,
            delivery_rate::amount,
            delivery_rate::min_days,
            delivery_rate::max_days,
        ))
        .load(conn)?;
    let ids: Vec<i64> = rows.iter().map(|row| row.0).collect();
    let names = load_names(conn, &ids)?;
    let rates = rows.into_iter().map(|(id, code, amount, min_days, max_days)| Rate {
        name: match names.get(&id).map(|name| name.get(language, frame.own_language())) {
            Some(name) if !name.is_empty() => name.to_owned(),
            _ => code.clone(),
        },
        code,
        amount: Money::new(amount, currency),
        min_days,
        max_days,
    });
    Ok(rates.collect())
}

fn load_names(conn: &mut Conn, ids: &[i64]) -> Result<BTreeMap<i64, LocalText>> {
    let rows: Vec<(i64, String, String)> = delivery_rate_text::table
        .filter(any_of(delivery_rate_text::delivery_rate_id, ids))
        .load(conn)?;
    let mut names: BTreeMap<i64, LocalText> = BTreeMap::new();
    for (id, locale, name) in rows {
        if let Some(language) = Language::parse(&locale) {
            names.entry(id).or_default().set(language, name);
        }
    }
    Ok(names)
}

/// Adds a way to a country; its code is not taken there yet.
pub fn insert_rate(conn: &mut Conn, new: &NewRate<'_>) -> Result<()> {
    let id: i64 = diesel::insert_into(delivery_rate::table)
        .values((
            delivery_rate::country.eq(new.country.code()),
            delivery_rate::code.eq(new.code),
            delivery_rate::position.eq(new.position),
            delivery_rate::currency.eq(new.amount.currency().code()),
            delivery_rate::amount.eq(new.amount.minor()),
            delivery_rate::min_days.eq(new.min_days),
            delivery_rate::max_days.eq(new.max_days),
        ))
        .returning(delivery_rate::id)
        .get_result(conn)?;
    for (language, name) in new.name.iter() {
        diesel::insert_into(delivery_rate_text::table)
            .values((
                delivery_rate_text::delivery_rate_id.eq(id),
                delivery_rate_text::locale.eq(language.code()),
                delivery_rate_text::name.eq(name),
            ))
            .execute(conn)?;
    }
    Ok(())
}
