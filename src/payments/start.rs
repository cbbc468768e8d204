//! Begins a payment: the row first, in the order's own transaction; then, with none open, the
//! gateway.

use actix_web::web;
use chrono::NaiveDateTime;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

use super::apply::apply;
use super::deadline::MARGIN;
use super::gateway::{Gateway, GatewayError, Start, Started};
use super::gateways::Gateways;
use super::model::{Observed, PaymentState, Seen};
use super::queries::{self, NewPayment, PaymentRow};
use super::settle::sought;
use crate::db::{Conn, Db};
use crate::error::{Error, Result};
use crate::ids::{AttemptToken, OrderId};
use crate::language::Language;
use crate::money::Money;
use crate::orders::{self, By, Moved, unmoved};

/// A shopper waits no longer for a gateway than this.
pub(super) const PATIENCE: Duration = Duration::from_secs(12);

/// Writes a try to pay, of an order that waits until then. Nothing is written where there is nothing
/// to pay.
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
        expires_at: if by_hand { until } else { until.map(|until| until - MARGIN) },
        now,
    };
    queries::insert(conn, &new)?;
    Ok(Some(attempt))
}

/// Asks the gateway for its page. May be asked again for the same payment, which stays the same. One
/// that the gateway refuses has failed.
///
/// # Errors
/// Of the gateway inside; `NotFound` when there is no such payment, or its gateway is gone.
pub async fn start(
    db: &Db,
    gateways: &Gateways,
    attempt: AttemptToken,
    return_url: String,
    now: NaiveDateTime,
) -> Result<Result<Started, GatewayError>> {
    let (payment, start) = db.read(move |conn| wanted(conn, &attempt, return_url)).await?;
    let gateway = gateways.of(&payment).cloned().ok_or(Error::NotFound)?;
    let started = ask(gateway, start).await?;
    let told = started.clone();
    let is_open = db.write(move |conn| keep(conn, &payment, &told, now).map_err(unmoved)).await?;
    Ok(match started {
        // Nobody is sent to a page that was given up meanwhile: what is paid there is not asked for.
        Ok(Started::Page { .. }) if !is_open => Err(GatewayError::Unknown("it has ended".into())),
        started => started,
    })
}

async fn ask(gateway: Arc<dyn Gateway>, start: Start) -> Result<Result<Started, GatewayError>> {
    let asked = gateway.clone();
    let started = match timeout(PATIENCE, web::block(move || asked.start(&start))).await {
        Ok(started) => started.map_err(|error| Error::internal(error.to_string()))?,
        Err(_) => return Ok(Err(GatewayError::Unknown("it takes too long".into()))),
    };
    Ok(match started {
        Ok(Started::Page { url, .. }) if !Gateways::has_page(&*gateway, &url) => {
            Err(GatewayError::Refused("its page is not its own".into()))
        }
        started => started,
    })
}

/// Writes down how a payment has begun; whether its page is open now.
fn keep(
    conn: &mut Conn,
    payment: &PaymentRow,
    started: &Result<Started, GatewayError>,
    now: NaiveDateTime,
) -> Moved<bool> {
    let held = orders::hold(conn, payment.order_id)?;
    match started {
        Ok(Started::Page { url, reference, expires_at }) => {
            let is_new = queries::open(conn, payment.id, (url, reference), *expires_at)?;
            if let Some(until) = expires_at.filter(|_| is_new) {
                orders::wait_until(conn, &held, until + MARGIN)?;
            }
        }
        // Unless another window has the page: some gateways give it once.
        Err(GatewayError::Refused(_))
            if queries::payment(conn, payment.id)?.was_shown_to_nobody() =>
        {
            apply(conn, &ended(payment, Seen::Failed)?, &By::shop(now))?;
        }
        Ok(Started::ByHand) | Err(_) => {}
    }
    Ok(queries::payment(conn, payment.id)?.state() == Some(PaymentState::Open))
}

/// What we know by ourselves of a payment that nobody was ever sent to.
pub(super) fn ended(payment: &PaymentRow, seen: Seen) -> Result<Observed> {
    let sought = sought(payment)?;
    let gateway = orders::Payment::parse(&payment.gateway).ok_or(Error::NotFound)?;
    Ok(Observed {
        gateway: gateway.code(),
        attempt: Some(sought.attempt),
        reference: None,
        seen,
        captured: Money::new(0, sought.currency),
        refunded: 0,
        live: payment.live,
        expires_at: None,
        disputes: Vec::new(),
    })
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
