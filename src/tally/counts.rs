//! What one instance has counted and is not written yet.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta, TimeZone};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::model::Words;
use super::queries;
use crate::db::Db;
use crate::error::Result;
use crate::web::Visit;

/// No more than one write in that time, however many search.
const EVERY: TimeDelta = TimeDelta::seconds(10);
/// So many different words wait to be written; others are not counted meanwhile.
const MOST: usize = 1_000;

/// Counts what shoppers do.
#[derive(Default)]
pub struct Tally {
    gathered: Mutex<Gathered>,
}

#[derive(Default)]
struct Gathered {
    written_at: Option<NaiveDateTime>,
    counts: Counts,
}

/// By day of the shop's clock.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// How often, and how often in vain.
    pub searches: BTreeMap<(NaiveDate, Words), (i64, i64)>,
    pub carts: BTreeMap<NaiveDate, i64>,
}

impl Tally {
    /// Somebody has searched these words.
    pub fn search(&self, visit: &Visit, typed: &str, is_found: bool) {
        let Some(words) = Words::of(typed) else { return };
        self.count(visit, |counts, day| counts.search(day, words, is_found));
    }

    /// Somebody has put the first thing into a cart.
    pub fn cart(&self, visit: &Visit) {
        self.count(visit, |counts, day| *counts.carts.entry(day).or_default() += 1);
    }

    /// Writes down what this instance has counted: before it is shown.
    pub async fn write_down(&self, db: &Db, now: NaiveDateTime) -> Result<()> {
        let counts = self.take(now);
        if counts == Counts::default() {
            return Ok(());
        }
        db.write(move |conn| queries::add(conn, &counts)).await
    }

    fn count(&self, visit: &Visit, add: impl FnOnce(&mut Counts, NaiveDate)) {
        let day = visit.frame.settings.time_zone.from_utc_datetime(&visit.now).date_naive();
        let Some(counts) = self.gather(visit.now, |counts| add(counts, day)) else { return };
        let db = visit.shop.db.clone();
        actix_web::rt::spawn(async move {
            if let Err(error) = db.write(move |conn| queries::add(conn, &counts)).await {
                tracing::warn!(%error, "what was counted is lost");
            }
        });
    }

    /// Counts one; what is to be written, when it is time.
    fn gather(&self, now: NaiveDateTime, add: impl FnOnce(&mut Counts)) -> Option<Counts> {
        let mut gathered = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
        add(&mut gathered.counts);
        let since = *gathered.written_at.get_or_insert(now);
        (now - since >= EVERY).then(|| gathered.take(now))
    }

    fn take(&self, now: NaiveDateTime) -> Counts {
        self.gathered.lock().unwrap_or_else(PoisonError::into_inner).take(now)
    }
}

impl Gathered {
    fn take(&mut self, now: NaiveDateTime) -> Counts {
        self.written_at = Some(now);
        std::mem::take(&mut self.counts)
    }
}

impl Counts {
    fn search(&mut self, day: NaiveDate, words: Words, is_found: bool) {
        let has_room = self.searches.len() < MOST;
        let key = (day, words);
        if has_room || self.searches.contains_key(&key) {
            let (searches, empty) = self.searches.entry(key).or_default();
            *searches += 1;
            *empty += i64::from(!is_found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> NaiveDateTime {
        chrono::DateTime::from_timestamp(1_800_000_000 + seconds, 0).expect("it exists").naive_utc()
    }

    fn words(text: &str) -> Words {
        Words::of(text).expect("the test writes words")
    }

    #[test]
    fn of_many_searches_one_writes() {
        let (tally, day) = (Tally::default(), at(0).date());
        let search = |seconds, is_found| {
            tally.gather(at(seconds), |counts| counts.search(day, words("mug"), is_found))
        };
        assert!((0..10).all(|second| search(second, second % 3 > 0).is_none()));
        let counts = search(10, true).expect("it is time");
        assert_eq!(counts.searches[&(day, words("mug"))], (11, 4));
        assert_eq!(tally.take(at(11)), Counts::default());
    }

    #[test]
    fn no_more_words_are_gathered_than_there_is_room_for() {
        let (mut counts, day) = (Counts::default(), at(0).date());
        for number in 0..MOST + 5 {
            counts.search(day, words(&format!("word{number}")), true);
        }
        counts.search(day, words("word0"), true);
        assert_eq!(counts.searches.len(), MOST);
        assert_eq!(counts.searches[&(day, words("word0"))].0, 2);
    }
}
