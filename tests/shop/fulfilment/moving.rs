//! Shipped, cancelled, sent back: what staff do, and what the books say then.

use diesel::prelude::*;

use super::{asked, levels, ordered, parcel, rani, run};
use crate::both;
use crate::kit::{TestShop, goods};
use etalase::db::Conn;
use etalase::db::schema::{order_event, orders};
use etalase::error::Error;
use etalase::fulfilment::{self, Counted, approve, cancel, receive, request, ship};
use etalase::ids::OrderId;
use etalase::orders::{self as book, By, Ending, MoveError, Moved, OrderStatus, ReturnWindow};
use etalase::payments::{Receipt, call_off, receive as receive_money};
use etalase::web::visit::now;

both!(
    an_order_is_shipped_in_parts,
    no_more_is_shipped_than_was_ordered,
    what_does_not_lie_on_the_shelf_is_not_shipped,
    an_order_that_is_paid_and_shipped_is_completed,
    a_cancelled_order_gives_back_its_stock_once,
    a_cancelled_order_gives_back_its_promotion,
    an_order_that_was_shipped_is_not_cancelled,
    an_order_is_not_cancelled_while_it_keeps_money,
    a_return_is_counted_and_what_is_good_restocked,
    no_more_comes_back_than_was_shipped,
    a_declined_return_can_be_asked_for_again,
    the_timeline_says_who_did_what,
    a_timeline_row_is_never_changed,
);

fn end(conn: &mut Conn, order: OrderId) -> Moved {
    call_off(conn, order, &Ending::Wanted(String::new()), &rani())
}

async fn statuses(shop: &TestShop) -> (String, String, String) {
    shop.with_db(|conn| {
        let statuses = (orders::status, orders::payment_status, orders::fulfilment_status);
        Ok(orders::table.select(statuses).first(conn)?)
    })
    .await
}

async fn pay(shop: &TestShop, order: OrderId) {
    let paid = run(shop, move |conn| {
        let amount = book::hold(conn, order)?.total;
        receive_money(conn, order, &Receipt { amount, reference: "BCA 1".into() }, &rani())
    });
    paid.await.unwrap();
}

async fn an_order_is_shipped_in_parts(shop: TestShop) {
    let order = ordered(&shop).await;
    run(&shop, move |conn| ship(conn, order, &parcel(&[(0, 2)]), &rani())).await.unwrap();
    assert_eq!(statuses(&shop).await.2, "part_shipped");
    assert_eq!(levels(&shop).await, [(8, 3), (10, 2)]);
    run(&shop, move |conn| ship(conn, order, &parcel(&[]), &rani())).await.unwrap();
    assert_eq!(statuses(&shop).await.2, "shipped");
    assert_eq!(levels(&shop).await, [(5, 0), (8, 0)]);
    let nothing = run(&shop, move |conn| ship(conn, order, &parcel(&[]), &rani())).await;
    assert!(matches!(nothing, Err(MoveError::Nothing)), "{nothing:?}");
}

async fn no_more_is_shipped_than_was_ordered(shop: TestShop) {
    let order = ordered(&shop).await;
    for lines in [&[(0, 6)][..], &[(1, 3)], &[(2, 1)], &[(0, 3), (0, 3)], &[(-1, 1)]] {
        let many = parcel(lines);
        let refused = run(&shop, move |conn| ship(conn, order, &many, &rani())).await;
        assert!(matches!(refused, Err(MoveError::TooMany { .. })), "{lines:?}: {refused:?}");
    }
    assert_eq!(levels(&shop).await, [(10, 5), (10, 2)]);
    assert_eq!(statuses(&shop).await.2, "unfulfilled");
}

async fn what_does_not_lie_on_the_shelf_is_not_shipped(shop: TestShop) {
    let order = ordered(&shop).await;
    shop.with_db(|conn| crate::kit::goods::leave(conn, "plate", -1)).await;
    let refused = run(&shop, move |conn| ship(conn, order, &parcel(&[]), &rani())).await;
    assert!(matches!(refused, Err(MoveError::NotOnShelf { asked: 2, .. })), "{refused:?}");
    assert_eq!(levels(&shop).await, [(10, 5), (1, 2)], "nothing of it was shipped");
}

async fn an_order_that_is_paid_and_shipped_is_completed(shop: TestShop) {
    let order = ordered(&shop).await;
    pay(&shop, order).await;
    assert_eq!(statuses(&shop).await.0, "placed");
    run(&shop, move |conn| ship(conn, order, &parcel(&[]), &rani())).await.unwrap();
    let (status, payment, fulfilment) = statuses(&shop).await;
    assert_eq!([status, payment, fulfilment], ["completed", "paid", "shipped"]);
}

async fn a_cancelled_order_gives_back_its_stock_once(shop: TestShop) {
    let order = ordered(&shop).await;
    run(&shop, move |conn| end(conn, order)).await.unwrap();
    assert_eq!(statuses(&shop).await.0, "cancelled");
    assert_eq!(levels(&shop).await, [(10, 0), (10, 0)]);
    let again = run(&shop, move |conn| end(conn, order)).await;
    let from = OrderStatus::Cancelled;
    assert!(matches!(again, Err(MoveError::NotFrom { from: f, .. }) if f == from), "{again:?}");
    assert_eq!(levels(&shop).await, [(10, 0), (10, 0)]);
    let shipped = run(&shop, move |conn| ship(conn, order, &parcel(&[]), &rani())).await;
    assert!(matches!(shipped, Err(MoveError::NotPacked(_))), "{shipped:?}");
}

async fn a_cancelled_order_gives_back_its_promotion(shop: TestShop) {
    shop.with_db(|conn| {
        let sql =
            "UPDATE promotion SET usage_limit = 1, per_customer_limit = 1 WHERE slug = 'hemat10'";
        diesel::sql_query(sql).execute(conn)?;
        etalase::settings::announce(conn)?;
        goods("cup").costing(300_000).put(conn)
    })
    .await;
    let buy = async || {
        let shopper = shop.shopper();
        shopper.add("cup", &[], 1).await;
        let cart = shopper.cart().await;
        let cart = cart.form("/cart/codes").fill("code", "HEMAT10").press("Apply").await;
        (cart.status, shopper)
    };
    let (status, shopper) = buy().await;
    assert_eq!(status, 200);
    shopper.order().await.see("10% off your order");
    assert_eq!(buy().await.0, 422, "it is used up");
    let order = shop.with_db(|conn| Ok(orders::table.select(orders::id).first(conn)?)).await;
    run(&shop, move |conn| end(conn, order)).await.unwrap();
    let (status, shopper) = buy().await;
    assert_eq!(status, 200);
    shopper.order().await.see("10% off your order");
}

async fn an_order_that_was_shipped_is_not_cancelled(shop: TestShop) {
    let order = ordered(&shop).await;
    run(&shop, move |conn| ship(conn, order, &parcel(&[(0, 1)]), &rani())).await.unwrap();
    let refused = run(&shop, move |conn| end(conn, order)).await;
    assert!(matches!(refused, Err(MoveError::HasShipped)), "{refused:?}");
    assert_eq!(levels(&shop).await, [(9, 4), (10, 2)]);
}

async fn an_order_is_not_cancelled_while_it_keeps_money(shop: TestShop) {
    let order = ordered(&shop).await;
    pay(&shop, order).await;
    let end = move |conn: &mut _| cancel(conn, order, &Ending::Overdue, &rani());
    let refused = run(&shop, end).await;
    assert!(matches!(refused, Err(MoveError::HasMoney)), "{refused:?}");
    assert_eq!(statuses(&shop).await.0, "placed");
}

async fn a_return_is_counted_and_what_is_good_restocked(shop: TestShop) {
    let order = ordered(&shop).await;
    run(&shop, move |conn| ship(conn, order, &parcel(&[]), &rani())).await.unwrap();
    let back = run(&shop, move |conn| {
        let three = asked(&[(0, 3), (1, 1)]);
        let id = request(conn, order, &three, &ReturnWindow::Open, &By::shopper(now()))?;
        approve(conn, id, "", &rani())?;
        Ok(id)
    });
    let id = back.await.unwrap();
    let counted = [
        Counted { position: 0, received: 2, restocked: 1 },
        Counted { position: 1, received: 0, restocked: 0 },
    ];
    run(&shop, move |conn| receive(conn, id, &counted, &rani())).await.unwrap();
    assert_eq!(levels(&shop).await, [(6, 0), (8, 0)]);
    assert_eq!(statuses(&shop).await.2, "part_returned");
    let again = run(&shop, move |conn| receive(conn, id, &counted, &rani())).await;
    assert!(matches!(again, Err(MoveError::ReturnIs(_))), "{again:?}");
    assert_eq!(levels(&shop).await, [(6, 0), (8, 0)], "it is restocked once");
}

async fn no_more_comes_back_than_was_shipped(shop: TestShop) {
    let order = ordered(&shop).await;
    run(&shop, move |conn| ship(conn, order, &parcel(&[(0, 2)]), &rani())).await.unwrap();
    let ask = |units: i64| {
        run(&shop, move |conn| {
            let units = asked(&[(0, units)]);
            request(conn, order, &units, &ReturnWindow::Open, &By::shopper(now()))
        })
    };
    assert!(matches!(ask(3).await, Err(MoveError::TooMany { .. })));
    let id = ask(2).await.unwrap();
    assert!(matches!(ask(1).await, Err(MoveError::TooMany { .. })), "all of it is asked back");
    run(&shop, move |conn| approve(conn, id, "", &rani())).await.unwrap();
    for (received, restocked) in [(3, 0), (1, 2), (1, -1)] {
        let wrong = [Counted { position: 0, received, restocked }];
        let refused = run(&shop, move |conn| receive(conn, id, &wrong, &rani())).await;
        assert!(matches!(refused, Err(MoveError::TooMany { .. })), "{refused:?}");
    }
    assert_eq!(levels(&shop).await[0], (8, 3));
}

async fn a_declined_return_can_be_asked_for_again(shop: TestShop) {
    let order = ordered(&shop).await;
    run(&shop, move |conn| ship(conn, order, &parcel(&[]), &rani())).await.unwrap();
    let again = run(&shop, move |conn| {
        let two = asked(&[(1, 2)]);
        let id = request(conn, order, &two, &ReturnWindow::Open, &By::shopper(now()))?;
        fulfilment::decline(conn, id, "it was used", &rani())?;
        request(conn, order, &two, &ReturnWindow::Open, &By::shopper(now()))
    });
    assert!(again.await.is_ok());
}

async fn the_timeline_says_who_did_what(shop: TestShop) {
    let order = ordered(&shop).await;
    pay(&shop, order).await;
    run(&shop, move |conn| ship(conn, order, &parcel(&[]), &rani())).await.unwrap();
    let events = shop.with_db(move |conn| book::timeline(conn, order)).await;
    let told: Vec<_> = events.iter().map(|e| (e.kind.as_str(), e.actor.as_str())).collect();
    let rani = "staff:rani";
    assert_eq!(told, [("placed", "shop"), ("paid", rani), ("shipped", rani), ("completed", rani)]);
    assert!(events[2].data.contains("Kurir Kita"), "{}", events[2].data);
}

async fn a_timeline_row_is_never_changed(shop: TestShop) {
    ordered(&shop).await;
    let changed = shop.with_db(|conn| {
        Ok(conn.transaction::<_, Error, _>(|conn| {
            let forged = order_event::actor.eq("nobody");
            Ok(diesel::update(order_event::table).set(forged).execute(conn)?)
        }))
    });
    assert!(changed.await.is_err());
}
