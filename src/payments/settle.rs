//! The second step of a refund: the money is sent, by the gateway or by somebody.

use actix_web::web;
use chrono::NaiveDateTime;
use serde_json::json;

use super::gateway::{GatewayError, Refunding, Sought};
use super::gateways::Gateways;
use super::model::RefundState;
use super::queries::{self, PaymentRow, RefundRow};
use crate::db::{Conn, Db};
use crate::error::{Error, Result};
use crate::ids::{AttemptToken, PaymentId, RefundId};
use crate::jobs::{Failure, Kind, Queue};
use crate::money::{Currency, Money};
use crate::orders::{self, By, EventKind, MoveError, Moved, note};

/// A refund that waits for its gateway.
pub(super) const REFUND: Kind = Kind { queue: Queue::Gateway, name: "payments.refund" };

/// Asks the gateway for a refund that waits for it. May be done again at any time: the gateway is
/// asked by the refund's own key.
///
/// # Errors
/// `Again` while the gateway gives no clear answer.
pub async fn settle(
    db: &Db,
    gateways: &Gateways,
    id: RefundId,
    now: NaiveDateTime,
) -> Result<(), Failure> {
    match try_to_settle(db, gateways, id, now).await? {
        true => Ok(()),
        false => Err(Failure::Again("the gateway takes its time".into())),
    }
}

/// Looks again at the refunds of a payment that are on their way.
///
/// # Errors
/// `Again` while the gateway gives no clear answer.
pub(super) async fn recheck(
    db: &Db,
    gateways: &Gateways,
    payment: PaymentId,
    now: NaiveDateTime,
) -> Result<(), Failure> {
    for refund in db.read(move |conn| queries::refunds_on_their_way(conn, payment)).await? {
        try_to_settle(db, gateways, refund, now).await?;
    }
    Ok(())
}

/// As [`settle`]; what is not settled yet is looked after again.
pub(super) async fn look_after(db: &Db, gateways: &Gateways, id: RefundId, now: NaiveDateTime) {
    if let Err(failure) = try_to_settle(db, gateways, id, now).await {
        let text = failure.text();
        tracing::warn!(refund = id.0, text, "a gateway says nothing of a refund");
    }
}

/// Says that a refund takes longer than anybody expects, if it is still on its way.
pub(super) fn tell_slow(conn: &mut Conn, id: RefundId, by: &By) -> Result<()> {
    let Some((refund, _)) = waiting(conn, id)? else { return Ok(()) };
    let data = json!({ "amount": refund.amount, "refund": id });
    note(conn, refund.order_id, EventKind::RefundSlow, by, &data)
}

/// `false` while the gateway has not decided.
async fn try_to_settle(
    db: &Db,
    gateways: &Gateways,
    id: RefundId,
    now: NaiveDateTime,
) -> Result<bool, Failure> {
    let Some((refund, payment)) = db.read(move |conn| waiting(conn, id)).await? else {
        return Ok(true);
    };
    let answer = match ask(gateways, &refund, &payment).await? {
        Ok(Refunding::Pending) => return Ok(false),
        Ok(answer) => answer,
        Err(GatewayError::Unknown(text)) => return Err(Failure::Again(text)),
        Err(GatewayError::Refused(text)) => Refunding::Failed(text),
    };
    if let Refunding::Failed(text) = &answer {
        tracing::error!(refund = refund.id.0, text, "a gateway has refused a refund");
    }
    let state = match answer {
        Refunding::Done => RefundState::Done,
        Refunding::ByHand => RefundState::ByHand,
        Refunding::Pending | Refunding::Failed(_) => RefundState::Failed,
    };
    let by = By::shop(now);
    let from = [RefundState::Pending];
    db.write(move |conn| match finish(conn, id, (&from, state), "", &by) {
        Ok(()) | Err(MoveError::RefundIs(_)) => Ok(()),
        Err(MoveError::Error(error)) => Err(error),
        Err(other) => Err(Error::internal(other.to_string())),
    })
    .await?;
    Ok(true)
}

/// Somebody has sent the money: `reference` is what her bank calls it.
///
/// # Errors
/// `RefundIs` when it is not hers to send, or was sent.
pub fn confirm_sent(conn: &mut Conn, id: RefundId, reference: &str, by: &By) -> Moved {
    let from = [RefundState::ByHand, RefundState::Failed];
    finish(conn, id, (&from, RefundState::Done), reference, by)
}

fn waiting(conn: &mut Conn, id: RefundId) -> Result<Option<(RefundRow, PaymentRow)>> {
    let found = queries::find_refund(conn, id)?;
    let Some(refund) = found.filter(|row| row.status == RefundState::Pending.code()) else {
        return Ok(None);
    };
    let payment = queries::payment(conn, refund.payment_id)?;
    Ok(Some((refund, payment)))
}

async fn ask(
    gateways: &Gateways,
    refund: &RefundRow,
    payment: &PaymentRow,
) -> Result<Result<Refunding, GatewayError>> {
    let Some(gateway) = gateways.of(payment).cloned() else {
        return Ok(Ok(Refunding::ByHand));
    };
    let sought = sought(payment)?;
    let (amount, key) =
        (Money::new(refund.amount, sought.currency), refund.idempotency_key.clone());
    web::block(move || gateway.refund(&sought, amount, &key))
        .await
        .map_err(|error| Error::internal(error.to_string()))
}

/// How a gateway knows a payment.
pub(super) fn sought(payment: &PaymentRow) -> Result<Sought> {
    let broken = || Error::internal("a payment that cannot be named");
    Ok(Sought {
        attempt: AttemptToken::parse(&payment.attempt).ok_or_else(broken)?,
        reference: payment.reference.clone(),
        currency: Currency::from_letters(&payment.currency).ok_or_else(broken)?,
    })
}

fn finish(
    conn: &mut Conn,
    id: RefundId,
    (from, to): (&[RefundState], RefundState),
    reference: &str,
    by: &By,
) -> Moved {
    let refund =
        queries::find_refund(conn, id)?.ok_or(MoveError::NoSuchRow("such refund".into()))?;
    let mut held = orders::hold(conn, refund.order_id)?;
    if !queries::move_refund(conn, id, from, to, by.at)? {
        let now = queries::find_refund(conn, id)?.unwrap_or(refund);
        return Err(MoveError::RefundIs(now.status));
    }
    let data = json!({ "amount": refund.amount, "refund": id, "reference": reference });
    let kind = match to {
        RefundState::Done => EventKind::Refunded,
        RefundState::Failed => EventKind::RefundFailed,
        RefundState::Pending | RefundState::ByHand => EventKind::RefundLeft,
    };
    note(conn, held.id, kind, by, &data)?;
    if to != RefundState::Done {
        return Ok(());
    }
    let sums = queries::sums(conn, held.id)?;
    orders::move_payment(conn, &mut held, sums, by)
}
