//! Messages in the back office: found, answered once, noted, put elsewhere.

use diesel::prelude::*;

use crate::both;
use crate::kit::member::{RANI, registered};
use crate::kit::office::mails;
use crate::kit::shopper::{ENGLISH, order_number};
use crate::kit::{Office, TestShop, Visitor, goods};
use crate::messages::{contact_form, put};
use etalase::db::schema::{audit_entry, message, message_entry, orders};
use etalase::ids::MessageId;
use etalase::mail::Mail;
use etalase::staff::{Permission, Permissions};

both!(
    messages_are_found_by_state_and_by_who_wrote,
    an_answer_is_mailed_and_the_message_is_done,
    of_two_who_answer_the_second_keeps_what_she_typed,
    a_message_is_put_elsewhere_and_comes_back,
    the_same_message_cannot_be_open_twice,
    an_answer_says_something,
    her_orders_stand_beside_it_for_who_may_see_them,
    what_is_open_stands_on_the_first_page,
    a_menu_can_lead_to_the_form,
);

async fn putting(shop: &TestShop, email: &'static str, body: &'static str) -> String {
    let id = shop.with_db(move |conn| Ok(put(conn, email, body))).await;
    format!("/admin/messages/{id}")
}

async fn found(visitor: &Visitor, query: &str) -> Vec<String> {
    let page = visitor.get(&format!("/admin/messages?{query}")).await;
    page.expect_status(200).texts("ul.rows small:nth-of-type(2)")
}

fn deeds(shop: &TestShop) -> Vec<String> {
    let all = audit_entry::table.filter(audit_entry::entity_kind.eq("message"));
    let all = all.order(audit_entry::sequence).select(audit_entry::action);
    all.load(&mut shop.fresh.conn()).unwrap()
}

/// The answers that were mailed.
async fn mailed(shop: &TestShop) -> Vec<Mail> {
    let mails = mails(shop).await.into_iter();
    mails.filter(|mail| mail.template == "message_answer").collect()
}

fn state(shop: &TestShop) -> String {
    message::table.select(message::status).first(&mut shop.fresh.conn()).unwrap()
}

async fn messages_are_found_by_state_and_by_who_wrote(shop: TestShop) {
    putting(&shop, "ani@example.com", "First").await;
    putting(&shop, "budi@example.com", "Second").await;
    shop.with_db(|conn| {
        let second = message::table.filter(message::body.eq("Second"));
        let change = (message::status.eq("spam"), message::order_number.eq("482-177-305"));
        Ok(diesel::update(second).set(change).execute(conn)?)
    })
    .await;
    let sari = shop.colleague("sari", "owner").await;
    assert_eq!(found(&sari, "").await, ["First"]);
    assert_eq!(found(&sari, "state=spam").await, ["Second"]);
    assert_eq!(found(&sari, "state=done").await, [""; 0]);
    assert_eq!(found(&sari, "state=all").await, ["Second", "First"]);
    assert_eq!(found(&sari, "state=all&before=2").await, ["First"]);
    for text in ["BUDI%40ex", "482177305"] {
        assert_eq!(found(&sari, &format!("state=all&q={text}")).await, ["Second"], "{text}");
    }
    assert_eq!(found(&sari, "q=lestari").await, ["First"]);
    assert_eq!(found(&sari, "q=lestar%25").await, [""; 0]);
    let many = (0..51).map(|_| ()).collect::<Vec<_>>();
    shop.with_db(move |conn| {
        for (n, ()) in many.iter().enumerate() {
            put(conn, "citra@example.com", &format!("Message {n}"));
        }
        Ok(())
    })
    .await;
    let page = sari.get("/admin/messages?q=citra").await;
    assert_eq!(page.texts("ul.rows small:nth-of-type(2)").len(), 50);
    let next = page.go("Next page").await;
    assert_eq!(next.texts("ul.rows small:nth-of-type(2)"), ["Message 0"]);
}

async fn an_answer_is_mailed_and_the_message_is_done(shop: TestShop) {
    let path = putting(&shop, "ani@example.com", "Kapan buka?").await;
    let sari = shop.colleague("sari", "service").await;
    let page = sari.get(&path).await;
    page.expect_status(200).see("Kapan buka?").see("Anybody can type an address");
    let form = page.form(&format!("{path}/answers")).fill("answer", "Setiap hari.\nSampai jumpa!");
    let page = form.press("Send the answer").await;
    page.expect_status(200).see("Your answer is on its way").see("Setiap hari.");
    assert_eq!((state(&shop), deeds(&shop)), ("done".into(), vec!["message-answered".into()]));
    Office::of(&shop).work().await;
    let mails = mailed(&shop).await;
    let [mail] = &mails[..] else { panic!("{} mails", mails.len()) };
    assert_eq!((&*mail.recipient, &*mail.template), ("ani@example.com", "message_answer"));
    assert!(mail.subject.starts_with("Pesan Anda kepada"), "in her language: {}", mail.subject);
    assert!(mail.text.starts_with("Setiap hari.\nSampai jumpa!"), "{}", mail.text);
    assert!(mail.text.contains("> Kapan buka?") && mail.html.contains("Kapan buka?"));
}

async fn of_two_who_answer_the_second_keeps_what_she_typed(shop: TestShop) {
    let path = putting(&shop, "ani@example.com", "Kapan buka?").await;
    let sari = shop.colleague("sari", "owner").await;
    let answers = format!("{path}/answers");
    let (one, other) = (sari.get(&path).await, sari.get(&path).await);
    one.form(&answers).fill("answer", "Besok").press("Send the answer").await;
    let page = other.form(&answers).fill("answer", "Lusa").press("Send the answer").await;
    page.expect_status(409).see("Somebody else has seen to this message").see("Besok");
    assert_eq!(page.form(&answers).value("answer"), "Lusa");
    let count = message_entry::table.count();
    assert_eq!(count.get_result::<i64>(&mut shop.fresh.conn()).unwrap(), 1);
    Office::of(&shop).work().await;
    assert_eq!(mailed(&shop).await.len(), 1);
    // Having read that she may still add something.
    page.form(&answers).press("Send the answer").await.expect_status(200).see("Lusa");
}

async fn a_message_is_put_elsewhere_and_comes_back(shop: TestShop) {
    let path = putting(&shop, "ani@example.com", "Kapan buka?").await;
    let sari = shop.colleague("sari", "owner").await;
    let states = format!("{path}/state");
    for (button, then) in
        [("Mark as spam", "spam"), ("Open it again", "open"), ("Mark as done", "done")]
    {
        let page = sari.get(&path).await.form(&states).press(button).await;
        page.expect_status(200).see("The message is where you put it");
        assert_eq!(state(&shop), then);
    }
    let note = sari.get(&path).await.form(&format!("{path}/notes")).fill("note", "Sudah ditelepon");
    note.press("Add the note").await.expect_status(200).see("Sudah ditelepon");
    let deeds = deeds(&shop);
    assert_eq!(deeds, ["message-moved", "message-moved", "message-moved", "message-noted"]);
    sari.post(&states, "state=elsewhere&seen=3").await.expect_status(400);
    sari.post("/admin/messages/99/notes", "note=x").await.expect_status(404);
}

async fn the_same_message_cannot_be_open_twice(shop: TestShop) {
    let path = putting(&shop, "ani@example.com", "Kapan buka?").await;
    let sari = shop.colleague("sari", "owner").await;
    let states = format!("{path}/state");
    let page = sari.get(&path).await.form(&states).press("Mark as done").await;
    putting(&shop, "ani@example.com", "Kapan buka?").await;
    page.form(&states).press("Open it again").await.expect_status(409).see("it has come again");
}

async fn an_answer_says_something(shop: TestShop) {
    let path = putting(&shop, "ani@example.com", "Kapan buka?").await;
    let sari = shop.colleague("sari", "owner").await;
    let page = sari.get(&path).await;
    let answers = page.form(&format!("{path}/answers"));
    answers.clone().press("Send the answer").await.expect_status(422).see("Write something first");
    let long = "a".repeat(4_001);
    let page = answers.fill("answer", &long).press("Send the answer").await;
    assert_eq!(page.expect_status(422).form(&format!("{path}/answers")).value("answer"), long);
    assert_eq!(state(&shop), "open");
}

async fn her_orders_stand_beside_it_for_who_may_see_them(shop: TestShop) {
    shop.with_db(|conn| goods("cup").on_hand(9).put(conn)).await;
    let shopper = shop.shopper();
    shopper.add("cup", &[], 1).await;
    let number = order_number(&shopper.order().await, &ENGLISH);
    let email: String = orders::table.select(orders::email).first(&mut shop.fresh.conn()).unwrap();
    let write = async |email: &str| -> MessageId {
        let form = contact_form(&shop, &shop.visitor()).await.choose("topic", "order");
        let form = form.fill("email", email).fill("number", &number).fill("message", email);
        form.press("Send the message").await.expect_status(200);
        let last = message::table.order(message::id.desc()).select(message::id);
        last.first(&mut shop.fresh.conn()).unwrap()
    };
    let (hers, strangers) = (write(&email).await, write("mallory@example.com").await);
    let sari = shop.colleague("sari", "owner").await;
    let orders = "section[aria-labelledby=orders]";
    let page = sari.get(&format!("/admin/messages/{hers}")).await;
    page.see("which was ordered with this address");
    assert_eq!(page.texts(&format!("{orders} a.cover")), [number.as_str()]);
    page.go("Orders, addresses, notes").await.expect_status(200);
    let page = sari.get(&format!("/admin/messages/{strangers}")).await;
    page.see("Tell nothing of it");
    assert_eq!(page.all(&format!("{orders} a.cover")).len(), 0);
    let may = Permissions::from_iter([Permission::ViewCustomers]);
    let budi = shop.colleague("budi", &shop.role("readers", may).await).await;
    let page = budi.get(&format!("/admin/messages/{hers}")).await;
    page.expect_status(200).see("E-mail");
    assert_eq!(page.all(orders).len() + page.all("main form").len(), 0);
    // Who was signed in has shown whose address it is.
    let rani = registered(&shop, RANI).await.visitor;
    let form = contact_form(&shop, &rani).await.choose("topic", "other").fill("message", RANI);
    form.press("Send the message").await.expect_status(200);
    let last = sari.get("/admin/messages?q=rani").await.attributes("a.cover", "href");
    sari.get(&last[0]).await.see("the address is hers");
}

async fn what_is_open_stands_on_the_first_page(shop: TestShop) {
    let path = putting(&shop, "ani@example.com", "Kapan buka?").await;
    let sari = shop.colleague("sari", "owner").await;
    let page = sari.get("/admin").await.go("1 message to answer").await;
    page.expect_heading("Messages").see("Kapan buka?");
    sari.get(&path).await.form(&format!("{path}/state")).press("Mark as done").await;
    assert!(!sari.get("/admin").await.text().contains("to answer"));
}

async fn a_menu_can_lead_to_the_form(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let form = sari.get("/admin/menus/new?menu=footer").await.form("main form");
    let page = form.choose("target", "contact").press("Save").await;
    page.expect_status(200).see("Write to us");
    let links = "footer a[href='/contact']";
    assert_eq!(shop.visitor().open("/").await.texts(links), ["Write to us"], "once");
    assert_eq!(
        shop.visitor().open("/id/").await.texts("footer a[href='/id/contact']"),
        ["Tulis kepada kami"]
    );
}
