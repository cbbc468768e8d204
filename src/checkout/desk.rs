//! What a checkout stands on: the cart's goods, the country, the ways of delivery and payment.

use crate::cart::{Cart, Item, Quote, Terms, items, quote};
use crate::db::Conn;
use crate::error::Result;
use crate::orders::Payment;
use crate::pricing::Refusal;
use crate::shipping::{self, Rate};
use crate::values::Country;
use crate::web::{Form, View, Visit, countries};

pub(super) struct Desk {
    pub view: View,
    pub cart: Cart,
    pub items: Vec<Item>,
    /// Where the shop delivers.
    pub countries: Vec<Country>,
    /// Where this order goes.
    pub country: Country,
    /// The ways there; none where the shop does not deliver.
    pub rates: Vec<Rate>,
}

impl Desk {
    /// Reads all of it for the country that the form names, or the shop's own.
    pub async fn load(visit: &Visit, cart: Cart, form: &Form) -> Result<Self> {
        let asked = Country::parse(form.get("country")).filter(|asked| countries::exists(*asked));
        let view = visit.view();
        visit.shop.db.read(move |conn| Self::read(conn, view, cart, asked)).await
    }

    fn read(conn: &mut Conn, view: View, cart: Cart, asked: Option<Country>) -> Result<Self> {
        let own = view.frame.settings.country;
        let countries = shipping::countries(conn, view.frame.settings.currency)?;
        let usual = if countries.contains(&own) { Some(&own) } else { countries.first() };
        let country = asked.or(usual.copied()).unwrap_or(own);
        Ok(Self {
            items: items(conn, &cart.lines, &view)?,
            rates: shipping::rates_to(conn, country, &view.frame, view.language)?,
            countries,
            country,
            cart,
            view,
        })
    }

    /// The way that the form names, else the cheapest.
    pub fn rate(&self, form: &Form) -> Option<&Rate> {
        let named = self.rates.iter().find(|rate| rate.code == form.get("delivery"));
        named.or_else(|| self.rates.iter().min_by_key(|rate| rate.amount.minor()))
    }

    /// Whether the form names a country that the shop delivers to.
    pub fn delivers_to_named(&self, form: &Form) -> bool {
        self.countries.contains(&self.country) && form.get("country") == self.country.code()
    }

    /// How one can pay in this country.
    pub fn payments(&self) -> Vec<Payment> {
        let settings = &self.view.frame.settings;
        let is_open = |payment: &Payment| match payment {
            Payment::BankTransfer => !settings.bank_accounts.is_empty(),
            Payment::CashOnDelivery => settings.cash_on_delivery_in.contains(&self.country),
        };
        Payment::ALL.into_iter().filter(is_open).collect()
    }

    /// The way of payment that the form names, else the first.
    pub fn payment(&self, form: &Form) -> Option<Payment> {
        let open = self.payments();
        let named = Payment::parse(form.get("payment")).filter(|named| open.contains(named));
        named.or(open.first().copied())
    }

    /// Whether every line can be had as it stands.
    pub fn is_whole(&self) -> bool {
        self.items.iter().all(|item| item.trouble().is_none())
    }

    /// The bill of what can be had, sent by `rate`.
    pub fn quote(&self, rate: Option<&Rate>) -> Result<Quote, Refusal> {
        let terms = Terms::of(&self.view.frame.settings, rate)?;
        quote(self.items.iter().filter_map(Item::billable), terms, &self.view)
    }
}
