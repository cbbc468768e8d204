//! A shop with an account at Stripe, or at who stands in for it.

mod calls;
mod noticing;
mod paying;
mod refunding;

use chrono::TimeDelta;
use diesel::prelude::*;
use reqwest::Method;
use serde_json::Value;

use super::{rupiah, total};
use crate::kit::stand_in::{Notice, STRIPE_KEY, STRIPE_SECRET};
use crate::kit::{Dbms, FreshDatabase, Office, StandIn, Start, TestShop, goods};
use etalase::config::{PublicUrl, Secret, Settings, StripeAccount};
use etalase::db::schema::payment;
use etalase::ids::{AttemptToken, OrderId};
use etalase::orders::Payment;
use etalase::payments::{GatewayError, Gateways, PaymentRow, Started, begin, payments_of, start};
use etalase::web::visit::now;

/// The shop, and who stands in for Stripe.
struct Till {
    shop: TestShop,
    stripe: StandIn,
}

impl Start for Till {
    async fn start(dbms: Dbms) -> Self {
        Self::open(dbms, |_| {}).await
    }
}

fn account(stripe: &StandIn, key: &str) -> StripeAccount {
    StripeAccount {
        key: Secret::new(key),
        webhook_secrets: vec![Secret::new("whsec_next"), Secret::new(STRIPE_SECRET)],
        url: PublicUrl::parse(&stripe.url).unwrap(),
    }
}

/// An order that waits to be paid at Stripe.
struct Waiting {
    order: OrderId,
    total: i64,
}

impl Till {
    async fn open(dbms: Dbms, change: impl FnOnce(&mut Settings)) -> Self {
        let stripe = StandIn::open();
        let account = account(&stripe, STRIPE_KEY);
        let set_up = |settings: &mut Settings| {
            settings.stripe = Some(account);
            change(settings);
        };
        let shop = TestShop::open_with(FreshDatabase::filled(dbms), set_up).await;
        Self { shop, stripe }
    }

    fn gateways(&self) -> Gateways {
        self.shop.gateways.clone()
    }

    /// An order of five cups; placing it leads to the page.
    async fn waiting(&self) -> Waiting {
        self.shop.with_db(|conn| goods("cup").costing(90_000).on_hand(10).put(conn)).await;
        let shopper = self.shop.shopper();
        shopper.add("cup", &[], 5).await;
        shopper.checkout_form().await.choose("payment", "stripe").press("Place order").await;
        let row = |conn: &mut _| {
            let row = (payment::order_id, payment::amount);
            Ok(payment::table.select(row).first(conn)?)
        };
        let (order, total): (OrderId, i64) = self.shop.with_db(row).await;
        Waiting { order, total }
    }

    /// Another try to pay it.
    async fn attempt(&self, order: OrderId, total: i64) -> AttemptToken {
        let gateways = self.gateways();
        let write = move |conn: &mut etalase::db::Conn| {
            let stripe = gateways.find(Payment::Stripe).expect("it is set up");
            let until = now() + TimeDelta::minutes(40);
            begin(conn, order, &**stripe, (rupiah(total), Some(until)), now())
        };
        self.shop.with_db(write).await.expect("there is something to pay")
    }

    async fn start(&self, attempt: &AttemptToken) -> Result<Started, GatewayError> {
        let (db, gateways, back) = (&self.shop.shop.db, self.gateways(), self.shop.url.clone());
        start(db, &gateways, attempt.clone(), back, now()).await.unwrap()
    }

    /// The shopper is on the page; its session.
    async fn on_page(&self) -> (Waiting, String) {
        let waiting = self.waiting().await;
        (waiting, id(&self.stripe.session()))
    }

    async fn payment(&self, order: OrderId) -> PaymentRow {
        let payments = self.shop.with_db(move |conn| payments_of(conn, order)).await;
        payments.into_iter().next_back().expect("a try to pay")
    }

    async fn statuses(&self) -> [String; 2] {
        super::statuses(&self.shop).await
    }

    /// Brings a notice to the shop as Stripe does; what the shop answers.
    async fn post(&self, notice: &Notice) -> u16 {
        self.post_signed(&notice.body, &notice.signature()).await
    }

    async fn post_signed(&self, body: &str, signature: &str) -> u16 {
        let visitor = self.shop.visitor();
        let request = visitor
            .request(Method::POST, "/payments/stripe/notices")
            .header("content-type", "application/json")
            .header("stripe-signature", signature)
            .body(body.to_owned());
        request.send().await.expect("the shop answers").status().as_u16()
    }

    /// Brings every notice that the stand-in has to tell, and lets the shop act on them.
    async fn post_all(&self) {
        for notice in self.stripe.notices() {
            assert_eq!(self.post(&notice).await, 200, "{}", notice.kind);
        }
        self.work().await;
    }

    /// Does what is due now.
    async fn work(&self) {
        self.work_after(TimeDelta::zero()).await;
    }

    async fn work_after(&self, time: TimeDelta) {
        let office = Office::of(&self.shop);
        office.later(time);
        office.work().await;
    }

    /// An order that was paid on the page, as the shop knows by now.
    async fn paid(&self) -> (Waiting, String) {
        let (waiting, session) = self.on_page().await;
        self.stripe.leave(&session, crate::kit::stand_in::Leaving::Paid);
        self.post_all().await;
        assert_eq!(self.statuses().await, ["placed", "paid"]);
        (waiting, session)
    }
}

fn id(object: &Value) -> String {
    object["id"].as_str().expect("it has an id").to_owned()
}
