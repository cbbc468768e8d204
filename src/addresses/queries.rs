//! All SQL of the room. Every statement names the owner: nobody else's address is ever found.

use diesel::prelude::*;

use super::model::{Added, Entry, MOST, NewEntry};
use crate::db::Conn;
use crate::db::schema::customer_address;
use crate::error::{Error, Result};
use crate::ids::{CustomerAddressId, CustomerId};
use crate::orders::AddressKind;

/// How often a write is tried when another window was first.
const TRIES: usize = 3;

/// Her addresses, in the order in which they were written down.
pub fn list(conn: &mut Conn, owner: CustomerId) -> Result<Vec<Entry>> {
    Ok(customer_address::table
        .filter(customer_address::customer_id.eq(owner))
        .order(customer_address::position)
        .limit(MOST)
        .select(columns())
        .load(conn)?)
}

pub fn find(conn: &mut Conn, owner: CustomerId, id: CustomerAddressId) -> Result<Option<Entry>> {
    Ok(customer_address::table
        .find(id)
        .filter(customer_address::customer_id.eq(owner))
        .select(columns())
        .first(conn)
        .optional()?)
}

/// Writes an address down where there is a place; one that stands there already is not written
/// twice.
pub fn add(conn: &mut Conn, owner: CustomerId, new: &NewEntry) -> Result<Added> {
    settle(conn, |conn| {
        let known = list(conn, owner)?;
        if known.iter().any(|entry| entry.address == new.address && entry.phone == new.phone) {
            return Ok(Added::Known);
        }
        let is_free = |position: &i64| known.iter().all(|entry| entry.position != *position);
        let Some(position) = (1..=MOST).find(is_free) else { return Ok(Added::Full) };
        insert(conn, owner, position, new)?;
        find_usual(conn, owner)?;
        Ok(Added::New)
    })
}

/// Writes another address in its place; whether she has it.
pub fn change(
    conn: &mut Conn,
    owner: CustomerId,
    id: CustomerAddressId,
    new: &NewEntry,
) -> Result<bool> {
    let hers = customer_address::table.find(id).filter(customer_address::customer_id.eq(owner));
    Ok(diesel::update(hers).set(Columns::of(new)).execute(conn)? == 1)
}

/// Takes an address out of the book; whether she had it.
pub fn remove(conn: &mut Conn, owner: CustomerId, id: CustomerAddressId) -> Result<bool> {
    settle(conn, |conn| {
        let hers = customer_address::table.find(id).filter(customer_address::customer_id.eq(owner));
        let is_gone = diesel::delete(hers).execute(conn)? == 1;
        find_usual(conn, owner)?;
        Ok(is_gone)
    })
}

/// Makes an address the usual one, instead of the one that was.
///
/// # Errors
/// `NotFound` when she has no such address.
pub fn make_usual(
    conn: &mut Conn,
    owner: CustomerId,
    id: CustomerAddressId,
    kind: AddressKind,
) -> Result<()> {
    settle(conn, |conn| {
        let hers = customer_address::table.filter(customer_address::customer_id.eq(owner));
        let (delivery, billing) =
            (customer_address::is_for_delivery, customer_address::is_for_billing);
        let one = hers.filter(customer_address::id.eq(id));
        let count = match kind {
            AddressKind::Delivery => {
                let last = hers.filter(delivery.eq(true));
                diesel::update(last).set(delivery.eq(false)).execute(conn)?;
                diesel::update(one).set(delivery.eq(true)).execute(conn)?
            }
            AddressKind::Billing => {
                let last = hers.filter(billing.eq(true));
                diesel::update(last).set(billing.eq(false)).execute(conn)?;
                diesel::update(one).set(billing.eq(true)).execute(conn)?
            }
        };
        if count == 1 { Ok(()) } else { Err(Error::NotFound) }
    })
}

/// Where no address is the usual one, the first becomes it.
fn find_usual(conn: &mut Conn, owner: CustomerId) -> Result<()> {
    let entries = list(conn, owner)?;
    let Some(first) = entries.first() else { return Ok(()) };
    if entries.iter().all(|entry| !entry.is_for_delivery) {
        make_usual(conn, owner, first.id, AddressKind::Delivery)?;
    }
    if entries.iter().all(|entry| !entry.is_for_billing) {
        make_usual(conn, owner, first.id, AddressKind::Billing)?;
    }
    Ok(())
}

/// Writes once more when another window has taken the position, or the place of the usual one.
fn settle<T>(conn: &mut Conn, write: impl Fn(&mut Conn) -> Result<T>) -> Result<T> {
    for _ in 0..TRIES {
        // A savepoint: PostgreSQL would give up the caller's transaction.
        match conn.transaction(&write) {
            Err(error) if error.is_duplicate() => {}
            done => return done,
        }
    }
    Err(Error::Busy)
}

fn insert(conn: &mut Conn, owner: CustomerId, position: i64, new: &NewEntry) -> Result<()> {
    diesel::insert_into(customer_address::table)
        .values((
            customer_address::customer_id.eq(owner),
            customer_address::position.eq(position),
            Columns::of(new),
            customer_address::is_for_delivery.eq(false),
            customer_address::is_for_billing.eq(false),
        ))
        .execute(conn)?;
    Ok(())
}

#[diesel::dsl::auto_type(no_type_alias)]
fn columns() -> _ {
    let address = (
        customer_address::name,
        customer_address::company,
        customer_address::tax_number,
        customer_address::line1,
        customer_address::line2,
        customer_address::district,
        customer_address::city,
        customer_address::region,
        customer_address::postcode,
        customer_address::country,
    );
    (
        customer_address::id,
        customer_address::position,
        address,
        customer_address::phone,
        customer_address::is_for_delivery,
        customer_address::is_for_billing,
    )
}

/// What an entry says.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = customer_address)]
struct Columns<'a> {
    name: &'a str,
    company: &'a str,
    tax_number: &'a str,
    line1: &'a str,
    line2: &'a str,
    district: &'a str,
    city: &'a str,
    region: &'a str,
    postcode: &'a str,
    country: &'a str,
    phone: &'a str,
}

impl<'a> Columns<'a> {
    fn of(NewEntry { address, phone }: &'a NewEntry) -> Self {
        Self {
            name: &address.name,
            company: &address.company,
            tax_number: &address.tax_number,
            line1: &address.line1,
            line2: &address.line2,
            district: &address.district,
            city: &address.city,
            region: &address.region,
            postcode: &address.postcode,
            country: &address.country,
            phone,
        }
    }
}
