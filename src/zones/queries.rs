//! All SQL of the room.

use diesel::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

use super::model::{Area, Kind, Rules, Zone};
use super::postcode::PostcodeRange;
use crate::db::schema::{zone, zone_member};
use crate::db::{Conn, any_of};
use crate::error::{Error, Result};
use crate::settings;
use crate::values::Country;

/// How many zones a shop may have, both kinds together.
const MOST_ZONES: i64 = 2_000;
/// How many areas they may have, all together.
const MOST_AREAS: i64 = 50_000;

/// A row of `zone_member`, but for its id and its zone.
type Member = (Option<String>, String, String, String);

/// All zones as they stand.
///
/// # Errors
/// `Internal` when a stored area makes no sense.
pub fn load_rules(conn: &mut Conn) -> Result<Rules> {
    let mut areas = load_areas(conn)?;
    let rows: Vec<(i64, String, String, String)> = zone::table
        .order((zone::position, zone::code))
        .limit(MOST_ZONES)
        .select((zone::id, zone::kind, zone::code, zone::name))
        .load(conn)?;
    let mut rules = Rules::default();
    for (id, kind, code, name) in rows {
        let areas = areas.remove(&id).unwrap_or_default();
        let zone = Zone { code, name, areas: areas.into_iter().map(|(_, area)| area).collect() };
        match kind == Kind::Tax.code() {
            true => rules.tax.push(zone),
            false => rules.delivery.push(zone),
        }
    }
    Ok(rules)
}

/// The areas of each zone, with the ids of their rows.
fn load_areas(conn: &mut Conn) -> Result<BTreeMap<i64, Vec<(i64, Area)>>> {
    let rows: Vec<(i64, i64, Member)> = zone_member::table
        .order(zone_member::id)
        .limit(MOST_AREAS)
        .select((
            zone_member::id,
            zone_member::zone_id,
            (
                zone_member::country,
                zone_member::region,
                zone_member::postcode_from,
                zone_member::postcode_to,
            ),
        ))
        .load(conn)?;
    let mut areas: BTreeMap<i64, Vec<(i64, Area)>> = BTreeMap::new();
    for (id, zone, member) in rows {
        let area = area(&member)
            .ok_or_else(|| Error::internal(format!("zone member {id} makes no sense")))?;
        areas.entry(zone).or_default().push((id, area));
    }
    Ok(areas)
}

fn area((country, region, from, to): &Member) -> Option<Area> {
    let Some(code) = country else { return Some(Area::Anywhere) };
    let country = Country::parse(code)?;
    match (region.as_str(), from.as_str()) {
        ("", "") => Some(Area::Country(country)),
        (region, "") => Some(Area::Region(country, region.to_owned())),
        (_, from) => Some(Area::Postcodes(country, PostcodeRange::new(from, to).ok()?)),
    }
}

fn member(area: &Area) -> Member {
    let (region, from, to) = match area {
        Area::Anywhere | Area::Country(_) => ("", "", ""),
        Area::Region(_, region) => (region.as_str(), "", ""),
        Area::Postcodes(_, range) => ("", range.from(), range.to()),
    };
    let country = area.country().map(|country| country.code().to_owned());
    (country, region.to_owned(), from.to_owned(), to.to_owned())
}

/// Makes the zones those of `rules`, all at once, and tells all instances. What stays keeps its
/// row; a zone that goes takes the rates and delivery methods in it along.
pub fn save_rules(conn: &mut Conn, rules: &Rules) -> Result<()> {
    conn.transaction(|conn| {
        if load_rules(conn)? == *rules {
            return Ok(());
        }
        let mut areas = load_areas(conn)?;
        for kind in Kind::ALL {
            let mut known = ids(conn, kind)?;
            for (position, zone) in (0..).zip(rules.of(kind)) {
                let id = save_zone(conn, kind, zone, (position, known.remove(&zone.code)))?;
                save_areas(conn, id, zone, areas.remove(&id).unwrap_or_default())?;
            }
            let gone: Vec<i64> = known.into_values().collect();
            diesel::delete(zone::table.filter(any_of(zone::id, &gone))).execute(conn)?;
        }
        settings::announce(conn)
    })
}

/// The zones of a kind by their codes, for rules that stand in them.
pub fn ids(conn: &mut Conn, kind: Kind) -> Result<BTreeMap<String, i64>> {
    let rows: Vec<(String, i64)> = zone::table
        .filter(zone::kind.eq(kind.code()))
        .limit(MOST_ZONES)
        .select((zone::code, zone::id))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

fn save_zone(
    conn: &mut Conn,
    kind: Kind,
    new: &Zone,
    (position, known): (i64, Option<i64>),
) -> Result<i64> {
    let values = (
        zone::kind.eq(kind.code()),
        zone::code.eq(&new.code),
        zone::name.eq(&new.name),
        zone::position.eq(position),
    );
    match known {
        Some(id) => {
            diesel::update(zone::table.find(id)).set(values).execute(conn)?;
            Ok(id)
        }
        None => Ok(diesel::insert_into(zone::table)
            .values(values)
            .returning(zone::id)
            .get_result(conn)?),
    }
}

fn save_areas(conn: &mut Conn, id: i64, zone: &Zone, known: Vec<(i64, Area)>) -> Result<()> {
    let mut missing: BTreeSet<&Area> = zone.areas.iter().collect();
    let gone = known.iter().filter(|(_, area)| !missing.remove(area)).map(|(id, _)| *id);
    let gone: Vec<i64> = gone.collect();
    diesel::delete(zone_member::table.filter(any_of(zone_member::id, &gone))).execute(conn)?;
    // In the order that they were given in.
    for area in zone.areas.iter().filter(|area| missing.remove(area)) {
        let (country, region, from, to) = member(area);
        diesel::insert_into(zone_member::table)
            .values((
                zone_member::zone_id.eq(id),
                zone_member::country.eq(country),
                zone_member::region.eq(region),
                zone_member::postcode_from.eq(from),
                zone_member::postcode_to.eq(to),
            ))
            .execute(conn)?;
    }
    Ok(())
}
