//! All SQL of the room.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use super::book::{Back, MoneyBack, Sent, parcels_of, proofs_of, refunds_of, returns_of};
use super::model::{Address, AddressKind, Handover, OrderNumber, Payment};
use super::rows::{NewAddress, NewLine, NewOrder, NewTax, Order, OrderLine, Paper, Try};
use super::status::{FulfilmentStatus, OrderStatus, PaymentStatus, Units};
use super::timeline::{By, EventKind, note};
use crate::db::Conn;
use crate::db::schema::{
    invoice, order_address, order_discount, order_line, order_tax, orders, payment,
};
use crate::error::{Error, Result};
use crate::ids::CustomerId;
use crate::ids::OrderId;
use crate::ids::OrderToken;
use crate::pricing::Lane;
use crate::promotions::{CustomerKey, Given};

/// Writes an order with all that belongs to it, inside the caller's transaction.
///
/// # Errors
/// A duplicate (`Error::is_duplicate`) when the number is taken or the cart has an order already.
pub fn insert(
    conn: &mut Conn,
    order: &NewOrder,
    lines: &[NewLine],
    taxes: &[NewTax],
    addresses: &[NewAddress],
) -> Result<OrderId> {
    let units: Vec<Units> = lines.iter().filter(|line| line.requires_shipping).map(new).collect();
    let id: OrderId = diesel::insert_into(orders::table)
        .values((
            order,
            orders::email_key.eq(CustomerKey::of(&order.email).as_str()),
            orders::country.eq(country(addresses)),
            orders::status.eq(first_status(order).code()),
            orders::payment_status.eq(PaymentStatus::of(order.total_amount, 0, 0).code()),
            orders::fulfilment_status.eq(FulfilmentStatus::of(&units).code()),
        ))
        .returning(orders::id)
        .get_result(conn)?;
    insert_rows(conn, id, lines, taxes)?;
    for NewAddress { kind, address } in addresses {
        insert_address(conn, id, *kind, address)?;
    }
    let waits = json!({ "waits": first_status(order) == OrderStatus::Pending });
    note(conn, id, EventKind::Placed, &By::shop(order.placed_at), &waits)?;
    Ok(id)
}

pub(super) fn insert_rows(
    conn: &mut Conn,
    id: OrderId,
    lines: &[NewLine],
    taxes: &[NewTax],
) -> Result<()> {
    for line in lines {
        diesel::insert_into(order_line::table)
            .values((order_line::order_id.eq(id), line))
            .execute(conn)?;
    }
    for tax in taxes {
        diesel::insert_into(order_tax::table)
            .values((order_tax::order_id.eq(id), tax))
            .execute(conn)?;
    }
    Ok(())
}

/// Where an order goes, or where it is paid from if nothing is brought.
fn country(addresses: &[NewAddress]) -> &str {
    let of =
        |kind| addresses.iter().find(move |it| it.kind == kind && !it.address.country.is_empty());
    let found = of(AddressKind::Delivery).or_else(|| of(AddressKind::Billing));
    found.map_or("", |found| &found.address.country)
}

/// Says whose order it is, inside the transaction that writes it.
pub fn give_to(conn: &mut Conn, id: OrderId, customer: CustomerId) -> Result<()> {
    diesel::update(orders::table.find(id)).set(orders::customer_id.eq(customer)).execute(conn)?;
    Ok(())
}

/// Gives a customer the orders that guests have placed with her address, which is proven to be hers;
/// how many there were. An order that is somebody's stays hers, whatever its address.
pub fn adopt(conn: &mut Conn, customer: CustomerId, email: &CustomerKey) -> Result<usize> {
    let nobodys = orders::table
        .filter(orders::email_key.eq(email.as_str()))
        .filter(orders::customer_id.is_null());
    Ok(diesel::update(nobodys).set(orders::customer_id.eq(customer)).execute(conn)?)
}

/// The order with this number, if it was placed with this address. One question, whichever of the
/// two is wrong.
pub fn find_by_number(
    conn: &mut Conn,
    number: &OrderNumber,
    email: &CustomerKey,
) -> Result<Option<OrderId>> {
    Ok(orders::table
        .filter(orders::number.eq(number.as_str()))
        .filter(orders::email_key.eq(email.as_str()))
        .select(orders::id)
        .first(conn)
        .optional()?)
}

/// An order is packed at once, unless a gateway has yet to say that it is paid.
fn first_status(order: &NewOrder) -> OrderStatus {
    match Payment::parse(order.payment_method) {
        Some(payment) if !payment.is_by_hand() => OrderStatus::Pending,
        _ => OrderStatus::Placed,
    }
}

fn new(line: &NewLine) -> Units {
    Units { ordered: line.quantity, shipped: 0, returned: 0 }
}

pub(super) fn insert_address(
    conn: &mut Conn,
    order: OrderId,
    kind: AddressKind,
    address: &Address,
) -> Result<()> {
    diesel::insert_into(order_address::table)
        .values((
            order_address::order_id.eq(order),
            order_address::kind.eq(kind.code()),
            order_address::name.eq(&address.name),
            order_address::company.eq(&address.company),
            order_address::tax_number.eq(&address.tax_number),
            order_address::line1.eq(&address.line1),
            order_address::line2.eq(&address.line2),
            order_address::district.eq(&address.district),
            order_address::city.eq(&address.city),
            order_address::region.eq(&address.region),
            order_address::postcode.eq(&address.postcode),
            order_address::country.eq(&address.country),
        ))
        .execute(conn)?;
    Ok(())
}

/// Writes down what promotions gave an order, inside the caller's transaction.
pub fn insert_discounts(conn: &mut Conn, order: OrderId, given: &[Given]) -> Result<()> {
    for (given, position) in given.iter().zip(0..) {
        diesel::insert_into(order_discount::table)
            .values((
                order_discount::order_id.eq(order),
                order_discount::position.eq::<i64>(position),
                order_discount::promotion_slug.eq(&given.slug),
                order_discount::name.eq(&given.name),
                order_discount::code.eq(&given.code),
                order_discount::lane.eq(given.lane.code()),
                order_discount::amount.eq(given.amount),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// What promotions gave an order, by name.
pub fn load_discounts(conn: &mut Conn, order: OrderId) -> Result<Vec<Given>> {
    let rows: Vec<(String, String, String, String, i64)> = order_discount::table
        .filter(order_discount::order_id.eq(order))
        .order(order_discount::position)
        .select((
            order_discount::promotion_slug,
            order_discount::name,
            order_discount::code,
            order_discount::lane,
            order_discount::amount,
        ))
        .load(conn)?;
    let given = rows.into_iter().map(|(slug, name, code, lane, amount)| {
        let lane = Lane::parse(&lane).ok_or_else(|| Error::internal("an unknown lane"))?;
        Ok(Given { slug, name, code, lane, amount })
    });
    given.collect()
}

/// An order with its lines and both addresses.
pub struct Receipt {
    pub order: Order,
    pub lines: Vec<OrderLine>,
    pub given: Vec<Given>,
    pub delivery: Address,
    pub billing: Address,
    /// Its invoices and the credit notes that correct them, the first one first.
    pub papers: Vec<Paper>,
    /// The oldest first.
    pub tries: Vec<Try>,
    pub parcels: Vec<Sent>,
    pub returns: Vec<Back>,
    /// The oldest first.
    pub refunds: Vec<MoneyBack>,
    /// When she has shown by a picture that she has paid, the first time first.
    pub proofs: Vec<NaiveDateTime>,
}

/// How many papers of an order its page links to at most.
const PAPERS_LIMIT: i64 = 100;

/// The order that this address opens.
pub fn find_receipt(conn: &mut Conn, token: &OrderToken) -> Result<Option<Receipt>> {
    let order = orders::table.filter(orders::token.eq(token.as_str()));
    let order = order.select(Order::as_select()).first(conn).optional()?;
    order.map(|order| receipt(conn, order)).transpose()
}

/// The row and the number of the order that this address opens.
pub fn named(conn: &mut Conn, token: &OrderToken) -> Result<(OrderId, String)> {
    let order = orders::table.filter(orders::token.eq(token.as_str()));
    Ok(order.select((orders::id, orders::number)).first(conn)?)
}

/// What was received for an order and is not on its way back, in minor units.
pub fn kept(conn: &mut Conn, id: OrderId) -> Result<i64> {
    let kept: Vec<i64> = payment::table
        .filter(payment::order_id.eq(id))
        .select(payment::captured_amount - payment::refunded_amount)
        .load(conn)?;
    Ok(kept.into_iter().sum())
}

/// Whether no real money moves for an order, by the last way in which it was to be paid.
pub fn is_test(conn: &mut Conn, id: OrderId) -> Result<bool> {
    let live: Option<bool> = payment::table
        .filter(payment::order_id.eq(id))
        .order(payment::id.desc())
        .select(payment::live)
        .first(conn)
        .optional()?;
    Ok(live == Some(false))
}

/// How an order's goods come to the shopper.
///
/// # Errors
/// `Internal` when this version does not know it.
pub fn find_handover(conn: &mut Conn, id: OrderId) -> Result<Handover> {
    let code: String = orders::table.find(id).select(orders::delivery_kind).first(conn)?;
    Handover::parse(&code).ok_or_else(|| Error::internal("an order of no known handover"))
}

pub fn find_receipt_of(conn: &mut Conn, id: OrderId) -> Result<Option<Receipt>> {
    let order = orders::table.find(id).select(Order::as_select()).first(conn).optional()?;
    order.map(|order| receipt(conn, order)).transpose()
}

fn receipt(conn: &mut Conn, order: Order) -> Result<Receipt> {
    let lines = order_line::table
        .filter(order_line::order_id.eq(order.id))
        .order(order_line::position)
        .select(OrderLine::as_select())
        .load(conn)?;
    let given = load_discounts(conn, order.id)?;
    let addresses: Vec<(String, Address)> = order_address::table
        .filter(order_address::order_id.eq(order.id))
        .select((order_address::kind, Address::as_select()))
        .load(conn)?;
    let of = |kind: AddressKind| {
        let found = addresses.iter().find(|(code, _)| code == kind.code());
        found.map(|(_, address)| address.clone()).unwrap_or_default()
    };
    let (delivery, billing) = (of(AddressKind::Delivery), of(AddressKind::Billing));
    let papers = invoice::table
        .filter(invoice::order_id.eq(order.id))
        .order(invoice::id)
        .limit(PAPERS_LIMIT)
        .select(Paper::as_select())
        .load(conn)?;
    let tries = payment::table
        .filter(payment::order_id.eq(order.id))
        .order(payment::id)
        .select(Try::as_select())
        .load(conn)?;
    Ok(Receipt {
        parcels: parcels_of(conn, order.id)?,
        returns: returns_of(conn, order.id)?,
        refunds: refunds_of(conn, order.id)?,
        proofs: proofs_of(conn, order.id)?,
        order,
        lines,
        given,
        delivery,
        billing,
        papers,
        tries,
    })
}
