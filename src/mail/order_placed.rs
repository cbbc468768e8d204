//! To the shopper: thank you, what happens next, and everything that was ordered. Who pays on a
//! page is thanked when she has paid.

use askama::Template;

use super::letter::{Body, Letter};
use super::news::News;
use crate::db::Conn;
use crate::error::Result;
use crate::orders::Told;
use crate::web::Shell;

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

pub(super) fn write(_: &mut Conn, news: News<'_>) -> Result<Vec<Letter>> {
    let story = news.for_shopper()?;
    let (shell, order) = (&story.shell, &story.order);
    let subject = &story.numbered("mail-order-placed-subject");
    let html = OrderPlaced { shell, order, subject };
    let body = Body::render(subject, &html, &OrderPlacedText { shell, order })?;
    Ok(story.letter("order_placed", body))
}
