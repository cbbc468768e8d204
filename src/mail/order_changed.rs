//! To the shopper: the shop has changed her order. What is in it now, where it goes, and what of the
//! money is still to come or goes back.

use askama::Template;
use serde_json::Value;

use super::letter::{Body, Letter};
use super::news::{News, Story};
use crate::db::Conn;
use crate::error::Result;
use crate::orders::{Payment, Told};
use crate::web::Shell;

#[derive(Template)]
#[template(path = "mail/order_changed.html")]
struct OrderChanged<'a> {
    shell: &'a Shell,
    order: &'a Told,
    subject: &'a str,
    reason: &'a str,
    money: &'a str,
    pays_now: bool,
}

#[derive(Template)]
#[template(path = "mail/order_changed.txt")]
struct OrderChangedText<'a> {
    shell: &'a Shell,
    order: &'a Told,
    reason: &'a str,
    money: &'a str,
}

pub(super) fn write(_: &mut Conn, news: News<'_>) -> Result<Vec<Letter>> {
    let data: Value = news.event.read()?;
    let story = news.for_shopper()?;
    if story.order.state.is_cancelled {
        return Ok(Vec::new());
    }
    let (shell, order) = (&story.shell, &story.order);
    let reason = data["reason"].as_str().unwrap_or_default();
    let money = &money(&story, data["due"].as_i64().unwrap_or_default());
    let pays_now = order.state.owes && order.payment != Payment::CashOnDelivery;
    let subject = &story.numbered("mail-order-changed-subject");
    let html = OrderChanged { shell, order, subject, reason, money, pays_now };
    let text = OrderChangedText { shell, order, reason, money };
    let body = Body::render(subject, &html, &text)?;
    Ok(story.letter("order_changed", body))
}

/// What it asks for is what is due when she reads it; what goes back is what the change said.
fn money(story: &Story, due: i64) -> String {
    let (shell, order) = (&story.shell, &story.order);
    match order.payment {
        _ if due < 0 => shell.with("mail-order-changed-back", "amount", story.money(-due)),
        _ if due == 0 || !order.state.owes => String::new(),
        Payment::CashOnDelivery => shell.with("mail-order-changed-door", "amount", &order.due),
        _ => shell.with("mail-order-changed-due", "amount", &order.due),
    }
}
