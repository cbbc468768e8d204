//! `etalase verify` names every kind of row that was altered. Each is altered in a transaction that is undone.

use diesel::prelude::*;

use crate::both;
use crate::kit::{TestShop, goods};
use etalase::db::Conn;
use etalase::error::Error;
use etalase::fulfilment::{self, Asked, Counted, Parcel, ReturnReason, ReturnWish, Wanted};
use etalase::ids::OrderId;
use etalase::orders::{By, MoveError, ReturnWindow};
use etalase::values::Quantity;
use etalase::verify::verify;
use etalase::web::visit::now;

both!(a_shop_that_was_used_balances, every_kind_of_altered_row_is_found);

/// Five cups were ordered, three of them sent, one of these returned.
async fn used(shop: &TestShop) {
    shop.with_db(|conn| goods("cup").on_hand(10).put(conn)).await;
    let shopper = shop.shopper();
    shopper.add("cup", &[], 5).await;
    shopper.order().await;
    let done = shop.with_db(|conn| Ok(conn.transaction(move_goods))).await;
    done.unwrap();
}

fn move_goods(conn: &mut Conn) -> Result<(), MoveError> {
    use etalase::db::schema::orders;
    let order: OrderId = orders::table.select(orders::id).first(conn)?;
    let wanted = |count| Wanted { position: 0, quantity: Quantity::new(count).unwrap() };
    let parcel = Parcel { lines: vec![wanted(3)], ..Parcel::default() };
    let by = By::staff("rani", now());
    fulfilment::ship(conn, order, &parcel, &by)?;
    let asked = Asked {
        lines: vec![wanted(1)],
        reason: ReturnReason::Other,
        wish: ReturnWish::Refund,
        note: String::new(),
    };
    let back = fulfilment::request(conn, order, &asked, &ReturnWindow::Open, &by)?;
    fulfilment::approve(conn, back, "", &by)?;
    let counted = [Counted { position: 0, received: 1, restocked: 1 }];
    fulfilment::receive(conn, back, &counted, &by)
}

async fn a_shop_that_was_used_balances(shop: TestShop) {
    used(&shop).await;
    let findings = shop.with_db(verify).await;
    assert_eq!(findings.broken, [""; 0]);
    assert_eq!(findings.orders, 1);
}

async fn every_kind_of_altered_row_is_found(shop: TestShop) {
    used(&shop).await;
    for (sql, named) in [
        ("UPDATE stock SET on_hand = on_hand + 1", "the sum of its ledger"),
        ("UPDATE stock SET reserved = reserved + 1", "what waiting orders hold"),
        ("DELETE FROM stock_move WHERE kind = 'shipped'", "the sum of its ledger"),
        ("UPDATE order_line SET shipped = shipped + 1", "those in its parcels"),
        ("UPDATE order_line SET returned = returned + 1", "those that were received"),
        ("UPDATE orders SET fulfilment_status = 'shipped'", "its fulfilment status"),
        ("UPDATE orders SET total_amount = total_amount + 1", "its sums are not those"),
        ("UPDATE order_line SET discount_amount = 1", "its sums are not those"),
        ("UPDATE orders SET bill = replace(bill, '\"payable\":', '\"payable\":1')", "another bill"),
        ("UPDATE orders SET bill = '{}'", "its bill cannot be read"),
        ("UPDATE orders SET quote_request = 'x'", "its request cannot be read"),
        ("UPDATE invoice_series SET next = next + 1", "has no gap"),
        ("UPDATE promotion SET usage_limit = 9, used = used + 1", "as often as it was redeemed"),
    ] {
        let broken = shop.with_db(move |conn| Ok(altered(conn, sql))).await;
        assert!(broken.iter().any(|line| line.contains(named)), "{sql}: {broken:#?}");
    }
    assert_eq!(shop.with_db(verify).await.broken, [""; 0], "all is as it was");
}

/// What `verify` says of a shop in which `sql` was run, which is then undone.
fn altered(conn: &mut Conn, sql: &str) -> Vec<String> {
    let mut broken = Vec::new();
    let undone = conn.transaction(|conn| {
        let rows = diesel::sql_query(sql).execute(conn)?;
        assert!(rows > 0, "{sql} alters something");
        broken = verify(conn)?.broken;
        Err::<(), Error>(Error::internal("undone"))
    });
    assert!(undone.is_err());
    broken
}
