//! The contact form: a message arrives once, whoever wrote it, and nothing of it is lost.

use chrono::TimeDelta;
use diesel::prelude::*;

use crate::both;
use crate::kit::form::Form;
use crate::kit::member::{RANI, registered};
use crate::kit::office::mails;
use crate::kit::rules::change_settings;
use crate::kit::shopper::{ENGLISH, order_number};
use crate::kit::{Dbms, Office, Page, TestShop, Visitor, goods};
use etalase::config::Purpose;
use etalase::db::Conn;
use etalase::db::schema::message;
use etalase::ids::MessageId;
use etalase::web::visit::now;

both!(
    a_message_arrives_and_the_staff_are_told,
    a_message_of_an_address_that_no_mail_can_name_arrives,
    a_mistake_keeps_what_was_typed,
    what_is_sent_faster_than_people_type_is_asked_for_again,
    a_form_of_yesterday_can_be_sent_once_more,
    what_looks_like_spam_lies_with_the_spam,
    the_same_message_twice_is_one,
    writing_runs_dry_and_nothing_is_lost,
    a_form_knows_who_asks_and_about_which_order,
    whoever_types_another_address_is_a_stranger,
    a_closed_shop_has_no_contact_form,
    every_page_and_every_order_lead_to_the_form,
    messages_are_forgotten_in_time,
);

const SEND: &str = "Send the message";

/// The form as somebody sends it who has had it for so many seconds.
async fn form_after(shop: &TestShop, visitor: &Visitor, seconds: i64) -> Form {
    let at = (now() - TimeDelta::seconds(seconds)).and_utc().timestamp().to_string();
    let seal = shop.shop.keys.of(Purpose::Forms).seal(&at);
    let form = visitor.open("/contact").await.form("/contact");
    form.forge("shown", &format!("{at}-{seal}"))
}

/// The form as somebody sends it who has typed for a while.
pub async fn contact_form(shop: &TestShop, visitor: &Visitor) -> Form {
    form_after(shop, visitor, 20).await
}

/// Puts a message there.
pub fn put(conn: &mut Conn, email: &str, body: &str) -> MessageId {
    diesel::insert_into(message::table)
        .values((
            message::status.eq("open"),
            message::topic.eq("other"),
            message::name.eq("Ani Lestari"),
            message::email.eq(email),
            message::email_key.eq(email.to_lowercase()),
            message::order_number.eq(""),
            message::body.eq(body),
            message::locale.eq("id"),
            message::fingerprint.eq(format!("{email} {body}")),
            message::version.eq(0),
            message::written_at.eq(now()),
            message::touched_at.eq(now()),
        ))
        .returning(message::id)
        .get_result(conn)
        .unwrap()
}

fn filled(form: Form, text: &str) -> Form {
    let form = form.choose("topic", "product").fill("name", "Rani Wijaya");
    form.fill("email", RANI).fill("message", text)
}

async fn write(shop: &TestShop, visitor: &Visitor, text: &str) -> Page {
    filled(contact_form(shop, visitor).await, text).press(SEND).await
}

/// State and text of all messages, the oldest first.
fn kept(shop: &TestShop) -> Vec<(String, String)> {
    let all = message::table.order(message::id).select((message::status, message::body));
    all.load(&mut shop.fresh.conn()).unwrap()
}

async fn a_message_arrives_and_the_staff_are_told(shop: TestShop) {
    let visitor = shop.visitor();
    let text = "Is it dishwasher safe?\nThank you & <b>bye</b>";
    let page = write(&shop, &visitor, text).await;
    page.expect_status(200).expect_heading("Your message has arrived");
    assert_eq!(visitor.cookies(), "", "nothing is remembered of her");
    assert_eq!(kept(&shop), [("open".to_owned(), text.to_owned())]);
    Office::of(&shop).work().await;
    let mails = mails(&shop).await;
    let [mail] = &mails[..] else { panic!("{} mails", mails.len()) };
    assert_eq!(mail.template, "new_message", "she is mailed nothing: it may not be her address");
    assert_eq!((&*mail.reply_to, &*mail.subject), (RANI, "Message from Rani Wijaya: A product"));
    assert_ne!(mail.recipient, RANI);
    assert!(mail.text.contains(text) && mail.text.contains("/admin/messages/1"), "{}", mail.text);
    assert!(mail.html.contains("&#60;b&#62;bye"), "{}", mail.html);
}

async fn a_message_of_an_address_that_no_mail_can_name_arrives(shop: TestShop) {
    let visitor = shop.visitor();
    let form = filled(contact_form(&shop, &visitor).await, "Hello");
    let page = form.fill("email", "rani..wijaya@example.com").press(SEND).await;
    page.expect_heading("Your message has arrived");
    Office::of(&shop).work().await;
    let mails = mails(&shop).await;
    let told: Vec<(&str, &str)> =
        mails.iter().map(|mail| (&*mail.status, &*mail.reply_to)).collect();
    assert_eq!(told, [("kept", "rani..wijaya@example.com")]);
}

async fn a_mistake_keeps_what_was_typed(shop: TestShop) {
    let visitor = shop.visitor();
    let form = contact_form(&shop, &visitor).await.fill("email", "rani").fill("number", "12");
    let page = form.fill("name", "Rani").press(SEND).await;
    page.expect_status(422).see("Choose what it is about").see("Write your message");
    let errors = page.attributes(".alert a", "href");
    assert_eq!(errors, ["#email", "#message", "#number", "#topic"]);
    let form = page.form("/contact");
    assert_eq!(["email", "number", "name"].map(|name| form.value(name)), ["rani", "12", "Rani"]);
    let long = "a".repeat(4_001);
    let page = filled(form.fill("number", ""), &long).press(SEND).await;
    page.expect_status(422).see("at most 4000 characters");
    let form = page.form("/contact");
    assert_eq!(form.value("message"), long);
    // Having read what is wrong she need not wait.
    let page = form.fill("message", &long[1..]).press(SEND).await;
    page.expect_heading("Your message has arrived");
    assert_eq!(kept(&shop).len(), 1);
}

async fn what_is_sent_faster_than_people_type_is_asked_for_again(shop: TestShop) {
    let visitor = shop.visitor();
    let form = visitor.open("/contact").await.form("/contact");
    let page = filled(form, "Is it blue?").press(SEND).await;
    page.expect_status(422).see("faster than people type");
    assert_eq!(page.form("/contact").value("message"), "Is it blue?");
    assert_eq!(kept(&shop), []);
    let form = form_after(&shop, &visitor, 3).await;
    filled(form, "Is it blue?").press(SEND).await.expect_heading("Your message has arrived");
}

async fn a_form_of_yesterday_can_be_sent_once_more(shop: TestShop) {
    let visitor = shop.visitor();
    let old = form_after(&shop, &visitor, 90_000).await;
    let forged = old.clone().forge("shown", "1-1");
    for form in [old, forged] {
        let page = filled(form, "Is it blue?").press(SEND).await;
        page.expect_status(422).see("open for more than a day");
        assert_eq!(kept(&shop), []);
        let again = page.form("/contact");
        assert_eq!(again.value("email"), RANI);
        again.press(SEND).await.expect_heading("Your message has arrived");
        shop.with_db(|conn| Ok(diesel::delete(message::table).execute(conn)?)).await;
    }
}

async fn what_looks_like_spam_lies_with_the_spam(shop: TestShop) {
    let visitor = shop.visitor();
    let form = filled(contact_form(&shop, &visitor).await, "Cheap things");
    let page = form.fill("homepage", "https://spam.example").press(SEND).await;
    page.expect_heading("Your message has arrived");
    let links = "look at https://a.example ".repeat(4);
    write(&shop, &visitor, &links).await.expect_heading("Your message has arrived");
    let ours = format!("I like {}/products/cup ", shop.url).repeat(4);
    write(&shop, &visitor, &ours).await.expect_heading("Your message has arrived");
    let states: Vec<String> = kept(&shop).into_iter().map(|(state, _)| state).collect();
    assert_eq!(states, ["spam", "spam", "open"]);
    Office::of(&shop).work().await;
    assert_eq!(mails(&shop).await.len(), 1, "nobody is disturbed by spam");
}

async fn the_same_message_twice_is_one(shop: TestShop) {
    let visitor = shop.visitor();
    let form = filled(contact_form(&shop, &visitor).await, "Where is it?");
    for _ in 0..2 {
        form.clone().press(SEND).await.expect_heading("Your message has arrived");
    }
    write(&shop, &visitor, "Where  is it? ").await.expect_heading("Your message has arrived");
    assert_eq!(kept(&shop).len(), 1);
    Office::of(&shop).work().await;
    assert_eq!(mails(&shop).await.len(), 1);
    // Somebody has seen to it, and still it is not there.
    let done = |conn: &mut Conn| {
        Ok(diesel::update(message::table).set(message::status.eq("done")).execute(conn)?)
    };
    shop.with_db(done).await;
    write(&shop, &visitor, "Where is it?").await;
    assert_eq!(kept(&shop).len(), 2);
}

async fn writing_runs_dry_and_nothing_is_lost(dbms: Dbms) {
    let shop = TestShop::open_with_limits(dbms, "message=2/1h message_from=3/1h").await;
    let from = |address| shop.visitor().from(address);
    let (one, other) = (from("203.0.113.9"), from("198.51.100.1"));
    for n in 0..2 {
        write(&shop, &one, &format!("Question {n}")).await.expect_status(200);
    }
    let page = write(&shop, &other, "Question 2").await;
    page.expect_status(429).see("wait 30 minutes");
    assert!(!page.header("retry-after").is_empty());
    assert_eq!(page.form("/contact").value("message"), "Question 2");
    let budi = |text: &'static str| {
        let (shop, one) = (&shop, &one);
        async move {
            let form = filled(contact_form(shop, one).await, text);
            form.fill("email", "budi@example.com").press(SEND).await
        }
    };
    budi("Question 3").await.expect_status(200);
    budi("Question 4").await.expect_status(429);
    assert_eq!(kept(&shop).len(), 3);
}

async fn a_form_knows_who_asks_and_about_which_order(shop: TestShop) {
    shop.with_db(|conn| goods("cup").on_hand(9).put(conn)).await;
    let shopper = shop.shopper();
    shopper.add("cup", &[], 1).await;
    let order = shopper.order().await;
    let number = order_number(&order, &ENGLISH);
    let form = order.go("Write to us").await.form("/contact");
    assert_eq!((form.value("number"), form.value("topic")), (number, "order".to_owned()));
    let form = shop.visitor().open("/contact?order=nonsense").await.form("/contact");
    assert_eq!((form.value("number"), form.value("topic")), Default::default());

    let rani = registered(&shop, RANI).await.visitor;
    let form = contact_form(&shop, &rani).await;
    assert_eq!(form.value("email"), RANI);
    let form = form.choose("topic", "other").fill("message", "Hello");
    form.press(SEND).await.expect_heading("Your message has arrived");
    assert_eq!(owners(&shop), [true]);
}

/// Of each message whether it is known to be of an account.
fn owners(shop: &TestShop) -> Vec<bool> {
    let all = message::table.order(message::id).select(message::customer_id.is_not_null());
    all.load(&mut shop.fresh.conn()).unwrap()
}

async fn whoever_types_another_address_is_a_stranger(shop: TestShop) {
    let rani = registered(&shop, RANI).await.visitor;
    let form = filled(contact_form(&shop, &rani).await, "I am Budi");
    form.fill("email", "budi@example.com").press(SEND).await.expect_status(200);
    assert_eq!(owners(&shop), [false]);
}

async fn a_closed_shop_has_no_contact_form(shop: TestShop) {
    let visitor = shop.visitor();
    let form = filled(contact_form(&shop, &visitor).await, "Hello");
    shop.with_db(|conn| change_settings(conn, |settings| settings.open = false)).await;
    visitor.get("/contact").await.expect_status(503);
    form.send(SEND).await.expect_status(503);
    assert_eq!(kept(&shop), []);
}

async fn every_page_and_every_order_lead_to_the_form(shop: TestShop) {
    let page = shop.visitor().open("/id/").await;
    let form = page.go("Tulis kepada kami").await;
    form.expect_status(200).expect_heading("Tulis kepada kami").see("Tentang apa?");
    assert_eq!(page.attributes("footer a[href='/id/contact']", "href").len(), 1);
    shop.visitor().get("/sitemap-1.xml").await.see("/contact");
}

async fn messages_are_forgotten_in_time(shop: TestShop) {
    shop.with_db(|conn| {
        put(conn, "ani@example.com", "Open");
        let spam = put(conn, "budi@example.com", "Spam");
        let spam = diesel::update(message::table.find(spam));
        Ok(spam.set(message::status.eq("spam")).execute(conn)?)
    })
    .await;
    let office = Office::of(&shop);
    office.begin().await;
    let texts = || kept(&shop).into_iter().map(|(_, text)| text).collect::<Vec<_>>();
    for (days, left) in [(29, &["Open", "Spam"][..]), (2, &["Open"]), (333, &["Open"]), (2, &[])] {
        office.later(TimeDelta::days(days));
        office.work().await;
        assert_eq!(texts(), left, "{days} days later");
    }
}
