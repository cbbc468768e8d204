//! Issues the invoice of an order: once, of what the order stored.

use chrono::{Datelike, NaiveDateTime};

use super::credit::take_back;
use super::document::{Document, Party, Row, RowDiscount};
use super::model::{Kind, RowKey, local_date};
use super::queries::{self, Filing, Sale, SoldDiscount, SoldLine, Taken};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::{InvoiceId, OrderId};
use crate::language::Language;
use crate::money::Currency;
use crate::orders::{self, Address};
use crate::pricing::{Bill, BillFee, BillLine, BillShipping, Discount};
use crate::settings::{self, ShopSettings};
use crate::values::Country;
use crate::web::texts::{self, Texts};

/// Issues an order's invoice, inside the caller's transaction; the first one, if it has one. An order
/// that was taken up again, or that staff have changed, gets another, as the earlier one is taken back.
///
/// # Errors
/// `Database` with `NotFound` when there is no such order.
pub fn issue(conn: &mut Conn, order: OrderId, now: NaiveDateTime) -> Result<InvoiceId> {
    let round = orders::rounds(conn, order)?;
    if let Some(earlier) = queries::find_invoice_of(conn, order, round)? {
        return Ok(earlier);
    }
    let settings = settings::load(conn)?;
    let sale = queries::sale(conn, order)?;
    let write = |conn: &mut Conn| write(conn, (order, round), &sale, &settings, now);
    match diesel::Connection::transaction(conn, write) {
        // Another instance was first, and the number just taken is given back.
        Err(error) if error.is_duplicate() => {
            queries::find_invoice_of(conn, order, round)?.ok_or(error)
        }
        result => result,
    }
}

/// Takes back the invoice of an order that was changed just now and issues another, inside the caller's
/// transaction; `false` where it had none.
pub fn renew(conn: &mut Conn, order: OrderId, reason: &str, now: NaiveDateTime) -> Result<bool> {
    let before = orders::rounds(conn, order)? - 1;
    if queries::find_invoice_of(conn, order, before)?.is_none() {
        return Ok(false);
    }
    take_back(conn, order, reason, now)?;
    issue(conn, order, now)?;
    Ok(true)
}

/// Whether an order has an invoice that stands.
pub fn has_invoice(conn: &mut Conn, order: OrderId) -> Result<bool> {
    let round = orders::rounds(conn, order)?;
    Ok(queries::find_invoice_of(conn, order, round)?.is_some())
}

fn write(
    conn: &mut Conn,
    (order, round): (OrderId, i64),
    sale: &Sale,
    settings: &ShopSettings,
    now: NaiveDateTime,
) -> Result<InvoiceId> {
    let taken = take_number(conn, Kind::Invoice, settings, now)?;
    let document = document(sale, settings, &taken, now)?;
    let filing = Filing { taken, order, round, corrects: None, issued_at: now };
    queries::insert(conn, &filing, &document)
}

/// The next number of this kind, in the year that the shop's calendar shows.
pub(super) fn take_number(
    conn: &mut Conn,
    kind: Kind,
    settings: &ShopSettings,
    now: NaiveDateTime,
) -> Result<Taken> {
    let year = i64::from(local_date(settings, now).year());
    queries::take_number(conn, kind, year, kind.prefix(&settings.invoicing).as_str())
}

fn document(
    sale: &Sale,
    settings: &ShopSettings,
    taken: &Taken,
    now: NaiveDateTime,
) -> Result<Document> {
    let order = &sale.order;
    let bill: Bill = serde_json::from_str(&order.bill)
        .map_err(|error| Error::internal(format!("a stored bill: {error}")))?;
    let language = Language::parse(&order.locale).unwrap_or(settings.own_language());
    let texts = texts::of(language);
    Ok(Document {
        kind: Kind::Invoice,
        number: taken.number.clone(),
        issued_on: local_date(settings, now),
        corrects: None,
        language,
        currency: Currency::from_letters(&order.currency)
            .ok_or_else(|| Error::internal("an order in no currency"))?,
        prices_include_tax: order.prices_include_tax,
        order_number: order.number.clone(),
        ordered_on: local_date(settings, order.placed_at),
        payment: order.payment_method.clone(),
        seller: seller(settings, texts),
        buyer: Party {
            email: order.email.clone(),
            phone: order.phone.clone(),
            ..party(&sale.billing, texts)
        },
        delivery: party(&sale.delivery, texts),
        rows: rows(sale, &bill, texts),
        taxes: bill.taxes,
        totals: bill.totals,
        note: order.note.clone(),
        footer: settings.invoicing.footer.get(language, settings.own_language()).to_owned(),
    })
}

fn seller(settings: &ShopSettings, texts: &Texts) -> Party {
    let own = &settings.invoicing;
    let or_else = |text: &String, other: &str| match text.is_empty() {
        true => other.to_owned(),
        false => text.clone(),
    };
    let mut address = own.seller_address.clone();
    if address.is_empty() {
        address = vec![settings.city.clone(), country_name(texts, settings.country)];
        address.retain(|line| !line.is_empty());
    }
    Party {
        name: or_else(&own.seller_name, &settings.name),
        tax_number: own.seller_tax_number.clone(),
        address,
        email: settings.email.clone(),
        ..Party::default()
    }
}

fn party(address: &Address, texts: &Texts) -> Party {
    let nameless = Address { name: String::new(), company: String::new(), ..address.clone() };
    let mut lines = nameless.lines();
    lines.extend(Country::parse(&address.country).map(|country| country_name(texts, country)));
    Party {
        name: address.name.clone(),
        company: address.company.clone(),
        tax_number: address.tax_number.clone(),
        address: lines,
        ..Party::default()
    }
}

fn country_name(texts: &Texts, country: Country) -> String {
    texts.get(&format!("country-{}", country.code())).to_owned()
}

fn rows(sale: &Sale, bill: &Bill, texts: &Texts) -> Vec<Row> {
    let lines = sale.lines.iter().zip(&bill.lines).enumerate();
    let lines = lines.map(|(position, (sold, bill))| line(position, sold, bill, sale));
    let delivery = bill.shipping.iter().map(|bill| delivery(sale, bill));
    let fees = bill.fees.iter().enumerate().map(|(position, bill)| {
        let quoted = if sale.order.prices_include_tax { bill.gross } else { bill.net };
        fee(position, texts.get("totals-fees"), quoted, bill)
    });
    lines.chain(delivery).chain(fees).collect()
}

fn line(position: usize, sold: &SoldLine, bill: &BillLine, sale: &Sale) -> Row {
    Row {
        key: RowKey::Line(position),
        name: sold.name.clone(),
        options: sold.options.clone(),
        sku: sold.sku.clone(),
        quantity: sold.quantity,
        unit: sold.unit_amount,
        list: bill.list,
        discounts: discounts(&bill.discounts, sale),
        net: bill.net,
        tax: bill.tax,
        gross: bill.gross,
        taxes: bill.taxes.clone(),
    }
}

fn delivery(sale: &Sale, bill: &BillShipping) -> Row {
    Row {
        key: RowKey::Delivery,
        name: sale.order.delivery_name.clone(),
        options: String::new(),
        sku: String::new(),
        quantity: 1,
        unit: bill.list,
        list: bill.list,
        discounts: discounts(&bill.discounts, sale),
        net: bill.net,
        tax: bill.tax,
        gross: bill.gross,
        taxes: bill.taxes.clone(),
    }
}

fn fee(position: usize, name: &str, quoted: i64, bill: &BillFee) -> Row {
    Row {
        key: RowKey::Fee(position),
        name: name.to_owned(),
        options: String::new(),
        sku: String::new(),
        quantity: 1,
        unit: quoted,
        list: quoted,
        discounts: Vec::new(),
        net: bill.net,
        tax: bill.tax,
        gross: bill.gross,
        taxes: bill.taxes.clone(),
    }
}

fn discounts(bill: &[Discount], sale: &Sale) -> Vec<RowDiscount> {
    let name = |promotion: &str| {
        let known = sale.discounts.iter().find(|known| known.promotion_slug == promotion);
        known.map_or_else(|| promotion.to_owned(), discount_name)
    };
    let named = bill.iter();
    named.map(|row| RowDiscount { name: name(&row.promotion), amount: row.amount }).collect()
}

fn discount_name(known: &SoldDiscount) -> String {
    match known.code.is_empty() {
        true => known.name.clone(),
        false => format!("{} ({})", known.name, known.code),
    }
}
