//! What is counted in memory.

use chrono::NaiveDateTime;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use super::model::{cost, latest, micros, refuse};
use crate::config::Rate;
use crate::error::Result;

/// Threads rarely wait for each other.
const SHARDS: usize = 16;
/// 4 MB in all. A flood from more addresses than that is not one that counting stops.
const MOST_IN_SHARD: usize = 4_096;

/// A counter's name, and whom it counts.
type Subject = (&'static str, IpAddr);

/// Until when who has used up his time.
#[derive(Default)]
pub(super) struct Gate {
    shards: [Mutex<HashMap<Subject, i64>>; SHARDS],
    hasher: RandomState,
}

impl Gate {
    pub fn pass(&self, subject: Subject, rate: Rate, now: NaiveDateTime) -> Result<()> {
        let now = micros(now);
        let shard = self.hasher.hash_one(subject) % SHARDS as u64;
        let mut used = self.shards[shard as usize].lock().unwrap_or_else(PoisonError::into_inner);
        match used.get_mut(&subject) {
            Some(until) if *until > latest(rate, now) => Err(refuse(subject.0, rate, *until, now)),
            Some(until) => {
                *until = now.max(*until) + cost(rate);
                Ok(())
            }
            None => {
                if used.len() >= MOST_IN_SHARD {
                    used.retain(|_, until| *until > now);
                }
                if used.len() < MOST_IN_SHARD {
                    used.insert(subject, now + cost(rate));
                }
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, TimeDelta};

    const RATE: Rate = Rate { most: 3, within_seconds: 6 };

    fn at(millis: i64) -> NaiveDateTime {
        DateTime::UNIX_EPOCH.naive_utc() + TimeDelta::milliseconds(millis)
    }

    fn address(n: u32) -> IpAddr {
        IpAddr::V4(n.into())
    }

    #[test]
    fn all_at_once_then_one_for_each_part_of_the_time() {
        let gate = Gate::default();
        let passes = |millis| gate.pass(("x", address(1)), RATE, at(millis)).is_ok();
        assert_eq!([0, 0, 0, 0].map(passes), [true, true, true, false]);
        assert_eq!([1_999, 2_000, 2_001, 4_000].map(passes), [false, true, false, true]);
        assert_eq!([60_000, 60_000, 60_000, 60_000].map(passes), [true, true, true, false]);
    }

    #[test]
    fn counters_and_addresses_do_not_know_of_each_other() {
        let gate = Gate::default();
        for subject in [("x", address(1)), ("x", address(2)), ("y", address(1))] {
            assert!((0..3).all(|_| gate.pass(subject, RATE, at(0)).is_ok()));
            assert!(gate.pass(subject, RATE, at(0)).is_err());
        }
    }

    #[test]
    fn a_flood_of_addresses_does_not_fill_the_memory() {
        let gate = Gate::default();
        for n in 0..200_000 {
            gate.pass(("x", address(n)), RATE, at(0)).unwrap();
        }
        let kept: usize = gate.shards.iter().map(|shard| shard.lock().unwrap().len()).sum();
        assert!(kept <= SHARDS * MOST_IN_SHARD, "{kept}");
        gate.pass(("x", address(0)), RATE, at(60_000)).unwrap();
    }
}
