//! The first way in which the shop delivers.

use diesel::Connection;
use serde_json::json;

use crate::audit::{self, Action, Deed, Entity, Who};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::language::LocalText;
use crate::money::Money;
use crate::pricing::{Amount, Rate, Shipping, Text};
use crate::settings;
use crate::shipping::{self, Kind, Method};
use crate::values::Country;
use crate::zones::{self, Area, Zone};

/// The code of the way.
const CODE: &str = "standard";
/// As whose goods its price is taxed.
const TAX_CLASS: &str = "standard";

/// What its owner says of it.
#[derive(Debug, Clone)]
pub struct First {
    /// `None` for anywhere.
    pub country: Option<Country>,
    /// What the zone is called.
    pub zone: String,
    pub name: String,
    pub price: Money,
    /// From so many days to so many.
    pub days: (i64, i64),
}

/// Makes a zone and a way of delivery in it. Sent twice it is made once.
pub fn add_first_delivery(conn: &mut Conn, who: &Who, first: &First) -> Result<()> {
    settings::announce(conn)?;
    let mut methods = shipping::load_rules(conn)?;
    let zone = zone(first);
    if methods.iter().any(|method| method.zone == zone.code && method.code() == CODE) {
        return Ok(());
    }
    methods.push(method(conn, &zone, first)?);
    conn.transaction(|conn| {
        let mut zones = zones::load_rules(conn)?;
        if zones.delivery.iter().all(|known| known.code != zone.code) {
            zones.delivery.push(zone.clone());
        }
        zones::save_rules(conn, &zones)?;
        shipping::save_rules(conn, &methods)
    })?;
    let after = json!({ "delivery": { "zone": zone.name, "method": first.name } });
    let (action, entity) = (Action::SettingsChanged, Entity::Shop);
    audit::write(conn, who, &Deed { action, entity, before: json!({}), after })
}

fn zone(first: &First) -> Zone {
    let (code, area) = match first.country {
        Some(country) => (country.code().to_lowercase(), Area::Country(country)),
        None => ("anywhere".to_owned(), Area::Anywhere),
    };
    Zone { code, name: first.zone.clone(), areas: vec![area] }
}

fn method(conn: &mut Conn, zone: &Zone, first: &First) -> Result<Method> {
    let own = settings::load(conn)?.own_language();
    let text = |text: &str| Text::try_from(text).map_err(|why| Error::internal(why.to_string()));
    let amount = Amount::new(first.price.minor())
        .ok_or_else(|| Error::internal("a price that is no amount"))?;
    let mut name = LocalText::default();
    name.set(own, first.name.clone());
    Ok(Method {
        zone: zone.code.clone(),
        kind: Kind::Parcel,
        currency: first.price.currency(),
        shipping: Shipping::new(text(CODE)?, text(TAX_CLASS)?, Rate::Flat { amount }),
        name,
        note: LocalText::default(),
        min_days: first.days.0,
        max_days: first.days.1,
        cutoff: None,
        active: true,
        starts_at: None,
        ends_at: None,
    })
}
