//! A shopper asks to send something back, and reads on her order's page what becomes of it.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::{levels, ordered, parcel, rani, run};
use crate::both;
use crate::kit::form::Form;
use crate::kit::{Page, Shopper, TestShop};
use etalase::db::schema::{order_event, order_return, orders, shipment};
use etalase::fulfilment::{Counted, approve, decline, receive, ship};
use etalase::ids::{OrderId, ReturnId};
use etalase::orders::OrderStatus;
use etalase::web::visit::now;

both!(
    a_guest_asks_and_follows_her_return,
    a_request_reads_in_both_languages,
    a_declined_return_says_why,
    nothing_is_asked_back_before_it_was_sent,
    no_more_is_asked_back_than_was_sent,
    after_the_last_day_nothing_can_be_asked_back,
    a_form_sent_twice_asks_once,
    a_changed_form_is_not_taken_for_the_one_before,
    what_is_wrong_is_said_and_what_was_typed_is_kept,
    another_orders_address_opens_no_return,
);

/// An order of which these units of lines were sent, and the address of its page.
async fn sent(shop: &TestShop, lines: &'static [(i64, i64)]) -> (OrderId, String) {
    let order = ordered(shop).await;
    run(shop, move |conn| ship(conn, order, &parcel(lines), &rani())).await.unwrap();
    (order, path(shop, order).await)
}

async fn path(shop: &TestShop, order: OrderId) -> String {
    let token: String = shop
        .with_db(move |conn| Ok(orders::table.find(order).select(orders::token).first(conn)?))
        .await;
    format!("/orders/{token}")
}

async fn form(shopper: &Shopper, order: &str) -> Form {
    let page = shopper.open(&format!("{order}/returns")).await;
    page.expect_status(200).form("form[action$='/returns']")
}

fn broken(form: Form, units: &str) -> Form {
    form.fill("units-0", units).choose("reason", "damaged").fill("note", "The handle is off.")
}

async fn ids(shop: &TestShop) -> Vec<ReturnId> {
    shop.with_db(|conn| Ok(order_return::table.select(order_return::id).load(conn)?)).await
}

async fn a_guest_asks_and_follows_her_return(shop: TestShop) {
    let (order, own) = sent(&shop, &[(0, 3), (1, 1)]).await;
    let guest = shop.shopper();
    let page = guest.open(&own).await;
    page.see("Send something back");
    let page = broken(form(&guest, &own).await, "2").press("Ask for the return").await;
    assert_eq!(page.url.path(), format!("{own}/returns/1"));
    page.expect_heading("We have your request").see("2 × The cup").see("The handle is off.");
    assert_eq!(page.header("cache-control"), "no-store");
    guest.open(&own).await.see("You have asked to send this back").see("2 × The cup");

    let id = ids(&shop).await[0];
    run(&shop, move |conn| approve(conn, id, "Wrap it well.", &rani())).await.unwrap();
    let page = guest.open(&format!("{own}/returns/1")).await;
    page.expect_heading("Please send it back").see("Wrap it well.").see("Selasar");
    page.see("Write the order number");
    let counted = [Counted { position: 0, received: 1, restocked: 0 }];
    run(&shop, move |conn| receive(conn, id, &counted, &rani())).await.unwrap();
    let page = guest.open(&format!("{own}/returns/1")).await;
    page.expect_heading("Your return has arrived").see("1 × The cup");
    // The other one that she asked for never came: it may still come back.
    form(&guest, &own).await;
    assert_eq!(levels(&shop).await, [(7, 2), (9, 1)], "what is broken is not restocked");

    let actors: Vec<(String, String)> = shop
        .with_db(move |conn| {
            let events = order_event::table.filter(order_event::order_id.eq(order));
            let told = events.filter(order_event::kind.like("return%")).order(order_event::id);
            Ok(told.select((order_event::kind, order_event::actor)).load(conn)?)
        })
        .await;
    let actors: Vec<_> = actors.iter().map(|(kind, by)| (kind.as_str(), by.as_str())).collect();
    let rani = "staff:rani";
    assert_eq!(
        actors,
        [("return_requested", "shopper"), ("return_approved", rani), ("return_received", rani)]
    );
}

async fn a_request_reads_in_both_languages(shop: TestShop) {
    let (_, own) = sent(&shop, &[(0, 3)]).await;
    let guest = shop.indonesian_shopper();
    guest.open(&own).await.see("Kembalikan barang");
    let page = broken(form(&guest, &own).await, "1").press("Ajukan pengembalian").await;
    page.expect_heading("Permintaan Anda sudah kami terima").see("Barang rusak atau pecah");
}

async fn a_declined_return_says_why(shop: TestShop) {
    let (_, own) = sent(&shop, &[(0, 1)]).await;
    let guest = shop.shopper();
    broken(form(&guest, &own).await, "1").press("Ask for the return").await;
    guest
        .open(&format!("{own}/returns"))
        .await
        .see("Everything that was sent to you is in a return");
    let id = ids(&shop).await[0];
    let answer = "It was <b>used</b>.";
    run(&shop, move |conn| decline(conn, id, answer, &rani())).await.unwrap();
    let page = guest.open(&format!("{own}/returns/1")).await;
    page.expect_heading("We cannot take this back").see(answer).see_no("Write the order number");
    guest.open(&own).await.see("This return was declined");
    form(&guest, &own).await;
}

async fn nothing_is_asked_back_before_it_was_sent(shop: TestShop) {
    let order = ordered(&shop).await;
    let (own, guest) = (path(&shop, order).await, shop.shopper());
    guest.open(&own).await.see_no("Send something back");
    guest.open(&format!("{own}/returns")).await.see("nothing to send back");
    let forged = "units-0=1&reason=damaged&wish=refund&earlier=0";
    let page = guest.visitor.post(&format!("{own}/returns"), forged).await;
    page.expect_status(422).see("nothing to send back");
    assert_eq!(ids(&shop).await, []);
}

async fn no_more_is_asked_back_than_was_sent(shop: TestShop) {
    let (_, own) = sent(&shop, &[(0, 2)]).await;
    let guest = shop.shopper();
    let page = broken(form(&guest, &own).await, "3").press("Ask for the return").await;
    page.expect_status(422).see("Enter a number from 0 to 2");
    broken(form(&guest, &own).await, "1").press("Ask for the return").await.expect_status(200);
    let page = broken(form(&guest, &own).await, "2").press("Ask for the return").await;
    page.expect_status(422).see("Enter a number from 0 to 1");
    // The plates have not been sent.
    let forged = form(&guest, &own).await.forge("units-1", "1").choose("reason", "other");
    forged.press("Ask for the return").await.expect_status(422);
    assert_eq!(ids(&shop).await.len(), 1);
}

async fn after_the_last_day_nothing_can_be_asked_back(shop: TestShop) {
    let (order, own) = sent(&shop, &[(0, 2)]).await;
    let guest = shop.shopper();
    let open = broken(form(&guest, &own).await, "1");
    let backdate = |days| {
        shop.with_db(move |conn| {
            let then = now() - TimeDelta::days(days);
            Ok(diesel::update(shipment::table).set(shipment::shipped_at.eq(then)).execute(conn)?)
        })
    };
    backdate(30).await;
    form(&guest, &own).await;
    backdate(32).await;
    guest.open(&own).await.see_no("Send something back");
    guest.open(&format!("{own}/returns")).await.see("within 30 days after they were sent");
    let page = open.press("Ask for the return").await;
    page.expect_status(422).see("That time is over");
    assert_eq!(ids(&shop).await, []);
    let status: String = shop
        .with_db(move |conn| Ok(orders::table.find(order).select(orders::status).first(conn)?))
        .await;
    assert_eq!(status, OrderStatus::Placed.code());
}

async fn a_form_sent_twice_asks_once(shop: TestShop) {
    let (_, own) = sent(&shop, &[(0, 3)]).await;
    let guest = shop.shopper();
    let form = broken(form(&guest, &own).await, "1");
    let send = || form.clone().send("Ask for the return");
    let pages: [Page; 3] = futures_util::future::join_all([send(), send(), send()])
        .await
        .try_into()
        .unwrap_or_else(|_| panic!("three were sent"));
    for page in pages {
        assert_eq!(page.expect_status(303).location(), Some(format!("{own}/returns/1")));
    }
    assert_eq!(ids(&shop).await.len(), 1);
}

async fn a_changed_form_is_not_taken_for_the_one_before(shop: TestShop) {
    let (_, own) = sent(&shop, &[(0, 3), (1, 1)]).await;
    let guest = shop.shopper();
    let form = broken(form(&guest, &own).await, "1");
    form.clone().press("Ask for the return").await.expect_status(200);
    for changed in [form.clone().fill("units-1", "1"), form.fill("note", "And it smells.")] {
        let page = changed.press("Ask for the return").await;
        page.expect_status(422).see("You have asked for a return since you opened this page");
    }
    assert_eq!(ids(&shop).await.len(), 1);
}

async fn what_is_wrong_is_said_and_what_was_typed_is_kept(shop: TestShop) {
    let (_, own) = sent(&shop, &[(0, 3), (1, 1)]).await;
    let guest = shop.shopper();
    let form = form(&guest, &own).await.fill("units-1", "one").fill("note", "It <leaks>.");
    let page = form.choose("wish", "replacement").press("Ask for the return").await;
    page.expect_status(422).see("Enter a number from 0 to 1").see("Choose why it comes back");
    assert!(page.texts("title")[0].starts_with("Error: "));
    let form = page.form("form[action$='/returns']");
    assert_eq!(form.value("units-1"), "one");
    assert_eq!(form.value("note"), "It <leaks>.");
    assert_eq!(form.value("wish"), "replacement");
    for field in ["units-1", "reason"] {
        assert_eq!(page.all(&format!("a[href='#{field}']")).len(), 1, "{field} is linked");
        assert_eq!(page.all(&format!("#{field}")).len(), 1);
    }
    let page =
        form.fill("units-1", "0").choose("reason", "other").press("Ask for the return").await;
    page.expect_status(422).see("Say how many come back");
    assert_eq!(ids(&shop).await, []);
}

async fn another_orders_address_opens_no_return(shop: TestShop) {
    let (_, own) = sent(&shop, &[(0, 1)]).await;
    let guest = shop.shopper();
    broken(form(&guest, &own).await, "1").press("Ask for the return").await;
    let other = shop.shopper();
    other.add("plate", &[], 1).await;
    let other = other.order().await.url.path().to_owned();
    for wrong in [
        format!("{other}/returns/1"),
        format!("{own}/returns/0"),
        format!("{own}/returns/2"),
        format!("{own}/returns/-1"),
        format!("{own}x/returns"),
        "/orders/00000000000000000000000000000000/returns".to_owned(),
    ] {
        guest.visitor.get(&wrong).await.expect_status(404);
    }
    let nobodys = "/orders/00000000000000000000000000000000/returns";
    guest.visitor.post(nobodys, "units-0=1").await.expect_status(404);
}
