//! Begins a payment: the row first, in the order's own transaction; then, with none open, the
//! gateway.

use actix_web::web;
use chrono::NaiveDateTime;

use super::gateway::{Gateway, GatewayError, Start, Started};
use super::gateways::Gateways;
use super::model::PaymentState;
use super::queries::{self, NewPayment, PaymentRow};
use super::settle::sought;
use crate::db::{Conn, Db};
use crate::error::{Error, Result};
use crate::ids::{AttemptToken, OrderId};
use crate::language::Language;
use crate::money::Money;

/// Writes a try to pay. Nothing is written where there is nothing to pay.
pub fn begin(
    conn: &mut Conn,
    order: OrderId,
    gateway: &dyn Gateway,
    (amount, until): (Money, Option<NaiveDateTime>),
    now: NaiveDateTime,
) -> Result<Option<AttemptToken>> {
    if amount.minor() <= 0 {
        return Ok(None);
    }
    let (payment, attempt) = (gateway.payment(), AttemptToken::random());
    let by_hand = payment.is_by_hand();
    let new = NewPayment {
        order,
        attempt: &attempt,
        gateway: payment.code(),
        live: gateway.is_live(),
        amount,
        state: if by_hand { PaymentState::Open } else { PaymentState::Starting },
        expires_at: until,
        now,
    };
    queries::insert(conn, &new)?;
    Ok(Some(attempt))
}

/// Asks the gateway for its page. May be asked again for the same payment, which stays the same.
///
/// # Errors
/// Of the gateway inside; `NotFound` when there is no such payment, or its gateway is gone.
pub async fn start(
    db: &Db,
    gateways: &Gateways,
    attempt: AttemptToken,
    return_url: String,
) -> Result<Result<Started, GatewayError>> {
    let (payment, start) = db.read(move |conn| wanted(conn, &attempt, return_url)).await?;
    let gateway = gateways.named(&payment.gateway).cloned().ok_or(Error::NotFound)?;
    let started = web::block(move || gateway.start(&start))
        .await
        .map_err(|error| Error::internal(error.to_string()))?;
    if let Ok(Started::Page { url, reference, expires_at }) = &started {
        let (url, reference, expires_at) = (url.clone(), reference.clone(), *expires_at);
        db.write(move |conn| queries::open(conn, payment.id, (&url, &reference), expires_at))
            .await?;
    }
    Ok(started)
}

fn wanted(
    conn: &mut Conn,
    attempt: &AttemptToken,
    return_url: String,
) -> Result<(PaymentRow, Start)> {
    let payment = queries::find_attempt(conn, attempt)?.ok_or(Error::NotFound)?;
    let (order_number, email, locale) = queries::order_of(conn, payment.order_id)?;
    let start = Start {
        attempt: attempt.clone(),
        order_number,
        amount: Money::new(payment.amount, sought(&payment)?.currency),
        email,
        language: Language::parse(&locale).unwrap_or(Language::En),
        return_url,
        expires_at: payment.expires_at,
    };
    Ok((payment, start))
}
