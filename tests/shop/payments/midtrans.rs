//! A shop with an account at Midtrans, or at who stands in for it.

use chrono::TimeDelta;
use diesel::prelude::*;
use reqwest::Method;

use super::{run, statuses};
use crate::both;
use crate::kit::stand_in::{Fault, MIDTRANS_KEY, Notice};
use crate::kit::{Dbms, FreshDatabase, Office, StandIn, Start as Opening, TestShop, goods};
use etalase::config::{MidtransAccount, PublicUrl, Secret};
use etalase::db::schema::{payment, payment_inbox};
use etalase::ids::{AttemptToken, OrderId};
use etalase::language::Language;
use etalase::money::{Currency, Money};
use etalase::payments::{
    Gateway, GatewayError, Giving, Midtrans, Refunding, Seen, Sought, Start, Started, payments_of,
    refund, refunds_of, start as begin, sweep,
};
use etalase::web::visit::now;

both!(
    an_order_is_paid_by_qris_and_given_back_in_part,
    a_forged_notice_is_refused_and_a_replayed_one_changes_nothing,
    money_that_came_by_transfer_is_sent_back_by_hand,
    a_page_on_which_nobody_has_chosen_anything_ends_with_its_order,
    a_second_window_that_gets_no_page_leaves_that_of_the_first,
);

fn account(stand_in: &StandIn) -> MidtransAccount {
    let url = PublicUrl::parse(&stand_in.url).unwrap();
    MidtransAccount { server_key: Secret::new(MIDTRANS_KEY), url: Some(url) }
}

fn open() -> (StandIn, Midtrans) {
    let stand_in = StandIn::open();
    let midtrans = Midtrans::new(&account(&stand_in));
    (stand_in, midtrans)
}

fn cups() -> Start {
    Start {
        attempt: AttemptToken::random(),
        order_number: "482-177-305".into(),
        amount: Money::new(450_000, Currency::IDR),
        email: "rani.wijaya@example.com".into(),
        language: Language::Id,
        return_url: "https://selasar.example/orders/abc/payments/def".into(),
        expires_at: Some(now() + TimeDelta::minutes(35)),
    }
}

fn sought(start: &Start, reference: Option<&str>) -> Sought {
    let reference = reference.map(str::to_owned);
    Sought { attempt: start.attempt.clone(), reference, currency: start.amount.currency() }
}

/// The page's token.
fn token(started: Result<Started, GatewayError>) -> String {
    match started {
        Ok(Started::Page { reference, .. }) => reference,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_page_shows_the_bill_and_its_name_is_used_once() {
    let (stand_in, midtrans) = open();
    let start = cups();
    token(midtrans.start(&start));
    let ordered = stand_in.midtrans(start.attempt.as_str());
    assert_eq!(ordered["gross_amount"], "450000.00");
    assert_eq!(ordered["name"], "Pesanan 482-177-305");
    assert_eq!(ordered["finish"], start.return_url.as_str());
    assert_eq!(ordered["minutes"], 34);
    let again = midtrans.start(&start);
    assert!(matches!(again, Err(GatewayError::Refused(_))), "{again:?}");
    assert!(!midtrans.is_live());
    assert_eq!(midtrans.page_origins(), [stand_in.url]);
}

#[test]
fn a_midtrans_that_does_not_answer_says_nothing() {
    let (stand_in, midtrans) = open();
    let start = cups();
    stand_in.faults(&[Fault::Cut; 3]);
    let unknown = midtrans.start(&start);
    assert!(matches!(unknown, Err(GatewayError::Unknown(_))), "{unknown:?}");
    token(midtrans.start(&start));
    stand_in.faults(&[Fault::Status(500); 3]);
    let unknown = midtrans.status(&sought(&start, None));
    assert!(matches!(unknown, Err(GatewayError::Unknown(_))), "{unknown:?}");
    let wrong =
        MidtransAccount { server_key: Secret::new("SB-Mid-server-x"), ..account(&stand_in) };
    let unknown = Midtrans::new(&wrong).status(&sought(&start, None));
    assert!(matches!(unknown, Err(GatewayError::Unknown(_))), "{unknown:?}");
}

#[test]
fn a_page_is_open_until_somebody_has_paid_and_can_be_closed_until_then() {
    let (stand_in, midtrans) = open();
    let (start, paid) = (cups(), cups());
    let page = token(midtrans.start(&start));
    let sought = |start: &Start| sought(start, Some(&page));
    let seen = |start: &Start| midtrans.status(&sought(start)).unwrap().unwrap().seen;
    assert_eq!(seen(&start), Seen::Open, "nobody has chosen how to pay");
    midtrans.cancel(&sought(&start)).unwrap();
    assert_eq!(stand_in.midtrans(start.attempt.as_str())["is_closed"], true);
    stand_in.midtrans_becomes(start.attempt.as_str(), "pending", "accept", "bank_transfer");
    assert_eq!(seen(&start), Seen::Open, "somebody has chosen and not paid");
    midtrans.cancel(&sought(&start)).unwrap();
    assert_eq!(seen(&start), Seen::Expired);
    // Called off before: that is known as well.
    midtrans.cancel(&sought(&start)).unwrap();
    token(midtrans.start(&paid));
    stand_in.midtrans_becomes(paid.attempt.as_str(), "capture", "accept", "credit_card");
    midtrans.cancel(&sought(&paid)).unwrap();
    assert_eq!(seen(&paid), Seen::Captured);
}

#[test]
fn a_page_of_another_account_cannot_be_closed() {
    let (_stand_in, midtrans) = open();
    token(midtrans.start(&cups()));
    let refused = midtrans.cancel(&sought(&cups(), Some("another")));
    assert!(matches!(refused, Err(GatewayError::Refused(_))), "{refused:?}");
    midtrans.cancel(&sought(&cups(), None)).expect("a page that nobody was sent to");
}

#[test]
fn money_goes_back_once_for_each_key() {
    let (stand_in, midtrans) = open();
    let start = cups();
    let page = token(midtrans.start(&start));
    let sought = sought(&start, Some(&page));
    let back = |key: &str, amount| midtrans.refund(&sought, Money::new(amount, Currency::IDR), key);
    assert!(matches!(back("a", 1_000), Err(GatewayError::Refused(_))), "nothing was paid yet");
    stand_in.midtrans_becomes(start.attempt.as_str(), "settlement", "accept", "qris");
    stand_in.faults(&[Fault::Slow(std::time::Duration::ZERO), Fault::Lost]);
    // The answer is lost, and the same key is refused when it is asked for once more.
    assert_eq!(back("a", 1_000), Ok(Refunding::Done));
    assert_eq!(back("a", 1_000), Ok(Refunding::Done));
    assert_eq!(back("b", 449_000), Ok(Refunding::Done));
    let status = midtrans.status(&sought).unwrap().unwrap();
    assert_eq!((status.seen, status.refunded), (Seen::Captured, 450_000));
}

struct Till {
    shop: TestShop,
    stand_in: StandIn,
}

impl Opening for Till {
    async fn start(dbms: Dbms) -> Self {
        let stand_in = StandIn::open();
        let account = account(&stand_in);
        let change = |settings: &mut etalase::config::Settings| settings.midtrans = Some(account);
        let shop = TestShop::open_with(FreshDatabase::filled(dbms), change).await;
        Self { shop, stand_in }
    }
}

impl Till {
    /// An order of five cups whose page is open; with its total and its name at Midtrans.
    async fn on_page(&self) -> (OrderId, i64, String) {
        self.shop.with_db(|conn| goods("cup").costing(90_000).on_hand(10).put(conn)).await;
        let shopper = self.shop.shopper();
        shopper.add("cup", &[], 5).await;
        shopper.checkout_form().await.choose("payment", "midtrans").press("Place order").await;
        let row = |conn: &mut _| {
            let row = (payment::order_id, payment::amount, payment::attempt);
            Ok(payment::table.select(row).first(conn)?)
        };
        self.shop.with_db(row).await
    }

    async fn post(&self, body: &str) -> u16 {
        let visitor = self.shop.visitor();
        let request = visitor.request(Method::POST, "/payments/midtrans/notices");
        request.body(body.to_owned()).send().await.unwrap().status().as_u16()
    }

    async fn post_all(&self) {
        for Notice { body, .. } in self.stand_in.notices() {
            assert_eq!(self.post(&body).await, 200);
        }
        Office::of(&self.shop).work().await;
    }

    async fn give(&self, order: OrderId, amount: i64) -> String {
        let give = move |conn: &mut _| {
            refund(conn, order, &Giving::Amount(amount), "asked", &super::rani())
        };
        run(&self.shop, give).await.unwrap();
        Office::of(&self.shop).work().await;
        self.shop.with_db(move |conn| Ok(refunds_of(conn, order)?[0].status.clone())).await
    }
}

async fn an_order_is_paid_by_qris_and_given_back_in_part(till: Till) {
    let (order, _, name) = till.on_page().await;
    till.stand_in.midtrans_becomes(&name, "pending", "accept", "qris");
    till.post_all().await;
    assert_eq!(statuses(&till.shop).await, ["pending", "unpaid"]);
    till.stand_in.midtrans_becomes(&name, "settlement", "accept", "qris");
    for _ in 0..2 {
        till.post_all().await;
        assert_eq!(statuses(&till.shop).await, ["placed", "paid"]);
    }
    assert_eq!(till.give(order, 5_000).await, "done");
    assert_eq!(statuses(&till.shop).await, ["placed", "part_refunded"]);
    assert_eq!(till.stand_in.midtrans(&name)["refund_amount"], "5000.00");
}

async fn a_forged_notice_is_refused_and_a_replayed_one_changes_nothing(till: Till) {
    let (_, _, name) = till.on_page().await;
    till.stand_in.midtrans_becomes(&name, "pending", "accept", "bank_transfer");
    let genuine = till.stand_in.notices().remove(0).body;
    // The signature does not cover the status: a liar may write what she likes there.
    let lie = genuine.replace("\"pending\"", "\"settlement\"");
    assert_ne!(lie, genuine);
    assert_eq!(till.post(&lie).await, 200);
    Office::of(&till.shop).work().await;
    assert_eq!(statuses(&till.shop).await, ["pending", "unpaid"], "Midtrans was asked");
    for forged in [genuine.replace("\"201\"", "\"200\""), "{}".to_owned(), String::new()] {
        assert_eq!(till.post(&forged).await, 400);
    }
    let kept = |conn: &mut _| Ok(payment_inbox::table.count().get_result::<i64>(conn)?);
    assert_eq!(till.shop.with_db(kept).await, 1);
}

async fn money_that_came_by_transfer_is_sent_back_by_hand(till: Till) {
    let (order, total, name) = till.on_page().await;
    till.stand_in.midtrans_becomes(&name, "settlement", "accept", "bank_transfer");
    till.post_all().await;
    assert_eq!(statuses(&till.shop).await, ["placed", "paid"]);
    assert_eq!(till.give(order, total).await, "by_hand");
}

async fn a_page_on_which_nobody_has_chosen_anything_ends_with_its_order(till: Till) {
    let (order, _, name) = till.on_page().await;
    let later = now() + TimeDelta::days(1);
    let swept = sweep(&till.shop.shop.db, &till.shop.gateways, later).await.unwrap();
    assert_eq!(swept.cancelled, 1);
    assert_eq!(till.stand_in.midtrans(&name)["is_closed"], true);
    let payments = till.shop.with_db(move |conn| payments_of(conn, order)).await;
    assert_eq!(payments[0].status, "expired");
}

async fn a_second_window_that_gets_no_page_leaves_that_of_the_first(till: Till) {
    let (order, _, name) = till.on_page().await;
    let (shop, attempt) = (&till.shop, AttemptToken::parse(&name).unwrap());
    let back = shop.url.clone();
    let second = begin(&shop.shop.db, &shop.gateways, attempt, back, now()).await.unwrap();
    assert!(matches!(second, Err(GatewayError::Refused(_))), "{second:?}");
    let payments = shop.with_db(move |conn| payments_of(conn, order)).await;
    assert_eq!(payments[0].status, "open");
}
