//! Orders that staff keep back: nothing of them is sent until they are let go.

use diesel::prelude::*;
use etalase::db::schema::{audit_entry, orders, shipment};

use crate::both;
use crate::kit::shopper::{ENGLISH, order_number};
use crate::kit::{TestShop, Visitor, goods};
use etalase::orders::slips::slips;
use etalase::staff::{Permission, Permissions};

both!(
    nothing_of_an_order_that_is_kept_back_is_sent,
    one_that_is_kept_back_can_be_cancelled,
    whoever_keeps_an_order_back_says_why,
);

/// Paid, and ready to be packed.
async fn paid(shop: &TestShop, sari: &Visitor) -> String {
    shop.with_db(|conn| goods("cup").costing(50_000).on_hand(10).put(conn)).await;
    let shopper = shop.shopper();
    shopper.add("cup", &[], 2).await;
    let number = order_number(&shopper.order().await, &ENGLISH);
    let total: i64 =
        orders::table.select(orders::total_amount).first(&mut shop.fresh.conn()).unwrap();
    let body = format!("amount={total}&reference=BCA+1");
    sari.post(&format!("/admin/orders/{number}/payments"), body).await.expect_status(303);
    number
}

fn parcels(shop: &TestShop) -> i64 {
    shipment::table.count().get_result(&mut shop.fresh.conn()).unwrap()
}

async fn nothing_of_an_order_that_is_kept_back_is_sent(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let number = paid(&shop, &sari).await;
    let path = format!("/admin/orders/{number}");
    sari.get("/admin/orders?waits=packing").await.see(&number);
    let form = sari.get(&path).await.form(&format!("{path}/stop")).fill("stop", "Card of another");
    let page = form.press("Put on hold").await;
    page.expect_status(200).see("On hold").see("Card of another");
    assert!(page.all(&format!("form[action='{path}/shipments']")).is_empty());
    // By its own form, by the list, and by a form that was open before.
    let told = sari.post(&format!("{path}/shipments"), "").await;
    told.expect_status(422).see("This order is on hold");
    sari.get(&format!("/admin/orders/sending?o={number}")).await.see("This order is on hold");
    let told = sari.post("/admin/orders/sending", format!("orders={number}")).await;
    told.see("This order is on hold");
    let numbers = [number.clone()];
    let left = shop.with_db(move |conn| slips(conn, &numbers)).await;
    assert!(left[0].lines.is_empty(), "it is on no paper to be packed by");
    assert_eq!(parcels(&shop), 0);
    sari.get("/admin/orders?waits=packing").await.see_no(&number);
    sari.get("/admin/orders?waits=stopped").await.see(&number).see("On hold");
    sari.get("/admin").await.see("1 order on hold");
    sari.post(&format!("{path}/stop"), "stop=again").await.expect_status(422);
    let page = sari.get(&path).await.form(&format!("{path}/let-go")).press("Release").await;
    page.expect_status(200).see("Released").see_no("This order is on hold");
    sari.post(&format!("{path}/let-go"), "").await.expect_status(422);
    sari.post(&format!("{path}/shipments"), "").await.expect_status(303);
    assert_eq!(parcels(&shop), 1);
    let deeds: Vec<String> = audit_entry::table
        .filter(audit_entry::action.eq_any(["order-stopped", "order-let-go"]))
        .order(audit_entry::sequence)
        .select(audit_entry::action)
        .load(&mut shop.fresh.conn())
        .unwrap();
    assert_eq!(deeds, ["order-stopped", "order-let-go"]);
}

async fn one_that_is_kept_back_can_be_cancelled(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let number = paid(&shop, &sari).await;
    let path = format!("/admin/orders/{number}");
    sari.post(&format!("{path}/stop"), "stop=doubt").await.expect_status(303);
    let form = sari.get(&path).await.form(&format!("{path}/call-off"));
    form.press("Cancel the order").await.expect_status(200).see("Cancelled");
    sari.post(&format!("{path}/stop"), "stop=doubt").await.expect_status(422);
    sari.get("/admin/orders?waits=stopped").await.see_no(&number);
}

async fn whoever_keeps_an_order_back_says_why(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let number = paid(&shop, &sari).await;
    let stop = format!("/admin/orders/{number}/stop");
    for typed in ["", &"x".repeat(201)] {
        let told = sari.post(&stop, format!("stop={typed}")).await;
        told.expect_status(422).see("Say why");
    }
    let role = shop
        .role("packer", Permissions::from_iter([Permission::ViewOrders, Permission::ShipOrders]))
        .await;
    let budi = shop.colleague("budi", &role).await;
    budi.post(&stop, "stop=doubt").await.expect_status(403);
    budi.get(&format!("/admin/orders/{number}")).await.see_no("Put on hold");
}
