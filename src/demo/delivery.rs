//! The demo's flat delivery rates.

use crate::db::Conn;
use crate::error::{Error, Result};
use crate::language::Language::{En, Id};
use crate::language::LocalText;
use crate::money::{Currency, Money};
use crate::shipping::{NewRate, insert_rate};
use crate::values::Country;

/// Indonesia twice, its neighbours by air: country, code, rupiah, days.
const RATES: [(&str, &str, i64, i64, i64); 4] = [
    ("ID", "regular", 18_000, 1, 4),
    ("ID", "express", 34_000, 1, 2),
    ("MY", "airmail", 150_000, 5, 8),
    ("SG", "airmail", 150_000, 5, 8),
];

pub(super) fn fill(conn: &mut Conn, currency: Currency) -> Result<()> {
    for (position, (country, code, amount, min_days, max_days)) in (0..).zip(RATES) {
        let rate = NewRate {
            country: Country::parse(country)
                .ok_or_else(|| Error::internal(format!("{country} is no country")))?,
            code,
            position,
            amount: Money::new(amount, currency),
            min_days,
            max_days,
            name: &name(code),
        };
        insert_rate(conn, &rate)?;
    }
    Ok(())
}

fn name(code: &str) -> LocalText {
    match code {
        "regular" => [(En, "Regular"), (Id, "Reguler")].into(),
        "express" => [(En, "Express"), (Id, "Ekspres")].into(),
        _ => [(En, "Air mail"), (Id, "Pos udara")].into(),
    }
}
