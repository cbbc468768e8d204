//! To the shopper: her order still waits for its money. Who pays on a page hears it when she has not
//! paid for a while, and when a later try has failed; who pays by transfer a day before the end.

use askama::Template;
use chrono::{NaiveDateTime, TimeDelta};
use serde::Deserialize;

use super::letter::{Body, Letter};
use super::news::News;
use super::queries;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::PaymentId;
use crate::jobs::{self, Kind, NewJob, Queue};
use crate::orders::{Happened, Payment, Told};
use crate::payments::{self, PaymentRow, PaymentState};
use crate::web::Shell;

/// Whether an order waits for its money still: about the `Happened` of its placing.
pub(super) const UNPAID: Kind = Kind { queue: Queue::Shop, name: "mail.unpaid" };
/// Most who pay on a page have paid by then.
const PATIENCE: TimeDelta = TimeDelta::minutes(15);
/// So long before its end a transfer is asked for once more.
const BEFORE_END: TimeDelta = TimeDelta::days(1);

#[derive(Template)]
#[template(path = "mail/payment_waiting.html")]
struct PaymentWaiting<'a> {
    shell: &'a Shell,
    order: &'a Told,
    subject: &'a str,
    heading: &'a str,
    advice: &'a str,
}

#[derive(Template)]
#[template(path = "mail/payment_waiting.txt")]
struct PaymentWaitingText<'a> {
    shell: &'a Shell,
    order: &'a Told,
    heading: &'a str,
    advice: &'a str,
}

/// Lets an order that was placed be asked about later, if it waits for money at all.
pub(super) fn ask_later(conn: &mut Conn, placed: &Happened, now: NaiveDateTime) -> Result<()> {
    let order = queries::deadline(conn, placed.order)?;
    let by_hand = Payment::parse(&order.payment_method).is_some_and(Payment::is_by_hand);
    let due_at = match order.pay_until {
        // A transfer that has no more than a day was asked for just now.
        Some(until) if by_hand => Some(until - BEFORE_END).filter(|at| *at > order.placed_at),
        Some(_) => Some(order.placed_at + PATIENCE),
        None => None,
    };
    let Some(due_at) = due_at else { return Ok(()) };
    jobs::enqueue(conn, &NewJob::new(UNPAID, placed, now)?.due_at(due_at), now)
}

#[derive(Deserialize)]
struct Failed {
    payment: PaymentId,
}

pub(super) fn write(conn: &mut Conn, news: News<'_>) -> Result<Vec<Letter>> {
    let tries = payments::payments_of(conn, news.receipt.order.id)?;
    let newest = tries.last();
    if !is_worth_telling(&news, newest)? {
        return Ok(Vec::new());
    }
    let has_failed = matches!(state(newest), Some(PaymentState::Failed | PaymentState::Expired));
    let story = news.for_shopper()?;
    if !story.order.state.owes {
        return Ok(Vec::new());
    }
    let (shell, order) = (&story.shell, &story.order);
    let (heading, advice) = match has_failed {
        _ if order.awaits_transfer() => ("mail-payment-waiting", "mail-transfer-waiting-advice"),
        true => ("mail-payment-failed", "mail-payment-failed-advice"),
        false => ("mail-payment-waiting", "mail-payment-waiting-advice"),
    };
    let (heading, advice) = (shell.t(heading), shell.t(advice));
    let subject = &story.numbered("mail-payment-waiting-subject");
    let html = PaymentWaiting { shell, order, subject, heading, advice };
    let text = PaymentWaitingText { shell, order, heading, advice };
    let body = Body::render(subject, &html, &text)?;
    Ok(story.letter("payment_waiting", body))
}

/// Not while money is on its way, nor when the order is about to end, which has a mail of its own.
fn is_worth_telling(news: &News<'_>, newest: Option<&PaymentRow>) -> Result<bool> {
    let order = &news.receipt.order;
    let is_coming = state(newest) == Some(PaymentState::Processing);
    if is_coming || order.pay_until.is_none_or(|until| until <= news.now) {
        return Ok(false);
    }
    if news.event.kind != "payment_failed" {
        return Ok(true);
    }
    // Soon after the order she is at it still, and hears of it by and by.
    let is_latest = newest.map(|row| row.id) == Some(news.event.read::<Failed>()?.payment);
    Ok(is_latest && news.event.at >= order.placed_at + PATIENCE)
}

fn state(row: Option<&PaymentRow>) -> Option<PaymentState> {
    row.and_then(|row| PaymentState::parse(&row.status))
}
