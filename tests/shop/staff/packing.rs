//! The packer's day: orders are looked for, several are printed and sent, one is looked after.

use diesel::prelude::*;
use etalase::db::schema::{audit_entry, order_address, orders, stock};
use etalase::ids::OrderId;

use crate::both;
use crate::kit::{Office, TestShop, Visitor, goods};

both!(
    an_order_is_found_by_all_that_one_may_know_of_it,
    filters_stand_in_the_address_and_come_back_as_typed,
    everything_is_looked_for_in_one_field,
    whoever_may_not_see_orders_finds_none,
    papers_are_printed_for_all_that_are_ticked,
    ticked_orders_are_sent_one_by_one,
    a_part_of_an_order_goes_by_itself,
    staff_leave_notes_that_no_shopper_reads,
    a_mail_is_read_as_it_was_sent_and_sent_once_more,
    a_return_is_approved_counted_and_paid_back,
    money_that_was_sent_by_hand_is_confirmed,
);

/// Two cups; the order's number.
async fn ordered(shop: &TestShop) -> String {
    let shopper = shop.shopper();
    shopper.add("cup", &[], 2).await;
    shopper.order().await;
    newest(shop).1
}

async fn cups(shop: &TestShop) {
    shop.with_db(|conn| goods("cup").costing(50_000).on_hand(500).put(conn)).await;
}

fn newest(shop: &TestShop) -> (OrderId, String) {
    let newest = orders::table.order(orders::id.desc()).select((orders::id, orders::number));
    newest.first(&mut shop.fresh.conn()).unwrap()
}

fn rename(shop: &TestShop, order: OrderId, name: &str) {
    let own = order_address::table.filter(order_address::order_id.eq(order));
    let renamed = diesel::update(own).set(order_address::name.eq(name));
    renamed.execute(&mut shop.fresh.conn()).unwrap();
}

async fn found(visitor: &Visitor, query: &str) -> Vec<String> {
    let page = visitor.get(&format!("/admin/orders?{query}")).await;
    page.expect_status(200).texts("tbody td:nth-child(2)")
}

async fn an_order_is_found_by_all_that_one_may_know_of_it(shop: TestShop) {
    cups(&shop).await;
    let other = ordered(&shop).await;
    rename(&shop, newest(&shop).0, "Budi Santoso");
    let number = ordered(&shop).await;
    let (id, _) = newest(&shop);
    rename(&shop, id, "Siti Nurhaliza Putri");
    let contact = (orders::email.eq("Siti@Example.com"), orders::phone.eq("+6281122334455"));
    let the_one = diesel::update(orders::table.find(id)).set(contact);
    the_one.execute(&mut shop.fresh.conn()).unwrap();
    let sari = shop.colleague("sari", "owner").await;
    let digits = number.replace('-', "");
    for text in [
        digits.as_str(),
        "siti",
        "Siti+Nur",
        "PUTRI",
        "siti%40example.com",
        "siti%40ex",
        "0811+2233+4455",
        "%2B62+811-2233-4455",
    ] {
        assert_eq!(found(&sari, &format!("q={text}")).await, [number.as_str()], "{text}");
    }
    for text in ["nurhaliza", "s", "iti", "0811", "%25"] {
        assert!(found(&sari, &format!("q={text}")).await.is_empty(), "{text}");
    }
    assert_eq!(found(&sari, "q=santoso").await, [other.as_str()]);
    assert!(found(&sari, "q=siti&payment=paid").await.is_empty());
}

async fn filters_stand_in_the_address_and_come_back_as_typed(shop: TestShop) {
    cups(&shop).await;
    let number = ordered(&shop).await;
    let total: i64 =
        orders::table.select(orders::total_amount).first(&mut shop.fresh.conn()).unwrap();
    let sari = shop.colleague("sari", "owner").await;
    let (less, more) = (total - 1, total + 1);
    for fits in [
        format!("least={less}&most={total}"),
        "country=ID&method=bank_transfer".into(),
        "from=2020-01-01&until=2100-01-01".into(),
        "waits=money&status=placed&fulfilment=unfulfilled".into(),
    ] {
        assert_eq!(found(&sari, &fits).await, [number.as_str()], "{fits}");
    }
    for misses in [
        format!("least={more}"),
        format!("most={less}"),
        "country=SG".into(),
        "method=cash_on_delivery".into(),
        "until=2020-01-01".into(),
        "from=2100-01-01".into(),
        "waits=packing".into(),
        "waits=return".into(),
        "waits=refund".into(),
        "waits=trouble".into(),
        "waits=proof".into(),
        "waits=mail".into(),
    ] {
        assert!(found(&sari, &misses).await.is_empty(), "{misses}");
    }
    let page = sari.get("/admin/orders?least=a+lot&from=yesterday&q=x").await;
    page.expect_status(422).see("Enter an amount").see("Enter a day that exists");
    assert_eq!(page.attributes("#least, #from, #q", "value"), ["x", "yesterday", "a lot"]);
    let page = sari.get("/admin/orders?waits=money").await;
    assert_eq!(page.texts(".tabs [aria-current]"), ["Waiting for payment 1"]);
    let ticked = sari.get(&page.link("Tick all on this page")).await;
    assert_eq!(ticked.all("tbody input[checked]").len(), 1);
}

async fn everything_is_looked_for_in_one_field(shop: TestShop) {
    cups(&shop).await;
    let number = ordered(&shop).await;
    rename(&shop, newest(&shop).0, "Siti Putri");
    let sari = shop.colleague("sari", "owner").await;
    let search = sari.get("/admin").await.form("/admin/search");
    let page = search.clone().fill("q", &number).press("Search").await;
    page.expect_heading(&format!("Order {number}"));
    let page = search.clone().fill("q", "putri").press("Search").await;
    assert_eq!(page.texts("section[aria-labelledby=orders] .cover"), [number.as_str()]);
    assert_eq!(page.attributes("header input[name=q]", "value"), ["putri"]);
    let page = search.fill("q", "cup").press("Search").await;
    let products = page.texts("section[aria-labelledby=products] .cover");
    assert!(products.iter().any(|name| name == "The cup"), "{products:?}");
    let nothing = sari.get("/admin/search?q=zzzzzz").await;
    assert_eq!(nothing.texts("section .muted").len(), 3);
    assert!(sari.get("/admin/search").await.all("section").is_empty());
}

async fn whoever_may_not_see_orders_finds_none(shop: TestShop) {
    cups(&shop).await;
    let number = ordered(&shop).await;
    let role = shop.role("nobody", Default::default()).await;
    let dewi = shop.colleague("dewi", &role).await;
    for text in [number.as_str(), "cup"] {
        let page = dewi.get(&format!("/admin/search?q={text}")).await;
        page.expect_status(200);
        assert!(page.all("main section").is_empty(), "{text}");
    }
}

async fn papers_are_printed_for_all_that_are_ticked(shop: TestShop) {
    cups(&shop).await;
    let (one, two) = (ordered(&shop).await, ordered(&shop).await);
    let sari = shop.colleague("sari", "owner").await;
    let query = format!("?o={one}&o={two}&o=100-000-000");
    let slips = sari.get(&format!("/admin/orders/slips{query}")).await;
    assert_eq!(slips.expect_status(200).all("article.slip").len(), 2);
    assert!(!slips.main_text().contains("Rp"), "no prices");
    let picking = sari.get(&format!("/admin/orders/picking{query}")).await;
    assert_eq!(picking.texts("tbody td.slip-units"), ["4"]);
    picking.see(&format!("{one} × 2")).see(&format!("{two} × 2"));
    let papers = sari.get(&format!("/admin/orders/invoices{query}")).await;
    let invoices = papers.all("article.paper").len();
    assert!(invoices == 0 || invoices == 2, "{invoices}");
    for page in ["slips", "picking", "invoices", "sending"] {
        sari.get(&format!("/admin/orders/{page}")).await.expect_status(200);
    }
}

fn fulfilment(shop: &TestShop, number: &str) -> String {
    let the_one = orders::table.filter(orders::number.eq(number));
    the_one.select(orders::fulfilment_status).first(&mut shop.fresh.conn()).unwrap()
}

async fn ticked_orders_are_sent_one_by_one(shop: TestShop) {
    cups(&shop).await;
    let (one, two) = (ordered(&shop).await, ordered(&shop).await);
    let budi = shop.colleague("budi", "packer").await;
    let page = budi.get(&format!("/admin/orders/sending?o={one}&o={two}")).await;
    page.see("told by mail").see("No money moves");
    let form = page.form("/admin/orders/sending");
    let form = form.fill("carrier", "JNE").fill(&format!("tracking-{one}"), "J1");
    let twice = form.clone();
    form.press("Mark as sent").await.expect_status(200).see("2 orders are marked as sent");
    assert_eq!([&one, &two].map(|number| fulfilment(&shop, number)), ["shipped", "shipped"]);
    budi.get(&format!("/admin/orders/{one}")).await.see("JNE J1");
    twice.press("Mark as sent").await.see("Nothing was sent").see("There is nothing to do");
    let deeds = audit_entry::table.filter(audit_entry::action.eq("order-shipped"));
    let deeds: i64 = deeds.count().get_result(&mut shop.fresh.conn()).unwrap();
    assert_eq!(deeds, 2);
}

async fn a_part_of_an_order_goes_by_itself(shop: TestShop) {
    cups(&shop).await;
    let number = ordered(&shop).await;
    let budi = shop.colleague("budi", "packer").await;
    let path = format!("/admin/orders/{number}");
    let to = format!("{path}/shipments");
    let form = budi.get(&path).await.form(&to);
    for wrong in ["0", "x", "-1"] {
        let page = form.clone().fill("ship-0", wrong).press("Mark as sent").await;
        page.expect_status(422).see("Enter how many units");
        assert_eq!(page.attributes("#ship-0", "value"), [wrong]);
    }
    form.clone().fill("ship-0", "3").press("Mark as sent").await.expect_status(422);
    form.fill("ship-0", "1").press("Mark as sent").await.expect_status(200).see("1 shipped");
    assert_eq!(fulfilment(&shop, &number), "part_shipped");
    let rest = budi.get(&path).await;
    assert_eq!(rest.attributes("#ship-0", "value"), ["1"]);
    rest.form(&to).press("Mark as sent").await.expect_status(200);
    assert_eq!(fulfilment(&shop, &number), "shipped");
}

async fn staff_leave_notes_that_no_shopper_reads(shop: TestShop) {
    cups(&shop).await;
    let number = ordered(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    let path = format!("/admin/orders/{number}");
    let form = sari.get(&path).await.form(&format!("{path}/notes"));
    form.clone().press("Add the note").await.expect_status(422).see("Write something first");
    let long = "x".repeat(501);
    form.clone().fill("note", &long).press("Add the note").await.expect_status(422);
    let page = form.fill("note", "Ring twice <b>").press("Add the note").await;
    page.expect_status(200).see("Ring twice <b>").see("sari");
    let (public, data): (bool, String) = {
        use etalase::db::schema::order_event;
        let noted = order_event::table.filter(order_event::kind.eq("noted"));
        let noted = noted.select((order_event::public, order_event::data));
        noted.first(&mut shop.fresh.conn()).unwrap()
    };
    assert!(!public && data.contains("Ring twice"));
    let told: String = audit_entry::table
        .filter(audit_entry::action.eq("order-noted"))
        .select(audit_entry::after)
        .first(&mut shop.fresh.conn())
        .unwrap();
    assert!(told.contains("note_sha256") && !told.contains("Ring"), "{told}");
}

async fn a_mail_is_read_as_it_was_sent_and_sent_once_more(shop: TestShop) {
    cups(&shop).await;
    let number = ordered(&shop).await;
    Office::of(&shop).work().await;
    let sari = shop.colleague("sari", "owner").await;
    let path = format!("/admin/orders/{number}");
    let mails = |page: &crate::kit::Page| page.all("section[aria-labelledby=mails] .cover").len();
    let page = sari.get(&path).await;
    let (before, first) =
        (mails(&page), page.attributes("section[aria-labelledby=mails] a", "href"));
    let mail = sari.get(&first[0]).await;
    mail.expect_status(200);
    assert!(mail.texts(".letter")[0].contains(&number));
    mail.form(&first[0]).press("Send it once more").await.expect_status(200);
    assert_eq!(mails(&sari.get(&path).await), before + 1);
    let other = ordered(&shop).await;
    let id = first[0].rsplit('/').next().unwrap();
    sari.get(&format!("/admin/orders/{other}/mails/{id}")).await.expect_status(404);
    let budi = shop.colleague("budi", "packer").await;
    budi.post(&first[0], "").await.expect_status(403);
}

fn on_hand(shop: &TestShop) -> i64 {
    let most = stock::table.order(stock::on_hand.desc()).select(stock::on_hand);
    most.first(&mut shop.fresh.conn()).unwrap()
}

async fn a_return_is_approved_counted_and_paid_back(shop: TestShop) {
    cups(&shop).await;
    let number = ordered(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    let path = format!("/admin/orders/{number}");
    let total: i64 =
        orders::table.select(orders::total_amount).first(&mut shop.fresh.conn()).unwrap();
    let paid = format!("amount={total}&reference=BCA+7");
    sari.post(&format!("{path}/payments"), paid).await.expect_status(303);
    sari.post(&format!("{path}/shipments"), "").await.expect_status(303);
    let (id, _) = newest(&shop);
    let token: String =
        orders::table.find(id).select(orders::token).first(&mut shop.fresh.conn()).unwrap();
    ask_back(&shop, &token).await;
    assert_eq!(found(&sari, "waits=return").await, [number.as_str()]);
    let to = format!("{path}/returns/1");
    let form = sari.get(&path).await.form(&to);
    form.clone().press("Decline").await.expect_status(422).see("why her return is declined");
    form.fill("answer-1", "Send it to us").press("Approve").await.expect_status(200);
    let before = on_hand(&shop);
    let form = sari.get(&path).await.see("Send it to us").form(&to);
    let wrong = form.clone().fill("received-1-0", "x").press("Take them in").await;
    wrong.expect_status(422).see("Enter whole numbers");
    let form = form.fill("received-1-0", "2").fill("restocked-1-0", "1");
    form.press("Take them in").await.expect_status(200).see("2 came");
    assert_eq!(on_hand(&shop), before + 1, "the other is written off");
    let form = sari.get(&path).await.form(&format!("{to}/refund"));
    form.press("Refund what came").await.expect_status(200).see("goes back for it");
    sari.post(&format!("{to}/refund"), "").await.expect_status(422);
    sari.get(&format!("{path}/returns/7")).await.expect_status(405);
    sari.post(&format!("{path}/returns/7"), "do=approve").await.expect_status(404);
}

/// The shopper asks to send both cups back.
async fn ask_back(shop: &TestShop, token: &str) {
    let path = format!("/orders/{token}/returns");
    let form = shop.visitor().get(&path).await.form(&path);
    let form = form.fill("units-0", "2").choose("reason", "changed_mind");
    form.press("Ask for the return").await.expect_status(200);
}

async fn money_that_was_sent_by_hand_is_confirmed(shop: TestShop) {
    cups(&shop).await;
    let number = ordered(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    let path = format!("/admin/orders/{number}");
    sari.post(&format!("{path}/payments"), "amount=60000&reference=BCA+7").await.expect_status(303);
    sari.post(&format!("{path}/refund"), "after=0&amount=20000&reason=peace&agreed=20000")
        .await
        .expect_status(303);
    assert_eq!(found(&sari, "waits=refund").await, [number.as_str()]);
    let page = sari.get(&path).await;
    let to = page.attributes("form[action*='/refunds/']", "action").remove(0);
    page.form(&to).press("It is sent").await.expect_status(422).see("Enter the reference");
    page.form(&to).fill("sent", "BCA 9").press("It is sent").await.expect_status(200);
    assert!(found(&sari, "waits=refund").await.is_empty());
    sari.post(&to, "sent=BCA+10").await.expect_status(422);
}
