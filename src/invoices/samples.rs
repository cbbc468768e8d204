//! Papers for tests: of a random or a chosen size.

use chrono::NaiveDate;

use super::document::{Document, Party, Row, RowDiscount};
use super::model::{Kind, RowKey};
use crate::language::Language;
use crate::money::Currency;
use crate::pricing::{Bill, Request, quote};

/// An invoice of so many lines at a price, in a currency.
pub(super) fn invoice(lines: usize, unit: i64, currency: &str, language: Language) -> Document {
    let line = |n| {
        format!(
            r#"{{"id": "{n}", "sku": "SKU-{n}", "product": "p{n}", "quantity": {}, "unit_price": {unit},
                "tax_class": "standard", "requires_shipping": true}}"#,
            n % 7 + 1
        )
    };
    let lines: Vec<String> = (0..lines).map(line).collect();
    let request = format!(
        r#"{{"currency": "{currency}", "at": "2026-11-23T03:00:00Z", "prices_include_tax": true, "tax_rounding": "line",
            "lines": [{}],
            "promotions": [{{"id": "hemat10", "lane": "order", "benefit": {{"kind": "percent", "ppm": 100000}}}}],
            "shipping": {{"id": "regular", "tax_class": "standard", "rate": {{"kind": "flat", "amount": 18000}}}},
            "fees": [{{"id": "cod", "amount": 5000, "tax_class": "standard"}}],
            "tax_rates": [{{"id": "ppn", "name": "PPN 11%", "tax_class": "standard", "ppm": 110000}}]}}"#,
        lines.join(",")
    );
    let request = Request::from_json(&request).expect("the test writes a request");
    document(&request, &quote(&request).expect("it has a bill"), currency, language)
}

/// An invoice for what a request comes to.
pub(super) fn document(
    request: &Request,
    bill: &Bill,
    currency: &str,
    language: Language,
) -> Document {
    let day = NaiveDate::from_ymd_opt(2026, 11, 23).expect("it exists");
    let party = |name: &str| Party {
        name: name.into(),
        address: vec!["Jl. Cihampelas 112".into(), "Bandung 40131".into(), "Indonesia".into()],
        ..Party::default()
    };
    Document {
        kind: Kind::Invoice,
        number: "INV/2026/000001".into(),
        issued_on: day,
        corrects: None,
        language,
        currency: Currency::from_letters(currency).expect("three letters"),
        prices_include_tax: request.prices_include_tax,
        order_number: "482-177-305".into(),
        ordered_on: day,
        payment: "bank_transfer".into(),
        seller: Party { tax_number: "00.000.000.0-000.000".into(), ..party("PT Selasar Contoh") },
        buyer: Party { company: "PT Contoh Makmur".into(), ..party("Bagian Keuangan") },
        delivery: party("Rani Wijaya"),
        rows: rows(request, bill),
        taxes: bill.taxes.clone(),
        totals: bill.totals,
        note: "Please ring twice.".into(),
        footer: "Thank you for your order.".into(),
    }
}

fn rows(request: &Request, bill: &Bill) -> Vec<Row> {
    let empty = Row {
        key: RowKey::Delivery,
        name: "Regular".into(),
        options: String::new(),
        sku: String::new(),
        quantity: 1,
        unit: 0,
        list: 0,
        discounts: Vec::new(),
        net: 0,
        tax: 0,
        gross: 0,
        taxes: Vec::new(),
    };
    let lines = request.lines.iter().zip(&bill.lines).enumerate().map(|(n, (line, bill))| Row {
        key: RowKey::Line(n),
        name: format!("Mug {n}"),
        options: "Clay, 350 ml".into(),
        sku: line.sku.as_str().into(),
        quantity: line.quantity.get(),
        unit: line.unit_price.get(),
        list: bill.list,
        discounts: bill
            .discounts
            .iter()
            .map(|row| RowDiscount { name: row.promotion.clone(), amount: row.amount })
            .collect(),
        net: bill.net,
        tax: bill.tax,
        gross: bill.gross,
        taxes: bill.taxes.clone(),
    });
    let delivery = bill.shipping.iter().map(|bill| Row {
        unit: bill.list,
        list: bill.list,
        net: bill.net,
        tax: bill.tax,
        gross: bill.gross,
        taxes: bill.taxes.clone(),
        ..empty.clone()
    });
    let fees = bill.fees.iter().enumerate().map(|(n, bill)| Row {
        key: RowKey::Fee(n),
        name: "Fees".into(),
        unit: bill.gross,
        list: bill.gross,
        net: bill.net,
        tax: bill.tax,
        gross: bill.gross,
        taxes: bill.taxes.clone(),
        ..empty.clone()
    });
    lines.chain(delivery).chain(fees).collect()
}
