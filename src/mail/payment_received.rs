//! To the shopper: so much has arrived, and what is still to come of it.

use askama::Template;
use serde::Deserialize;

use super::letter::{Body, Letter};
use super::news::News;
use crate::db::Conn;
use crate::error::Result;
use crate::orders::Told;
use crate::web::Shell;

#[derive(Template)]
#[template(path = "mail/payment_received.html")]
struct PaymentReceived<'a> {
    shell: &'a Shell,
    order: &'a Told,
    subject: &'a str,
    amount: &'a str,
}

#[derive(Template)]
#[template(path = "mail/payment_received.txt")]
struct PaymentReceivedText<'a> {
    shell: &'a Shell,
    order: &'a Told,
    amount: &'a str,
}

#[derive(Deserialize)]
struct Data {
    amount: i64,
}

pub(super) fn write(_: &mut Conn, news: News<'_>) -> Result<Vec<Letter>> {
    let amount = news.event.read::<Data>()?.amount;
    let story = news.for_shopper()?;
    // It came too late and goes back: the refund's mail says so.
    if story.order.state.is_cancelled {
        return Ok(Vec::new());
    }
    let (shell, order) = (&story.shell, &story.order);
    let amount = &story.money(amount);
    let subject = &story.numbered("mail-payment-received-subject");
    let html = PaymentReceived { shell, order, subject, amount };
    let text = PaymentReceivedText { shell, order, amount };
    let body = Body::render(subject, &html, &text)?;
    Ok(story.letter("payment_received", body))
}
