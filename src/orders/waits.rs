//! What of an order waits for somebody of the shop.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::lists::Found;
use super::model::Payment;
use super::status::{FulfilmentStatus as F, PaymentStatus as P};
use super::stops::stopped;
use crate::db::schema::{
    mail, order_return, orders, payment, payment_dispute, payment_proof, refund,
};
use crate::db::{Conn, any_of, within};
use crate::error::Result;
use crate::ids::OrderId;

/// Of each kind of trouble so many are looked at.
const MOST_TROUBLE: i64 = 1_000;

/// Something that somebody should see to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// Goods that nothing keeps from being packed.
    Packing,
    /// Money that somebody will see arrive.
    Money,
    /// A picture of a transfer that nobody has confirmed.
    Proof,
    /// A return that is asked for, or on its way.
    Return,
    /// Money to be sent back by hand.
    Refund,
    /// An order that staff keep back.
    Stopped,
    /// News of a payment that were not believed, a bank that wants money back, a refund that failed.
    Trouble,
    /// A mail that could not be sent.
    Mail,
}

impl Waits {
    pub const ALL: [Self; 8] = [
        Self::Packing,
        Self::Money,
        Self::Proof,
        Self::Return,
        Self::Refund,
        Self::Stopped,
        Self::Trouble,
        Self::Mail,
    ];

    /// Its name in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Packing => "packing",
            Self::Money => "money",
            Self::Proof => "proof",
            Self::Return => "return",
            Self::Refund => "refund",
            Self::Stopped => "stopped",
            Self::Trouble => "trouble",
            Self::Mail => "mail",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|waits| waits.code() == code)
    }

    /// Statuses are written out: PostgreSQL plans a statement once for whatever its arguments are, and what waits
    /// is few where most has been seen to.
    pub(super) fn narrow<'a>(self, conn: &mut Conn, found: Found<'a>) -> Result<Found<'a>> {
        Ok(match self {
            Self::Packing => to_pack(found),
            Self::Money => unpaid(found),
            Self::Proof => unpaid(found)
                .filter(within(orders::id, payment_proof::table.select(payment_proof::order_id))),
            Self::Return => {
                let open = sql::<Bool>("order_return.status IN ('requested', 'approved')");
                let returns = order_return::table.filter(open);
                found.filter(within(orders::id, returns.select(order_return::order_id)))
            }
            Self::Refund => {
                let by_hand = refund::table.filter(sql::<Bool>("refund.status = 'by_hand'"));
                found.filter(within(orders::id, by_hand.select(refund::order_id)))
            }
            Self::Stopped => stopped(found),
            Self::Trouble => found.filter(any_of(orders::id, &in_trouble(conn)?)),
            Self::Mail => {
                let failed = mail::table.filter(sql::<Bool>("mail.status = 'failed'"));
                let of_orders = failed.filter(mail::order_id.is_not_null());
                found.filter(within(orders::id, of_orders.select(mail::order_id.assume_not_null())))
            }
        })
    }
}

/// Paid, or paid at the door: the courier takes the money, and nobody waits for it before.
fn to_pack(found: Found<'_>) -> Found<'_> {
    let to_send = [F::Unfulfilled.code(), F::PartShipped.code()];
    let is_paid = orders::payment_status.ne_all([P::Unpaid.code(), P::PartPaid.code()]);
    let at_the_door = orders::payment_method.eq(Payment::CashOnDelivery.code());
    open(found)
        .filter(orders::fulfilment_status.eq_any(to_send))
        .filter(is_paid.or(at_the_door))
        .filter(orders::stop_reason.eq(""))
}

fn unpaid(found: Found<'_>) -> Found<'_> {
    open(found)
        .filter(orders::payment_status.eq_any([P::Unpaid.code(), P::PartPaid.code()]))
        .filter(orders::payment_method.ne(Payment::CashOnDelivery.code()))
}

/// Written out as the index `orders_open` has it, which is not found by an argument.
fn open(found: Found<'_>) -> Found<'_> {
    found.filter(sql::<Bool>("orders.status = 'placed'"))
}

/// Looked up first: asked as one question, three lists are found by going through all orders.
fn in_trouble(conn: &mut Conn) -> Result<Vec<OrderId>> {
    // Not `<> ''`: no index finds rows by what they are not.
    let doubted = payment::table.filter(payment::trouble.gt("")).select(payment::order_id);
    let mut ids: Vec<OrderId> = doubted.limit(MOST_TROUBLE).load(conn)?;
    let disputed = payment_dispute::table
        .inner_join(payment::table)
        .filter(payment_dispute::status.eq("open"))
        .select(payment::order_id);
    ids.extend(disputed.limit(MOST_TROUBLE).load::<OrderId>(conn)?);
    let failed = refund::table.filter(refund::status.eq("failed")).select(refund::order_id);
    ids.extend(failed.limit(MOST_TROUBLE).load::<OrderId>(conn)?);
    Ok(ids)
}
