//! On a gateway's page she pays, is declined, turns back, or closes the window; then she looks at her order, and perhaps
//! pays once more, perhaps in another way.

use rand::RngExt;
use rand::seq::IndexedRandom;
use reqwest::Method;

use super::Shopper;
use crate::kit::Page;
use crate::kit::shopper::{ENGLISH, order_number};
use crate::witness::Seen;

/// How often she goes on to a page to pay.
const MOST_PAGES: usize = 4;
/// What she may choose when she pays once more; nothing is as before.
const OTHER_WAYS: [&str; 4] = ["", "", "payment=midtrans", "payment=bank_transfer"];
/// What an order's page calls one whose money is there.
const PAID: [&str; 4] = [": paid", "more than was due", ": refunded", "refunded in part"];

impl Shopper<'_> {
    /// From where placing an order has led her to the last that she sees of it.
    pub(super) async fn pay(&mut self, mut location: String, total: i64) -> Seen {
        let mut order = None;
        for _ in 0..MOST_PAGES {
            let back = match self.is_gateway(&location) {
                true => self.pay_there(&location).await,
                false => Some(location),
            };
            // Who has closed the window finds her order where her cart was, or where she saw it before.
            let back = back.or(order.as_ref().map(|seen: &Page| seen.url.to_string()));
            let seen = self.see(back.as_deref().unwrap_or("/cart")).await;
            let again = self.pay_again(&seen).await;
            order = Some(seen);
            match again {
                Some(page) => location = page,
                None => break,
            }
        }
        let order = self.cancel(order.expect("she has looked")).await;
        told(&order, total)
    }

    pub(super) fn is_gateway(&self, location: &str) -> bool {
        location.starts_with(&self.town.gateways.url)
    }

    /// Where the page leads her back to; `None` when she has closed it, or it was over.
    async fn pay_there(&mut self, page: &str) -> Option<String> {
        self.town.witness.count("pages to pay on that were opened");
        match self.chance.random_range(0..12) {
            0..4 => self.press(page, "pay").await,
            4 => {
                self.press(page, "decline").await;
                self.press(page, "pay").await
            }
            5 => {
                self.press(page, "decline").await;
                self.press(page, "back").await
            }
            6 | 7 => self.press(page, "later").await,
            8 => self.press(page, "back").await,
            9 => {
                self.press(page, "pay").await;
                None
            }
            _ => {
                self.town.windows.borrow_mut().push(page.to_owned());
                None
            }
        }
    }

    async fn press(&self, page: &str, button: &str) -> Option<String> {
        self.visitor.post(page, format!("do={button}")).await.location()
    }

    /// Her order, whichever way she comes: she looks until she sees it.
    async fn see(&mut self, location: &str) -> Page {
        let mut page = self.get(location).await;
        while let Some(to) = page.location() {
            page = self.get(&to).await;
        }
        page.expect_status(200);
        assert!(page.url.path().contains("/orders/"), "she finds no order: {}", page.text());
        page
    }

    /// At whichever instance.
    async fn get(&mut self, location: &str) -> Page {
        let path = self.visitor.url(location).path().to_owned();
        self.insist(|to| to.request(Method::GET, &path)).await
    }

    /// Where that leads, if her order wants it and she does.
    async fn pay_again(&mut self, order: &Page) -> Option<String> {
        let has_button = order.source().contains("/pay\" method=\"post\"");
        if !has_button || self.chance.random_bool(0.4) {
            return None;
        }
        let path = format!("{}/pay", order.url.path());
        let body = *OTHER_WAYS.choose(self.chance).unwrap();
        let answer = self.insist(|to| to.posting(&path, body)).await;
        // Not in this way any more: she leaves it.
        answer.location().filter(|to| !to.ends_with("/pay"))
    }

    /// Now and then she thinks better of it, where the page lets her.
    async fn cancel(&mut self, order: Page) -> Page {
        let own = order.url.path().to_owned();
        let path = format!("{own}/cancel");
        if self.chance.random_bool(0.9) || !order.source().contains(&path) {
            return order;
        }
        self.town.witness.count("orders that shoppers cancelled");
        self.insist(|to| to.posting(&path, "")).await;
        self.see(&own).await
    }
}

/// What an order's page says.
fn told(page: &Page, total: i64) -> Seen {
    let facts = page.texts("dl.order-facts").concat();
    Seen {
        token: page.url.path().rsplit('/').next().unwrap_or_default().to_owned(),
        number: order_number(page, &ENGLISH),
        total,
        is_paid: PAID.iter().any(|paid| facts.contains(paid)),
        awaits_transfer: page.source().contains("id=\"accounts\""),
    }
}
