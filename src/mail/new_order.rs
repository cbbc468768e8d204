//! To the staff: somebody has ordered.

use askama::Template;
use chrono::NaiveDateTime;
use fluent_bundle::FluentValue;

use super::letter::{Body, Letter};
use crate::error::Result;
use crate::orders::{Receipt, Told};
use crate::web::{Shell, Shop};

#[derive(Template)]
#[template(path = "mail/new_order.html")]
struct NewOrder<'a> {
    shell: &'a Shell,
    order: &'a Told,
    subject: &'a str,
}

#[derive(Template)]
#[template(path = "mail/new_order.txt")]
struct NewOrderText<'a> {
    shell: &'a Shell,
    order: &'a Told,
}

/// One for each address; an answer goes to the shopper.
pub(super) fn write(shop: &Shop, receipt: Receipt, now: NaiveDateTime) -> Result<Vec<Letter>> {
    let language = shop.frame().own_language();
    let shell = Shell::of_shop(shop, language, now);
    let id = receipt.order.id;
    let order = Told::of(&shell, receipt)?;
    let arguments: [(&str, FluentValue<'_>); 2] =
        [("number", order.number.as_str().into()), ("total", order.total.as_str().into())];
    let subject = shell.texts().with("mail-new-order-subject", &arguments);
    let letter = |recipient: &&str| {
        let html = NewOrder { shell: &shell, order: &order, subject: &subject };
        let text = NewOrderText { shell: &shell, order: &order };
        Ok(Letter {
            template: "new_order",
            recipient: (*recipient).to_owned(),
            language,
            order: Some(id),
            reply_to: order.email.clone(),
            body: Body::render(&subject, &html, &text)?,
        })
    };
    shell.settings().staff().iter().map(letter).collect()
}
