//! What a checkout stands on: the cart's goods, the country, the ways of delivery and payment.

use super::book::Book;
use super::form;
use crate::cart::{
    Cart, Deliveries, Delivery, Item, Quote, Terms, items, need_delivery, offers, quote,
};
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::money::Money;
use crate::orders::{Handover, Payment};
use crate::payments::{Gateways, Sale};
use crate::pricing::{Fee, Refusal};
use crate::promotions::{CustomerKey, Offers};
use crate::values::{Country, Email, Place};
use crate::web::{Form, View, Visit};
use crate::zones;

pub(super) struct Desk {
    pub view: View,
    pub cart: Cart,
    pub book: Book,
    pub items: Vec<Item>,
    /// The promotions that may speak about them.
    pub offers: Offers,
    /// Where this order goes, as far as it is known.
    pub place: Place,
    /// The ways there.
    pub deliveries: Deliveries,
    pub gateways: Gateways,
}

impl Desk {
    /// Reads all of it for the address in the form.
    pub async fn load(
        visit: &Visit,
        gateways: &Gateways,
        (cart, book): (Cart, Book),
        form: &Form,
    ) -> Result<Self> {
        Self::of(&visit.shop.db, visit.view(), gateways, (cart, book), form).await
    }

    /// The same for whoever sees the shop so.
    pub async fn of(
        db: &Db,
        view: View,
        gateways: &Gateways,
        (cart, book): (Cart, Book),
        form: &Form,
    ) -> Result<Self> {
        let place = place(&view, form);
        // Who she is decides what she may use once more, as soon as she has said so.
        let email = Email::parse(form.get("email"));
        let customer = email.map(|email| CustomerKey::of(email.as_str()));
        let gateways = gateways.clone();
        let read = move |conn: &mut Conn| {
            Self::read(conn, view, (cart, book), (place, customer), gateways)
        };
        db.read(read).await
    }

    fn read(
        conn: &mut Conn,
        view: View,
        (cart, book): (Cart, Book),
        (place, customer): (Place, Option<CustomerKey>),
        gateways: Gateways,
    ) -> Result<Self> {
        let items = items(conn, &cart.lines, &view)?;
        let offers = offers(conn, &items, &cart.codes, customer.as_ref(), &view)?
            .with(cart.allowance.as_ref());
        let deliveries = Deliveries::of(&items, &place, &offers, &view);
        Ok(Self { deliveries, offers, gateways, items, place, cart, book, view })
    }

    pub fn country(&self) -> Country {
        self.place.country
    }

    /// How the goods come to the shopper, as the form has it now.
    pub fn handover(&self, form: &Form) -> Handover {
        let is_pickup = self.delivery(form).is_some_and(|delivery| delivery.method.is_pickup());
        match (is_pickup, self.needs_delivery()) {
            (true, _) => Handover::Pickup,
            (false, true) => Handover::Parcel,
            (false, false) => Handover::Nothing,
        }
    }

    /// Whether there is anything to bring, or nothing known about it any more.
    pub fn needs_delivery(&self) -> bool {
        self.has_nothing() || need_delivery(&self.items)
    }

    /// The way that the form names, else the usual one.
    pub fn delivery(&self, form: &Form) -> Option<&Delivery> {
        self.deliveries.find(form.get("delivery")).or_else(|| self.deliveries.usual())
    }

    /// What a way of delivery is called in the shopper's language.
    pub fn name_of<'a>(&self, delivery: &'a Delivery) -> &'a str {
        delivery.method.title(self.view.language, self.view.own_language())
    }

    /// Whether the form names a country that the order can go to: any, where nothing is brought.
    pub fn delivers_to_named(&self, form: &Form) -> bool {
        let country = self.country();
        let is_reached =
            self.handover(form) != Handover::Parcel || self.view.frame.countries.contains(&country);
        is_reached && form.get("country") == country.code()
    }

    /// How one can pay for it, when the goods come as the form has it.
    pub fn payments(&self, form: &Form) -> Vec<Payment> {
        let settings = &self.view.frame.settings;
        let total = self.plain_quote(form).map(|quote| quote.bill.money(quote.bill.totals.payable));
        // What cannot be priced now is still no gift.
        let total = total.unwrap_or(Money::new(1, settings.currency));
        let (country, handover) = (self.country(), self.handover(form));
        self.gateways.offered(settings, &Sale { total, country, handover })
    }

    /// The way of payment that the form names, else the first.
    pub fn payment(&self, form: &Form) -> Option<Payment> {
        let open = self.payments(form);
        let named = Payment::parse(form.get("payment")).filter(|named| open.contains(named));
        named.or(open.first().copied())
    }

    /// What a way of payment adds to the bill.
    pub fn fee(&self, payment: Payment) -> Option<Fee> {
        self.gateways.find(payment)?.fee(&self.view.frame.settings)
    }

    /// Whose prices are shown while no address is typed, where the country has more than one zone.
    pub fn assumed(&self, form: &Form) -> Option<&Place> {
        let is_untyped = form.get("region").is_empty() && form.get("postcode").is_empty();
        let zones = &self.view.frame.rules.zones;
        let is_divided = zones.is_divided(zones::Kind::Delivery, self.country());
        let is_own = self.country() == self.view.frame.settings.country;
        (is_untyped && is_own && is_divided && !self.deliveries.has_no_parcel())
            .then_some(&self.place)
    }

    /// Whether a region or a postcode may still open a way that the country alone does not.
    pub fn wants_more_address(&self) -> bool {
        self.place.region.is_empty()
            && self.place.postcode.is_empty()
            && self.view.frame.countries.contains(&self.country())
    }

    /// Whether not a single line can be had any more.
    pub fn has_nothing(&self) -> bool {
        self.items.iter().all(|item| item.billable().is_none())
    }

    /// Whether every line can be had as it stands.
    pub fn is_whole(&self) -> bool {
        self.items.iter().all(|item| item.trouble().is_none())
    }

    /// The bill of what can be had, sent and paid by the ways that the form names or the usual ones.
    pub fn quote(&self, form: &Form) -> Result<Quote, Refusal> {
        match self.payment(form).and_then(|payment| self.fee(payment)) {
            None => self.plain_quote(form),
            Some(fee) => self.quote_with(form, vec![fee]),
        }
    }

    /// The same without the fee of any way to pay.
    fn plain_quote(&self, form: &Form) -> Result<Quote, Refusal> {
        match self.delivery(form) {
            Some(delivery) => Ok(delivery.quote.clone()),
            None => self.quote_with(form, Vec::new()),
        }
    }

    fn quote_with(&self, form: &Form, fees: Vec<Fee>) -> Result<Quote, Refusal> {
        let method = self.delivery(form).map(|delivery| &delivery.method);
        let terms = Terms::of(&self.view, &self.place, method).with(&self.offers);
        let terms = Terms { fees, ..terms };
        quote(self.items.iter().filter_map(Item::billable), terms, &self.view)
    }
}

/// The place that the form names. While nothing is typed that tells more than a country, the shop's
/// own region and postcode stand for those to come, where the country is its own.
fn place(view: &View, form: &Form) -> Place {
    let own = view.frame.settings.place();
    let asked = form::named_country(form, "country");
    let (region, postcode) = (form.get("region").to_owned(), form.get("postcode").to_owned());
    let country = asked.unwrap_or_else(|| usual_country(view));
    match region.is_empty() && postcode.is_empty() && country == own.country {
        true => own,
        false => Place { country, region, postcode },
    }
}

/// The shop's own, unless it does not deliver there.
fn usual_country(view: &View) -> Country {
    let (own, reached) = (view.frame.settings.country, &view.frame.countries);
    let usual = if reached.contains(&own) { Some(&own) } else { reached.first() };
    usual.copied().unwrap_or(own)
}
