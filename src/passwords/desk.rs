//! Where passwords are hashed and checked: off the threads that answer requests, a few at once.

use actix_web::web;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::hashed::{hash, is_outdated, matches, of_nobody};
use super::model::{Hash, Weakness, Whose, is_too_long, weakness};
use crate::config::PurposeKey;
use crate::error::{Error, Result};

/// So many may wait for each that is served; whoever comes then is told to come again.
const QUEUE: usize = 8;

/// How a password that was typed compares to the one that is known.
#[derive(Debug)]
pub enum Checked {
    Wrong,
    Right {
        /// The same password at today's cost, where it was kept at another.
        renewed: Option<Hash>,
    },
}

/// What hashing needs: the key, the cost, and places to do it at. One for each process.
pub struct Passwords {
    counter: Arc<Counter>,
    places: Semaphore,
    most_waiting: usize,
    waiting: AtomicUsize,
    hashed: AtomicU64,
}

struct Counter {
    key: PurposeKey,
    cost: u32,
    /// What is checked for somebody who is not known, so that it takes as long.
    nobody: Hash,
}

impl Passwords {
    pub fn new(cost: u32, key: PurposeKey) -> Self {
        let places = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            counter: Arc::new(Counter { key, cost, nobody: of_nobody(cost) }),
            places: Semaphore::new(places),
            most_waiting: QUEUE * places,
            waiting: AtomicUsize::new(0),
            hashed: AtomicU64::new(0),
        }
    }

    /// How many passwords have been hashed, right or wrong.
    pub fn hashed(&self) -> u64 {
        self.hashed.load(Ordering::Relaxed)
    }

    /// Hashes a password that somebody wants, or says why she cannot have it.
    ///
    /// `known`: what is known of her, which makes a bad password: her name, her address, the
    /// shop's name.
    ///
    /// # Errors
    /// `Busy` when too many wait already.
    pub async fn choose(
        &self,
        typed: &str,
        whose: Whose,
        known: &[&str],
    ) -> Result<Result<Hash, Weakness>> {
        let (typed, counter) = (typed.to_owned(), self.counter.clone());
        let known: Vec<String> = known.iter().map(ToString::to_string).collect();
        self.at_a_place(move || match weakness(&typed, whose, &known) {
            Some(weakness) => Ok(Err(weakness)),
            None => hash(&counter.key, counter.cost, &typed).map(Ok),
        })
        .await
    }

    /// Compares what was typed with what is known. `None` is somebody whom nobody knows: wrong, and
    /// only after as long (ASVS 6.3.8).
    ///
    /// # Errors
    /// `Busy` when too many wait already.
    pub async fn check(&self, typed: &str, known: Option<Hash>) -> Result<Checked> {
        // Nobody has one so long, whoever she is.
        if is_too_long(typed) {
            return Ok(Checked::Wrong);
        }
        let (typed, counter) = (typed.to_owned(), self.counter.clone());
        self.at_a_place(move || {
            let is_known = known.is_some();
            let stored = known.as_ref().unwrap_or(&counter.nobody);
            if !matches(&counter.key, &typed, stored)? || !is_known {
                return Ok(Checked::Wrong);
            }
            let renewed = match is_outdated(stored, counter.cost) {
                true => Some(hash(&counter.key, counter.cost, &typed)?),
                false => None,
            };
            Ok(Checked::Right { renewed })
        })
        .await
    }

    async fn at_a_place<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let _place = self.place().await?;
        self.hashed.fetch_add(1, Ordering::Relaxed);
        web::block(work).await.map_err(|error| Error::internal(error.to_string()))?
    }

    async fn place(&self) -> Result<SemaphorePermit<'_>> {
        let _turn = Turn::take(&self.waiting, self.most_waiting).ok_or(Error::Busy)?;
        self.places.acquire().await.map_err(|error| Error::internal(error.to_string()))
    }
}

/// One who waits; given back also when she goes away before her turn.
struct Turn<'a>(&'a AtomicUsize);

impl<'a> Turn<'a> {
    fn take(waiting: &'a AtomicUsize, most: usize) -> Option<Self> {
        let turn = Self(waiting);
        (waiting.fetch_add(1, Ordering::Relaxed) < most).then_some(turn)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use futures_util::future::join_all;

    fn passwords(cost: u32) -> Passwords {
        Passwords::new(cost, PurposeKey::of_test(1))
    }

    async fn hashed(passwords: &Passwords, typed: &str) -> Hash {
        passwords.choose(typed, Whose::Customer, &[]).await.unwrap().unwrap()
    }

    #[actix_web::test]
    async fn the_right_password_is_right_and_no_other() {
        let desk = passwords(4);
        let hash = hashed(&desk, "batu kali lembayung").await;
        let right = desk.check("batu kali lembayung", Some(hash.clone())).await.unwrap();
        assert!(matches!(right, Checked::Right { renewed: None }));
        for wrong in ["batu kali lembayun", "Batu kali lembayung", "", &"a".repeat(129)] {
            let checked = desk.check(wrong, Some(hash.clone())).await.unwrap();
            assert!(matches!(checked, Checked::Wrong), "{wrong}");
        }
    }

    #[actix_web::test]
    async fn nobody_has_a_right_password() {
        let desk = passwords(4);
        // Not even the one that stands in for hers.
        assert!(matches!(desk.check("", None).await.unwrap(), Checked::Wrong));
        assert!(matches!(desk.check("batu kali lembayung", None).await.unwrap(), Checked::Wrong));
    }

    #[actix_web::test]
    async fn a_password_is_kept_anew_when_the_cost_changes() {
        let hash = hashed(&passwords(4), "batu kali lembayung").await;
        let desk = passwords(5);
        let checked = desk.check("batu kali lembayung", Some(hash)).await.unwrap();
        let Checked::Right { renewed: Some(renewed) } = checked else { panic!("{checked:?}") };
        let again = desk.check("batu kali lembayung", Some(renewed)).await.unwrap();
        assert!(matches!(again, Checked::Right { renewed: None }));
    }

    #[actix_web::test]
    async fn only_so_many_wait() {
        let desk = Passwords { most_waiting: 1, places: Semaphore::new(1), ..passwords(4) };
        let tries = (0..4).map(|_| desk.check("batu kali lembayung", None));
        let answers = join_all(tries).await;
        let busy = answers.iter().filter(|answer| matches!(answer, Err(Error::Busy))).count();
        assert_eq!(busy, 2, "one is served, one waits");
        assert!(desk.check("batu kali lembayung", None).await.is_ok(), "its turn was given back");
    }
}
