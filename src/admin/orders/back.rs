//! Returns as an order's page shows them, with what can be done about each.

use super::{Badge, money};
use crate::admin::desk::Desk;
use crate::fulfilment::{ReturnReason, reason_text};
use crate::orders::ReturnStatus;
use crate::orders::book::{Back, Entry, Line};
use crate::web::{Form, dates};

pub(super) struct ReturnView {
    /// From 1.
    pub n: i64,
    pub badge: Badge,
    pub asked: String,
    /// Why, what she would like, and in her own words.
    pub words: Vec<String>,
    pub lines: Vec<BackLine>,
    /// What she was told, as typed anew.
    pub answer: String,
    pub is_requested: bool,
    pub is_approved: bool,
    /// Came, and nothing was paid back for it.
    pub is_unpaid: bool,
    /// What goes back for it; empty for nothing yet.
    pub refund: String,
}

pub(super) struct BackLine {
    pub position: i64,
    pub name: String,
    pub asked: i64,
    pub received: i64,
    /// As typed, or what is likely.
    pub typed_received: String,
    pub typed_restocked: String,
}

pub(super) fn returns(
    shell: &Desk,
    (order, lines): (&Entry, &[Line]),
    returns: &[Back],
    form: &Form,
) -> Vec<ReturnView> {
    returns.iter().map(|back| view(shell, (order, lines), back, form)).collect()
}

fn view(shell: &Desk, (order, lines): (&Entry, &[Line]), back: &Back, form: &Form) -> ReturnView {
    let n = back.position + 1;
    let reason =
        ReturnReason::parse(&back.reason).map(|reason| shell.t(reason_text(reason)).to_owned());
    let words = reason.into_iter().chain([back.note.clone(), back.answer.clone()]);
    ReturnView {
        n,
        badge: Badge {
            text: shell.t(&format!("return-status-{}", back.status.code())).to_owned(),
            tone: match back.status {
                ReturnStatus::Requested => "warn",
                ReturnStatus::Approved => "info",
                ReturnStatus::Received => "good",
                ReturnStatus::Declined => "",
            },
        },
        asked: dates::instant(shell, back.requested_at),
        words: words.filter(|words| !words.is_empty()).collect(),
        lines: back_lines(lines, back, form),
        answer: form.get(&format!("answer-{n}")).to_owned(),
        is_requested: back.status == ReturnStatus::Requested,
        is_approved: back.status == ReturnStatus::Approved,
        is_unpaid: back.status == ReturnStatus::Received && back.refund.is_none(),
        refund: match back.refund {
            Some(refund) => money(shell, refund.amount, &order.currency),
            None => String::new(),
        },
    }
}

fn back_lines(lines: &[Line], back: &Back, form: &Form) -> Vec<BackLine> {
    let n = back.position + 1;
    let of = |position| lines.iter().find(|line| line.position == position);
    let line = |line: &crate::orders::book::BackLine| {
        let typed = |name: &str| match form.find(&format!("{name}-{n}-{}", line.position)) {
            Some(typed) => typed.to_owned(),
            None => line.asked.to_string(),
        };
        BackLine {
            position: line.position,
            name: of(line.position).map(|line| line.name.clone()).unwrap_or_default(),
            asked: line.asked,
            received: line.received,
            typed_received: typed("received"),
            typed_restocked: typed("restocked"),
        }
    };
    back.lines.iter().map(line).collect()
}
