//! What the shop knows of persons: declared, told to them, forgotten.

mod declaring;
mod forgetting;
mod logging;
mod telling;

use chrono::TimeDelta;
use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::kit::office::mails;
use crate::kit::process::{etalase_on, run, said};
use crate::kit::shopper::{ENGLISH, order_number};
use crate::kit::upload::{Sent, drawn, png};
use crate::kit::{Office, Page, Shopper, TestShop, Visitor};
use crate::messages::contact_form;
use etalase::audit::Who;
use etalase::db::Conn;
use etalase::db::schema::{job, message, refund};
use etalase::ids::MessageId;
use etalase::messages::care;
use etalase::privacy::{TABLES, Table};
use etalase::web::visit::now;

const NAME: &str = "Zalfira Kenarimas";
const EMAIL: &str = "Zalfira.Kenarimas@example.com";
const PASSWORD: &str = "batu kali lembayung";
/// One of them stands in everything that is about her, in small letters.
const SIGNS: [&str; 3] = ["zalfira", "kenari", "8127654"];

/// An order of hers, placed with her address.
struct Ordered {
    number: String,
    /// Its page.
    path: String,
}

async fn order(shopper: &Shopper) -> Ordered {
    shopper.add("cup", &[], 1).await.expect_status(200);
    let form = shopper.checkout_form().await.fill("email", EMAIL).fill("name", NAME);
    let form = form.fill("phone", "0812 7654 321").fill("line1", "Jl. Kenarimas 7");
    let page = form.fill("note", "Titip ke Zalfira").press("Place order").await;
    page.expect_status(200).expect_heading("Thank you");
    Ordered { number: order_number(&page, &ENGLISH), path: page.url.path().to_owned() }
}

/// The shop's crew, with all that is done every so often, but for the brooms that sweep away what the
/// books are proved by.
async fn crew(shop: &TestShop) -> Office {
    let office = Office::of(shop);
    office.begin().await;
    let brooms = job::table.filter(job::kind.eq_any(["jobs.sweep", "mail.sweep"]));
    diesel::delete(brooms).execute(&mut shop.fresh.conn()).unwrap();
    office
}

/// What was asked for a moment ago is due.
async fn work(office: &Office) {
    office.later(TimeDelta::minutes(1));
    office.work().await;
}

/// The latest link that was mailed to such a page.
async fn mailed_link(shop: &TestShop, page: &str) -> String {
    let mails = mails(shop).await;
    let rest = mails.iter().rev().find_map(|mail| Some(mail.text.split_once(page)?.1.to_owned()));
    let rest = rest.expect("a mail has a link");
    format!("{page}{}", rest.split_whitespace().next().unwrap())
}

/// With an account, and signed in.
async fn registered(shop: &TestShop, office: &Office) -> Shopper {
    let shopper = shop.shopper();
    let form = shopper.open("/account/register").await.form("/account/register");
    form.fill("name", NAME).fill("email", EMAIL).press("Send me the link").await;
    work(office).await;
    let link = mailed_link(shop, "/account/links/").await;
    let form = shopper.open(&link).await.form("main form");
    let account = form.fill("new_password", PASSWORD).press("Create my account").await;
    account.expect_status(200).expect_heading("Your account");
    shopper
}

/// What the command line does, in words.
fn command(shop: &TestShop, words: &[&str]) -> String {
    let output = run(etalase_on(&shop.fresh, words));
    assert!(output.status.success(), "{words:?}: {}", said(&output));
    said(&output)
}

/// An order that was shown to be paid, paid, sent, partly given back, and asked back in vain: with her
/// name wherever somebody can type.
async fn lived_through(shop: &TestShop, shopper: &Shopper) -> Ordered {
    let ordered = order(shopper).await;
    let number = ordered.number.as_str();
    let bytes = png(&drawn(40, 40));
    let picture = Sent { field: "proof", name: "zalfira.png", kind: "image/png", bytes: &bytes };
    let sent = shopper.visitor.upload(&format!("{}/proofs", ordered.path), &picture).await;
    sent.expect_status(303);
    let paid = ["order", "mark-paid", number, "--amount", "1000000", "--reference", "TRF ZALFIRA"];
    command(shop, &paid);
    let parcel = ["--tracking", "KENARI-1", "--url", "https://jne.example/kenari-1"];
    command(shop, &[&["order", "ship", number, "--carrier", "JNE"][..], &parcel].concat());
    ask_back(shopper, &ordered).await;
    command(shop, &["order", "decline-return", number, "--reason", "Maaf, Ibu Zalfira"]);
    give_back(shop, number);
    ordered
}

/// What she asked by the contact form was answered.
async fn asked(shop: &TestShop, visitor: &Visitor) {
    let form = contact_form(shop, visitor).await.choose("topic", "other").fill("name", NAME);
    let form = form.fill("email", EMAIL).fill("message", "Ini Zalfira. Kapan buka?");
    form.press("Send the message").await.expect_heading("Your message has arrived");
    shop.with_db(|conn| {
        let id: MessageId = message::table.select(message::id).first(conn)?;
        let who = Who::operator(Some("sari"), now());
        assert!(care::answer(conn, (id, 0), "Halo Zalfira", &who)?);
        care::note(conn, id, "Ibu Kenari", &who)
    })
    .await;
}

async fn ask_back(shopper: &Shopper, ordered: &Ordered) {
    let page = shopper.open(&format!("{}/returns", ordered.path)).await;
    let form = page.form("form[action$='/returns']").fill("units-0", "1");
    let form = form.choose("reason", "damaged").fill("note", "Pecah. Zalfira");
    form.press("Ask for the return").await.expect_status(200);
}

/// All refunds that wait to be sent by hand are.
fn give_back(shop: &TestShop, number: &str) {
    command(shop, &["order", "refund", number, "--amount", "1000", "--reason", "Ibu Kenari"]);
    let refunds: Vec<i64> = refund::table
        .filter(refund::status.eq("by_hand"))
        .select(refund::id)
        .load(&mut shop.fresh.conn())
        .unwrap();
    for id in refunds {
        let (id, reference) = (id.to_string(), format!("TRF KENARI {id}"));
        let sent = ["order", "refund-sent", number, "--refund", &id, "--reference", &reference];
        command(shop, &sent);
    }
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// The tables in which there is still a sign of her.
fn left_in(shop: &TestShop) -> Vec<&'static str> {
    let mut conn = shop.fresh.conn();
    let has_sign = |table: &&Table| rows(&mut conn, table).iter().any(|row| is_sign(row));
    TABLES.iter().filter(has_sign).map(|table| table.name).collect()
}

fn rows(conn: &mut Conn, table: &Table) -> Vec<String> {
    let rows: Vec<Line> = match conn {
        Conn::Sqlite(conn) => {
            let columns: Vec<String> =
                table.columns().map(|name| format!("quote({name})")).collect();
            let sql = format!("SELECT {} AS line FROM {}", columns.join(" || "), table.name);
            diesel::sql_query(sql).load(conn).unwrap()
        }
        Conn::Postgres(conn) => {
            let sql = format!("SELECT row_to_json(t)::text AS line FROM {} AS t", table.name);
            diesel::sql_query(sql).load(conn).unwrap()
        }
    };
    rows.into_iter().map(|row| row.line).collect()
}

fn is_sign(text: &str) -> bool {
    let text = text.to_lowercase();
    SIGNS.iter().any(|sign| text.contains(sign))
}

async fn asks_to_leave(visitor: &Visitor, password: &str) -> Page {
    let form = visitor.open("/account/erase").await.form("/account/erase");
    form.fill("password", password).press("Send me the link").await
}

async fn confirms(visitor: &Visitor, link: &str) -> Page {
    visitor.open(link).await.form("main form").press("Delete my data now").await
}
