//! The ways in which a cart can be delivered, each with the bill that it comes to.

use super::goods::Item;
use super::quote::{Quote, Terms, quote};
use crate::pricing::RefusalCode;
use crate::promotions::Offers;
use crate::shipping::{Method, Promise};
use crate::values::Place;
use crate::web::View;

/// A way of delivery that takes this cart.
#[derive(Debug, Clone)]
pub struct Delivery {
    pub method: Method,
    pub quote: Quote,
    pub promise: Promise,
}

impl Delivery {
    pub fn code(&self) -> &str {
        self.method.code()
    }

    /// What it adds to the bill, as it is shown: with or without tax like every price.
    pub fn amount(&self) -> i64 {
        self.quote.bill.totals.shipping
    }
}

/// The ways to one place for one cart.
#[derive(Debug, Clone, Default)]
pub struct Deliveries {
    /// In the merchant's order.
    pub offered: Vec<Delivery>,
    /// Whether there are ways that do not take this cart: too heavy, too small, too large.
    pub has_refused: bool,
}

impl Deliveries {
    /// Every way to `place`, priced with what can be had of the cart.
    pub fn of(items: &[Item], place: &Place, offers: &Offers, view: &View) -> Self {
        let currency = view.frame.settings.currency;
        let mut deliveries = Self::default();
        for method in view.frame.rules.methods_at(place, currency) {
            let terms = Terms::of(view, place, Some(method)).with(offers);
            match priced(items, method, terms, view) {
                Some(delivery) => deliveries.offered.push(delivery),
                None => deliveries.has_refused = true,
            }
        }
        deliveries
    }

    pub fn find(&self, code: &str) -> Option<&Delivery> {
        self.offered.iter().find(|delivery| delivery.code() == code)
    }

    /// What is taken until the shopper chooses: the cheapest that is brought. Nobody is sent to
    /// the shop without having asked.
    pub fn usual(&self) -> Option<&Delivery> {
        let parcels = self.offered.iter().filter(|delivery| !delivery.method.is_pickup());
        parcels.min_by_key(|delivery| delivery.amount())
    }
}

/// `None` when the method does not take the cart.
fn priced(items: &[Item], method: &Method, terms: Terms, view: &View) -> Option<Delivery> {
    match quote(items.iter().filter_map(Item::billable), terms, view) {
        Ok(quote) => Some(Delivery {
            promise: method.promise(view.now, view.frame.settings.time_zone),
            method: method.clone(),
            quote,
        }),
        Err(refusal) => {
            // What is wrong with the cart itself its own page tells.
            if refusal.code == RefusalCode::Invalid {
                tracing::warn!(method = method.code(), %refusal, "a delivery cannot be priced");
            }
            None
        }
    }
}
