//! `[delivery]`: the delivery zones and the ways of delivery in them, all of them.

use super::alone::alone;
use super::areas::Areas;
use super::entry::Entry;
use super::rate;
use super::read::{Fields, Ground, Mistake, Read, Spot, Write, Wrong, name, word};
use super::settings::ground;
use super::tax::{STANDARD, zone_entry};
use crate::db::Conn;
use crate::error::Result;
use crate::language::LocalText;
use crate::pricing::{Shipping, Text};
use crate::settings::ShopSettings;
use crate::shipping::{self, Kind, Method};
use crate::zones::{self, Zone};

/// How long a parcel may be on its way.
const MOST_DAYS: i64 = 3_650;
const KINDS: [(&str, Kind); 2] = [("parcel", Kind::Parcel), ("pickup", Kind::Pickup)];

/// Everything in the section.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Delivery {
    pub zones: Vec<Zone>,
    pub methods: Vec<Method>,
}

/// What can be read of it; what cannot is written down.
pub(super) fn read(spot: &Spot<'_>) -> Result<Delivery, Wrong> {
    let fields = Fields::of(spot)?;
    let mut delivery = Delivery::default();
    for (code, spot) in fields.named("zones") {
        delivery.zones.extend(spot.try_with(|spot| read_zone(code, spot, &mut delivery.methods)));
    }
    fields.close();
    Ok(delivery)
}

fn read_zone(
    code: &str,
    spot: &Spot<'_>,
    methods: &mut Vec<Method>,
) -> Result<Option<Zone>, Wrong> {
    let fields = Fields::of(spot)?;
    let code = name(spot, code);
    let title = fields.optional::<String>("name");
    let areas = fields.required::<Areas>("where");
    for (id, spot) in fields.named("methods") {
        let zone = code.as_ref().map_or("", Text::as_str);
        methods.extend(spot.try_with(|spot| read_method(zone, id, spot)));
    }
    fields.close();
    let (Some(code), Some(title), Some(Areas(areas))) = (code, title, areas) else {
        return Ok(None);
    };
    let code = code.as_str().to_owned();
    Ok(Some(Zone { name: title.unwrap_or_else(|| code.clone()), code, areas }))
}

fn read_method(zone: &str, id: &str, spot: &Spot<'_>) -> Result<Option<Method>, Wrong> {
    let mut fields = Fields::of(spot)?;
    fields.read_currency();
    let id = name(spot, id);
    let title = fields.required::<LocalText>("name");
    let note = fields.or("note", LocalText::default());
    let kind = fields.or("kind", Kind::Parcel);
    let class = fields.or("class", Text::try_from(STANDARD)?);
    let days = fields.required::<Days>("days");
    let cutoff = fields.optional("cutoff");
    let active = fields.or("active", true);
    let (starts_at, ends_at) = (fields.optional("starts_at"), fields.optional("ends_at"));
    if let (Some(Some(from)), Some(Some(to))) = (starts_at, ends_at)
        && to <= from
    {
        fields.wrong("ends_at", "must be after starts_at");
    }
    let shipping = match (id, class) {
        (Some(id), Some(class)) => rate::read(&fields, id, class),
        _ => None,
    };
    let currency = fields.currency;
    fields.close();
    let method = || {
        let Days(min_days, max_days) = days?;
        Some(Method {
            zone: zone.to_owned(),
            kind: kind?,
            currency,
            shipping: shipping?,
            name: title?,
            note: note?,
            min_days,
            max_days,
            cutoff: cutoff?,
            active: active?,
            starts_at: starts_at?,
            ends_at: ends_at?,
        })
    };
    Ok(method())
}

/// From so many days to so many: `[1, 4]`, or `2`.
struct Days(i64, i64);

impl Read for Days {
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
        let wrong = || format!("must be days from 0 to {MOST_DAYS}, such as 2 or [1, 4]");
        let days = match i64::read(spot) {
            Ok(day) => vec![day, day],
            Err(_) => Vec::<i64>::read(spot).map_err(|_| wrong())?,
        };
        match days.as_slice() {
            [first, last] if 0 <= *first && first <= last && *last <= MOST_DAYS => {
                Ok(Self(*first, *last))
            }
            _ => Err(wrong().into()),
        }
    }
}

impl Write for Days {
    fn write(&self, ground: &Ground) -> String {
        let Self(first, last) = self;
        if first == last { first.write(ground) } else { vec![*first, *last].write(ground) }
    }
}

impl Read for Kind {
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
        word(spot, &KINDS)
    }
}

/// The method that an entry says, or everything that is wrong with the entry by itself.
pub fn method_of(entry: &Entry, shop: &ShopSettings) -> Result<Method, Vec<Mistake>> {
    alone(entry, shop, |spot, path| match path {
        [_, _, zone, _, code] => read_method(zone, code, spot),
        _ => Ok(None),
    })
}

/// A method as its file has it.
pub fn method_entry(method: &Method, shop: &ShopSettings) -> Entry {
    write_method(method, &ground(shop))
}

pub(super) fn load(conn: &mut Conn) -> Result<Delivery> {
    let zones = zones::load_rules(conn)?.delivery;
    Ok(Delivery { zones, methods: shipping::load_rules(conn)? })
}

pub(super) fn save(conn: &mut Conn, wanted: &Delivery) -> Result<()> {
    let zones = zones::load_rules(conn)?;
    zones::save_rules(conn, &zones::Rules { delivery: wanted.zones.clone(), ..zones })?;
    // What could not be read has left methods behind that stand nowhere.
    let stands = |method: &&Method| wanted.zones.iter().any(|zone| zone.code == method.zone);
    let methods: Vec<Method> = wanted.methods.iter().filter(stands).cloned().collect();
    shipping::save_rules(conn, &methods)
}

pub(super) fn entries(delivery: &Delivery, ground: &Ground) -> Vec<Entry> {
    let mut entries = vec![Entry::new("delivery", "", &["delivery"])];
    for zone in &delivery.zones {
        entries.push(zone_entry("delivery zone", "delivery", zone, ground));
        let methods = delivery.methods.iter().filter(|method| method.zone == zone.code);
        entries.extend(methods.map(|method| write_method(method, ground)));
    }
    entries
}

fn write_method(method: &Method, shop: &Ground) -> Entry {
    let Method { zone, kind, currency, shipping, name, note, .. } = method;
    let ground = &Ground { currency: *currency, ..shop.clone() };
    let Shipping { tax_class, .. } = shipping;
    let title = format!("{zone}/{}", method.code());
    let entry = Entry::new(
        "delivery method",
        &title,
        &["delivery", "zones", zone, "methods", method.code()],
    )
    .with("name", name, ground)
    .unless("note", note, &LocalText::default(), ground)
    .unless_word("kind", kind.code(), Kind::Parcel.code())
    .unless_word("class", tax_class.as_str(), STANDARD)
    .unless("currency", currency, &shop.currency, ground)
    .with("days", &Days(method.min_days, method.max_days), ground)
    .maybe("cutoff", method.cutoff.as_ref(), ground)
    .unless("active", &method.active, &true, ground)
    .maybe("starts_at", method.starts_at.as_ref(), ground)
    .maybe("ends_at", method.ends_at.as_ref(), ground);
    rate::write(entry, shipping, ground)
}
