//! To the shopper: she can fetch her order, and where.

use askama::Template;

use super::letter::{Body, Letter};
use super::news::News;
use crate::db::Conn;
use crate::error::Result;
use crate::orders::Told;
use crate::web::Shell;

#[derive(Template)]
#[template(path = "mail/order_ready.html")]
struct OrderReady<'a> {
    shell: &'a Shell,
    order: &'a Told,
    subject: &'a str,
}

#[derive(Template)]
#[template(path = "mail/order_ready.txt")]
struct OrderReadyText<'a> {
    shell: &'a Shell,
    order: &'a Told,
}

pub(super) fn write(_: &mut Conn, news: News<'_>) -> Result<Vec<Letter>> {
    let story = news.for_shopper()?;
    let (shell, order) = (&story.shell, &story.order);
    let subject = &story.numbered("mail-order-ready-subject");
    let html = OrderReady { shell, order, subject };
    let body = Body::render(subject, &html, &OrderReadyText { shell, order })?;
    Ok(story.letter("order_ready", body))
}
