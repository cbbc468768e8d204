//! All SQL of the room.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::Customer;
use crate::db::Conn;
use crate::db::schema::{customer, orders};
use crate::error::Result;
use crate::ids::CustomerId;
use crate::language::Language;
use crate::passwords::Hash;
use crate::promotions::CustomerKey;

/// The customer who has this address, however it is written.
pub fn find_by_email(conn: &mut Conn, email: &str) -> Result<Option<Customer>> {
    let key = CustomerKey::of(email);
    Ok(customer::table
        .filter(customer::email_key.eq(key.as_str()))
        .select(Customer::as_select())
        .first(conn)
        .optional()?)
}

pub fn find(conn: &mut Conn, id: CustomerId) -> Result<Option<Customer>> {
    Ok(customer::table.find(id).select(Customer::as_select()).first(conn).optional()?)
}

/// Somebody who has proven her mailbox.
#[derive(Debug)]
pub struct NewCustomer<'a> {
    pub email: &'a str,
    pub name: &'a str,
    pub language: Language,
    pub password: &'a Hash,
}

/// Makes an account.
///
/// # Errors
/// A duplicate (`Error::is_duplicate`) when the address has one.
pub fn insert(conn: &mut Conn, new: &NewCustomer<'_>, now: NaiveDateTime) -> Result<CustomerId> {
    let id = diesel::insert_into(customer::table)
        .values((
            customer::email.eq(new.email),
            customer::email_key.eq(CustomerKey::of(new.email).as_str()),
            customer::name.eq(new.name),
            customer::locale.eq(new.language.code()),
            customer::customer_group.eq(""),
            customer::password_hash.eq(new.password.as_str()),
            customer::created_at.eq(now),
        ))
        .returning(customer::id)
        .get_result(conn)?;
    Ok(id)
}

/// Her address as it is compared.
pub fn key_of(conn: &mut Conn, id: CustomerId) -> Result<CustomerKey> {
    let email: String = customer::table.find(id).select(customer::email).first(conn)?;
    Ok(CustomerKey::of(&email))
}

pub fn set_name(conn: &mut Conn, id: CustomerId, name: &str) -> Result<()> {
    diesel::update(customer::table.find(id)).set(customer::name.eq(name)).execute(conn)?;
    Ok(())
}

/// Gives an account another address; `false` when it has not this one any more.
///
/// # Errors
/// A duplicate (`Error::is_duplicate`) when the new address has an account.
pub fn set_email(conn: &mut Conn, id: CustomerId, old: &str, new: &str) -> Result<bool> {
    let key = CustomerKey::of(new);
    let known = customer::table.find(id).filter(customer::email.eq(old));
    let changed = diesel::update(known)
        .set((customer::email.eq(new), customer::email_key.eq(key.as_str())))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Of several transactions about an account that begin so, each waits for the one before.
pub fn take_turns(conn: &mut Conn, id: CustomerId) -> Result<()> {
    let own = diesel::update(customer::table.find(id)).set(customer::email.eq(customer::email));
    own.execute(conn)?;
    Ok(())
}

pub fn set_password(conn: &mut Conn, id: CustomerId, hash: &Hash) -> Result<()> {
    diesel::update(customer::table.find(id))
        .set(customer::password_hash.eq(hash.as_str()))
        .execute(conn)?;
    Ok(())
}

/// Keeps the same password at another cost, unless it has been changed meanwhile.
pub fn renew_password(conn: &mut Conn, known: &Customer, hash: &Hash) -> Result<()> {
    let unchanged =
        customer::table.find(known.id).filter(customer::password_hash.eq(&known.password_hash));
    diesel::update(unchanged).set(customer::password_hash.eq(hash.as_str())).execute(conn)?;
    Ok(())
}

/// One of her orders, in a list.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = orders)]
pub struct OrderEntry {
    pub number: String,
    pub token: String,
    pub placed_at: NaiveDateTime,
    pub status: String,
    pub payment_status: String,
    pub fulfilment_status: String,
    pub currency: String,
    pub total_amount: i64,
}

/// Her orders, newest first: at most `most`, after leaving out so many.
pub fn orders_of(
    conn: &mut Conn,
    id: CustomerId,
    (most, after): (i64, i64),
) -> Result<Vec<OrderEntry>> {
    Ok(orders::table
        .filter(orders::customer_id.eq(id))
        .order(orders::id.desc())
        .limit(most)
        .offset(after)
        .select(OrderEntry::as_select())
        .load(conn)?)
}
