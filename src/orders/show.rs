//! `GET /orders/{token}`: thank you, what happens next, and everything that was ordered.

use actix_web::web::Path;
use askama::Template;
use chrono::Days;

use super::model::{Address, Payment};
use super::queries::{self, Receipt};
use super::rows::OrderLine;
use super::state::{self, StateView};
use crate::cart::{Reduced, TotalRow, reduced, rows};
use crate::error::{Error, Result};
use crate::ids::OrderToken;
use crate::money::{Currency, Money};
use crate::pricing::Bill;
use crate::settings::BankAccount;
use crate::values::Country;
use crate::web::{Head, Html, Shell, Visit, countries, dates, texts};

#[derive(Template)]
#[template(path = "orders/show.html")]
struct OrderPage {
    shell: Shell,
    number: String,
    email: String,
    phone: String,
    note: String,
    date: String,
    total: String,
    /// What is still to be paid.
    due: String,
    arrives: String,
    delivery_name: String,
    payment: Payment,
    payment_name: String,
    /// The last day for a bank transfer.
    pay_until: String,
    accounts: Vec<BankAccount>,
    lines: Vec<LineView>,
    totals: Vec<TotalRow>,
    delivery: Vec<String>,
    billing: Vec<String>,
    tax_number: String,
    papers: Vec<PaperView>,
    state: StateView,
}

/// The invoice or a credit note.
struct PaperView {
    href: String,
    name: String,
}

struct LineView {
    href: String,
    name: String,
    options: String,
    quantity: i64,
    unit: String,
    sum: String,
    /// Without its discounts; empty where that is the same.
    regular: String,
    discounts: Vec<String>,
}

pub async fn show(visit: Visit, token: Path<String>) -> Result<Html> {
    let token = OrderToken::parse(&token).ok_or(Error::NotFound)?;
    let receipt = visit.shop.db.read(move |conn| queries::find_receipt(conn, &token)).await?;
    let page = page(&visit, receipt.ok_or(Error::NotFound)?)?;
    Ok(Html::page(&page)?.personal())
}

fn page(visit: &Visit, receipt: Receipt) -> Result<OrderPage> {
    let Receipt { order, lines, given, delivery, billing, papers, received, parcels, returns } =
        receipt;
    let mut shell = visit.shell(Head::of_order(""));
    shell.head.title = shell.with("order-number", "number", &order.number);
    let settings = shell.settings();
    let currency = Currency::from_letters(&order.currency)
        .ok_or_else(|| Error::internal("an order in no currency"))?;
    let bill: Bill = serde_json::from_str(&order.bill)
        .map_err(|error| Error::internal(format!("a stored bill: {error}")))?;
    let placed = order.placed_at.date();
    let promised = order.deliver_from.zip(order.deliver_until);
    let patience = Days::new(u64::try_from(settings.pay_within_days).unwrap_or_default());
    let payment = Payment::parse(&order.payment_method)
        .ok_or_else(|| Error::internal("an order with no known payment"))?;
    let delivery_label = shell.with("order-delivery", "name", &order.delivery_name);
    Ok(OrderPage {
        date: dates::date(shell.texts(), placed),
        total: shell.money(&Money::new(order.total_amount, currency)),
        due: shell.money(&Money::new((order.total_amount - received).max(0), currency)),
        arrives: promised
            .map(|(from, until)| dates::days(shell.texts(), from, until))
            .unwrap_or_default(),
        payment_name: shell.t(payment_text(payment)).to_owned(),
        pay_until: dates::date(shell.texts(), placed.checked_add_days(patience).unwrap_or(placed)),
        accounts: settings.bank_accounts.clone(),
        lines: lines
            .iter()
            .enumerate()
            .map(|(at, line)| {
                line_view(
                    &shell,
                    line,
                    currency,
                    reduced(&shell, &bill, bill.lines.get(at), &given),
                )
            })
            .collect(),
        state: state::view(&shell, (&order, payment), &lines, (&parcels, &returns)),
        totals: rows(&shell, &bill, order.prices_include_tax, Some(delivery_label), &given),
        delivery: address_lines(&shell, &delivery),
        billing: address_lines(&shell, &billing),
        tax_number: billing.tax_number,
        papers: papers.iter().enumerate().map(|(n, paper)| paper_view(visit, n, paper)).collect(),
        number: order.number,
        email: order.email,
        phone: order.phone,
        note: order.note,
        delivery_name: order.delivery_name,
        payment,
        shell,
    })
}

fn paper_view(visit: &Visit, n: usize, number: &str) -> PaperView {
    let texts = texts::of(visit.language);
    let own = visit.href(&visit.path);
    match n {
        0 => PaperView {
            href: format!("{own}/invoice"),
            name: texts.with("order-invoice", &[("number", number.into())]),
        },
        n => PaperView {
            href: format!("{own}/credit-notes/{n}"),
            name: texts.with("order-credit-note", &[("number", number.into())]),
        },
    }
}

fn payment_text(payment: Payment) -> &'static str {
    match payment {
        Payment::BankTransfer => "bank-transfer",
        Payment::CashOnDelivery => "cash-on-delivery",
        Payment::Free => "nothing-to-pay",
    }
}

fn line_view(shell: &Shell, line: &OrderLine, currency: Currency, reduced: Reduced) -> LineView {
    let money = |minor| Money::new(minor, currency);
    let (sum, regular) = reduced.prices(shell, money(line.list_amount), None);
    LineView {
        href: shell.href(&format!("/products/{}", line.product_slug)).into_owned(),
        name: line.name.clone(),
        options: line.options.clone(),
        quantity: line.quantity,
        unit: shell.money(&money(line.unit_amount)),
        sum,
        regular,
        discounts: reduced.words,
    }
}

fn address_lines(shell: &Shell, address: &Address) -> Vec<String> {
    let mut lines = address.lines();
    lines.extend(Country::parse(&address.country).map(|country| countries::name(shell, country)));
    lines
}
