//! How often redirects led on: gathered by each instance, written together now and then.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::db::schema::redirect;
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::ids::RedirectId;

/// No more than one write in that time, however many follow old links.
const EVERY: TimeDelta = TimeDelta::seconds(10);

/// What was counted and is not written yet: never more entries than there are redirects.
#[derive(Default)]
pub struct Hits {
    gathered: Mutex<Gathered>,
}

#[derive(Default)]
struct Gathered {
    written_at: Option<NaiveDateTime>,
    /// How often, and when last.
    counts: BTreeMap<RedirectId, (i64, NaiveDateTime)>,
}

impl Hits {
    /// Counts one; whoever comes when it is time writes down what was gathered.
    pub(super) async fn count(&self, db: &Db, id: RedirectId, now: NaiveDateTime) -> Result<()> {
        if self.gather(id, now) {
            self.write_down(db, now).await?;
        }
        Ok(())
    }

    /// Whether it is time to write.
    fn gather(&self, id: RedirectId, now: NaiveDateTime) -> bool {
        let mut gathered = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
        let count = gathered.counts.entry(id).or_insert((0, now));
        *count = (count.0 + 1, now);
        gathered.written_at.is_none_or(|at| now - at >= EVERY)
    }

    /// Writes down what this instance has gathered: before the list is shown, and in between.
    pub async fn write_down(&self, db: &Db, now: NaiveDateTime) -> Result<()> {
        let counts = {
            let mut gathered = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
            gathered.written_at = Some(now);
            std::mem::take(&mut gathered.counts)
        };
        if counts.is_empty() {
            return Ok(());
        }
        db.write(move |conn| add(conn, &counts)).await
    }
}

fn add(conn: &mut Conn, counts: &BTreeMap<RedirectId, (i64, NaiveDateTime)>) -> Result<()> {
    for (id, (many, last)) in counts {
        diesel::update(redirect::table.find(*id))
            .set((redirect::hits.eq(redirect::hits + many), redirect::last_hit_at.eq(last)))
            .execute(conn)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_hits_one_writes() {
        let hits = Hits::default();
        let at = |seconds: i64| {
            let at = chrono::DateTime::from_timestamp(1_800_000_000 + seconds, 0);
            at.expect("it exists").naive_utc()
        };
        assert!(hits.gather(RedirectId(1), at(0)));
        hits.gathered.lock().expect("nobody panics").written_at = Some(at(0));
        assert!((1..10).all(|second| !hits.gather(RedirectId(1), at(second))));
        assert!(hits.gather(RedirectId(2), at(10)));
        let gathered = hits.gathered.lock().expect("nobody panics");
        assert_eq!(gathered.counts[&RedirectId(1)], (10, at(9)));
        assert_eq!(gathered.counts.len(), 2);
    }
}
