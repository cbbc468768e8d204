//! To the shopper: thank you, what happens next, and everything that was ordered.

use askama::Template;
use chrono::NaiveDateTime;

use super::letter::{Body, Letter};
use crate::error::Result;
use crate::language::Language;
use crate::orders::{Payment, Receipt, Told};
use crate::web::{Shell, Shop};

#[derive(Template)]
#[template(path = "mail/order_placed.html")]
struct OrderPlaced<'a> {
    shell: &'a Shell,
    order: &'a Told,
    subject: &'a str,
}

#[derive(Template)]
#[template(path = "mail/order_placed.txt")]
struct OrderPlacedText<'a> {
    shell: &'a Shell,
    order: &'a Told,
}

pub(super) fn write(shop: &Shop, receipt: Receipt, now: NaiveDateTime) -> Result<Vec<Letter>> {
    let own = shop.frame().own_language();
    let language = Language::parse(&receipt.order.locale).unwrap_or(own);
    let shell = Shell::of_shop(shop, language, now);
    let id = receipt.order.id;
    let order = Told::of(&shell, receipt)?;
    let subject = shell.with("mail-order-placed-subject", "number", &order.number);
    let html = OrderPlaced { shell: &shell, order: &order, subject: &subject };
    let text = OrderPlacedText { shell: &shell, order: &order };
    Ok(vec![Letter {
        template: "order_placed",
        language,
        order: Some(id),
        reply_to: shell.settings().email.clone(),
        body: Body::render(&subject, &html, &text)?,
        recipient: order.email,
    }])
}
