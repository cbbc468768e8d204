//! What an address is offered for a cart, as cart and checkout would offer it, and why the rest is
//! not.

use chrono::NaiveDateTime;

use crate::admin::desk::Desk;
use crate::admin::example::{self, Asked};
use crate::admin::field::Field;
use crate::admin::trial::{self, Basket, Cart};
use crate::cart::{Deliveries, Delivery, Item, Terms, TotalRow, quote};
use crate::db::Conn;
use crate::error::Result;
use crate::pricing::{Amount, Rate, Shipping, TableBy};
use crate::promotions::Offers;
use crate::shipping::Method;
use crate::values::Place;
use crate::web::rules::Rules;
use crate::web::{Form, View, dates};
use crate::zones::Kind;

/// The example, ready to print.
#[derive(Default)]
pub(super) struct Example {
    pub fields: Vec<Field>,
    /// Why there is none, or what is left out of it.
    pub problem: String,
    /// The zone of the address, or that there is none.
    pub zone: String,
    pub ways: Vec<Way>,
    /// The bill, where one way alone is looked at.
    pub totals: Vec<TotalRow>,
    pub is_wrong: bool,
}

/// What becomes of a method.
pub(super) struct Way {
    pub name: String,
    /// What it costs; empty when it is not offered.
    pub price: String,
    /// When it arrives, or why it is not offered.
    pub words: String,
}

/// What was tried, and what came of it.
pub(super) struct Tried {
    basket: Basket,
    place: Place,
    cart: Cart,
    offers: Offers,
    deliveries: Deliveries,
    view: View,
}

/// Asks for a cart and an address as if these rules held.
pub(super) fn reckon(conn: &mut Conn, rules: Rules, asked: &Asked, view: &View) -> Result<Tried> {
    let view = trial::under(view, rules);
    let basket = match asked.basket.is_empty() {
        true => trial::some_goods(conn)?,
        false => asked.basket.clone(),
    };
    let cart = trial::cart(conn, &basket, &view)?;
    let offers = trial::offers(conn, &cart, &view.frame.promotions, (&[], None), &view)?;
    let deliveries = Deliveries::of(&cart.items, &asked.place, &offers, &view);
    Ok(Tried { basket, place: asked.place.clone(), cart, offers, deliveries, view })
}

/// The example on its page: of every way to the address, or of the one that is looked at.
pub(super) fn show(shell: &Desk, tried: &Tried, form: &Form, only: Option<&Method>) -> Example {
    let fields = example::fields(shell, (form, &tried.basket), &tried.place, String::new());
    let mut example = Example { fields, ..Example::default() };
    example.problem = example::missing(shell, &tried.cart.missing);
    if !crate::cart::need_delivery(&tried.cart.items) {
        shell.t("delivery-example-none").clone_into(&mut example.problem);
        return example;
    }
    let rules = &tried.view.frame.rules;
    let zone = rules.zones.find(Kind::Delivery, &tried.place);
    example.zone = match zone {
        Some(zone) => shell.with("delivery-zone-is", "name", &zone.name),
        None => shell.t("delivery-nowhere").to_owned(),
    };
    let is_there = |method: &&Method| zone.is_some_and(|zone| zone.code == method.zone);
    let of_zone = rules.methods.iter().filter(is_there);
    let from_shop = tried.deliveries.offered.iter().map(|delivery| &delivery.method);
    let from_shop = from_shop.filter(|method| !is_there(method));
    let wanted = |method: &&Method| {
        only.is_none_or(|only| (&only.zone, only.code()) == (&method.zone, method.code()))
    };
    let ways: Vec<&Method> = of_zone.chain(from_shop).filter(wanted).collect();
    example.ways = ways.iter().map(|method| tried.way(shell, method)).collect();
    if let (Some(_), [method]) = (only, ways.as_slice()) {
        let quote = tried.find(method).map(|delivery| &delivery.quote);
        example.totals = quote.map(|quote| example::totals(shell, quote)).unwrap_or_default();
    }
    example
}

/// The example of what cannot be read.
pub(super) fn unread(shell: &Desk, form: &Form, usual: &Place, line: Option<String>) -> Example {
    let place = example::place(form, usual);
    let is_wrong = line.is_some();
    let error = line.map(|line| shell.with("example-wrong-line", "line", line));
    let fields = example::fields(shell, (form, &Vec::new()), &place, error.unwrap_or_default());
    let problem = shell.t("delivery-example-unread").to_owned();
    Example { fields, problem, is_wrong, ..Example::default() }
}

impl Tried {
    fn find(&self, method: &Method) -> Option<&Delivery> {
        let same = |known: &Method| known.zone == method.zone && known.code() == method.code();
        self.deliveries.offered.iter().find(|delivery| same(&delivery.method))
    }

    fn way(&self, shell: &Desk, method: &Method) -> Way {
        let name = method.title(shell.language(), shell.frame().own_language()).to_owned();
        match self.find(method) {
            Some(delivery) => Way {
                name,
                price: match delivery.amount() {
                    0 => shell.t("free").to_owned(),
                    amount => shell.money(&delivery.quote.bill.money(amount)),
                },
                words: dates::days(shell.texts(), delivery.promise.from, delivery.promise.until),
            },
            None => {
                let words = shell.t(self.refused(method)).to_owned();
                Way { name, price: String::new(), words }
            }
        }
    }

    /// Why a method is not offered.
    fn refused(&self, method: &Method) -> &'static str {
        let (now, currency) = (self.view.now, self.view.frame.settings.currency);
        closed(method, now).unwrap_or_else(|| match self.cart_of(method) {
            _ if method.currency != currency => "why-other-currency",
            Some(sums) => unfit(&method.shipping, sums),
            None => "delivery-example-unread",
        })
    }

    /// What a method looks at: the parcel's weight and what the goods come to.
    fn cart_of(&self, method: &Method) -> Option<(i64, i64)> {
        let rate = Rate::Flat { amount: Amount::default() };
        let Shipping { id, tax_class, volumetric_divisor, .. } = method.shipping.clone();
        let any = Shipping { volumetric_divisor, ..Shipping::new(id, tax_class, rate) };
        let any = Method { shipping: any, ..method.clone() };
        let terms = Terms::of(&self.view, &self.place, Some(&any)).with(&self.offers);
        let lines = self.cart.items.iter().filter_map(Item::billable);
        let bill = quote(lines, terms, &self.view).ok()?.bill;
        let weight = bill.shipping.as_ref()?.chargeable_weight_g;
        Some((weight, bill.totals.list - bill.totals.discount))
    }
}

/// What keeps a method from everybody.
fn closed(method: &Method, now: NaiveDateTime) -> Option<&'static str> {
    match method {
        method if !method.active => Some("why-stopped"),
        method if method.is_over(now) => Some("why-over"),
        method if !method.has_begun(now) => Some("why-not-begun"),
        _ => None,
    }
}

/// Which of its limits keeps a method from taking so many grams for so much.
fn unfit(shipping: &Shipping, (grams, sum): (i64, i64)) -> &'static str {
    let (least, most) = (shipping.min_weight_g, shipping.max_weight_g);
    let (cheapest, dearest) = (shipping.min_subtotal, shipping.max_subtotal);
    match &shipping.rate {
        _ if least.is_some_and(|least| grams < least.get()) => "delivery-too-light",
        _ if most.is_some_and(|most| grams > most.get()) => "delivery-too-heavy",
        _ if cheapest.is_some_and(|least| sum < least.get()) => "delivery-too-cheap",
        _ if dearest.is_some_and(|most| sum > most.get()) => "delivery-too-dear",
        Rate::Table { by: TableBy::Weight, .. } => "delivery-too-heavy",
        _ => "delivery-too-dear",
    }
}
