//! To the staff: somebody has ordered, and it is to be packed.

use askama::Template;
use fluent_bundle::FluentValue;

use super::letter::{Body, Letter};
use super::news::News;
use crate::db::Conn;
use crate::error::Result;
use crate::orders::Told;
use crate::web::Shell;

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

pub(super) fn write(_: &mut Conn, news: News<'_>) -> Result<Vec<Letter>> {
    let story = news.for_staff()?;
    let (shell, order) = (&story.shell, &story.order);
    let arguments: [(&str, FluentValue<'_>); 2] =
        [("number", order.number.as_str().into()), ("total", order.total.as_str().into())];
    let subject = &shell.texts().with("mail-new-order-subject", &arguments);
    let html = NewOrder { shell, order, subject };
    let body = Body::render(subject, &html, &NewOrderText { shell, order })?;
    Ok(story.letters("new_order", body))
}
