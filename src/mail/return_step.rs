//! To the shopper: how far her return has come, and what she is to do.

use askama::Template;
use serde::Deserialize;

use super::letter::{Body, Letter};
use super::news::News;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::ReturnId;
use crate::orders::{BackView, Told, shop_address};
use crate::web::Shell;

#[derive(Template)]
#[template(path = "mail/return_step.html")]
struct ReturnStep<'a> {
    shell: &'a Shell,
    order: &'a Told,
    back: &'a BackView,
    subject: &'a str,
    heading: &'a str,
    advice: &'a str,
    answer: &'a str,
    /// Where to send it, line by line; empty before and after that.
    address: &'a [String],
}

#[derive(Template)]
#[template(path = "mail/return_step.txt")]
struct ReturnStepText<'a> {
    shell: &'a Shell,
    order: &'a Told,
    back: &'a BackView,
    heading: &'a str,
    advice: &'a str,
    answer: &'a str,
    address: &'a [String],
}

#[derive(Deserialize)]
struct Data {
    r#return: ReturnId,
}

pub(super) fn write(_: &mut Conn, news: News<'_>) -> Result<Vec<Letter>> {
    let id = news.event.read::<Data>()?.r#return;
    let (heading, advice) = match news.event.kind.as_str() {
        "return_approved" => ("return-is-approved", "mail-return-approved"),
        "return_declined" => ("return-is-declined", "mail-return-declined"),
        "return_received" => ("return-is-received", "mail-return-received"),
        _ => ("return-is-requested", "mail-return-requested"),
    };
    let place = news.receipt.returns.iter().position(|back| back.id == id);
    let place = place.ok_or_else(|| Error::internal(format!("no return {id}")))?;
    let answer = news.receipt.returns[place].answer.clone();
    let is_approved = news.event.kind == "return_approved";
    let story = news.for_shopper()?;
    let (shell, order) = (&story.shell, &story.order);
    let back = &order.state.returns[place];
    let (heading, advice, answer) = (shell.t(heading), shell.t(advice), &answer);
    let address = &if is_approved { shop_address(shell) } else { Vec::new() };
    let subject = &story.numbered("mail-return-subject");
    let html = ReturnStep { shell, order, back, subject, heading, advice, answer, address };
    let text = ReturnStepText { shell, order, back, heading, advice, answer, address };
    let body = Body::render(subject, &html, &text)?;
    Ok(story.letter("return_step", body))
}
