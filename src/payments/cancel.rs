//! `GET` and `POST /orders/{token}/cancel`: a shopper ends her order herself, after she was told what
//! becomes of her money.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::call_off::call_off;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::OrderToken;
use crate::limits::Limit;
use crate::money::{Currency, Money};
use crate::orders::{self, By, Cancellable, Ending, MoveError, Payment, Receipt, cancellable};
use crate::values::is_unprintable;
use crate::web::{Form, Head, Html, Shell, Visit, see_other};

/// The most letters of her reason.
const LONGEST_REASON: usize = 200;

#[derive(Template)]
#[template(path = "payments/cancel.html")]
struct CancelPage {
    shell: Shell,
    heading: String,
    /// The order's page.
    order: String,
    /// Why she cannot; empty when she can.
    refused: String,
    /// What becomes of her money.
    money: String,
    /// As typed.
    reason: String,
    most_letters: usize,
    /// What is wrong with it; empty for nothing.
    error: String,
}

pub async fn show(visit: Visit, token: Path<String>) -> Result<HttpResponse> {
    let token = OrderToken::parse(&token).ok_or(Error::NotFound)?;
    page(&visit, &token, StatusCode::OK, ("", "")).await
}

pub async fn cancel(visit: Visit, token: Path<String>, form: Form) -> Result<HttpResponse> {
    let token = OrderToken::parse(&token).ok_or(Error::NotFound)?;
    visit.spend(Limit::OrderPage, token.as_str()).await?;
    let reason = form.get("reason").to_owned();
    let wrong = wrong(&reason);
    if !wrong.is_empty() {
        return page(&visit, &token, StatusCode::UNPROCESSABLE_ENTITY, (&reason, wrong)).await;
    }
    let (known, ending, by) = (token.clone(), Ending::Wanted(reason), By::shopper(visit.now));
    let within = visit.frame.settings.cancel_within_hours;
    let end = move |conn: &mut Conn| end(conn, &known, within, (&ending, &by));
    match visit.shop.db.write(end).await? {
        Cancellable::Yes => Ok(see_other(&visit.href(&format!("/orders/{}", token.as_str())))),
        _ => page(&visit, &token, StatusCode::UNPROCESSABLE_ENTITY, ("", "")).await,
    }
}

fn wrong(reason: &str) -> &'static str {
    match reason {
        _ if reason.chars().count() > LONGEST_REASON => "too-long",
        _ if reason.chars().any(is_unprintable) => "wrong-characters",
        _ => "",
    }
}

/// Ends the order if she may; what she might do then is the answer.
fn end(
    conn: &mut Conn,
    token: &OrderToken,
    within_hours: i64,
    (ending, by): (&Ending, &By),
) -> Result<Cancellable> {
    let order = orders::find_receipt(conn, token)?.ok_or(Error::NotFound)?.order;
    let may = cancellable(&order, within_hours, by.at);
    if may != Cancellable::Yes {
        return Ok(may);
    }
    let ended = diesel::Connection::transaction(conn, |conn| call_off(conn, order.id, ending, by));
    match ended {
        Ok(()) => Ok(Cancellable::Yes),
        // Somebody was faster.
        Err(MoveError::HasShipped) => Ok(Cancellable::Sent),
        Err(MoveError::NotFrom { .. }) => Ok(Cancellable::Over),
        Err(error) => Err(orders::unmoved(error)),
    }
}

/// An order that has ended has its own page to say so.
async fn page(
    visit: &Visit,
    token: &OrderToken,
    status: StatusCode,
    (reason, error): (&str, &'static str),
) -> Result<HttpResponse> {
    let known = token.clone();
    let receipt = visit.shop.db.read(move |conn| orders::find_receipt(conn, &known)).await?;
    let receipt = receipt.ok_or(Error::NotFound)?;
    let mut shell = visit.shell(Head::of_order(""));
    let order = shell.href(&format!("/orders/{}", token.as_str())).into_owned();
    let may = cancellable(&receipt.order, shell.settings().cancel_within_hours, visit.now);
    if may == Cancellable::Over {
        return Ok(see_other(&order));
    }
    let heading = shell.with("cancel-heading", "number", &receipt.order.number);
    shell.head.title = match error {
        "" => heading.clone(),
        _ => shell.with("error-title", "title", &heading),
    };
    let page = CancelPage {
        refused: refused(&shell, may).to_owned(),
        money: money(&shell, &receipt),
        heading,
        reason: reason.to_owned(),
        most_letters: LONGEST_REASON,
        error: match error {
            "" => String::new(),
            key => shell.with(key, "most", LONGEST_REASON.to_string()),
        },
        order,
        shell,
    };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn refused(shell: &Shell, may: Cancellable) -> &str {
    match may {
        Cancellable::Yes | Cancellable::Over => "",
        Cancellable::Sent => shell.t("cancel-sent"),
        Cancellable::TooLate => shell.t("cancel-too-late"),
    }
}

fn money(shell: &Shell, receipt: &Receipt) -> String {
    let payment = |code: &str| Payment::parse(code);
    let kept: i64 = receipt.tries.iter().map(|row| row.captured_amount - row.refunded_amount).sum();
    let mut paying = receipt.tries.iter().filter(|row| row.captured_amount > row.refunded_amount);
    let is_by_hand = paying.any(|row| payment(&row.gateway).is_some_and(Payment::is_by_hand));
    let amount = Currency::from_letters(&receipt.order.currency)
        .map(|currency| shell.money(&Money::new(kept, currency)))
        .unwrap_or_default();
    match payment(&receipt.order.payment_method) {
        _ if kept > 0 && is_by_hand => shell.with("cancel-money-by-hand", "amount", amount),
        _ if kept > 0 => shell.with("cancel-money-as-paid", "amount", amount),
        Some(Payment::CashOnDelivery | Payment::Free) => shell.t("cancel-money-none").to_owned(),
        _ => shell.t("cancel-money-coming").to_owned(),
    }
}
