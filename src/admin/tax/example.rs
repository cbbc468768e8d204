//! What a cart comes to at a place and a moment, as cart and checkout would reckon it.

use chrono::NaiveDateTime;

use crate::admin::desk::Desk;
use crate::admin::example::{self, Asked};
use crate::admin::field::Field;
use crate::admin::rulebook::shown_time;
use crate::admin::trial::{self, Basket, Cart};
use crate::cart::{Item, Quote, TotalRow};
use crate::db::Conn;
use crate::error::Result;
use crate::pricing::Refusal;
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
    /// The zone of the place, or that there is none.
    pub zone: String,
    /// Goods, and the tax that they bear.
    pub lines: Vec<(String, String)>,
    pub totals: Vec<TotalRow>,
    pub is_wrong: bool,
}

/// What was tried, and what came of it.
pub(super) struct Tried {
    basket: Basket,
    place: Place,
    cart: Cart,
    quote: std::result::Result<Quote, Refusal>,
    view: View,
}

/// Prices a cart at a moment as if these rules held.
pub(super) fn reckon(
    conn: &mut Conn,
    rules: Rules,
    (asked, at): (&Asked, NaiveDateTime),
    view: &View,
) -> Result<Tried> {
    let view = View { now: at, ..trial::under(view, rules) };
    let basket = match asked.basket.is_empty() {
        true => trial::some_goods(conn)?,
        false => asked.basket.clone(),
    };
    let cart = trial::cart(conn, &basket, &view)?;
    let offers = trial::offers(conn, &cart, &view.frame.promotions, (&[], None), &view)?;
    let quote = trial::priced(&cart, &offers, &asked.place, &view);
    Ok(Tried { basket, place: asked.place.clone(), cart, quote, view })
}

/// The moment that a form asks about, by the clock of the shop; now where it does not say.
pub(super) fn moment(shell: &Desk, form: &Form) -> NaiveDateTime {
    let typed = dates::parse_typed(form.get("at"), shell.settings().time_zone);
    typed.unwrap_or_else(|| shell.now())
}

/// The example on its page.
pub(super) fn show(shell: &Desk, tried: &Tried, form: &Form) -> Example {
    let fields = fields(shell, (form, &tried.basket), &tried.place, String::new());
    let zone = tried.view.frame.rules.zones.find(Kind::Tax, &tried.place);
    let mut example = Example { fields, ..Example::default() };
    example.zone = match zone {
        Some(zone) => shell.with("tax-zone-is", "name", &zone.name),
        None => shell.t("tax-nowhere").to_owned(),
    };
    example.problem = example::missing(shell, &tried.cart.missing);
    match &tried.quote {
        Ok(quote) => {
            example.lines = lines(shell, &tried.cart, quote);
            example.totals = example::totals(shell, quote);
        }
        Err(_) => shell.t("example-none").clone_into(&mut example.problem),
    }
    example
}

fn lines(shell: &Desk, cart: &Cart, quote: &Quote) -> Vec<(String, String)> {
    let billed = cart.items.iter().filter_map(Item::billable).zip(&quote.bill.lines);
    billed
        .map(|((goods, _, quantity), line)| {
            let name = format!("{} × {}", quantity.get(), shell.local(&goods.name));
            let tax = shell.money(&quote.bill.money(line.tax));
            (name, shell.with("tax-of-line", "tax", tax))
        })
        .collect()
}

/// The example of what cannot be read.
pub(super) fn unread(shell: &Desk, form: &Form, usual: &Place, line: Option<String>) -> Example {
    let is_wrong = line.is_some();
    let error = line.map(|line| shell.with("example-wrong-line", "line", line));
    let place = example::place(form, usual);
    let fields = fields(shell, (form, &Vec::new()), &place, error.unwrap_or_default());
    let problem = shell.t("tax-example-unread").to_owned();
    Example { fields, problem, is_wrong, ..Example::default() }
}

fn fields(
    shell: &Desk,
    (form, basket): (&Form, &Basket),
    place: &Place,
    error: String,
) -> Vec<Field> {
    let at = Field {
        kind: "datetime-local",
        most: 0,
        value: shown_time(shell, Some(moment(shell, form))),
        is_optional: true,
        ..Field::text(shell, "at", "tax-example-at", form)
    };
    let mut fields = example::fields(shell, (form, basket), place, error);
    fields.push(at);
    fields
}
