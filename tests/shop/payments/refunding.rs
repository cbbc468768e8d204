//! Money that goes back: never more than came, and exactly what was paid in the end.

use diesel::prelude::*;

use super::{ordered, rani, run, statuses, take, total};
use crate::both;
use crate::kit::TestShop;
use etalase::db::schema::{invoice, payment, refund};
use etalase::ids::{OrderId, RefundId};
use etalase::invoices::RowKey;
use etalase::orders::{MoveError, Moved};
use etalase::payments::{
    Gateways, Giving, RefundState, confirm_sent, refund as give, refunds_of, settle,
};
use etalase::web::visit::now;

both!(
    refunds_at_the_same_time_never_exceed_what_was_paid,
    the_database_itself_refuses_a_refund_too_many,
    partial_refunds_in_any_order_add_up_with_their_credit_notes,
    no_more_of_a_row_comes_back_than_was_sold,
    a_refund_by_hand_is_done_when_somebody_has_sent_it,
    what_was_paid_too_much_goes_back_and_the_order_stays_paid,
    a_refund_whose_gateway_is_gone_is_left_to_a_person,
    an_order_that_was_refunded_can_be_cancelled,
);

async fn paid(shop: &TestShop) -> (OrderId, i64) {
    let order = ordered(shop).await;
    let all = total(shop).await;
    take(shop, order, all, "BCA 1").await.unwrap();
    (order, all)
}

async fn back(shop: &TestShop, order: OrderId, giving: Giving) -> Moved<RefundId> {
    run(shop, move |conn| give(conn, order, &giving, "asked", &rani())).await
}

async fn sent(shop: &TestShop, id: RefundId) -> Moved {
    run(shop, move |conn| confirm_sent(conn, id, "BCA out", &rani())).await
}

async fn refunds_at_the_same_time_never_exceed_what_was_paid(shop: TestShop) {
    let (order, all) = paid(&shop).await;
    let amount = all / 3;
    let asked = (0..8).map(|_| {
        shop.shop.db.write(move |conn| {
            let giving = Giving::Amount(amount);
            Ok(conn.transaction(|conn| give(conn, order, &giving, "asked", &rani())).is_ok())
        })
    });
    let given = futures_util::future::join_all(asked).await;
    let given = given.into_iter().filter(|given| *given.as_ref().unwrap()).count();
    assert_eq!(given, 3);
    let counted =
        |conn: &mut _| Ok(payment::table.select(payment::refunded_amount).first::<i64>(conn)?);
    assert_eq!(shop.with_db(counted).await, amount * 3);
}

async fn the_database_itself_refuses_a_refund_too_many(shop: TestShop) {
    let (order, all) = paid(&shop).await;
    back(&shop, order, Giving::Amount(all)).await.unwrap();
    let mut conn = shop.fresh.conn();
    let counter = diesel::update(payment::table).set(payment::refunded_amount.eq(all + 1));
    assert!(counter.execute(&mut conn).is_err(), "the counter stays below what was captured");
    let id: i64 = payment::table.select(payment::id).first(&mut conn).unwrap();
    let row = diesel::insert_into(refund::table).values((
        refund::payment_id.eq(id),
        refund::order_id.eq(order),
        refund::amount.eq(1),
        refund::kind.eq("goodwill"),
        refund::reason.eq(""),
        refund::status.eq("done"),
        refund::idempotency_key.eq("x"),
        refund::actor.eq("nobody"),
        refund::created_at.eq(now()),
    ));
    assert!(row.execute(&mut conn).is_err(), "a row past the counter");
}

async fn partial_refunds_in_any_order_add_up_with_their_credit_notes(shop: TestShop) {
    let (order, all) = paid(&shop).await;
    let delivery = all - 450_000;
    let steps = [
        vec![(RowKey::Line(0), 2)],
        vec![(RowKey::Delivery, 1)],
        vec![(RowKey::Line(0), 1), (RowKey::Delivery, delivery - 1)],
        vec![(RowKey::Line(0), 2)],
    ];
    for rows in steps {
        let id = back(&shop, order, Giving::Rows(rows)).await.unwrap();
        sent(&shop, id).await.unwrap();
    }
    assert_eq!(statuses(&shop).await[1], "refunded");
    let amounts = move |conn: &mut _| refunds_of(conn, order);
    let refunds = shop.with_db(amounts).await;
    assert_eq!(refunds.iter().map(|refund| refund.amount).sum::<i64>(), all);
    for refund in refunds {
        let note = refund.credit_note_id.unwrap();
        let credited = move |conn: &mut _| {
            Ok(invoice::table.find(note).select(invoice::total_amount).first::<i64>(conn)?)
        };
        assert_eq!(shop.with_db(credited).await, refund.amount);
    }
}

async fn no_more_of_a_row_comes_back_than_was_sold(shop: TestShop) {
    let (order, all) = paid(&shop).await;
    let rows = |rows: &[(RowKey, i64)]| Giving::Rows(rows.to_vec());
    back(&shop, order, rows(&[(RowKey::Line(0), 4)])).await.unwrap();
    for wrong in [
        rows(&[(RowKey::Line(0), 2)]),
        rows(&[(RowKey::Line(0), -1)]),
        rows(&[(RowKey::Line(1), 1)]),
        rows(&[(RowKey::Fee(0), 1)]),
        rows(&[(RowKey::Delivery, all)]),
        rows(&[]),
        rows(&[(RowKey::Line(0), 1), (RowKey::Line(0), 1)]),
        Giving::Amount(0),
        Giving::Amount(all),
    ] {
        let told = format!("{wrong:?}");
        let refused = back(&shop, order, wrong).await;
        assert!(refused.is_err(), "{told}: {refused:?}");
    }
    assert_eq!(shop.with_db(move |conn| refunds_of(conn, order)).await.len(), 1);
}

async fn a_refund_by_hand_is_done_when_somebody_has_sent_it(shop: TestShop) {
    let (order, all) = paid(&shop).await;
    let id = back(&shop, order, Giving::Amount(all)).await.unwrap();
    assert_eq!(statuses(&shop).await[1], "paid", "the money is still here");
    sent(&shop, id).await.unwrap();
    assert_eq!(statuses(&shop).await[1], "refunded");
    let again = sent(&shop, id).await;
    assert!(matches!(again, Err(MoveError::RefundIs(ref state)) if state == "done"), "{again:?}");
}

async fn what_was_paid_too_much_goes_back_and_the_order_stays_paid(shop: TestShop) {
    let (order, _) = paid(&shop).await;
    take(&shop, order, 700, "again").await.unwrap();
    assert_eq!(statuses(&shop).await[1], "overpaid");
    let id = back(&shop, order, Giving::Amount(700)).await.unwrap();
    sent(&shop, id).await.unwrap();
    assert_eq!(statuses(&shop).await[1], "paid");
}

async fn a_refund_whose_gateway_is_gone_is_left_to_a_person(shop: TestShop) {
    let (order, all) = super::pending(&shop).await;
    let token = super::attempt(&shop, order, all).await;
    super::tell(&shop, super::seen(&token, etalase::payments::Seen::Captured, all)).await;
    let id = back(&shop, order, Giving::Amount(all)).await.unwrap();
    let state = || shop.with_db(move |conn| Ok(refunds_of(conn, order)?[0].status.clone()));
    assert_eq!(state().await, RefundState::Pending.code());
    for _ in 0..2 {
        settle(&shop.shop.db, &Gateways::default(), id, now()).await.unwrap();
        assert_eq!(state().await, RefundState::ByHand.code());
    }
}

async fn an_order_that_was_refunded_can_be_cancelled(shop: TestShop) {
    let (order, all) = paid(&shop).await;
    back(&shop, order, Giving::Amount(all)).await.unwrap();
    run(&shop, move |conn| super::overdue(conn, order)).await.unwrap();
    assert_eq!(super::level(&shop).await, (10, 0));
    assert_eq!(shop.with_db(move |conn| refunds_of(conn, order)).await.len(), 1);
}
