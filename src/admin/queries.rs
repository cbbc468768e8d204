//! What waits to be done, over all rooms.

use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::schema::{job, mail, order_return, orders, product_text, refund};
use crate::error::Result;
use crate::ids::ProductId;
use crate::mail::MailState;
use crate::orders::{FulfilmentStatus, OrderStatus, Payment, PaymentStatus};

/// How many things wait for somebody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waiting {
    pub to_pack: i64,
    pub to_be_paid: i64,
    pub returns: i64,
    /// Refunds that have to be sent by hand.
    pub refunds: i64,
    pub failed_mails: i64,
    pub failed_jobs: i64,
}

pub(super) fn waiting(conn: &mut Conn) -> Result<Waiting> {
    let returns =
        order_return::table.filter(order_return::status.eq_any(["requested", "approved"]));
    let refunds = refund::table.filter(refund::status.eq("by_hand"));
    let mails = mail::table.filter(mail::status.eq(MailState::Failed.code()));
    let jobs = job::table.filter(job::failed_at.is_not_null());
    Ok(Waiting {
        returns: returns.count().get_result(conn)?,
        refunds: refunds.count().get_result(conn)?,
        failed_mails: mails.count().get_result(conn)?,
        failed_jobs: jobs.count().get_result(conn)?,
        ..waiting_orders(conn)?
    })
}

/// Of those that are neither done nor cancelled: however many were ever placed, these are few.
fn waiting_orders(conn: &mut Conn) -> Result<Waiting> {
    let kind = (orders::fulfilment_status, orders::payment_status, orders::payment_method);
    let open: Vec<(String, String, String, i64)> = orders::table
        .filter(orders::status.eq(OrderStatus::Placed.code()))
        .group_by(kind)
        .select((
            orders::fulfilment_status,
            orders::payment_status,
            orders::payment_method,
            count_star(),
        ))
        .load(conn)?;
    let mut waiting = Waiting::default();
    for (fulfilment, payment, method, count) in open {
        let is_unpaid = matches!(
            PaymentStatus::parse(&payment),
            Some(PaymentStatus::Unpaid | PaymentStatus::PartPaid)
        );
        let is_to_be_sent = matches!(
            FulfilmentStatus::parse(&fulfilment),
            Some(FulfilmentStatus::Unfulfilled | FulfilmentStatus::PartShipped)
        );
        // The courier takes the money: nobody waits for it before.
        let is_paid_at_the_door = Payment::parse(&method) == Some(Payment::CashOnDelivery);
        match is_unpaid && !is_paid_at_the_door {
            true => waiting.to_be_paid += count,
            false if is_to_be_sent => waiting.to_pack += count,
            false => {}
        }
    }
    Ok(waiting)
}

/// What a product is called, in the first of these languages that has a name; `None` when there is no
/// such product.
pub(super) fn product_name(
    conn: &mut Conn,
    id: ProductId,
    languages: [&str; 2],
) -> Result<Option<String>> {
    let texts = product_text::table.filter(product_text::product_id.eq(id));
    let names: Vec<(String, String)> =
        texts.select((product_text::locale, product_text::name)).load(conn)?;
    let own = languages.iter().find_map(|it| names.iter().find(|(locale, _)| locale == it));
    Ok(own.or(names.first()).map(|(_, name)| name.clone()))
}
