//! To the shopper: so much has gone back, by which way and for what.

use askama::Template;
use serde::Deserialize;

use super::letter::{Body, Letter};
use super::news::News;
use super::queries;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::RefundId;
use crate::orders::{PaperView, Payment, Told};
use crate::payments::RefundKind;
use crate::stock::Actor;
use crate::web::Shell;

#[derive(Template)]
#[template(path = "mail/order_refunded.html")]
struct OrderRefunded<'a> {
    shell: &'a Shell,
    order: &'a Told,
    subject: &'a str,
    amount: &'a str,
    way: &'a str,
    reason: &'a str,
    credit_note: Option<&'a PaperView>,
}

#[derive(Template)]
#[template(path = "mail/order_refunded.txt")]
struct OrderRefundedText<'a> {
    shell: &'a Shell,
    order: &'a Told,
    amount: &'a str,
    way: &'a str,
    reason: &'a str,
    credit_note: Option<&'a PaperView>,
}

#[derive(Deserialize)]
struct Data {
    refund: RefundId,
}

pub(super) fn write(conn: &mut Conn, news: News<'_>) -> Result<Vec<Letter>> {
    let refund = queries::refund(conn, news.event.read::<Data>()?.refund)?;
    let story = news.for_shopper()?;
    let (shell, order) = (&story.shell, &story.order);
    let amount = &story.money(refund.amount);
    let by_hand = Payment::parse(&refund.gateway).is_some_and(Payment::is_by_hand);
    let way = shell.t(if by_hand { "mail-refunded-by-us" } else { "mail-refunded-as-paid" });
    let reason = match &*refund.kind {
        kind if kind == RefundKind::Surplus.code() => shell.t("mail-refunded-surplus"),
        // The shop's own reasons are in its own words.
        _ if refund.actor == Actor::shop().as_str() => "",
        _ => &refund.reason,
    };
    let number = refund.credit_note.as_deref();
    let credit_note = order.papers.iter().find(|paper| Some(&*paper.number) == number);
    let subject = &story.numbered("mail-order-refunded-subject");
    let html = OrderRefunded { shell, order, subject, amount, way, reason, credit_note };
    let text = OrderRefundedText { shell, order, amount, way, reason, credit_note };
    let body = Body::render(subject, &html, &text)?;
    Ok(story.letter("order_refunded", body))
}
