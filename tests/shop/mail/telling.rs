//! What a shopper is told of her order after it was placed: each thing once, in her language.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::{cancel, ordered, paid, rani, seen, told, total, waiting_for_page};
use crate::both;
use crate::kit::goods::rupiah;
use crate::kit::office::mails;
use crate::kit::{Office, TestShop};
use etalase::db::Conn;
use etalase::db::schema::{job, order_event, orders};
use etalase::fulfilment::{Parcel, Wanted, ready, ship};
use etalase::ids::OrderId;
use etalase::invoices::RowKey;
use etalase::jobs::{self, NewJob};
use etalase::mail::Mail;
use etalase::orders::{self as book, By, HAPPENED, Happened, MoveError, OrderStatus};
use etalase::payments::{Giving, Seen, apply, confirm_sent, refund, refunds_of, sweep};
use etalase::settings::{self, InvoiceAt};
use etalase::values::Quantity;
use etalase::web::visit::now;

both!(
    who_pays_on_a_page_is_told_of_order_and_payment_at_once,
    money_is_told_as_it_arrives,
    a_parcel_is_told_with_what_is_still_to_come,
    a_link_that_is_none_is_not_followed,
    an_order_that_is_cancelled_owes_nothing,
    who_has_paid_is_told_how_her_money_comes_back,
    an_order_whose_money_does_not_come_says_why_it_ends,
    a_refund_is_told_with_its_credit_note,
    an_order_that_is_fetched_is_told_when_it_is_ready,
    an_order_that_is_paid_by_transfer_after_all_is_told_then,
    an_invoice_that_comes_with_the_goods_is_told_with_them,
    money_that_came_too_late_is_told_once,
    an_event_that_is_told_twice_is_written_once,
    every_mail_of_a_life_is_in_the_language_of_the_order,
);

/// The one mail to the shopper, without the spaces that do not break.
#[track_caller]
fn one(mails: &[Mail], template: &str) -> [String; 2] {
    let [mail] = mails else { panic!("{} mails", mails.len()) };
    assert_eq!((&*mail.template, &*mail.recipient), (template, "rani.wijaya@example.com"));
    [&mail.text, &mail.html].map(|body| body.replace('\u{a0}', " "))
}

#[track_caller]
fn says(bodies: &[String; 2], words: &[&str]) {
    for (body, word) in bodies.iter().flat_map(|body| words.iter().map(move |word| (body, word))) {
        assert!(body.contains(word), "{word} is not in {body}");
    }
}

#[track_caller]
fn says_nothing_of(bodies: &[String; 2], words: &[&str]) {
    for (body, word) in bodies.iter().flat_map(|body| words.iter().map(move |word| (body, word))) {
        assert!(!body.contains(word), "{word} is in {body}");
    }
}

fn parcel(lines: &[(i64, i64)], url: &str) -> Parcel {
    let wanted = |&(position, units)| Wanted { position, quantity: Quantity::new(units).unwrap() };
    Parcel {
        lines: lines.iter().map(wanted).collect(),
        carrier: "Kurir <b>Kita</b>".into(),
        tracking_number: "KK 77".into(),
        tracking_url: url.into(),
    }
}

async fn who_pays_on_a_page_is_told_of_order_and_payment_at_once(shop: TestShop) {
    let (_, token) = waiting_for_page(&shop).await;
    Office::of(&shop).work().await;
    assert!(mails(&shop).await.is_empty(), "nothing is promised before it is paid");
    let all = total(&shop).await;
    let paid = seen(&token, Seen::Captured, all);
    let mails = told(&shop, move |conn| apply(conn, &paid, &By::shop(now())).map(|_| ())).await;
    let [to_shopper, to_staff] = &mails[..] else { panic!("{} mails", mails.len()) };
    assert_eq!((&*to_shopper.template, &*to_staff.template), ("order_placed", "new_order"));
    for body in [&to_shopper.text, &to_shopper.html] {
        assert!(body.contains("We pack your order now") && body.contains(": paid"), "{body}");
    }
}

async fn money_is_told_as_it_arrives(shop: TestShop) {
    ordered(&shop, &shop.shopper()).await;
    let (all, account) = (total(&shop).await, shop.shop.frame().settings.bank_accounts[0].clone());
    let first = one(&told(&shop, paid(100_000)).await, "payment_received");
    let left = format!("Rp {}.000 is still to be paid", (all - 100_000) / 1_000);
    says(&first, &["Rp 100.000 has arrived", &left, &account.number, "Plain cup"]);
    let rest = one(&told(&shop, paid(all - 100_000)).await, "payment_received");
    says(&rest, &["We pack your order now", "/invoice.pdf"]);
    says_nothing_of(&rest, &["still to be paid", &account.number]);
}

async fn a_parcel_is_told_with_what_is_still_to_come(shop: TestShop) {
    let order = ordered(&shop, &shop.shopper()).await;
    let first = parcel(&[(0, 2)], "https://kurir.example/KK-77?a=1&b=2");
    let mails = told(&shop, move |conn| ship(conn, order, &first, &rani())).await;
    assert!(mails[0].subject.starts_with("Part of your order "), "{}", mails[0].subject);
    let [text, html] = one(&mails, "order_shipped");
    for word in ["2 × Plain cup", "1 × Plain cup, 2 × Flat plate", "Jl. Cihampelas 112", "KK 77"]
    {
        assert!(text.contains(word) && html.contains(word), "{word}: {text}");
    }
    assert!(text.contains("https://kurir.example/KK-77?a=1&b=2"), "{text}");
    assert!(html.contains("href=\"https://kurir.example/KK-77?a=1&#38;b=2\""), "{html}");
    assert!(text.contains("Kurir <b>Kita</b>") && !html.contains("<b>"));
    let mails = told(&shop, move |conn| ship(conn, order, &Parcel::default(), &rani())).await;
    assert!(mails[0].subject.starts_with("Your order "), "{}", mails[0].subject);
    let rest = one(&mails, "order_shipped");
    says(&rest, &["1 × Plain cup, 2 × Flat plate"]);
    says_nothing_of(&rest, &["Still to come", "Carrier", "KK 77"]);
}

async fn a_link_that_is_none_is_not_followed(shop: TestShop) {
    let order = ordered(&shop, &shop.shopper()).await;
    let bad = parcel(&[], "javascript:alert(1)");
    let mails = told(&shop, move |conn| ship(conn, order, &bad, &rani())).await;
    let bodies = one(&mails, "order_shipped");
    says(&bodies, &["Parcel number KK 77"]);
    says_nothing_of(&bodies, &["javascript:"]);
}

async fn an_order_that_is_cancelled_owes_nothing(shop: TestShop) {
    let order = ordered(&shop, &shop.shopper()).await;
    let mails = told(&shop, move |conn| cancel(conn, order)).await;
    let bodies = one(&mails[..1], "order_cancelled");
    says(&bodies, &["Nothing of it will be sent", "Please do not pay any more", "Plain cup"]);
    says_nothing_of(&bodies, &["in time", "has been sent back"]);
    assert!(bodies[0].contains("The <kiln> broke") && !bodies[1].contains("<kiln>"));
    assert!(mails[1].text.contains("Nothing is to be given back"), "{}", mails[1].text);
    assert_eq!((mails.len(), mails[1].template.as_str()), (2, "order_needs_you"));
}

async fn an_order_whose_money_does_not_come_says_why_it_ends(shop: TestShop) {
    ordered(&shop, &shop.shopper()).await;
    let late = now() + TimeDelta::days(30);
    let before = mails(&shop).await.len();
    let swept = sweep(&shop.shop.db, &shop.gateways, late).await.unwrap();
    assert_eq!(swept.cancelled, 1);
    let office = Office::of(&shop);
    office.later(TimeDelta::days(30));
    office.work().await;
    let bodies = one(&mails(&shop).await[before..], "order_cancelled");
    says(&bodies, &["did not reach us in time", "Please do not pay any more"]);
}

async fn a_refund_is_told_with_its_credit_note(shop: TestShop) {
    let order = ordered(&shop, &shop.shopper()).await;
    let all = total(&shop).await;
    told(&shop, paid(all)).await;
    let cups = |conn: &mut Conn, order| {
        let rows = Giving::Rows(vec![(RowKey::Line(0), 2)]);
        refund(conn, order, &rows, "Two had a <crack>", &rani())
    };
    assert!(told(&shop, move |conn| cups(conn, order)).await.is_empty(), "nothing has gone yet");
    let sent = move |conn: &mut Conn| {
        let id = refunds_of(conn, order)?.last().unwrap().id;
        confirm_sent(conn, id, "BCA out", &rani())
    };
    let bodies = one(&told(&shop, sent).await, "order_refunded");
    says(&bodies, &["Rp 100.000 goes back to you", "Credit note ", "/credit-notes/1.pdf"]);
    assert!(bodies[0].contains("Two had a <crack>") && !bodies[1].contains("<crack>"));
    // The whole rest, for peace: no paper corrects that.
    let rest = move |conn: &mut Conn| {
        refund(conn, order, &Giving::Amount(all - 100_000), "", &rani()).map(|_| ())
    };
    told(&shop, rest).await;
    let bodies = one(&told(&shop, sent).await, "order_refunded");
    says_nothing_of(&bodies, &["Credit note"]);
    let mails = told(&shop, move |conn| cancel(conn, order)).await;
    says(&one(&mails[..1], "order_cancelled"), &["has been sent back to you"]);
}

async fn who_has_paid_is_told_how_her_money_comes_back(shop: TestShop) {
    let order = ordered(&shop, &shop.shopper()).await;
    let all = total(&shop).await;
    told(&shop, paid(all)).await;
    let mails = told(&shop, move |conn| cancel(conn, order)).await;
    let sum = rupiah(all).show("en").replace('\u{a0}', " ");
    let amount = format!("We send {sum} back to you");
    says(&one(&mails[..1], "order_cancelled"), &[&amount, "by bank transfer", "Credit note "]);
    let to_staff = mails[1].text.replace('\u{a0}', " ");
    for told in [sum.as_str(), "Send the money back, then say", "The <kiln> broke"] {
        assert!(to_staff.contains(told), "{told} is not in {to_staff}");
    }
}

async fn an_order_that_is_fetched_is_told_when_it_is_ready(shop: TestShop) {
    let order = ordered(&shop, &shop.shopper()).await;
    let sent = shop.with_db(move |conn| Ok(conn.transaction(|conn| ready(conn, order, &rani()))));
    assert!(matches!(sent.await, Err(MoveError::NotFetched)));
    shop.with_db(|conn| {
        let fetched = orders::delivery_kind.eq("pickup");
        Ok(diesel::update(orders::table).set(fetched).execute(conn)?)
    })
    .await;
    let bodies = one(&told(&shop, move |conn| ready(conn, order, &rani())).await, "order_ready");
    says(&bodies, &["is ready to collect", "Plain cup", "Jl. Cihampelas 112"]);
    let again = shop.with_db(move |conn| Ok(conn.transaction(|conn| ready(conn, order, &rani()))));
    assert!(matches!(again.await, Err(MoveError::ToldBefore)));
    let gone = told(&shop, move |conn| ship(conn, order, &Parcel::default(), &rani())).await;
    assert!(gone.is_empty(), "she has it in her hands");
}

async fn an_order_that_is_paid_by_transfer_after_all_is_told_then(shop: TestShop) {
    let (order, _) = waiting_for_page(&shop).await;
    Office::of(&shop).work().await;
    let mails = told(&shop, move |conn| {
        let by_hand = orders::payment_method.eq("bank_transfer");
        diesel::update(orders::table).set(by_hand).execute(conn)?;
        let mut held = book::hold(conn, order)?;
        book::move_order(conn, &mut held, OrderStatus::Placed, &By::shopper(now()))
    });
    let mails = mails.await;
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[0].template, "order_placed");
    assert!(mails[0].text.contains(&shop.shop.frame().settings.bank_accounts[0].number));
}

async fn an_invoice_that_comes_with_the_goods_is_told_with_them(shop: TestShop) {
    shop.with_db(|conn| {
        let mut settings = settings::load(conn)?;
        settings.invoicing.at = InvoiceAt::Shipped;
        settings::save(conn, &settings)
    })
    .await;
    let order = ordered(&shop, &shop.shopper()).await;
    let placed = &mails(&shop).await[0];
    assert!(!placed.text.contains("/invoice"), "{}", placed.text);
    let shipped = told(&shop, move |conn| ship(conn, order, &Parcel::default(), &rani())).await;
    says(&one(&shipped, "order_shipped"), &["Invoice INV/", "/invoice.pdf"]);
}

async fn money_that_came_too_late_is_told_once(shop: TestShop) {
    let order = ordered(&shop, &shop.shopper()).await;
    let all = total(&shop).await;
    told(&shop, move |conn| cancel(conn, order)).await;
    shop.with_db(|conn| crate::kit::goods::leave(conn, "cup", 0)).await;
    let mails = told(&shop, paid(all)).await;
    assert!(mails.iter().all(|mail| mail.template == "order_needs_you"), "it goes back");
    let sent = move |conn: &mut Conn| {
        let id = refunds_of(conn, order)?[0].id;
        confirm_sent(conn, id, "BCA out", &rani())
    };
    let bodies = one(&told(&shop, sent).await, "order_refunded");
    says(&bodies, &["Your order did not need this money"]);
    says_nothing_of(&bodies, &["late"]);
}

async fn an_event_that_is_told_twice_is_written_once(shop: TestShop) {
    ordered(&shop, &shop.shopper()).await;
    told(&shop, paid(100_000)).await;
    let before = mails(&shop).await.len();
    shop.with_db(|conn| {
        let events: Vec<(i64, OrderId, String)> = order_event::table
            .select((order_event::id, order_event::order_id, order_event::kind))
            .load(conn)?;
        for (event, order, kind) in events {
            let happened = Happened { event, order, kind };
            jobs::enqueue(conn, &NewJob::new(HAPPENED, &happened, now())?, now())?;
        }
        Ok(())
    })
    .await;
    assert!(Office::of(&shop).work().await > 0);
    assert_eq!(mails(&shop).await.len(), before);
}

async fn every_mail_of_a_life_is_in_the_language_of_the_order(shop: TestShop) {
    let order = ordered(&shop, &shop.indonesian_shopper()).await;
    let all = total(&shop).await;
    told(&shop, paid(all)).await;
    told(&shop, move |conn| ship(conn, order, &Parcel::default(), &rani())).await;
    told(&shop, move |conn| {
        let id = refund(conn, order, &Giving::Amount(all), "", &rani())?;
        confirm_sent(conn, id, "BCA out", &rani())
    })
    .await;
    let number: String =
        shop.with_db(|conn| Ok(orders::table.select(orders::number).first(conn)?)).await;
    let all = mails(&shop).await;
    let to_shopper = all.iter().filter(|mail| mail.recipient == "rani.wijaya@example.com");
    let templates: Vec<&str> = to_shopper.clone().map(|mail| &*mail.template).collect();
    let life = ["order_placed", "payment_received", "order_shipped", "order_refunded"];
    assert_eq!(templates, life, "nothing twice, nothing else");
    for mail in to_shopper {
        assert!(mail.html.contains("<html lang=\"id\">"), "{}", mail.template);
        assert!(mail.subject.contains(&number) && mail.subject.chars().count() <= 60);
        for body in [&mail.text, &mail.html] {
            assert!(body.contains(&format!("{}/id/orders/", shop.shop.public_url.as_str())));
            assert!(body.contains("Anda menerima email ini"), "{body}");
            assert!(!body.contains("Your ") && !body.contains("your "), "{body}");
        }
    }
    let left: i64 = job::table
        .filter(job::done_at.is_null())
        .filter(job::kind.eq_any(["order.event", "mail.send"]))
        .count()
        .get_result(&mut shop.fresh.conn())
        .unwrap();
    assert_eq!(left, 0);
}
