//! The demo's flat delivery rates.

use diesel::prelude::*;

use crate::db::Conn;
use crate::db::schema::{delivery_rate, delivery_rate_text};
use crate::error::Result;
use crate::money::Currency;

/// Country, code, rupiah, days, and names.
const RATES: [(&str, &str, i64, (i64, i64), [(&str, &str); 2]); 4] = [
    ("ID", "regular", 18_000, (1, 4), [("en", "Regular"), ("id", "Reguler")]),
    ("ID", "express", 34_000, (1, 2), [("en", "Express"), ("id", "Ekspres")]),
    ("MY", "airmail", 150_000, (5, 8), [("en", "Air mail"), ("id", "Pos udara")]),
    ("SG", "airmail", 150_000, (5, 8), [("en", "Air mail"), ("id", "Pos udara")]),
];

pub(super) fn fill(conn: &mut Conn, currency: Currency) -> Result<()> {
    for (position, (country, code, amount, (min_days, max_days), names)) in (0_i64..).zip(RATES) {
        let id: i64 = diesel::insert_into(delivery_rate::table)
            .values((
                delivery_rate::country.eq(country),
                delivery_rate::code.eq(code),
                delivery_rate::position.eq(position),
                delivery_rate::currency.eq(currency.code()),
                delivery_rate::amount.eq(amount),
                delivery_rate::min_days.eq(min_days),
                delivery_rate::max_days.eq(max_days),
            ))
            .returning(delivery_rate::id)
            .get_result(conn)?;
        for (locale, name) in names {
            diesel::insert_into(delivery_rate_text::table)
                .values((
                    delivery_rate_text::delivery_rate_id.eq(id),
                    delivery_rate_text::locale.eq(locale),
                    delivery_rate_text::name.eq(name),
                ))
                .execute(conn)?;
        }
    }
    Ok(())
}
