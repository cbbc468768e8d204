//! `GET /orders/{token}/returns/{n}`: how far a return has come, and what happens next.

use actix_web::web::Path;
use askama::Template;

use super::ask::{reason_text, wish_text};
use super::model::{ReturnReason, ReturnWish};
use crate::error::{Error, Result};
use crate::ids::OrderToken;
use crate::money::{Currency, Money};
use crate::orders::book::{Back, MoneyBack};
use crate::orders::{self, Receipt, ReturnStatus};
use crate::web::{Head, Html, Shell, Visit, dates};

#[derive(Template)]
#[template(path = "fulfilment/follow.html")]
struct FollowPage {
    shell: Shell,
    heading: String,
    number: String,
    /// The order's page.
    order: String,
    status: ReturnStatus,
    steps: Vec<StepView>,
    /// Where to send it, line by line; empty where that is still to be told.
    address: Vec<String>,
    answer: String,
    lines: Vec<String>,
    reason: String,
    wish: String,
    note: String,
}

struct StepView {
    text: String,
    detail: String,
    is_current: bool,
}

pub async fn show(visit: Visit, path: Path<(String, u32)>) -> Result<Html> {
    let (token, n) = path.into_inner();
    let token = OrderToken::parse(&token).ok_or(Error::NotFound)?;
    let receipt = visit.shop.db.read(move |conn| orders::find_receipt(conn, &token)).await?;
    let receipt = receipt.ok_or(Error::NotFound)?;
    let back = receipt.returns.iter().find(|back| back.position + 1 == i64::from(n));
    page(&visit, &receipt, back.ok_or(Error::NotFound)?)
}

fn page(visit: &Visit, receipt: &Receipt, back: &Back) -> Result<Html> {
    let mut shell = visit.shell(Head::of_order(""));
    let heading = shell.t(heading(back)).to_owned();
    shell.head.title = heading.clone();
    let page = FollowPage {
        number: receipt.order.number.clone(),
        order: shell.href(&format!("/orders/{}", receipt.order.token)).into_owned(),
        status: back.status,
        steps: steps(&shell, receipt, back),
        address: orders::shop_address(&shell),
        answer: back.answer.clone(),
        lines: lines(receipt, back),
        reason: in_words(&shell, ReturnReason::parse(&back.reason).map(reason_text)),
        wish: in_words(&shell, ReturnWish::parse(&back.wish).map(wish_text)),
        note: back.note.clone(),
        heading,
        shell,
    };
    Ok(Html::page(&page)?.personal())
}

fn heading(back: &Back) -> &'static str {
    match back.status {
        ReturnStatus::Requested => "return-is-requested",
        ReturnStatus::Approved => "return-is-approved",
        ReturnStatus::Declined => "return-is-declined",
        ReturnStatus::Received if back.refund.is_some_and(|money| money.sent_at.is_some()) => {
            "return-is-refunded"
        }
        ReturnStatus::Received => "return-is-received",
    }
}

/// From the request to its end.
fn steps(shell: &Shell, receipt: &Receipt, back: &Back) -> Vec<StepView> {
    let step = |at: ReturnStatus, text: &'static str, detail: &'static str| StepView {
        text: shell.t(text).to_owned(),
        detail: shell.t(detail).to_owned(),
        is_current: back.status == at,
    };
    let last = match (back.refund, ReturnWish::parse(&back.wish)) {
        (Some(money), _) => refunded(shell, &receipt.order.currency, money),
        (None, Some(ReturnWish::Replacement)) => step(
            ReturnStatus::Received,
            "return-step-replacement",
            "return-step-replacement-detail",
        ),
        (None, _) => {
            step(ReturnStatus::Received, "return-step-refund", "return-step-refund-detail")
        }
    };
    vec![
        step(ReturnStatus::Requested, "return-step-look", "return-step-look-detail"),
        step(ReturnStatus::Approved, "return-step-send", "return-step-send-detail"),
        last,
    ]
}

fn refunded(shell: &Shell, currency: &str, money: MoneyBack) -> StepView {
    let amount = Currency::from_letters(currency)
        .map(|currency| shell.money(&Money::new(money.amount, currency)))
        .unwrap_or_default();
    let text = match money.sent_at {
        None => shell.with("return-refund-due", "amount", &amount),
        Some(at) => {
            let date = dates::date(shell.texts(), at.date());
            let arguments = [("amount", amount.into()), ("date", date.into())];
            shell.texts().with("return-refund-sent", &arguments)
        }
    };
    StepView { text, detail: String::new(), is_current: true }
}

fn lines(receipt: &Receipt, back: &Back) -> Vec<String> {
    let named = back.units().into_iter().filter_map(|(position, units)| {
        let line = receipt.lines.get(usize::try_from(position).ok()?)?;
        Some(match line.options.as_str() {
            "" => format!("{units} × {}", line.name),
            options => format!("{units} × {}, {options}", line.name),
        })
    });
    named.collect()
}

fn in_words(shell: &Shell, key: Option<&'static str>) -> String {
    key.map(|key| shell.t(key).to_owned()).unwrap_or_default()
}
