//! A shopper: fills a cart, orders, and does not give up where a connection breaks.

mod paying;

use futures_util::future::join;
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use reqwest::{Method, RequestBuilder};
use std::time::{Duration, Instant};

use crate::kit::form::Form;
use crate::kit::shopper::fill_in;
use crate::kit::{Page, Visitor};
use crate::shelves::{CODE, PLENTY, SCARCE};
use crate::witness::{End, Trip};
use crate::{Town, pause};

/// Nobody waits longer for a shop that is being started again.
const PATIENCE: Duration = Duration::from_secs(90);
/// How often she agrees to a total that has changed.
const MOST_TOTALS: usize = 4;
/// How shoppers wish to pay, the more often the oftener it stands here.
const WAYS: [&str; 6] =
    ["stripe", "stripe", "midtrans", "bank_transfer", "bank_transfer", "cash_on_delivery"];
/// So many people share what the shoppers of a run are called.
const PEOPLE: u32 = 60;

/// One trip after another, until it is over.
pub async fn live(town: &Town, number: u64) {
    let mut chance = town.chance(number);
    while !town.is_over() {
        let visitor = Visitor::new(&town.house.urls()[0]);
        let person = chance.random_range(0..PEOPLE);
        let mut shopper = Shopper { town, visitor, chance: &mut chance, person };
        match shopper.shop().await {
            Some(trip) => town.witness.tell(trip),
            None => town.witness.count("carts that stayed empty"),
        }
    }
}

struct Shopper<'a> {
    town: &'a Town,
    visitor: Visitor,
    chance: &'a mut StdRng,
    person: u32,
}

impl Shopper<'_> {
    /// `None` when nothing could be put into the cart.
    async fn shop(&mut self) -> Option<Trip> {
        self.fill_cart().await;
        let way = *WAYS.choose(self.chance).unwrap();
        let mut page = self.insist(|to| to.request(Method::GET, "/checkout")).await;
        let mut cart = String::new();
        for _ in 0..MOST_TOTALS {
            if !page.source().contains("name=\"total\"") {
                break;
            }
            let form = self.filled(&page, way);
            cart = form.value("cart");
            let total = form.value("total").parse().expect("a total in minor units");
            page = self.place(&form).await;
            if let Some(location) = page.location().filter(|to| self.is_placed(to)) {
                let end = End::Ordered(self.pay(location, total).await);
                return Some(Trip { cart, end });
            }
            self.town.witness.count("totals or goods that had changed");
        }
        (!cart.is_empty()).then_some(Trip { cart, end: End::Refused })
    }

    /// One or two things, and perhaps a code. What is in the cart before she orders is nobody's
    /// promise: whatever breaks here, she goes on with what she has.
    async fn fill_cart(&mut self) {
        for _ in 0..self.chance.random_range(1..=2) {
            let is_scarce = self.chance.random_bool(0.3);
            let goods = if is_scarce { SCARCE } else { PLENTY };
            let slug = goods.choose(self.chance).unwrap();
            let body = format!("product={slug}&quantity={}", self.chance.random_range(1..=2));
            self.insist(|to| to.posting("/cart/lines", body.clone())).await;
        }
        if self.chance.random_bool(0.4) {
            let body = format!("code={CODE}");
            self.insist(|to| to.posting("/cart/codes", body.clone())).await;
        }
    }

    fn filled(&self, page: &Page, way: &str) -> Form {
        let form = fill_in(page.form("/checkout"));
        let form = form.fill("email", &format!("person{}@example.com", self.person));
        match form.choices("payment").contains(&way) {
            true => form.choose("payment", way),
            false => form,
        }
    }

    /// Presses the button until there is an answer: once, twice at the same time, or again after a look at the cart.
    async fn place(&mut self, form: &Form) -> Page {
        let body =
            form_urlencoded::Serializer::new(String::new()).extend_pairs(form.values()).finish();
        if self.chance.random_bool(0.15) {
            let (first, second) = (self.somewhere(), self.somewhere());
            let press = |to: Visitor| {
                let request = to.posting("/checkout", body.clone());
                async move { to.try_send(request).await.ok() }
            };
            if let (Some(one), Some(other)) = join(press(first), press(second)).await {
                self.town.witness.count("buttons pressed twice");
                let placed = |page: &Page| page.location().filter(|to| self.is_placed(to));
                if let (Some(one), Some(other)) = (placed(&one), placed(&other)) {
                    let is_alike = self.is_gateway(&one) == self.is_gateway(&other);
                    assert!(!is_alike || one == other, "two orders: {one}, {other}");
                }
            }
        } else if self.chance.random_bool(0.3) {
            let press = self.somewhere();
            let request = press.posting("/checkout", body.clone());
            if press.try_send(request).await.is_err() {
                self.town.witness.count("looks at the cart after a break");
                let cart = self.insist(|to| to.request(Method::GET, "/cart")).await;
                let is_order = cart.location().is_some_and(|to| to.contains("/orders/"));
                let is_cart = cart.status == 200 && cart.source().contains("/products/");
                assert!(is_order || is_cart, "she finds neither cart nor order: {}", cart.text());
            }
        }
        self.insist(|to| to.posting("/checkout", body.clone())).await
    }

    /// Whether an answer leads on to an order: to its page, or to where it is paid.
    fn is_placed(&self, location: &str) -> bool {
        location.contains("/orders/") || self.is_gateway(location)
    }

    /// Asks, here or there, until the shop gives an answer that is not an excuse.
    async fn insist(&mut self, request: impl Fn(&Visitor) -> RequestBuilder) -> Page {
        let began = Instant::now();
        loop {
            let to = self.somewhere();
            match to.try_send(request(&to)).await {
                Ok(page) if page.status < 500 && page.status != 408 => return page,
                Ok(page) if page.status == 500 => self.town.witness.count("answers 500"),
                Ok(_) => self.town.witness.count("answers that ask to come back"),
                Err(_) => self.town.witness.count("broken connections"),
            }
            assert!(began.elapsed() < PATIENCE, "no answer for {PATIENCE:?}");
            pause(self.chance.random_range(20..200)).await;
        }
    }

    /// One of the instances, as a proxy chooses.
    fn somewhere(&mut self) -> Visitor {
        self.visitor.at(self.town.house.urls().choose(self.chance).unwrap())
    }
}
