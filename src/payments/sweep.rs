//! What no notice may be waited for: gateways are asked about payments that nobody has heard of, and
//! orders end whose money did not come.

use actix_web::web;
use chrono::{NaiveDateTime, TimeDelta};
use futures_util::future::join_all;

use super::apply::apply;
use super::close::{Closed, close};
use super::gateway::GatewayError;
use super::gateways::Gateways;
use super::inbox::{self, Kept};
use super::model::Applied;
use super::queries::{self, PaymentRow};
use super::settle::{self, REFUND, sought};
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::fulfilment;
use crate::ids::{OrderId, RefundId};
use crate::jobs::{Failure, Kind, Queue, Task, Works};
use crate::orders::{self, By, MoveError, Payment, unmoved};

/// Asks about payments.
const SWEEP: Kind = Kind { queue: Queue::Gateway, name: "payments.sweep" };
/// Ends orders.
const DEADLINE: Kind = Kind { queue: Queue::Gateway, name: "payments.deadline" };
/// How often gateways are asked.
const ASK_EVERY: TimeDelta = TimeDelta::minutes(5);
/// How often orders are ended.
const END_EVERY: TimeDelta = TimeDelta::minutes(1);
/// Who was asked so recently, or has begun so recently, is left alone.
const PATIENCE: TimeDelta = TimeDelta::minutes(2);
/// So many of each a time, all at once: a gateway that hangs holds up what is asked of it alone.
const MOST: i64 = 30;

/// What the sweeper did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Payments that gateways were asked about.
    pub asked: usize,
    /// Orders that were ended.
    pub cancelled: usize,
}

/// Adds what this room does: refunds sent, notices acted on, gateways asked, orders ended.
pub fn works(works: Works, db: &Db, gateways: &Gateways) -> Works {
    let own = || (db.clone(), gateways.clone());
    let (refunds, notices, questions, deadlines) = (own(), own(), own(), own());
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
        .every(SWEEP, ASK_EVERY, move |task| {
            let (db, gateways) = questions.clone();
            Box::pin(async move { Ok(ask_about(&db, &gateways, task.now).await.map(|_| ())?) })
        })
        .every(DEADLINE, END_EVERY, move |task| {
            let (db, gateways) = deadlines.clone();
            Box::pin(async move { Ok(end_overdue(&db, &gateways, task.now).await.map(|_| ())?) })
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
pub async fn sweep(db: &Db, gateways: &Gateways, now: NaiveDateTime) -> Result<Swept> {
    let asked = ask_about(db, gateways, now).await?;
    Ok(Swept { asked, cancelled: end_overdue(db, gateways, now).await? })
}

/// Asks about payments that may have moved; how many.
async fn ask_about(db: &Db, gateways: &Gateways, now: NaiveDateTime) -> Result<usize> {
    let by_hand = Payment::ALL.into_iter().filter(|payment| payment.is_by_hand());
    let by_hand: Vec<&'static str> = by_hand.map(Payment::code).collect();
    let unsettled = move |conn: &mut Conn| queries::unsettled(conn, &by_hand, now - PATIENCE, MOST);
    let payments = db.read(unsettled).await?;
    let asked = payments.len();
    let answers = payments.into_iter().map(|payment| ask(db, gateways, payment, now));
    for answer in join_all(answers).await {
        answer?;
    }
    Ok(asked)
}

async fn ask(db: &Db, gateways: &Gateways, payment: PaymentRow, now: NaiveDateTime) -> Result<()> {
    let (id, order) = (payment.id, payment.order_id);
    // Marked before: one that never answers does not stand in the others' way for ever.
    let mark = move |conn: &mut Conn| {
        queries::set_checked(conn, id, now)?;
        queries::wants_money(conn, order)
    };
    if !db.write(mark).await? {
        return close(db, gateways, payment, now).await.map(|_| ());
    }
    if let Err(failure) = look(db, gateways, payment, now).await {
        tracing::warn!(
            payment = id.0,
            text = failure.text(),
            "a gateway says nothing of a payment"
        );
    }
    Ok(())
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
        applied.map_err(unmoved)
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

/// Ends orders whose money should have come; how many.
async fn end_overdue(db: &Db, gateways: &Gateways, now: NaiveDateTime) -> Result<usize> {
    let orders = db.read(move |conn| queries::overdue(conn, now, MOST)).await?;
    let ends = orders.into_iter().map(|order| end(db, gateways, order, now));
    let mut ended = 0;
    for end in join_all(ends).await {
        ended += usize::from(end?);
    }
    Ok(ended)
}

/// Ends an order whose money did not come, unless it is paid at the last moment. Where it is on its
/// way, or a gateway may have it and cannot be asked, the order waits on.
async fn end(db: &Db, gateways: &Gateways, order: OrderId, now: NaiveDateTime) -> Result<bool> {
    let payments = db.read(move |conn| queries::payments_of(conn, order)).await?;
    for payment in payments.into_iter().filter(PaymentRow::is_unfinished) {
        if close(db, gateways, payment, now).await? != Closed::Over {
            return db.write(move |conn| put_off(conn, order, now)).await.map(|()| false);
        }
    }
    db.write(move |conn| cancel(conn, order, now)).await
}

fn put_off(conn: &mut Conn, order: OrderId, now: NaiveDateTime) -> Result<()> {
    let held = orders::hold(conn, order).map_err(unmoved)?;
    orders::wait_until(conn, &held, now + ASK_EVERY).map_err(unmoved)
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
        Err(error) => Err(unmoved(error)),
    }
}
