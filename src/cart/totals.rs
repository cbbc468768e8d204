//! The sums of a bill, row by row, as cart, checkout and order show them.

use super::delivery::Delivery;
use crate::pricing::{Bill, Lane};
use crate::promotions::Given;
use crate::web::Shell;

/// A name and an amount, ready to show.
#[derive(Debug, PartialEq, Eq)]
pub struct TotalRow {
    pub label: String,
    /// What made it less; empty for nothing.
    pub note: String,
    pub amount: String,
    /// What it would be otherwise; empty where that is the same.
    pub was: String,
    /// The last row, which is what the shopper pays.
    pub is_total: bool,
}

/// Every row that is not zero, and always goods, delivery and total.
///
/// `delivery` is what the delivery's row is called; `None` while nothing is known about it.
/// `given`: the discounts by name. Those of single lines stand at the lines, so the goods are what
/// the lines show.
pub fn rows(
    shell: &Shell,
    bill: &Bill,
    prices_include_tax: bool,
    delivery: Option<String>,
    given: &[Given],
) -> Vec<TotalRow> {
    let totals = &bill.totals;
    let off_lines = sum(given, Lane::Line);
    let mut rows = vec![row(shell.t("totals-goods"), show(shell, bill, totals.list - off_lines))];
    for discount in given.iter().filter(|given| given.lane == Lane::Order) {
        rows.push(row(&discount.name, show(shell, bill, -discount.amount)));
    }
    // Of an order whose discounts were not kept by name.
    let rest = totals.discount - off_lines - sum(given, Lane::Order);
    if rest != 0 {
        rows.push(row(shell.t("totals-discount"), show(shell, bill, -rest)));
    }
    rows.extend(delivery.map(|label| delivery_row(shell, bill, &label, given)));
    if totals.fees != 0 {
        rows.push(row(shell.t("totals-fees"), show(shell, bill, totals.fees)));
    }
    for tax in &bill.taxes {
        let label = match prices_include_tax {
            true => shell.with("totals-tax-included", "name", &tax.name),
            false => tax.name.clone(),
        };
        rows.push(row(&label, show(shell, bill, tax.amount)));
    }
    if totals.rounding != 0 {
        rows.push(row(shell.t("totals-rounding"), show(shell, bill, totals.rounding)));
    }
    let total = show(shell, bill, totals.payable);
    rows.push(TotalRow { is_total: true, ..row(shell.t("totals-total"), total) });
    rows
}

fn delivery_row(shell: &Shell, bill: &Bill, label: &str, given: &[Given]) -> TotalRow {
    let amount = match bill.totals.shipping {
        0 => shell.t("free").to_owned(),
        amount => show(shell, bill, amount),
    };
    let reduced = bill.shipping.as_ref().filter(|shipping| shipping.discount > 0);
    let names: Vec<&str> =
        given.iter().filter(|it| it.lane == Lane::Shipping).map(|it| it.name.as_str()).collect();
    TotalRow {
        note: names.join(", "),
        was: reduced.map(|shipping| show(shell, bill, shipping.list)).unwrap_or_default(),
        ..row(label, amount)
    }
}

fn sum(given: &[Given], lane: Lane) -> i64 {
    given.iter().filter(|given| given.lane == lane).map(|given| given.amount).sum()
}

/// How much is missing for a delivery that costs nothing; empty where nothing changes that.
pub fn to_free(shell: &Shell, delivery: &Delivery) -> String {
    let missing = delivery.missing_for_free();
    let missing = missing.map(|missing| shell.money(&delivery.quote.bill.money(missing)));
    missing.map(|missing| shell.with("free-delivery-from", "amount", missing)).unwrap_or_default()
}

fn row(label: &str, amount: String) -> TotalRow {
    let (note, was) = (String::new(), String::new());
    TotalRow { label: label.to_owned(), note, amount, was, is_total: false }
}

fn show(shell: &Shell, bill: &Bill, minor: i64) -> String {
    shell.money(&bill.money(minor))
}
