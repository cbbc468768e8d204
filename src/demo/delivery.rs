//! The demo's tax and delivery rules.

use crate::db::Conn;
use crate::error::{Error, Result};
use crate::language::Language::{En, Id};
use crate::language::LocalText;
use crate::money::Currency;
use crate::pricing::{Rate, Shipping, TaxRate, Text, Whole};
use crate::shipping::{self, Kind, Method};
use crate::tax;
use crate::values::Country;
use crate::zones::{self, Area, Zone};

/// Indonesia twice, its neighbours by air: country, code, rupiah, days.
const RATES: [(&str, &str, i64, i64, i64); 4] = [
    ("ID", "regular", 18_000, 1, 4),
    ("ID", "express", 34_000, 1, 2),
    ("MY", "airmail", 150_000, 5, 8),
    ("SG", "airmail", 150_000, 5, 8),
];

pub(super) fn fill(conn: &mut Conn, currency: Currency) -> Result<()> {
    let mut delivery = Vec::new();
    for code in ["ID", "MY", "SG"] {
        let country = Country::parse(code).ok_or_else(|| wrong(code))?;
        delivery.push(zone(code, Area::Country(country)));
    }
    let tax = vec![zone("anywhere", Area::Anywhere)];
    zones::save_rules(conn, &zones::Rules { tax, delivery })?;
    let rate = TaxRate {
        id: text("ppn")?,
        name: text("PPN 11%")?,
        tax_class: text("standard")?,
        ppm: whole(110_000)?,
    };
    let rate = tax::Rate { zone: "anywhere".into(), rate, valid_from: None, valid_to: None };
    tax::save_rules(conn, &[rate])?;
    let methods = RATES.into_iter().map(|rate| method(rate, currency));
    shipping::save_rules(conn, &methods.collect::<Result<Vec<_>>>()?)
}

fn zone(code: &str, area: Area) -> Zone {
    Zone { code: code.to_lowercase(), name: code.into(), areas: vec![area] }
}

fn method(
    (zone, code, amount, min_days, max_days): (&str, &str, i64, i64, i64),
    currency: Currency,
) -> Result<Method> {
    let rate = Rate::Flat { amount: whole(amount)? };
    Ok(Method {
        zone: zone.to_lowercase(),
        kind: Kind::Parcel,
        currency,
        shipping: Shipping::new(text(code)?, text("standard")?, rate),
        name: name(code),
        note: LocalText::default(),
        min_days,
        max_days,
        cutoff: None,
        active: true,
    })
}

fn name(code: &str) -> LocalText {
    match code {
        "regular" => [(En, "Regular"), (Id, "Reguler")].into(),
        "express" => [(En, "Express"), (Id, "Ekspres")].into(),
        _ => [(En, "Air mail"), (Id, "Pos udara")].into(),
    }
}

fn text(text: &str) -> Result<Text> {
    Text::try_from(text).map_err(wrong)
}

fn whole<T: Whole>(number: i64) -> Result<T> {
    T::try_from(number).map_err(wrong)
}

fn wrong(mistake: impl std::fmt::Display) -> Error {
    Error::internal(format!("the demo's rules: {mistake}"))
}
