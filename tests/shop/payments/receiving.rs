//! What staff see arrive.

use super::{ordered, statuses, take, total};
use crate::both;
use crate::kit::TestShop;
use etalase::orders::MoveError;
use etalase::payments::{payments_of, receipts_of, refunds_of};

both!(
    a_transfer_pays_an_order,
    parts_and_too_much_are_kept_as_they_come,
    the_same_transfer_is_received_once,
    a_transfer_for_a_cancelled_order_that_is_too_small_goes_back,
);

async fn a_transfer_pays_an_order(shop: TestShop) {
    let order = ordered(&shop).await;
    let all = total(&shop).await;
    take(&shop, order, all, "BCA 20261123/77").await.unwrap();
    assert_eq!(statuses(&shop).await, ["placed", "paid"]);
    let receipts = shop.with_db(move |conn| receipts_of(conn, order)).await;
    let [receipt] = &receipts[..] else { panic!("{receipts:?}") };
    let told = (receipt.amount, receipt.reference.as_str(), receipt.actor.as_str());
    assert_eq!(told, (all, "BCA 20261123/77", "staff:rani"));
}

async fn parts_and_too_much_are_kept_as_they_come(shop: TestShop) {
    let order = ordered(&shop).await;
    let all = total(&shop).await;
    take(&shop, order, all - 5_000, "a").await.unwrap();
    assert_eq!(statuses(&shop).await[1], "part_paid");
    take(&shop, order, 5_000, "b").await.unwrap();
    assert_eq!(statuses(&shop).await[1], "paid");
    take(&shop, order, 700, "c").await.unwrap();
    assert_eq!(statuses(&shop).await[1], "overpaid");
    let payments = shop.with_db(move |conn| payments_of(conn, order)).await;
    assert_eq!(payments[0].captured_amount, all + 700);
    assert_eq!(shop.with_db(move |conn| refunds_of(conn, order)).await, []);
}

async fn the_same_transfer_is_received_once(shop: TestShop) {
    let order = ordered(&shop).await;
    take(&shop, order, 5_000, "a").await.unwrap();
    let again = take(&shop, order, 5_000, "a").await;
    assert!(matches!(again, Err(MoveError::ReceivedBefore(_))), "{again:?}");
    for wrong in [0, -5] {
        assert!(matches!(take(&shop, order, wrong, "z").await, Err(MoveError::Nothing)));
    }
    let payments = shop.with_db(move |conn| payments_of(conn, order)).await;
    assert_eq!(payments[0].captured_amount, 5_000);
}

async fn a_transfer_for_a_cancelled_order_that_is_too_small_goes_back(shop: TestShop) {
    let order = ordered(&shop).await;
    let cancel = move |conn: &mut _| super::overdue(conn, order);
    super::run(&shop, cancel).await.unwrap();
    take(&shop, order, 5_000, "late").await.unwrap();
    assert_eq!(statuses(&shop).await, ["cancelled", "unpaid"]);
    let refunds = shop.with_db(move |conn| refunds_of(conn, order)).await;
    assert_eq!((refunds[0].amount, refunds[0].status.as_str()), (5_000, "by_hand"));
}
