//! The ways in which a cart can be delivered, each with the bill that it comes to.

use super::goods::Item;
use super::quote::{Quote, Terms, quote};
use crate::pricing::{Amount, FreeOverBasis, Rate, RefusalCode, Shipping, TableBy};
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

    /// How much more the goods must come to until it costs nothing; `None` when nothing changes
    /// that, or when it is free already.
    pub fn missing_for_free(&self) -> Option<i64> {
        let (free, totals) = (self.method.shipping.free_over?, &self.quote.bill.totals);
        let sum = match free.basis {
            FreeOverBasis::BeforeDiscount => totals.list,
            FreeOverBasis::AfterDiscount => totals.list - totals.discount,
        };
        let missing = free.amount.get() - sum;
        (missing > 0 && totals.shipping > 0).then_some(missing)
    }
}

/// The ways to one place for one cart.
#[derive(Debug, Clone, Default)]
pub struct Deliveries {
    /// In the merchant's order. None for goods that need no delivery.
    pub offered: Vec<Delivery>,
    /// Why a way there does not take this cart, where there is one that does not.
    pub unfit: Option<Unfit>,
}

/// What keeps a cart from a way of delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    TooHeavy,
    /// Too light, too small or too large.
    Otherwise,
}

impl Deliveries {
    /// Every way to `place`, priced with what can be had of the cart. Where nothing is brought, it
    /// can still be fetched, if it can be fetched by those who live where the shop is.
    pub fn of(items: &[Item], place: &Place, offers: &Offers, view: &View) -> Self {
        let mut deliveries = Self::default();
        if !need_delivery(items) {
            return deliveries;
        }
        let frame = &view.frame;
        let at = (frame.settings.currency, view.now);
        let methods_at = |place| frame.rules.methods_at(place, at);
        let terms = |method: &Method| Terms::of(view, place, Some(method)).with(offers);
        deliveries.price(items, methods_at(place), terms, view);
        if deliveries.has_no_parcel() {
            let mut near = methods_at(&frame.settings.place());
            near.retain(|method| method.is_pickup() && deliveries.find(method.code()).is_none());
            deliveries.price(items, near, terms, view);
        }
        deliveries
    }

    fn price(
        &mut self,
        items: &[Item],
        methods: Vec<&Method>,
        terms: impl Fn(&Method) -> Terms,
        view: &View,
    ) {
        for method in methods {
            match priced(items, method, terms(method), view) {
                Ok(delivery) => self.offered.push(delivery),
                Err(unfit) => self.unfit = self.unfit.or(unfit),
            }
        }
    }

    pub fn find(&self, code: &str) -> Option<&Delivery> {
        self.offered.iter().find(|delivery| delivery.code() == code)
    }

    pub fn has_no_parcel(&self) -> bool {
        self.offered.iter().all(|delivery| delivery.method.is_pickup())
    }

    /// What is taken until the shopper chooses: the cheapest that is brought. Nobody is sent to
    /// the shop without having asked.
    pub fn usual(&self) -> Option<&Delivery> {
        let parcels = self.offered.iter().filter(|delivery| !delivery.method.is_pickup());
        parcels.min_by_key(|delivery| delivery.amount())
    }
}

/// Whether there is anything to bring or to fetch.
pub fn need_delivery(items: &[Item]) -> bool {
    items.iter().filter_map(Item::billable).any(|(goods, _, _)| goods.requires_shipping)
}

/// What the method and the cart come to under these terms, or why the method does not take it.
fn priced(
    items: &[Item],
    method: &Method,
    terms: Terms,
    view: &View,
) -> Result<Delivery, Option<Unfit>> {
    let bill = |shipping: Shipping| {
        let terms = Terms { shipping: Some(shipping), ..terms.clone() };
        quote(items.iter().filter_map(Item::billable), terms, view)
    };
    match bill(method.shipping.clone()) {
        Ok(quote) => Ok(Delivery {
            promise: method.promise(view.now, view.frame.settings.time_zone),
            method: method.clone(),
            quote,
        }),
        Err(refusal) if refusal.code == RefusalCode::ShippingUnavailable => {
            let would_fit = bill(of_any_weight(&method.shipping)).is_ok();
            Err(Some(if would_fit { Unfit::TooHeavy } else { Unfit::Otherwise }))
        }
        Err(refusal) => {
            // What is wrong with the cart itself its own page tells.
            if refusal.code == RefusalCode::Invalid {
                tracing::warn!(method = method.code(), %refusal, "a delivery cannot be priced");
            }
            Err(None)
        }
    }
}

/// The same method, if it took parcels however heavy they are.
fn of_any_weight(shipping: &Shipping) -> Shipping {
    let mut shipping = Shipping { max_weight_g: None, ..shipping.clone() };
    if let Rate::Table { by: TableBy::Weight, .. } = shipping.rate {
        shipping.rate = Rate::Flat { amount: Amount::default() };
    }
    shipping
}
