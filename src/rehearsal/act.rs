//! `POST /payments/rehearsal/{reference}`: what somebody wants to happen to a payment, happens.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::{NaiveDateTime, TimeDelta};

use super::model::{Act, State};
use super::queries;
use super::show::is_open;
use super::sweep;
use crate::db::{Conn, Db};
use crate::error::{Error, Result};
use crate::ids::AttemptToken;
use crate::jobs::{self, Kind, NewJob, Queue, Works};
use crate::orders::Payment;
use crate::payments::{Gateways, Notice, keep};
use crate::web::{Form, Visit, see_other};

/// Money that was on its way arrives, about a reference.
const ARRIVES: Kind = Kind { queue: Queue::Gateway, name: "rehearsal.arrives" };
/// How long it takes.
const WAY: TimeDelta = TimeDelta::minutes(1);

/// Back to the shop, as a gateway's page leads there: whatever the payment has become.
pub async fn act(
    visit: Visit,
    gateways: Data<Gateways>,
    reference: Path<String>,
    form: Form,
) -> Result<HttpResponse> {
    is_open(&gateways)?;
    let act = Act::parse(form.get("act")).ok_or(Error::Malformed("no such button"))?;
    let (reference, now) = (reference.into_inner(), visit.now);
    let perform = move |conn: &mut Conn| {
        let payment = queries::find(conn, &reference)?.ok_or(Error::NotFound)?;
        if payment.expires_at > now || act.moves().0 != State::Open {
            perform(conn, &reference, act, now)?;
        }
        Ok(payment.return_url)
    };
    Ok(see_other(&visit.shop.db.write(perform).await?))
}

/// Lets money arrive that was on its way, and forgets what is old.
pub fn works(works: Works, db: &Db) -> Works {
    sweep::works(works, db).rows(ARRIVES, |conn, task| {
        let reference: String = task.about()?;
        perform(conn, &reference, Act::Arrive, task.now)
    })
}

/// Moves a payment and tells the shop, unless it has moved already.
fn perform(conn: &mut Conn, reference: &str, act: Act, now: NaiveDateTime) -> Result<()> {
    let (from, to) = act.moves();
    if !queries::advance(conn, reference, (from, to))? {
        return Ok(());
    }
    let payment = queries::find(conn, reference)?.ok_or(Error::NotFound)?;
    let notice = Notice {
        event_id: format!("{reference}/{}", to.code()),
        attempt: AttemptToken::parse(&payment.attempt),
        reference: Some(payment.reference),
    };
    keep(conn, Payment::Rehearsal.code(), &notice, act.code(), now)?;
    match to {
        State::Processing => {
            let job = NewJob::new(ARRIVES, &reference, now)?.due_at(now + WAY);
            jobs::enqueue(conn, &job, now)
        }
        _ => Ok(()),
    }
}
