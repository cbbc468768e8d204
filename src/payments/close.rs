//! Ends a try to pay that is not wanted any more, gateway first.

use actix_web::web;
use chrono::NaiveDateTime;

use super::apply::apply;
use super::gateway::GatewayError;
use super::gateways::Gateways;
use super::missed;
use super::model::{PaymentState, Seen};
use super::queries::{self, PaymentRow};
use super::settle::sought;
use super::start::ended;
use super::sweep::look;
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::orders::{self, By, Moved, unmoved};

/// What has become of a try to pay that was to be ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Closed {
    /// Nobody pays it any more, or its account is gone. It may have been paid before.
    Over,
    /// The shopper has done her part, and the money is on its way.
    OnItsWay,
    /// The gateway does not say.
    Unknown,
}

/// Takes care that nobody pays it any more, and learns what has become of it.
pub(super) async fn close(
    db: &Db,
    gateways: &Gateways,
    payment: PaymentRow,
    now: NaiveDateTime,
) -> Result<Closed> {
    let payment = match payment.was_shown_to_nobody() {
        true => end_unshown(db, payment, now).await?,
        false => payment,
    };
    if !payment.is_unfinished() {
        return Ok(Closed::Over);
    }
    // It stays open: when its account is set up again, the sweeper learns what has become of it.
    let Some(gateway) = gateways.of(&payment).cloned() else { return Ok(Closed::Over) };
    let (id, sought) = (payment.id, sought(&payment)?);
    let cancelled = web::block(move || gateway.cancel(&sought)).await;
    if matches!(cancelled, Ok(Err(GatewayError::Refused(_)))) {
        // It knows nothing of this payment: another account is in the place of its own.
        let tell = move |conn: &mut Conn| missed::tell(conn, &payment, now);
        return db.write(tell).await.map(|()| Closed::Over);
    }
    if !matches!(cancelled, Ok(Ok(()))) || look(db, gateways, payment, now).await.is_err() {
        tracing::warn!(payment = id.0, "a gateway does not say what became of a payment");
        return Ok(Closed::Unknown);
    }
    let payment = db.read(move |conn| queries::payment(conn, id)).await?;
    match payment.state() {
        Some(PaymentState::Processing) => Ok(Closed::OnItsWay),
        // It is closed, and some gateways know nothing of a page on which nobody has done anything.
        Some(PaymentState::Starting | PaymentState::Open) => end(db, &payment, now).await,
        _ => Ok(Closed::Over),
    }
}

/// The payment as it stands then: over, unless the shopper was sent to its page after it was read.
async fn end_unshown(db: &Db, payment: PaymentRow, now: NaiveDateTime) -> Result<PaymentRow> {
    let expired = ended(&payment, Seen::Expired)?;
    let end = move |conn: &mut Conn| -> Moved<PaymentRow> {
        orders::hold(conn, payment.order_id)?;
        if queries::payment(conn, payment.id)?.was_shown_to_nobody() {
            apply(conn, &expired, &By::shop(now))?;
        }
        Ok(queries::payment(conn, payment.id)?)
    };
    db.write(move |conn| end(conn).map_err(unmoved)).await
}

async fn end(db: &Db, payment: &PaymentRow, now: NaiveDateTime) -> Result<Closed> {
    let expired = ended(payment, Seen::Expired)?;
    let end = move |conn: &mut Conn| apply(conn, &expired, &By::shop(now)).map_err(unmoved);
    db.write(end).await.map(|_| Closed::Over)
}
