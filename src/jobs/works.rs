//! What is done for each kind of job.

use chrono::TimeDelta;
use futures_util::future::BoxFuture;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::model::{Failure, Kind, Queue, Task};
use crate::db::Conn;
use crate::error::Result;

/// Changes rows and nothing else, in the transaction that marks the job done.
type Rows = Arc<dyn Fn(&mut Conn, &Task) -> Result<()> + Send + Sync>;
/// Reaches outside, with no connection held. What it does must bear being done twice.
type Outside = Arc<dyn Fn(Task) -> BoxFuture<'static, Result<(), Failure>> + Send + Sync>;

#[derive(Clone)]
pub(super) enum Deed {
    Rows(Rows),
    Outside(Outside),
}

#[derive(Clone)]
pub(super) struct Work {
    pub kind: Kind,
    pub deed: Deed,
    /// Told, in the same transaction, that a job is given up.
    pub given_up: Option<Rows>,
    /// A job that never ends: it is done every so often.
    pub every: Option<TimeDelta>,
}

/// All that a crew knows to do. A job of any other kind is left alone.
#[derive(Clone, Default)]
pub struct Works(BTreeMap<&'static str, Work>);

impl Works {
    /// Work within the database: exactly once.
    pub fn rows(
        self,
        kind: Kind,
        deed: impl Fn(&mut Conn, &Task) -> Result<()> + Send + Sync + 'static,
    ) -> Self {
        self.and(kind, Deed::Rows(Arc::new(deed)), None)
    }

    /// Work that reaches outside: at least once. It is cut off a while before its lease ends.
    pub fn outside(
        self,
        kind: Kind,
        deed: impl Fn(Task) -> BoxFuture<'static, Result<(), Failure>> + Send + Sync + 'static,
    ) -> Self {
        self.and(kind, Deed::Outside(Arc::new(deed)), None)
    }

    /// Work that is done every so often, by one of all crews, for as long as there is a shop.
    pub fn every(
        self,
        kind: Kind,
        interval: TimeDelta,
        deed: impl Fn(Task) -> BoxFuture<'static, Result<(), Failure>> + Send + Sync + 'static,
    ) -> Self {
        self.and(kind, Deed::Outside(Arc::new(deed)), Some(interval))
    }

    /// What follows, in the same transaction, when a job of a kind is given up.
    pub fn given_up(
        mut self,
        kind: Kind,
        told: impl Fn(&mut Conn, &Task) -> Result<()> + Send + Sync + 'static,
    ) -> Self {
        if let Some(work) = self.0.get_mut(kind.name) {
            work.given_up = Some(Arc::new(told));
        }
        self
    }

    fn and(mut self, kind: Kind, deed: Deed, every: Option<TimeDelta>) -> Self {
        self.0.insert(kind.name, Work { kind, deed, given_up: None, every });
        self
    }

    pub(super) fn find(&self, kind: &str) -> Option<&Work> {
        self.0.get(kind)
    }

    pub(super) fn kinds(&self, queue: Queue) -> Vec<&'static str> {
        self.0.values().filter(|work| work.kind.queue == queue).map(|work| work.kind.name).collect()
    }

    pub(super) fn periodic(&self) -> impl Iterator<Item = Kind> {
        self.0.values().filter(|work| work.every.is_some()).map(|work| work.kind)
    }
}
