//! To the staff: something about an order waits for a person, and what she can do.

use askama::Template;
use fluent_bundle::FluentValue;
use serde::Deserialize;

use super::letter::{Body, Letter};
use super::news::{Due, News, Story};
use crate::db::Conn;
use crate::error::Result;
use crate::fulfilment::{ReturnReason, reason_text};
use crate::ids::ReturnId;
use crate::orders::{Receipt, Told};
use crate::web::Shell;

#[derive(Template)]
#[template(path = "mail/order_needs_you.html")]
struct OrderNeedsYou<'a> {
    shell: &'a Shell,
    order: &'a Told,
    subject: &'a str,
    advice: &'a str,
    facts: &'a [String],
}

#[derive(Template)]
#[template(path = "mail/order_needs_you.txt")]
struct OrderNeedsYouText<'a> {
    shell: &'a Shell,
    order: &'a Told,
    subject: &'a str,
    advice: &'a str,
    facts: &'a [String],
}

/// What an event may say that helps.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Data {
    amount: Option<i64>,
    reason: String,
    r#return: Option<ReturnId>,
}

pub(super) fn write(_: &mut Conn, news: News<'_>) -> Result<Vec<Letter>> {
    let mut data = news.event.read::<Data>()?;
    let due = Due::of(&news.receipt);
    let (what, advice) = texts(&news.event.kind, &due);
    if news.event.kind == "cancelled" {
        data.amount = Some(due.amount).filter(|amount| *amount > 0);
    }
    let asked = data.r#return.and_then(|id| asked(&news.receipt, id));
    let story = news.for_staff()?;
    let (shell, order) = (&story.shell, &story.order);
    let facts = &facts(&story, &data, asked);
    let (what, advice) = (shell.t(what), shell.t(advice));
    let arguments: [(&str, FluentValue<'_>); 2] =
        [("number", order.number.as_str().into()), ("what", what.into())];
    let subject = &shell.texts().with("mail-needs-you-subject", &arguments);
    let html = OrderNeedsYou { shell, order, subject, advice, facts };
    let text = OrderNeedsYouText { shell, order, subject, advice, facts };
    let body = Body::render(subject, &html, &text)?;
    Ok(story.letters("order_needs_you", body))
}

/// What it is, and what to do.
fn texts(kind: &str, due: &Due) -> (&'static str, &'static str) {
    match kind {
        "cancelled" if due.by_hand > 0 => ("mail-was-cancelled", "mail-was-cancelled-by-hand"),
        "cancelled" if due.amount > 0 => ("mail-was-cancelled", "mail-was-cancelled-as-paid"),
        "cancelled" => ("mail-was-cancelled", "mail-was-cancelled-advice"),
        "proof_given" => ("mail-proof-given", "mail-proof-given-advice"),
        "return_requested" => ("mail-return-asked", "mail-return-asked-advice"),
        "refund_failed" => ("mail-refund-failed", "mail-refund-failed-advice"),
        "refund_left" => ("mail-refund-left", "mail-refund-left-advice"),
        "refund_slow" => ("mail-refund-slow", "mail-refund-slow-advice"),
        "payment_missed" => ("mail-payment-missed", "mail-payment-missed-advice"),
        "surplus_came" => ("mail-surplus-came", "mail-surplus-came-advice"),
        "disputed" => ("mail-disputed", "mail-disputed-advice"),
        "dispute_won" => ("mail-dispute-won", "mail-dispute-won-advice"),
        "dispute_lost" => ("mail-dispute-lost", "mail-dispute-lost-advice"),
        _ => ("mail-payment-doubted", "mail-payment-doubted-advice"),
    }
}

/// Which of the order's returns it is, why, and in whose words.
fn asked(receipt: &Receipt, id: ReturnId) -> Option<(usize, Option<ReturnReason>, String)> {
    let (place, back) = (0..).zip(&receipt.returns).find(|(_, back)| back.id == id)?;
    Some((place, ReturnReason::parse(&back.reason), back.note.clone()))
}

fn facts(
    story: &Story,
    data: &Data,
    asked: Option<(usize, Option<ReturnReason>, String)>,
) -> Vec<String> {
    let mut facts: Vec<String> =
        data.amount.map(|amount| story.money(amount)).into_iter().collect();
    facts.push(data.reason.clone());
    if let Some((place, reason, note)) = asked {
        let back = story.order.state.returns.get(place);
        facts.extend(back.map(|back| back.lines.clone()));
        facts.extend(reason.map(|reason| story.shell.t(reason_text(reason)).to_owned()));
        facts.push(note);
    }
    facts.retain(|fact| !fact.is_empty());
    facts
}
