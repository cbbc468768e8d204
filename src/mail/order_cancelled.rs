//! To the shopper: nothing will be sent, why, and what becomes of her money.

use askama::Template;
use serde::Deserialize;

use super::letter::{Body, Letter};
use super::news::{Due, News};
use crate::db::Conn;
use crate::error::Result;
use crate::orders::{Payment, PaymentStatus, Told};
use crate::stock::Actor;
use crate::web::Shell;

#[derive(Template)]
#[template(path = "mail/order_cancelled.html")]
struct OrderCancelled<'a> {
    shell: &'a Shell,
    order: &'a Told,
    subject: &'a str,
    why: &'a str,
    /// Of who has cancelled it; empty for none.
    reason: &'a str,
    money: &'a str,
}

#[derive(Template)]
#[template(path = "mail/order_cancelled.txt")]
struct OrderCancelledText<'a> {
    shell: &'a Shell,
    order: &'a Told,
    why: &'a str,
    /// Of who has cancelled it; empty for none.
    reason: &'a str,
    money: &'a str,
}

/// What the event says.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Data {
    overdue: bool,
    reason: String,
}

pub(super) fn write(_: &mut Conn, news: News<'_>) -> Result<Vec<Letter>> {
    let data = news.event.read::<Data>()?;
    let by_shopper = news.event.actor == Actor::shopper().as_str();
    let paid = PaymentStatus::parse(&news.receipt.order.payment_status);
    let due = Due::of(&news.receipt);
    let story = news.for_shopper()?;
    let (shell, order) = (&story.shell, &story.order);
    let why = shell.t(if data.overdue { "mail-cancelled-overdue" } else { "mail-cancelled" });
    let amount = story.money(due.amount);
    let money = &match (paid, order.payment) {
        _ if due.by_hand > 0 => shell.with("mail-cancelled-by-hand", "amount", amount),
        _ if due.amount > 0 => shell.with("mail-cancelled-as-paid", "amount", amount),
        (Some(PaymentStatus::Refunded), _) => shell.t("mail-cancelled-paid-back").to_owned(),
        (_, Payment::CashOnDelivery | Payment::Free) => {
            shell.t("mail-cancelled-nothing-to-pay").to_owned()
        }
        _ if data.overdue => shell.t("mail-cancelled-on-its-way").to_owned(),
        _ => shell.t("mail-cancelled-when-it-comes").to_owned(),
    };
    // Her own words she knows.
    let reason = if by_shopper { "" } else { &*data.reason };
    let subject = &story.numbered("mail-order-cancelled-subject");
    let html = OrderCancelled { shell, order, subject, why, reason, money };
    let text = OrderCancelledText { shell, order, why, reason, money };
    let body = Body::render(subject, &html, &text)?;
    Ok(story.letter("order_cancelled", body))
}
