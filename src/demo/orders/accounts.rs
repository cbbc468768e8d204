//! Customers of an invented shop, whether they order or not: an account and an address each.

use chrono::{NaiveDateTime, TimeDelta};
use serde::Serialize;

use super::people;
use super::sheet::{Columns, lay_out, run};
use crate::db::Conn;
use crate::error::Result;
use crate::passwords::Hash;

/// Over so long they have come.
const PAST: TimeDelta = TimeDelta::days(730);

const ACCOUNT: Columns = &[
    ("nth", "BIGINT"),
    ("email", "TEXT"),
    ("name", "TEXT"),
    ("created_at", "TEXT"),
    ("phone", "TEXT"),
    ("line1", "TEXT"),
    ("district", "TEXT"),
    ("city", "TEXT"),
    ("region", "TEXT"),
    ("postcode", "TEXT"),
    ("country", "TEXT"),
];

/// An account as the statements read it.
#[derive(Serialize)]
struct Account {
    nth: u64,
    email: String,
    name: String,
    created_at: String,
    phone: String,
    line1: String,
    district: String,
    city: String,
    region: String,
    postcode: String,
    country: String,
}

/// Opens the accounts numbered `range` of so many, the oldest first, in this transaction.
///
/// # Errors
/// When the database cannot be written.
pub fn open_accounts(
    conn: &mut Conn,
    range: std::ops::Range<u32>,
    of: u32,
    (password, now): (&Hash, NaiveDateTime),
) -> Result<()> {
    let accounts: Vec<Account> = range.map(|n| account(n, of, now)).collect();
    lay_out(conn, "account", ACCOUNT, &accounts)?;
    let instant = match conn {
        Conn::Sqlite(_) => "created_at",
        Conn::Postgres(_) => "CAST(created_at AS TIMESTAMP)",
    };
    let password = password.as_str();
    run(
        conn,
        &format!(
            "INSERT INTO customer (email, email_key, name, locale, customer_group, password_hash, created_at)
             SELECT email, email, name, 'id', '', '{password}', {instant} FROM account ORDER BY nth"
        ),
    )?;
    run(
        conn,
        "INSERT INTO customer_address (customer_id, position, name, company, tax_number, phone, line1, line2,
         district, city, region, postcode, country, is_for_delivery, is_for_billing)
         SELECT customer.id, 1, account.name, '', '', phone, line1, '', district, city, region, postcode, country, TRUE, TRUE
         FROM account JOIN customer ON customer.email_key = account.email",
    )?;
    run(conn, "DROP TABLE account")
}

fn account(n: u32, of: u32, now: NaiveDateTime) -> Account {
    let number = people::with_account(n);
    let age = PAST / i32::try_from(of).unwrap_or(i32::MAX) * i32::try_from(of - n).unwrap_or(1);
    let home = people::address(number, true);
    Account {
        nth: number,
        email: people::email(number),
        created_at: (now - age).format("%Y-%m-%d %H:%M:%S%.6f").to_string(),
        phone: format!("+62811{number:08}"),
        name: home.name,
        line1: home.line1,
        district: home.district,
        city: home.city,
        region: home.region,
        postcode: home.postcode,
        country: home.country,
    }
}
