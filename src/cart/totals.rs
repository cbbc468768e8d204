//! The sums of a bill, row by row, as cart, checkout and order show them.

use crate::pricing::Bill;
use crate::web::Shell;

/// A name and an amount, ready to show.
#[derive(Debug, PartialEq, Eq)]
pub struct TotalRow {
    pub label: String,
    pub amount: String,
    /// The last row, which is what the shopper pays.
    pub is_total: bool,
}

/// Every row that is not zero, and always goods, delivery and total.
///
/// `delivery` is what the delivery's row is called; `None` while nothing is known about it.
pub fn rows(
    shell: &Shell,
    bill: &Bill,
    prices_include_tax: bool,
    delivery: Option<String>,
) -> Vec<TotalRow> {
    let totals = &bill.totals;
    let mut rows = vec![row(shell.t("totals-goods"), show(shell, bill, totals.list))];
    if totals.discount != 0 {
        rows.push(row(shell.t("totals-discount"), show(shell, bill, -totals.discount)));
    }
    if let Some(label) = delivery {
        let amount = match totals.shipping {
            0 => shell.t("free").to_owned(),
            amount => show(shell, bill, amount),
        };
        rows.push(row(&label, amount));
    }
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

fn row(label: &str, amount: String) -> TotalRow {
    TotalRow { label: label.to_owned(), amount, is_total: false }
}

fn show(shell: &Shell, bill: &Bill, minor: i64) -> String {
    shell.money(&bill.money(minor))
}
