//! `[tax]`: the tax zones and the rates in them, all of them.

use super::alone::alone;
use super::areas::Areas;
use super::entry::Entry;
use super::read::{Fields, Ground, Mistake, Spot, Wrong, name};
use crate::db::Conn;
use crate::error::Result;
use crate::pricing::{TaxRate, TaxRatePpm, Text};
use crate::settings::ShopSettings;
use crate::tax::{self, Rate};
use crate::zones::{self, Zone};

/// The class of what is nothing special.
pub(super) const STANDARD: &str = "standard";
/// How many rates a bill can hold (docs/pricing.md, Numbers).
const MOST_RATES: usize = 100;

/// Everything in the section.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tax {
    pub zones: Vec<Zone>,
    pub rates: Vec<Rate>,
}

/// What can be read of it; what cannot is written down.
pub(super) fn read(spot: &Spot<'_>) -> Result<Tax, Wrong> {
    let fields = Fields::of(spot)?;
    let mut tax = Tax::default();
    for (code, spot) in fields.named("zones") {
        tax.zones.extend(spot.try_with(|spot| read_zone(code, spot, &mut tax.rates)));
    }
    fields.close();
    Ok(tax)
}

fn read_zone(code: &str, spot: &Spot<'_>, rates: &mut Vec<Rate>) -> Result<Option<Zone>, Wrong> {
    let fields = Fields::of(spot)?;
    let code = name(spot, code);
    let title = fields.optional::<String>("name");
    let areas = fields.required::<Areas>("where");
    let before = rates.len();
    for (id, spot) in fields.named("rates") {
        let zone = code.as_ref().map_or("", Text::as_str);
        rates.extend(spot.try_with(|spot| read_rate(zone, id, spot)));
    }
    if rates.len() - before > MOST_RATES {
        fields.wrong("rates", format!("must have at most {MOST_RATES} entries"));
    }
    fields.close();
    let (Some(code), Some(title), Some(Areas(areas))) = (code, title, areas) else {
        return Ok(None);
    };
    let code = code.as_str().to_owned();
    Ok(Some(Zone { name: title.unwrap_or_else(|| code.clone()), code, areas }))
}

fn read_rate(zone: &str, id: &str, spot: &Spot<'_>) -> Result<Option<Rate>, Wrong> {
    let fields = Fields::of(spot)?;
    let id = name(spot, id);
    let title = fields.required::<Text>("name");
    let class = fields.optional::<Text>("class");
    let ppm = fields.required::<TaxRatePpm>("rate");
    let (from, to) = (fields.optional("valid_from"), fields.optional("valid_to"));
    if let (Some(Some(from)), Some(Some(to))) = (from, to)
        && to <= from
    {
        fields.wrong("valid_to", "must be after valid_from");
    }
    fields.close();
    let (Some(id), Some(title), Some(class), Some(ppm)) = (id, title, class, ppm) else {
        return Ok(None);
    };
    let class = match class {
        Some(class) => class,
        None => Text::try_from(STANDARD)?,
    };
    let (Some(valid_from), Some(valid_to)) = (from, to) else { return Ok(None) };
    let rate = TaxRate { id, name: title, tax_class: class, ppm };
    Ok(Some(Rate { zone: zone.to_owned(), rate, valid_from, valid_to }))
}

/// The rate that an entry says, or everything that is wrong with the entry by itself.
pub fn rate_of(entry: &Entry, shop: &ShopSettings) -> Result<Rate, Vec<Mistake>> {
    alone(entry, shop, |spot, path| match path {
        [_, _, zone, _, code] => read_rate(zone, code, spot),
        _ => Ok(None),
    })
}

pub(super) fn load(conn: &mut Conn) -> Result<Tax> {
    Ok(Tax { zones: zones::load_rules(conn)?.tax, rates: tax::load_rules(conn)? })
}

pub(super) fn save(conn: &mut Conn, wanted: &Tax) -> Result<()> {
    let zones = zones::load_rules(conn)?;
    zones::save_rules(conn, &zones::Rules { tax: wanted.zones.clone(), ..zones })?;
    // What could not be read has left rates behind that stand nowhere.
    let stands = |rate: &&Rate| wanted.zones.iter().any(|zone| zone.code == rate.zone);
    let rates: Vec<Rate> = wanted.rates.iter().filter(stands).cloned().collect();
    tax::save_rules(conn, &rates)
}

pub(super) fn entries(tax: &Tax, ground: &Ground) -> Vec<Entry> {
    let mut entries = vec![Entry::new("tax", "", &["tax"])];
    for zone in &tax.zones {
        entries.push(zone_entry("tax zone", "tax", zone, ground));
        let rates = tax.rates.iter().filter(|rate| rate.zone == zone.code);
        entries.extend(rates.map(|rate| rate_entry(rate, ground)));
    }
    entries
}

/// A zone of either kind.
pub(super) fn zone_entry(what: &'static str, section: &str, zone: &Zone, ground: &Ground) -> Entry {
    Entry::new(what, &zone.code, &[section, "zones", &zone.code])
        .unless("name", &zone.name, &zone.code, ground)
        .with("where", &Areas::of(&zone.areas), ground)
}

fn rate_entry(Rate { zone, rate, valid_from, valid_to }: &Rate, ground: &Ground) -> Entry {
    let TaxRate { id, name, tax_class, ppm } = rate;
    let title = format!("{zone}/{}", id.as_str());
    Entry::new("tax rate", &title, &["tax", "zones", zone, "rates", id.as_str()])
        .with("name", name, ground)
        .unless_word("class", tax_class.as_str(), STANDARD)
        .with("rate", ppm, ground)
        .maybe("valid_from", valid_from.as_ref(), ground)
        .maybe("valid_to", valid_to.as_ref(), ground)
}
