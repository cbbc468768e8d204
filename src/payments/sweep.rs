//! What no notice may be waited for: gateways are asked about payments that nobody has heard of, and
//! orders end whose money did not come.

use actix_web::web;
use chrono::{NaiveDateTime, TimeDelta};
use futures_util::future::join_all;

use super::apply::apply;
use super::call_off::call_off;
use super::close::{Closed, close};
use super::forget;
use super::gateway::GatewayError;
use super::gateways::Gateways;
use super::inbox::{self, Kept};
use super::missed;
use super::model::Applied;
use super::queries::{self, PaymentRow};
use super::settle::{self, REFUND, sought};
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::ids::{OrderId, RefundId};
use crate::jobs::{Failure, Kind, Queue, Task, Works};
use crate::orders::{self, By, Ending, Moved, unmoved};

/// Asks about payments.
const SWEEP: Kind = Kind { queue: Queue::Gateway, name: "payments.sweep" };
/// Ends orders.
const DEADLINE: Kind = Kind { queue: Queue::Gateway, name: "payments.deadline" };
/// How often gateways are asked.
const ASK_EVERY: TimeDelta = TimeDelta::minutes(5);
/// How often orders are ended.
const END_EVERY: TimeDelta = TimeDelta::minutes(1);
/// Asks about refunds that their jobs have given up.
const SLOW: Kind = Kind { queue: Queue::Gateway, name: "payments.slow_refunds" };
/// How often.
const SLOW_EVERY: TimeDelta = TimeDelta::hours(6);
/// A refund's job tries for longer than this.
const SLOW_AFTER: TimeDelta = TimeDelta::days(3);
/// Who was asked so recently, or has begun so recently, is left alone.
const PATIENCE: TimeDelta = TimeDelta::minutes(2);
/// Money takes three weeks at most: who has heard nothing for so long hears nothing any more.
const LONGEST: TimeDelta = TimeDelta::days(60);
/// A gateway that does not answer for so long is out of sight.
const SILENCE: TimeDelta = TimeDelta::days(1);
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

/// Adds what this room does: refunds sent, notices acted on, gateways asked, orders ended, and what is
/// old forgotten.
pub fn works(works: Works, db: &Db, gateways: &Gateways) -> Works {
    let own = || (db.clone(), gateways.clone());
    let works = forget::works(works, db);
    let (refunds, slow, notices, questions, deadlines) = (own(), own(), own(), own(), own());
    works
        .outside(REFUND, move |task| {
            let (db, gateways) = refunds.clone();
            Box::pin(async move {
                settle::settle(&db, &gateways, task.about::<RefundId>()?, task.now).await
            })
        })
        .given_up(REFUND, |conn, task| {
            settle::tell_slow(conn, task.about::<RefundId>()?, &By::shop(task.now))
        })
        .every(SLOW, SLOW_EVERY, move |task| {
            let (db, gateways) = slow.clone();
            Box::pin(async move { ask_about_slow(&db, &gateways, task.now).await })
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
    let (live, test) = (gateways.accounts(true), gateways.accounts(false));
    let accounts = live.clone();
    db.write(move |conn| missed::tell_all(conn, &accounts, MOST, now)).await?;
    let accounts = (live, test);
    let unsettled = move |conn: &mut Conn| {
        queries::unsettled(conn, &accounts, (now - LONGEST, now - PATIENCE), MOST)
    };
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
    let Some(gateway) = gateways.of(&payment).cloned() else { return Ok(None) };
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

/// Asks about refunds that have been on their way for days: banks take up to two weeks.
async fn ask_about_slow(db: &Db, gateways: &Gateways, now: NaiveDateTime) -> Result<(), Failure> {
    let mut after = RefundId(0);
    loop {
        let next =
            move |conn: &mut Conn| queries::slow_refunds(conn, now - SLOW_AFTER, after, MOST);
        let slow = db.read(next).await?;
        let Some(last) = slow.last() else { return Ok(()) };
        after = *last;
        let answers = slow.into_iter().map(|refund| settle::look_after(db, gateways, refund, now));
        join_all(answers).await;
    }
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
        let closed = close(db, gateways, payment.clone(), now).await?;
        if closed != Closed::Over {
            let is_silent = closed == Closed::Unknown && now - payment.created_at > SILENCE;
            let wait = move |conn: &mut Conn| match is_silent {
                true => missed::tell(conn, &payment, now).and_then(|()| put_off(conn, order, now)),
                false => put_off(conn, order, now),
            };
            return db.write(wait).await.map(|()| false);
        }
    }
    db.write(move |conn| cancel(conn, order, now)).await
}

fn put_off(conn: &mut Conn, order: OrderId, now: NaiveDateTime) -> Result<()> {
    let held = orders::hold(conn, order).map_err(unmoved)?;
    orders::wait_until(conn, &held, now + ASK_EVERY).map_err(unmoved)
}

/// Held before it is looked at: somebody may be faster, and it is paid, shipped or cancelled then.
fn cancel(conn: &mut Conn, order: OrderId, now: NaiveDateTime) -> Result<bool> {
    let cancelled = diesel::Connection::transaction(conn, |conn| -> Moved<bool> {
        orders::hold(conn, order)?;
        if !queries::is_overdue(conn, order, now)? {
            return Ok(false);
        }
        call_off(conn, order, &Ending::Overdue, &By::shop(now))?;
        Ok(true)
    });
    cancelled.map_err(unmoved)
}
