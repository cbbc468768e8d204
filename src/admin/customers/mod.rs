//! Customers and guests: found, looked at, cared for.

pub mod blocks;
pub mod data;
pub mod erase;
pub mod list;
pub mod merge;
pub mod moves;
pub mod show;

use super::Allowed;
use super::desk::Desk;
use crate::customers::book::{self, Whom};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::CustomerId;
use crate::orders::OrderNumber;
use crate::staff::Rule;

/// Whom an address names: a customer by her number, whoever placed an order by that of the order.
async fn find<R: Rule>(staff: &Allowed<R>, named: &str) -> Result<Whom> {
    let (named, number) = (named.to_owned(), OrderNumber::parse(named));
    let find = move |conn: &mut Conn| match (named.contains('-'), named.parse(), number.as_ref()) {
        (true, _, Some(number)) => book::find_by_order(conn, number.as_str()),
        (false, Ok(id), _) => book::find_whom(conn, CustomerId(id)),
        _ => Ok(None),
    };
    staff.visit().shop.db.read(find).await?.ok_or(Error::NotFound)
}

/// The page of somebody.
pub(super) fn address(shell: &Desk, whom: &Whom) -> String {
    let named = match whom {
        Whom::Customer(customer) => customer.id.to_string(),
        Whom::Guest(guest) => guest.number.clone(),
    };
    shell.href(&format!("/admin/customers/{named}")).into_owned()
}

/// Who did something, as the books name her.
pub(super) fn name_of(actor: &str) -> &str {
    actor.strip_prefix("staff:").unwrap_or(actor)
}
