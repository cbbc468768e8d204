//! Orders come to the account that goes on, of two of the same person.

use diesel::prelude::*;

use super::queries::adopt;
use crate::db::Conn;
use crate::db::schema::orders;
use crate::error::Result;
use crate::ids::CustomerId;
use crate::promotions::CustomerKey;

/// Gives what one customer has ordered to another, and what guests have ordered with the first one's
/// address; how many there were.
pub fn pass_on(
    conn: &mut Conn,
    (from, into): (CustomerId, CustomerId),
    address: &CustomerKey,
) -> Result<usize> {
    let hers = orders::table.filter(orders::customer_id.eq(from));
    let passed = diesel::update(hers).set(orders::customer_id.eq(into)).execute(conn)?;
    Ok(passed + adopt(conn, into, address)?)
}
