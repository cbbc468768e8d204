//! Of which orders causes of the stock's ledger speak: `order:12:0`, `shipment:7:0`, `return:3:1`.

use diesel::prelude::*;
use std::collections::BTreeMap;

use crate::db::schema::{order_return, orders, shipment};
use crate::db::{Conn, any_of};
use crate::error::Result;
use crate::ids::{OrderId, ReturnId, ShipmentId};

/// The numbers of the orders, by cause; nothing for a cause that speaks of none. Three queries.
pub fn numbers_of(conn: &mut Conn, causes: &[&str]) -> Result<BTreeMap<String, String>> {
    let mut numbers: BTreeMap<(&str, i64), String> = BTreeMap::new();
    let of = |kind: &str| -> Vec<i64> {
        let named = causes.iter().filter_map(|cause| read(cause));
        named.filter(|(known, _)| *known == kind).map(|(_, id)| id).collect()
    };
    let placed: Vec<(OrderId, String)> = orders::table
        .filter(any_of(orders::id, &of("order")))
        .select((orders::id, orders::number))
        .load(conn)?;
    numbers.extend(placed.into_iter().map(|(id, number)| (("order", id.0), number)));
    let sent: Vec<(ShipmentId, String)> = shipment::table
        .inner_join(orders::table)
        .filter(any_of(shipment::id, &of("shipment")))
        .select((shipment::id, orders::number))
        .load(conn)?;
    numbers.extend(sent.into_iter().map(|(id, number)| (("shipment", id.0), number)));
    let back: Vec<(ReturnId, String)> = order_return::table
        .inner_join(orders::table)
        .filter(any_of(order_return::id, &of("return")))
        .select((order_return::id, orders::number))
        .load(conn)?;
    numbers.extend(back.into_iter().map(|(id, number)| (("return", id.0), number)));
    let named = causes.iter().filter_map(|cause| {
        let number = numbers.get(&read(cause)?)?;
        Some(((*cause).to_owned(), number.clone()))
    });
    Ok(named.collect())
}

/// The kind of thing, and its row.
fn read(cause: &str) -> Option<(&str, i64)> {
    let mut parts = cause.split(':');
    Some((parts.next()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_says_what_it_speaks_of() {
        assert_eq!(read("order:12:0"), Some(("order", 12)));
        assert_eq!(read("shipment:7:1:2"), Some(("shipment", 7)));
        assert_eq!(read("delivery:0f3a"), None);
        assert_eq!(read(""), None);
    }
}
