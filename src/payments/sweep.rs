//! Finishes what was left: asks gateways about payments that nobody has heard of, and ends orders
//! whose money did not come.

use actix_web::web;
use chrono::{NaiveDateTime, TimeDelta};

use super::apply::apply;
use super::gateway::GatewayError;
use super::gateways::Gateways;
use super::inbox::{self, Kept};
use super::model::Applied;
use super::queries::{self, PaymentRow};
use super::settle::{self, REFUND, sought};
use crate::db::{Conn, Db};
use crate::error::{Error, Result};
use crate::fulfilment;
use crate::ids::{OrderId, RefundId};
use crate::jobs::{Failure, Kind, Queue, Task, Works};
use crate::orders::{By, MoveError, Payment};

const SWEEP: Kind = Kind { queue: Queue::Shop, name: "payments.sweep" };
/// How often the sweeper comes.
const EVERY: TimeDelta = TimeDelta::minutes(5);
/// Who was asked so recently, or has begun so recently, is left alone.
const PATIENCE: TimeDelta = TimeDelta::minutes(2);
/// So many of each a time: the next time comes soon.
const MOST: i64 = 100;

/// What the sweeper did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Payments that gateways were asked about.
    pub asked: usize,
    /// Orders that were ended.
    pub cancelled: usize,
}

/// Adds what this room does: refunds sent, notices acted on, and the broom every five minutes.
pub fn works(works: Works, db: &Db, gateways: &Gateways) -> Works {
    let own = || (db.clone(), gateways.clone());
    let (refunds, notices, broom) = (own(), own(), own());
    works
        .outside(REFUND, move |task| {
            let (db, gateways) = refunds.clone();
            Box::pin(async move {
                settle::settle(&db, &gateways, task.about::<RefundId>()?, task.now).await
            })
        })
        .outside(inbox::NOTICE, move |task| {
            let (db, gateways) = notices.clone();
            Box::pin(async move { act_on(&db, &gateways, &task).await })
        })
        .every(SWEEP, EVERY, move |task| {
            let (db, gateways) = broom.clone();
            Box::pin(async move { sweep(&db, &gateways, task.now).await.map(|_| ()) })
        })
}

async fn act_on(db: &Db, gateways: &Gateways, task: &Task) -> Result<(), Failure> {
    let Kept { gateway, event } = task.about()?;
    inbox::process(db, gateways, (&gateway, &event), task.now).await
}

/// Sweeps once.
///
/// # Errors
/// When the database cannot be used. A gateway that does not answer is asked again the next time.
pub async fn sweep(db: &Db, gateways: &Gateways, now: NaiveDateTime) -> Result<Swept, Failure> {
    let by_hand = Payment::ALL.into_iter().filter(|payment| payment.is_by_hand());
    let by_hand: Vec<&'static str> = by_hand.map(Payment::code).collect();
    let unsettled = move |conn: &mut Conn| queries::unsettled(conn, &by_hand, now - PATIENCE, MOST);
    let mut swept = Swept::default();
    for payment in db.read(unsettled).await? {
        ask(db, gateways, payment, now).await?;
        swept.asked += 1;
    }
    for order in db.read(move |conn| queries::overdue(conn, now, MOST)).await? {
        if end(db, gateways, order, now).await? {
            swept.cancelled += 1;
        }
    }
    Ok(swept)
}

/// One gateway that does not answer holds up no other.
async fn ask(db: &Db, gateways: &Gateways, payment: PaymentRow, now: NaiveDateTime) -> Result<()> {
    let id = payment.id;
    match look(db, gateways, payment, now).await {
        Ok(_) => Ok(()),
        Err(Failure::Again(text) | Failure::Never(text)) => {
            tracing::warn!(payment = id.0, text, "a gateway says nothing of a payment");
            db.write(move |conn| queries::set_checked(conn, id, now)).await
        }
    }
}

/// Asks the gateway what is true now, and applies it. `None` when there is nobody to ask.
pub(super) async fn look(
    db: &Db,
    gateways: &Gateways,
    payment: PaymentRow,
    now: NaiveDateTime,
) -> Result<Option<Applied>, Failure> {
    let Some(gateway) = gateways.named(&payment.gateway).cloned() else { return Ok(None) };
    let (id, sought) = (payment.id, sought(&payment)?);
    let observed = asked(move || gateway.status(&sought)).await?;
    let Some(observed) = observed else { return Ok(None) };
    let applied = db.write(move |conn| {
        let applied =
            diesel::Connection::transaction(conn, |conn| apply(conn, &observed, &By::shop(now)));
        applied.map_err(internal)
    });
    let applied = applied.await?;
    if let Applied::PutAside(mismatch) = applied {
        tracing::error!(payment = id.0, %mismatch, "news of a payment were not believed");
    }
    Ok(Some(applied))
}

/// Asks a gateway, off the threads that answer requests.
pub(super) async fn asked<T: Send + 'static>(
    question: impl FnOnce() -> Result<T, GatewayError> + Send + 'static,
) -> Result<T, Failure> {
    let answer = web::block(question).await.map_err(|error| Failure::Again(error.to_string()))?;
    answer.map_err(|error| Failure::Again(error.to_string()))
}

/// Ends an order whose money did not come, unless it is paid at the last moment.
async fn end(db: &Db, gateways: &Gateways, order: OrderId, now: NaiveDateTime) -> Result<bool> {
    let payments = db.read(move |conn| queries::payments_of(conn, order)).await?;
    for payment in payments {
        let Some(gateway) = gateways.named(&payment.gateway).cloned() else { continue };
        let is_final = super::PaymentState::parse(&payment.status).is_some_and(|s| s.is_final());
        if is_final || gateway.payment().is_by_hand() {
            continue;
        }
        let sought = sought(&payment)?;
        let cancelled = web::block(move || gateway.cancel(&sought)).await;
        // Who cannot be asked may have the money: the order waits for another round.
        if !matches!(cancelled, Ok(Ok(()))) || look(db, gateways, payment, now).await.is_err() {
            return Ok(false);
        }
    }
    db.write(move |conn| cancel(conn, order, now)).await
}

fn cancel(conn: &mut Conn, order: OrderId, now: NaiveDateTime) -> Result<bool> {
    if !queries::is_overdue(conn, order, now)? {
        return Ok(false);
    }
    let cancelled = diesel::Connection::transaction(conn, |conn| {
        fulfilment::cancel(conn, order, &By::shop(now))
    });
    match cancelled {
        Ok(()) => Ok(true),
        // Somebody was faster: it is paid, shipped or cancelled.
        Err(MoveError::NotFrom { .. } | MoveError::HasMoney | MoveError::HasShipped) => Ok(false),
        Err(error) => Err(internal(error)),
    }
}

fn internal(error: MoveError) -> Error {
    match error {
        MoveError::Error(error) => error,
        other => Error::internal(other.to_string()),
    }
}
