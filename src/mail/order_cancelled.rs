//! To the shopper: nothing will be sent, why, and what becomes of her money.

use askama::Template;

use super::letter::{Body, Letter};
use super::news::News;
use crate::db::Conn;
use crate::error::Result;
use crate::orders::{Payment, PaymentStatus, Told};
use crate::web::Shell;

#[derive(Template)]
#[template(path = "mail/order_cancelled.html")]
struct OrderCancelled<'a> {
    shell: &'a Shell,
    order: &'a Told,
    subject: &'a str,
    why: &'a str,
    money: &'a str,
}

#[derive(Template)]
#[template(path = "mail/order_cancelled.txt")]
struct OrderCancelledText<'a> {
    shell: &'a Shell,
    order: &'a Told,
    why: &'a str,
    money: &'a str,
}

pub(super) fn write(_: &mut Conn, news: News<'_>) -> Result<Vec<Letter>> {
    let order = &news.receipt.order;
    let paid = PaymentStatus::parse(&order.payment_status);
    let is_overdue = order.pay_until.is_some_and(|until| until < news.event.at);
    let story = news.for_shopper()?;
    let (shell, order) = (&story.shell, &story.order);
    let (why, money) = match (paid, order.payment) {
        (Some(PaymentStatus::Refunded), _) => ("mail-cancelled", "mail-cancelled-paid-back"),
        (_, Payment::CashOnDelivery | Payment::Free) => {
            ("mail-cancelled", "mail-cancelled-nothing-to-pay")
        }
        _ if is_overdue => ("mail-cancelled-overdue", "mail-cancelled-on-its-way"),
        _ => ("mail-cancelled", "mail-cancelled-on-its-way"),
    };
    let (why, money) = (shell.t(why), shell.t(money));
    let subject = &story.numbered("mail-order-cancelled-subject");
    let html = OrderCancelled { shell, order, subject, why, money };
    let text = OrderCancelledText { shell, order, why, money };
    let body = Body::render(subject, &html, &text)?;
    Ok(story.letter("order_cancelled", body))
}
