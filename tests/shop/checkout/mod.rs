//! From a cart to exactly one order.

mod buying;
mod changes;
mod delivery;
mod exactly_once;
mod mistakes;
mod taxes;

use diesel::prelude::*;

use crate::kit::TestShop;
use etalase::db::schema::{order_address, order_line, order_tax, orders};

/// How many rows of orders, lines, taxes and addresses there are.
async fn order_rows(shop: &TestShop) -> [i64; 4] {
    let read = shop.shop.db.read(|conn| {
        Ok([
            orders::table.count().get_result(conn)?,
            order_line::table.count().get_result(conn)?,
            order_tax::table.count().get_result(conn)?,
            order_address::table.count().get_result(conn)?,
        ])
    });
    read.await.unwrap()
}

const NOTHING: [i64; 4] = [0; 4];
