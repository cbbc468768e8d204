//! Which ways to pay a cart is offered, and what it comes to by each.

use crate::admin::desk::Desk;
use crate::admin::example::{self, Asked};
use crate::admin::field::Field;
use crate::admin::trial::{self, Basket};
use crate::cart::{Quote, need_delivery};
use crate::db::Conn;
use crate::error::Result;
use crate::money::Money;
use crate::orders::{Handover, Payment};
use crate::payments::{Gateways, Sale};
use crate::pricing::{self, Fee, Refusal};
use crate::values::Place;
use crate::web::{Form, View};

/// The example, ready to print.
#[derive(Default)]
pub(super) struct Example {
    pub fields: Vec<Field>,
    /// Why there is none, or what is left out of it.
    pub problem: String,
    /// Each with what is to be paid, and the fee in it.
    pub ways: Vec<(String, String, String)>,
    pub is_wrong: bool,
}

/// What was tried, and what came of it.
pub(super) struct Tried {
    basket: Basket,
    place: Place,
    missing: Vec<String>,
    /// Without a fee.
    quote: std::result::Result<Quote, Refusal>,
    handover: Handover,
}

/// Prices a cart as the checkout does before a way to pay is chosen.
pub(super) fn reckon(conn: &mut Conn, asked: &Asked, view: &View) -> Result<Tried> {
    let basket = match asked.basket.is_empty() {
        true => trial::some_goods(conn)?,
        false => asked.basket.clone(),
    };
    let cart = trial::cart(conn, &basket, view)?;
    let offers = trial::offers(conn, &cart, &view.frame.promotions, (&[], None), view)?;
    let handover = if need_delivery(&cart.items) { Handover::Parcel } else { Handover::Nothing };
    Ok(Tried {
        quote: trial::priced(&cart, &offers, &asked.place, view),
        place: asked.place.clone(),
        missing: cart.missing,
        basket,
        handover,
    })
}

/// The example on its page.
pub(super) fn show(shell: &Desk, tried: &Tried, form: &Form, gateways: &Gateways) -> Example {
    let fields = example::fields(shell, (form, &tried.basket), &tried.place, String::new());
    let problem = example::missing(shell, &tried.missing);
    let mut example = Example { fields, problem, ..Example::default() };
    match &tried.quote {
        Ok(quote) => example.ways = ways(shell, (quote, tried), gateways),
        Err(_) => shell.t("example-none").clone_into(&mut example.problem),
    }
    if example.ways.is_empty() && example.problem.is_empty() {
        shell.t("payments-example-none").clone_into(&mut example.problem);
    }
    example
}

fn ways(
    shell: &Desk,
    (quote, tried): (&Quote, &Tried),
    gateways: &Gateways,
) -> Vec<(String, String, String)> {
    let (settings, total) = (shell.settings(), quote.bill.money(quote.bill.totals.payable));
    let sale = Sale { total, country: tried.place.country, handover: tried.handover };
    let way = |payment: Payment| {
        let fee = gateways.find(payment).and_then(|gateway| gateway.fee(settings));
        let words = fee.as_ref().map(|fee| {
            let fee = shell.money(&Money::new(fee.amount.get(), settings.currency));
            shell.with("payments-example-fee", "fee", fee)
        });
        let payable = shell.money(&with_fee(quote, fee)?);
        Some((shell.t(payment.text()).to_owned(), payable, words.unwrap_or_default()))
    };
    gateways.offered(settings, &sale).into_iter().filter_map(way).collect()
}

/// What is to be paid in all.
fn with_fee(quote: &Quote, fee: Option<Fee>) -> Option<Money> {
    let mut request = quote.request.clone();
    request.fees.extend(fee);
    let bill = pricing::quote(&request).ok()?;
    Some(bill.money(bill.totals.payable))
}

/// The example of what cannot be read.
pub(super) fn unread(shell: &Desk, form: &Form, usual: &Place, line: &str) -> Example {
    let error = shell.with("example-wrong-line", "line", line);
    let place = example::place(form, usual);
    let fields = example::fields(shell, (form, &Vec::new()), &place, error);
    Example { fields, is_wrong: true, ..Example::default() }
}
