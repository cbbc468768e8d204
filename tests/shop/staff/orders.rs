//! Orders in the back office: found, and moved on by the functions that everybody uses.

use diesel::prelude::*;
use etalase::db::schema::{audit_entry, orders, stock};

use crate::both;
use crate::kit::{Dbms, Mood, TestShop, Visitor, goods};

both!(
    an_order_is_found_by_status_number_and_address,
    an_order_that_waits_for_its_money_is_not_to_pack,
    an_order_that_moves_no_money_says_so,
    a_long_list_has_pages,
    an_order_is_paid_sent_and_refunded_by_clicking,
    goods_that_come_back_are_restocked_with_their_refund,
    an_order_is_cancelled_by_clicking,
    an_order_that_is_paid_is_cancelled_by_who_may_refund,
    what_cannot_be_done_says_why_and_changes_nothing,
    what_is_refused_comes_back_as_it_was_typed,
    a_packer_ships_and_does_nothing_else,
);

/// The button that shows what something would do.
const LOOK: &str = "Show what this does";

/// Two cups; the order's number.
async fn ordered(shop: &TestShop) -> String {
    shop.with_db(|conn| goods("cup").costing(50_000).on_hand(500).put(conn)).await;
    let shopper = shop.shopper();
    shopper.add("cup", &[], 2).await;
    shopper.order().await;
    number(shop)
}

fn number(shop: &TestShop) -> String {
    let newest = orders::table.order(orders::id.desc()).select(orders::number);
    newest.first(&mut shop.fresh.conn()).unwrap()
}

fn statuses(shop: &TestShop) -> (String, String, String) {
    let of = (orders::status, orders::payment_status, orders::fulfilment_status);
    orders::table.select(of).first(&mut shop.fresh.conn()).unwrap()
}

fn total(shop: &TestShop) -> String {
    let total: i64 =
        orders::table.select(orders::total_amount).first(&mut shop.fresh.conn()).unwrap();
    total.to_string()
}

fn level(shop: &TestShop) -> (i64, i64) {
    // The cups came last.
    let cups = stock::table.order(stock::variant_id.desc());
    let level = cups.select((stock::on_hand, stock::reserved));
    level.first(&mut shop.fresh.conn()).unwrap()
}

async fn numbers(visitor: &Visitor, query: &str) -> Vec<String> {
    visitor.get(&format!("/admin/orders{query}")).await.texts("tbody td:nth-child(2)")
}

async fn an_order_is_found_by_status_number_and_address(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    assert!(numbers(&sari, "").await.is_empty());
    let number = ordered(&shop).await;
    let email: String = orders::table.select(orders::email).first(&mut shop.fresh.conn()).unwrap();
    for found in ["", "?status=placed&payment=unpaid&fulfilment=unfulfilled", "?status=nonsense"] {
        assert_eq!(numbers(&sari, found).await, [number.as_str()], "{found}");
    }
    for text in [&number, &email] {
        assert_eq!(numbers(&sari, &format!("?q={text}")).await, [number.as_str()]);
    }
    for missed in ["?status=completed", "?payment=paid", "?fulfilment=shipped", "?q=100-000-000"] {
        assert!(numbers(&sari, missed).await.is_empty(), "{missed}");
    }
}

async fn an_order_that_waits_for_its_money_is_not_to_pack(shop: TestShop) {
    let number = ordered(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    let badges = async |path: &str| sari.get(path).await.texts(".badge");
    let order = format!("/admin/orders/{number}");
    let change = |payment: &'static str, method: &'static str, status: &'static str| {
        shop.with_db(move |conn| {
            let of = (orders::payment_status, orders::payment_method, orders::status);
            Ok(diesel::update(orders::table)
                .set((of.0.eq(payment), of.1.eq(method), of.2.eq(status)))
                .execute(conn)?)
        })
    };
    for (payment, method, status, told) in [
        ("unpaid", "bank_transfer", "placed", Some("Waits for its money")),
        ("part_paid", "bank_transfer", "placed", Some("Waits for its money")),
        ("paid", "bank_transfer", "placed", Some("To pack")),
        ("unpaid", "cash_on_delivery", "placed", Some("To pack")),
        ("unpaid", "bank_transfer", "cancelled", None),
    ] {
        change(payment, method, status).await;
        for path in ["/admin/orders", &order] {
            let badges = badges(path).await;
            let words = ["Waits for its money", "To pack"];
            let found = badges.iter().map(String::as_str).find(|badge| words.contains(badge));
            assert_eq!(found, told, "{payment}, {method}, {status} on {path}");
        }
    }
    change("unpaid", "bank_transfer", "placed").await;
}

async fn an_order_that_moves_no_money_says_so(dbms: Dbms) {
    let shop = TestShop::open_hosted(dbms, &Mood::default()).await;
    shop.with_db(|conn| goods("cup").costing(50_000).on_hand(500).put(conn)).await;
    for payment in ["bank_transfer", "rehearsal"] {
        let shopper = shop.shopper();
        shopper.add("cup", &[], 1).await;
        let form = shopper.checkout_form().await.choose("payment", payment);
        form.press("Place order").await.expect_status(200);
    }
    let sari = shop.colleague("sari", "owner").await;
    let [test, real] = &numbers(&sari, "").await[..] else { panic!("two orders") };
    assert!(test.ends_with("Test") && !real.contains("Test"), "{test}, {real}");
    let page = sari.get(&format!("/admin/orders/{}", number(&shop))).await;
    page.see("Test order: no money moves");
    sari.get(&format!("/admin/orders/{real}")).await.see_no("Test order");
}

async fn a_long_list_has_pages(shop: TestShop) {
    ordered(&shop).await;
    shop.with_db(|conn| {
        let copy = "INSERT INTO orders (status, payment_status, fulfilment_status, number, token, cart_id, placed_at, email, phone, locale, note,
            payment_method, delivery_kind, delivery_code, delivery_name, delivery_rule,
            chargeable_weight_g, currency, prices_include_tax, goods_amount, discount_amount,
            delivery_amount, fee_amount, tax_amount, rounding_amount, total_amount, quote_request, bill)
            SELECT status, payment_status, fulfilment_status, number || n, token || n, cart_id || n, placed_at, email, phone, locale, note,
            payment_method, delivery_kind, delivery_code, delivery_name, delivery_rule,
            chargeable_weight_g, currency, prices_include_tax, goods_amount, discount_amount,
            delivery_amount, fee_amount, tax_amount, rounding_amount, total_amount, quote_request, bill
            FROM orders CROSS JOIN (SELECT sku AS n FROM variant LIMIT 54) AS many";
        Ok(diesel::sql_query(copy).execute(conn)?)
    })
    .await;
    let sari = shop.colleague("sari", "owner").await;
    let page = sari.get("/admin/orders").await;
    let first = page.texts("tbody td:nth-child(2)");
    let rest = sari.get(&page.link("Next page")).await.texts("tbody td:nth-child(2)");
    assert_eq!(first.len(), 50);
    let mut all = [first, rest].concat();
    let count = all.len();
    all.sort();
    all.dedup();
    assert!(count > 50 && all.len() == count);
    shop.with_db(|conn| {
        let copies = orders::table.filter(orders::id.gt(etalase::ids::OrderId(1)));
        Ok(diesel::delete(copies).execute(conn)?)
    })
    .await;
}

async fn an_order_is_paid_sent_and_refunded_by_clicking(shop: TestShop) {
    let number = ordered(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    let path = format!("/admin/orders/{number}");
    let form = sari.get(&path).await.form(&format!("{path}/payments"));
    // What is owed stands in the form.
    let page = form.fill("reference", "BCA 7").press("Confirm the payment").await;
    page.expect_status(200).see("Received, BCA 7").see("Confirmed a payment");
    let form = sari.get(&path).await.form(&format!("{path}/shipments"));
    let form = form.fill("carrier", "JNE").fill("tracking_number", "J1");
    form.press("Mark as sent").await.expect_status(200).see("JNE J1").see("2 shipped");
    assert_eq!(statuses(&shop), ("completed".into(), "paid".into(), "shipped".into()));
    let refund = sari.get(&format!("{path}/refund")).await.form(&format!("{path}/refund"));
    let refund = refund.fill("line-0", "1").fill("reason", "broken");
    let page = refund.press(LOOK).await;
    page.expect_status(200).see("is yours to send").see("No unit goes back on the shelf");
    sari.get(&path).await.see_no("to be sent by hand");
    let agreed = page.form(&format!("{path}/refund"));
    let (twice, other) = (agreed.clone(), agreed.clone().fill("line-0", "2"));
    let looked_at = other.press("Refund Rp").await;
    looked_at.expect_status(200).see("is yours to send");
    sari.get(&path).await.see_no("to be sent by hand");
    agreed.press("Refund Rp").await.expect_status(200).see("Refund, to be sent by hand");
    twice.press("Refund Rp").await.expect_status(422).see("Money was given back meanwhile");
    let told: Vec<(String, String, String)> = audit_entry::table
        .filter(audit_entry::entity_kind.eq("order"))
        .order(audit_entry::sequence)
        .select((audit_entry::actor_name, audit_entry::action, audit_entry::entity))
        .load(&mut shop.fresh.conn())
        .unwrap();
    let deeds = ["order-paid", "order-shipped", "order-refunded"];
    assert_eq!(told, deeds.map(|deed| ("sari".into(), deed.into(), number.clone())));
}

async fn goods_that_come_back_are_restocked_with_their_refund(shop: TestShop) {
    let number = ordered(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    let path = format!("/admin/orders/{number}");
    let body = format!("amount={}&reference=BCA+7", total(&shop));
    sari.post(&format!("{path}/payments"), body).await.expect_status(303);
    sari.get(&format!("{path}/refund")).await.see_no("have come back");
    sari.post(&format!("{path}/shipments"), "").await.expect_status(303);
    let form = sari.get(&format!("{path}/refund")).await.form(&format!("{path}/refund"));
    let form = form.choose("restock", "1");
    let none = form.clone().press(LOOK).await;
    none.expect_status(422).see("which units have come back");
    assert_eq!(none.all("[name=restock][checked]").len(), 1);
    let many = form.clone().fill("line-0", "3").press(LOOK).await;
    many.expect_status(422).see("not so many units");
    let page = form.fill("line-0", "1").press(LOOK).await;
    page.see("1 unit goes back on the shelf");
    assert_eq!(level(&shop), (498, 0), "it was only looked at");
    let page = page.form(&format!("{path}/refund")).press("Refund Rp").await;
    page.expect_status(200).see("to be sent by hand");
    assert_eq!(level(&shop), (499, 0));
    let form = sari.get(&format!("{path}/refund")).await.form(&format!("{path}/refund"));
    let page = form.fill("line-0", "1").press(LOOK).await;
    page.form(&format!("{path}/refund")).press("Refund Rp").await.expect_status(200);
    assert_eq!(level(&shop), (499, 0), "what is not ticked stays away");
}

async fn an_order_is_cancelled_by_clicking(shop: TestShop) {
    let number = ordered(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    let path = format!("/admin/orders/{number}");
    let form = sari.get(&path).await.form(&format!("{path}/cancel"));
    form.press("Cancel the order").await.expect_status(200).see("Cancelled");
    assert_eq!(statuses(&shop).0, "cancelled");
}

async fn an_order_that_is_paid_is_cancelled_by_who_may_refund(shop: TestShop) {
    let number = ordered(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    let path = format!("/admin/orders/{number}");
    let body = format!("amount={}&reference=BCA+7", total(&shop));
    sari.post(&format!("{path}/payments"), body).await.expect_status(303);
    let refused = sari.post(&format!("{path}/cancel"), "").await;
    refused.expect_status(422).see("only who may refund");
    let long = format!("reason={}", "a".repeat(201));
    let refused = sari.post(&format!("{path}/call-off"), long).await;
    refused.expect_status(422).see("This is too long");
    assert_eq!(statuses(&shop).0, "placed");
    let form = sari.get(&path).await.see("goes back to her").form(&format!("{path}/call-off"));
    let page = form.fill("reason", "sold out").press("Cancel the order").await;
    page.expect_status(200).see("Cancelled").see("Refund, to be sent by hand");
    assert_eq!((statuses(&shop).0.as_str(), statuses(&shop).1.as_str()), ("cancelled", "paid"));
}

async fn what_cannot_be_done_says_why_and_changes_nothing(shop: TestShop) {
    let number = ordered(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    let path = format!("/admin/orders/{number}");
    for (to, body, advice) in [
        ("payments", "amount=nonsense&reference=x", "Enter an amount"),
        ("payments", "amount=-5&reference=x", "Enter an amount"),
        ("payments", "amount=5000&reference=", "Enter the reference"),
        ("shipments", "tracking_url=javascript:alert(1)", "must begin with https"),
        ("refund", "after=0&line-0=1", "not so much money"),
        ("refund", "after=0", "nothing to do"),
        ("refund", "line-0=1&amount=5000", "either units or an amount"),
    ] {
        let page = sari.post(&format!("{path}/{to}"), body).await;
        page.expect_status(422).see(advice);
    }
    assert_eq!(statuses(&shop), ("placed".into(), "unpaid".into(), "unfulfilled".into()));
    for to in ["", "/refund"] {
        sari.get(&format!("/admin/orders/100-000-000{to}")).await.expect_status(404);
    }
}

async fn what_is_refused_comes_back_as_it_was_typed(shop: TestShop) {
    let number = ordered(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    let path = format!("/admin/orders/{number}");
    let form = sari.get(&path).await.form(&format!("{path}/payments"));
    let form = form.fill("amount", "a lot").fill("reference", "BCA <7>");
    let page = form.press("Confirm the payment").await;
    page.expect_status(422).see("Enter an amount");
    assert_eq!(page.attributes("#amount", "value"), ["a lot"]);
    assert_eq!(page.attributes("#amount", "aria-describedby"), ["amount-e"]);
    assert_eq!(page.attributes("#reference", "value"), ["BCA <7>"]);
    let form = sari.get(&path).await.form(&format!("{path}/shipments"));
    let form = form.fill("carrier", "JNE").fill("tracking_number", "J1");
    let page = form.clone().fill("tracking_url", "javascript:alert(1)").press("Mark as sent").await;
    page.expect_status(422).see("must begin with https");
    assert_eq!(page.attributes("#carrier, #tracking_number", "value"), ["JNE", "J1"]);
    assert_eq!(page.attributes("#tracking_url", "value"), ["javascript:alert(1)"]);
    let long = form.clone().fill("carrier", &"x".repeat(101)).press("Mark as sent").await;
    long.expect_status(422).see("This is too long");
    let refund = format!("{path}/refund");
    let page = sari.post(&refund, "after=0&line-0=1&delivery=1&reason=broken").await;
    page.expect_status(422).see("not so much money");
    assert_eq!(page.attributes("#reason, #line-0", "value"), ["1", "broken"]);
    assert_eq!(page.all("[name=delivery][checked]").len(), 1);
    let page = sari.post(&refund, "amount=a+lot&reason=peace").await;
    page.expect_status(422).see("Enter an amount");
    assert_eq!(page.attributes("#amount, #reason", "value"), ["a lot", "peace"]);
    assert_eq!(statuses(&shop), ("placed".into(), "unpaid".into(), "unfulfilled".into()));
    form.press("Mark as sent").await.expect_status(200).see("JNE J1");
}

async fn a_packer_ships_and_does_nothing_else(shop: TestShop) {
    let number = ordered(&shop).await;
    let budi = shop.colleague("budi", "packer").await;
    let path = format!("/admin/orders/{number}");
    let page = budi.get(&path).await;
    assert_eq!(page.all("main form").len(), 2);
    for to in ["payments", "cancel", "call-off", "refund"] {
        budi.post(&format!("{path}/{to}"), "").await.expect_status(403);
    }
    page.form(&format!("{path}/shipments")).press("Mark as sent").await.expect_status(200);
    assert_eq!(statuses(&shop).2, "shipped");
}
