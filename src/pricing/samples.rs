//! Good defaults for tests: a cart in rupiah, prices with tax, no rules.

use super::{
    Benefit, Bill, BillLine, CashRounding, Instant, Line, LineBenefit, Promotion, RefusalCode,
    Request, SumBenefit, TaxRate, TaxRounding, Text, Whole, quote,
};
use crate::money::Currency;

pub(super) fn of<T: Whole>(number: i64) -> T {
    T::try_from(number).expect("the test writes a number within its range")
}

pub(super) fn text(text: &str) -> Text {
    Text::try_from(text).expect("the test writes a text of a fair length")
}

pub(super) fn at(instant: &str) -> Instant {
    Instant::parse(instant).expect("the test writes an instant")
}

/// A line that is its own sku and product, of the tax class "standard".
pub(super) fn line(id: &str, quantity: i64, unit_price: i64) -> Line {
    Line {
        id: text(id),
        sku: text(id),
        product: text(id),
        categories: vec![],
        quantity: of(quantity),
        unit_price: of(unit_price),
        tax_class: text("standard"),
        requires_shipping: true,
        weight_g: of(0),
        size_mm: None,
    }
}

pub(super) fn request(lines: Vec<Line>) -> Request {
    Request {
        currency: Currency::IDR,
        at: at("2026-11-23T03:00:00Z"),
        prices_include_tax: true,
        tax_rounding: TaxRounding::Line,
        cash_rounding: CashRounding::default(),
        codes: vec![],
        lines,
        promotions: vec![],
        shipping: None,
        fees: vec![],
        tax_rates: vec![],
    }
}

/// A cart of lines with these promotions.
pub(super) fn promoted(lines: Vec<Line>, promotions: Vec<Promotion>) -> Request {
    Request { promotions, ..request(lines) }
}

pub(super) fn on_lines(id: &str, benefit: LineBenefit) -> Promotion {
    Promotion::new(text(id), Benefit::Line(benefit))
}

pub(super) fn percent_off_lines(id: &str, ppm: i64) -> Promotion {
    on_lines(id, LineBenefit::Percent { ppm: of(ppm) })
}

pub(super) fn percent_off_order(id: &str, ppm: i64) -> Promotion {
    Promotion::new(text(id), Benefit::Order(SumBenefit::Percent { ppm: of(ppm) }))
}

pub(super) fn amount_off_order(id: &str, amount: i64) -> Promotion {
    Promotion::new(text(id), Benefit::Order(SumBenefit::Amount { amount: of(amount) }))
}

/// A rate of the class "standard".
pub(super) fn rate(id: &str, ppm: i64) -> TaxRate {
    TaxRate { id: text(id), name: text(id), tax_class: text("standard"), ppm: of(ppm) }
}

pub(super) fn bill(request: &Request) -> Bill {
    quote(request).expect("the test writes a request that has a bill")
}

pub(super) fn refused(request: &Request) -> (RefusalCode, String) {
    let refusal = quote(request).expect_err("the test writes a request that is refused");
    (refusal.code, refusal.path)
}

/// What each promotion took off a line, in its order.
pub(super) fn given(line: &BillLine) -> Vec<(&str, i64)> {
    line.discounts.iter().map(|row| (row.promotion.as_str(), row.amount)).collect()
}

/// The discount of each line.
pub(super) fn discounts(request: &Request) -> Vec<i64> {
    bill(request).lines.iter().map(|line| line.discount).collect()
}
