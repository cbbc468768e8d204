//! All SQL of the room.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::BTreeMap;

use super::model::Rate;
use crate::db::schema::{tax_rate, zone};
use crate::db::{Conn, any_of};
use crate::error::{Error, Result};
use crate::pricing::{TaxRate, TaxRatePpm, Text};
use crate::settings;
use crate::zones::{self, Kind};

/// How many rates a shop may have, in all zones together.
const MOST_RATES: i64 = 20_000;

#[derive(Queryable, Selectable)]
#[diesel(table_name = tax_rate)]
struct Row {
    code: String,
    tax_class: String,
    name: String,
    ppm: i64,
    valid_from: Option<NaiveDateTime>,
    valid_to: Option<NaiveDateTime>,
}

/// All rates as they stand: zone by zone, those of each in the merchant's order.
///
/// # Errors
/// `Internal` when a stored value is none that can be priced.
pub fn load_rules(conn: &mut Conn) -> Result<Vec<Rate>> {
    let rows: Vec<(String, Row)> = tax_rate::table
        .inner_join(zone::table)
        .order((zone::position, zone::code, tax_rate::position, tax_rate::code))
        .limit(MOST_RATES)
        .select((zone::code, Row::as_select()))
        .load(conn)?;
    rows.into_iter().map(|(zone, row)| rate(zone, row)).collect()
}

fn rate(zone: String, row: Row) -> Result<Rate> {
    let wrong = |mistake: &dyn std::fmt::Display| {
        Error::internal(format!("tax rate {} of {zone}: {mistake}", row.code))
    };
    let text = |text: &str| Text::try_from(text).map_err(|mistake| wrong(&mistake));
    let rate = TaxRate {
        id: text(&row.code)?,
        name: text(&row.name)?,
        tax_class: text(&row.tax_class)?,
        ppm: TaxRatePpm::try_from(row.ppm).map_err(|mistake| wrong(&mistake))?,
    };
    Ok(Rate { rate, valid_from: row.valid_from, valid_to: row.valid_to, zone })
}

/// Makes the rates those of `rules`, all at once, and tells all instances. What stays keeps its
/// row; the order in the list is the order on bills.
///
/// # Errors
/// `Internal` for a zone that is not there.
pub fn save_rules(conn: &mut Conn, rules: &[Rate]) -> Result<()> {
    conn.transaction(|conn| {
        if load_rules(conn)? == rules {
            return Ok(());
        }
        let zones = zones::ids(conn, Kind::Tax)?;
        let mut known = load_ids(conn)?;
        for (position, rate) in (0..).zip(rules) {
            let zone = *zones.get(&rate.zone).ok_or_else(|| {
                Error::internal(format!("a tax rate of {}, which is no zone", rate.zone))
            })?;
            let id = known.remove(&(zone, rate.rate.id.as_str().to_owned()));
            save_rate(conn, rate, zone, (position, id))?;
        }
        let gone: Vec<i64> = known.into_values().collect();
        diesel::delete(tax_rate::table.filter(any_of(tax_rate::id, &gone))).execute(conn)?;
        settings::announce(conn)
    })
}

/// By zone and code.
fn load_ids(conn: &mut Conn) -> Result<BTreeMap<(i64, String), i64>> {
    let rows: Vec<((i64, String), i64)> = tax_rate::table
        .limit(MOST_RATES)
        .select(((tax_rate::zone_id, tax_rate::code), tax_rate::id))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

fn save_rate(
    conn: &mut Conn,
    new: &Rate,
    zone: i64,
    (position, known): (i64, Option<i64>),
) -> Result<()> {
    let values = (
        tax_rate::zone_id.eq(zone),
        tax_rate::code.eq(new.rate.id.as_str()),
        tax_rate::tax_class.eq(new.rate.tax_class.as_str()),
        tax_rate::name.eq(new.rate.name.as_str()),
        tax_rate::ppm.eq(new.rate.ppm.get()),
        tax_rate::position.eq(position),
        tax_rate::valid_from.eq(new.valid_from),
        tax_rate::valid_to.eq(new.valid_to),
    );
    match known {
        Some(id) => diesel::update(tax_rate::table.find(id)).set(values).execute(conn)?,
        None => diesel::insert_into(tax_rate::table).values(values).execute(conn)?,
    };
    Ok(())
}
