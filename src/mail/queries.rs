//! All SQL of the room.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::letter::Letter;
use super::model::{Mail, MailState, Name};
use crate::db::schema::{
    invoice, mail, message, message_entry, orders, payment, product, product_text, refund, variant,
};
use crate::db::{Conn, any_of};
use crate::error::Result;
use crate::ids::{MailId, MessageEntryId, MessageId, OrderId, RefundId, VariantId};
use crate::language::Language;

/// An error is cut to so many letters.
const LONGEST_ERROR: usize = 500;

/// Writes a mail, with the address where such mails are ended; `None` when this event has sent it to
/// this recipient already.
pub(super) fn insert(
    conn: &mut Conn,
    event: &str,
    letter: &Letter,
    (message_id, unsubscribe): (&str, &str),
    now: NaiveDateTime,
) -> Result<Option<MailId>> {
    let known = mail::table
        .filter(mail::event.eq(event))
        .filter(mail::template.eq(letter.template))
        .filter(mail::recipient.eq(&letter.recipient));
    if diesel::select(diesel::dsl::exists(known)).get_result(conn)? {
        return Ok(None);
    }
    let id = diesel::insert_into(mail::table)
        .values((
            mail::event.eq(event),
            mail::template.eq(letter.template),
            mail::recipient.eq(&letter.recipient),
            mail::order_id.eq(letter.order),
            mail::locale.eq(letter.language.code()),
            mail::sender.eq(""),
            mail::reply_to.eq(&letter.reply_to),
            mail::message_id.eq(message_id),
            mail::subject.eq(&letter.body.subject),
            mail::text.eq(&letter.body.text),
            mail::html.eq(&letter.body.html),
            mail::status.eq(MailState::Waiting.code()),
            mail::created_at.eq(now),
            mail::attempts.eq(0),
            mail::last_error.eq(""),
            mail::unsubscribe.eq(unsubscribe),
        ))
        .returning(mail::id)
        .get_result(conn)?;
    Ok(Some(id))
}

/// Writes a stored mail once more, word for word, as one of another event.
pub(super) fn copy(
    conn: &mut Conn,
    original: &Mail,
    event: &str,
    message_id: &str,
    now: NaiveDateTime,
) -> Result<MailId> {
    let order: Option<OrderId> =
        mail::table.find(original.id).select(mail::order_id).first(conn)?;
    let id = diesel::insert_into(mail::table)
        .values((
            mail::event.eq(event),
            mail::template.eq(&original.template),
            mail::recipient.eq(&original.recipient),
            mail::order_id.eq(order),
            mail::locale.eq(&original.locale),
            mail::sender.eq(""),
            mail::reply_to.eq(&original.reply_to),
            mail::message_id.eq(message_id),
            mail::subject.eq(&original.subject),
            mail::text.eq(&original.text),
            mail::html.eq(&original.html),
            mail::status.eq(MailState::Waiting.code()),
            mail::created_at.eq(now),
            mail::attempts.eq(0),
            mail::last_error.eq(""),
            mail::unsubscribe.eq(&original.unsubscribe),
        ))
        .returning(mail::id)
        .get_result(conn)?;
    Ok(id)
}

pub fn find(conn: &mut Conn, id: MailId) -> Result<Option<Mail>> {
    Ok(mail::table.find(id).select(Mail::as_select()).first(conn).optional()?)
}

/// The latest mails, or the latest that stand so.
pub fn list(conn: &mut Conn, state: Option<MailState>, most: i64) -> Result<Vec<Mail>> {
    let latest = mail::table.order(mail::id.desc()).limit(most).select(Mail::as_select());
    Ok(match state {
        Some(state) => latest.filter(mail::status.eq(state.code())).load(conn)?,
        None => latest.load(conn)?,
    })
}

/// How many mails of an order are shown at most: far more than any order has.
const MOST_OF_ORDER: i64 = 200;

/// An order's mails, the oldest first.
pub fn of_order(conn: &mut Conn, order: OrderId) -> Result<Vec<Mail>> {
    Ok(mail::table
        .filter(mail::order_id.eq(order))
        .order(mail::id)
        .limit(MOST_OF_ORDER)
        .select(Mail::as_select())
        .load(conn)?)
}

/// A mail that has gone: to a server, or into a file.
pub(super) struct Gone {
    pub state: MailState,
    pub sender: String,
    /// What is kept of it.
    pub text: String,
    pub html: String,
    pub at: NaiveDateTime,
}

/// Nothing comes back of a mail whose reader was forgotten while it went.
pub(super) fn mark_gone(conn: &mut Conn, id: MailId, gone: &Gone) -> Result<()> {
    diesel::update(mail::table.find(id).filter(mail::html.ne("")))
        .set((
            mail::status.eq(gone.state.code()),
            mail::sender.eq(&gone.sender),
            mail::text.eq(&gone.text),
            mail::html.eq(&gone.html),
            mail::sent_at.eq(gone.at),
            mail::attempts.eq(mail::attempts + 1),
            mail::last_error.eq(""),
        ))
        .execute(conn)?;
    Ok(())
}

/// A try has failed; the mail waits for the next.
pub(super) fn mark_tried(conn: &mut Conn, id: MailId, error: &str) -> Result<()> {
    let error: String = error.chars().take(LONGEST_ERROR).collect();
    diesel::update(mail::table.find(id))
        .set((
            mail::status.eq(MailState::Waiting.code()),
            mail::attempts.eq(mail::attempts + 1),
            mail::last_error.eq(error),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn mark_failed(conn: &mut Conn, id: MailId) -> Result<()> {
    diesel::update(mail::table.find(id))
        .set(mail::status.eq(MailState::Failed.code()))
        .execute(conn)?;
    Ok(())
}

/// How and until when an order is paid.
#[derive(Queryable)]
pub(super) struct Deadline {
    pub placed_at: NaiveDateTime,
    pub pay_until: Option<NaiveDateTime>,
    pub payment_method: String,
}

pub(super) fn deadline(conn: &mut Conn, order: OrderId) -> Result<Deadline> {
    let of = (orders::placed_at, orders::pay_until, orders::payment_method);
    Ok(orders::table.find(order).select(of).first(conn)?)
}

/// What a mail says of a refund.
#[derive(Queryable)]
pub(super) struct Refund {
    pub amount: i64,
    pub kind: String,
    pub reason: String,
    pub actor: String,
    /// By which it goes back.
    pub gateway: String,
    /// Its number.
    pub credit_note: Option<String>,
}

pub(super) fn refund(conn: &mut Conn, id: RefundId) -> Result<Refund> {
    Ok(refund::table
        .inner_join(payment::table)
        .left_join(invoice::table)
        .filter(refund::id.eq(id))
        .select((
            refund::amount,
            refund::kind,
            refund::reason,
            refund::actor,
            payment::gateway,
            invoice::number.nullable(),
        ))
        .first(conn)?)
}

/// Mails from before this instant that wait for nothing, the oldest first, at most `most`.
pub(super) fn old(conn: &mut Conn, before: NaiveDateTime, most: i64) -> Result<Vec<Name>> {
    Ok(mail::table
        .filter(mail::created_at.lt(before))
        .filter(mail::status.ne(MailState::Waiting.code()))
        .order(mail::created_at)
        .limit(most)
        .select(Name::as_select())
        .load(conn)?)
}

/// What names the files of these mails.
pub(super) fn names(conn: &mut Conn, ids: &[MailId]) -> Result<Vec<Name>> {
    Ok(mail::table.filter(any_of(mail::id, ids)).select(Name::as_select()).load(conn)?)
}

pub(super) fn forget(conn: &mut Conn, ids: &[MailId]) -> Result<()> {
    diesel::delete(mail::table.filter(any_of(mail::id, ids))).execute(conn)?;
    Ok(())
}

/// What somebody wrote to the shop.
#[derive(Queryable, Selectable)]
#[diesel(table_name = message)]
pub(super) struct Message {
    pub topic: String,
    pub name: String,
    pub email: String,
    /// Of an order; empty for none.
    pub order_number: String,
    pub body: String,
    pub locale: String,
    pub written_at: NaiveDateTime,
}

impl Message {
    /// By her name, or by her address if she gave none.
    pub fn writer(&self) -> &str {
        if self.name.is_empty() { &self.email } else { &self.name }
    }
}

pub(super) fn message(conn: &mut Conn, id: MessageId) -> Result<Option<Message>> {
    Ok(message::table.find(id).select(Message::as_select()).first(conn).optional()?)
}

/// What somebody was answered, and what she had written.
pub(super) fn answer(conn: &mut Conn, id: MessageEntryId) -> Result<Option<(String, Message)>> {
    Ok(message_entry::table
        .inner_join(message::table)
        .filter(message_entry::id.eq(id))
        .select((message_entry::body, Message::as_select()))
        .first(conn)
        .optional()?)
}

/// Something that runs low.
pub(super) struct LowItem {
    pub sku: String,
    /// Its product's page, without the language.
    pub path: String,
    pub name: String,
    /// Below zero on backorder.
    pub left: i64,
}

/// What runs low, in words; `low` is what can be had of each.
pub(super) fn low_items(
    conn: &mut Conn,
    low: &[(VariantId, i64)],
    language: Language,
) -> Result<Vec<LowItem>> {
    let ids: Vec<VariantId> = low.iter().map(|(id, _)| *id).collect();
    let rows: Vec<(VariantId, String, String, Option<String>)> = variant::table
        .inner_join(product::table)
        .left_join(product_text::table.on(
            product_text::product_id.eq(product::id).and(product_text::locale.eq(language.code())),
        ))
        .filter(any_of(variant::id, &ids))
        .order(variant::sku)
        .select((variant::id, variant::sku, product::slug, product_text::name.nullable()))
        .load(conn)?;
    let item = |(id, sku, slug, name): (VariantId, String, String, Option<String>)| {
        let (_, left) = low.iter().find(|(known, _)| *known == id)?;
        let name = name.unwrap_or_else(|| slug.clone());
        Some(LowItem { sku, path: format!("/products/{slug}"), name, left: *left })
    };
    Ok(rows.into_iter().filter_map(item).collect())
}
