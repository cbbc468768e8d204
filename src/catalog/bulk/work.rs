//! The change itself, a few products at a time: the first of them at once, the others by a job.

use chrono::TimeDelta;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::apply::{Doer, apply};
use super::model::{Change, Chosen, Problem, Stage};
use super::plan::{Plan, State};
use super::queries::{self, Edit, Row};
use super::states::states;
use crate::audit::{self, Action, Actor, Deed, Entity, Who};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::{BulkEditId, JobId, ProductId, StaffId};
use crate::jobs::{self, Kind, NewJob, Queue, Task, Works, enqueue};
use crate::web::frame::Frame;
use crate::web::{Shop, View};

const BULK: Kind = Kind { queue: Queue::Shop, name: "catalog.bulk" };
const SWEEP: Kind = Kind { queue: Queue::Shop, name: "catalog.bulk-sweep" };

/// Products of one transaction: other changes of a shop on SQLite wait for it.
const AT_ONCE: i64 = 20;
/// So many that have stopped are known.
const MOST_STOPPED: i64 = 100;
/// How long what was there before is kept.
const KEPT: TimeDelta = TimeDelta::days(90);

pub fn works(works: Works, shop: &Arc<Shop>) -> Works {
    let worker = shop.clone();
    let works = works.rows(BULK, move |conn, task| go_on(conn, &worker.frame(), task));
    works.sweeping(SWEEP, &shop.db, |conn, now, most| queries::sweep(conn, now - KEPT, most))
}

/// Begins a change of so many products as somebody has seen; `None` when they are not so many any
/// more. Nothing was written then.
pub fn begin(
    conn: &mut Conn,
    who: &Who,
    (view, chosen): (&View, &Chosen),
    (change, seen): (&Change, i64),
) -> Result<Option<BulkEditId>> {
    let (id, count) = queries::insert(conn, (staff(who)?, change, who.at), (view, chosen))?;
    if count != seen || count == 0 {
        queries::forget(conn, id)?;
        return Ok(None);
    }
    let after = serde_json::json!({ "bulk_edit": id, "change": change, "products": count });
    let deed = Deed::of(Action::ProductsChanged, Entity::Shop);
    audit::write(conn, who, &Deed { after, ..deed })?;
    step(conn, (who, &view.frame), id)?;
    Ok(Some(id))
}

/// Puts back what a change has made, where nobody has made it something else since. `false` when it is
/// not done yet, or undone already.
pub fn undo(conn: &mut Conn, (who, frame): (&Who, &Frame), id: BulkEditId) -> Result<bool> {
    if !queries::advance(conn, id, (Stage::Done, Stage::Undoing))? {
        return Ok(false);
    }
    let after = serde_json::json!({ "bulk_edit": id });
    let deed = Deed::of(Action::ProductsPutBack, Entity::Shop);
    audit::write(conn, who, &Deed { after, ..deed })?;
    step(conn, (who, frame), id)?;
    Ok(true)
}

/// Changes that have stopped, as the shop gave up going on with them, each with its job.
pub fn stopped(conn: &mut Conn) -> Result<BTreeMap<BulkEditId, JobId>> {
    let failed = jobs::failed::<(BulkEditId, StaffId)>(conn, BULK, MOST_STOPPED)?;
    Ok(failed.into_iter().map(|(job, (id, _))| (id, job)).collect())
}

/// Has a change that has stopped go on where it was. `false` when it has not stopped.
pub fn resume(conn: &mut Conn, who: &Who, id: BulkEditId) -> Result<bool> {
    let Some(job) = stopped(conn)?.get(&id).copied() else { return Ok(false) };
    if !jobs::retry(conn, job, who.at)? {
        return Ok(false);
    }
    let after = serde_json::json!({ "bulk_edit": id, "job": job, "kind": BULK.name });
    let deed = Deed::of(Action::JobRetried, Entity::Shop);
    audit::write(conn, who, &Deed { after, ..deed })?;
    Ok(true)
}

fn go_on(conn: &mut Conn, frame: &Frame, task: &Task) -> Result<()> {
    let (id, staff): (BulkEditId, StaffId) = task.about()?;
    let actor = Actor::Staff { id: staff, name: queries::name_of(conn, staff)? };
    let who = Who { actor, address: String::new(), request: String::new(), at: task.now };
    step(conn, (&who, frame), id)
}

/// The next few products, and a job for those behind them.
fn step(conn: &mut Conn, (who, frame): (&Who, &Frame), id: BulkEditId) -> Result<()> {
    let Some(edit) = queries::find(conn, id)? else { return Ok(()) };
    let (stand, end) = edit.stage.next();
    let rows = queries::settled(conn, id, stand, AT_ONCE)?;
    let ids: Vec<ProductId> = rows.iter().map(|row| row.product).collect();
    let states = states(conn, &ids, frame.settings.currency)?;
    let doer = doer((who, frame), &edit);
    for row in &rows {
        one(conn, &doer, (&edit, row), states.get(&row.product))?;
    }
    if i64::try_from(rows.len()).is_ok_and(|count| count == AT_ONCE) {
        return enqueue(conn, &NewJob::new(BULK, &(id, staff(who)?), who.at)?, who.at);
    }
    queries::advance(conn, id, (edit.stage, end)).map(|_| ())
}

fn doer<'a>((who, frame): (&'a Who, &'a Frame), edit: &'a Edit) -> Doer<'a> {
    let reason = match &edit.change {
        Change::Stock { reason, .. } => reason.as_str(),
        _ => "",
    };
    let deed = if edit.stage == Stage::Undoing { "bulk-undo" } else { "bulk" };
    Doer { who, frame, cause: format!("{deed}:{}", edit.id), reason }
}

/// Does to one product what is planned, if that can be, and writes down what has become of it.
fn one(
    conn: &mut Conn,
    doer: &Doer<'_>,
    (edit, row): (&Edit, &Row),
    state: Option<&State>,
) -> Result<()> {
    let mut plan = planned((edit, row), state);
    if let Plan::To { to, .. } = &plan
        && !queries::is_there(conn, to)?
    {
        plan = Plan::Cannot(Problem::Nowhere);
    }
    if let (Plan::To { from, to }, Some(state)) = (&plan, state) {
        apply(conn, doer, (row.product, state), (from, to))?;
    }
    let of = (edit.id, row.product);
    match edit.stage {
        Stage::Undoing => queries::settle_back(conn, of, &plan),
        _ => queries::settle(conn, of, &plan),
    }
}

fn planned((edit, row): (&Edit, &Row), state: Option<&State>) -> Plan {
    let Some(state) = state else { return Plan::Cannot(Problem::Gone) };
    match (edit.stage, &row.values) {
        (Stage::Undoing, Some((from, to))) => state.undo((from, to)),
        (Stage::Undoing, None) => Plan::Cannot(Problem::Gone),
        _ => edit.change.plan(state),
    }
}

fn staff(who: &Who) -> Result<StaffId> {
    match &who.actor {
        Actor::Staff { id, .. } => Ok(*id),
        _ => Err(Error::internal("nobody of the staff changes products")),
    }
}
