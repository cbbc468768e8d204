//! What one use costs, and who has used up what.
//!
//! The rule is the generic cell rate algorithm (ITU-T I.371): a use takes its part of the time, and
//! whoever is ahead by less than the whole time may go on. One instant says it all.

use chrono::NaiveDateTime;
use hkdf::hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::net::{IpAddr, Ipv6Addr};

use super::gate::Gate;
use crate::config::{By, Counter, Limit, PurposeKey, Rate, Rates};
use crate::error::{Error, Result};

const MICROS: i64 = 1_000_000;

/// All limits of a running shop.
pub struct Limits {
    rates: Rates,
    key: PurposeKey,
    gate: Gate,
}

/// One use of something limited, by somebody, ready to be counted in the database.
#[derive(Clone, Debug)]
pub struct Charge {
    /// The counter's name, for the log.
    pub(super) counter: &'static str,
    /// A keyed hash: the table tells nobody who tried what.
    pub(super) subject: String,
    pub(super) rate: Rate,
}

impl Limits {
    pub fn new(rates: Rates, key: PurposeKey) -> Self {
        Self { rates, key, gate: Gate::default() }
    }

    /// What one use costs: one charge for each counter. `subject` is the account, order, cart or
    /// mailbox that it is about; empty where only the address counts.
    pub fn charges(&self, limit: Limit, subject: &str, from: IpAddr) -> Vec<Charge> {
        let network = network(from);
        let counted = self.rates.of(limit).filter_map(|(counter, rate)| {
            let subject = match counter.by {
                By::Subject => self.hidden(counter, subject, ""),
                By::SubjectAtAddress => self.hidden(counter, subject, &shown(network)),
                By::Address => self.hidden(counter, "", &network?.to_string()),
            };
            Some(Charge { counter: counter.name, subject, rate })
        });
        counted.collect()
    }

    /// Counts one use in the memory of this instance.
    ///
    /// # Errors
    /// `TooMany` when nothing is left for this address.
    pub fn pass(&self, limit: Limit, from: IpAddr, now: NaiveDateTime) -> Result<()> {
        let Some(network) = network(from) else { return Ok(()) };
        for (counter, rate) in self.rates.of(limit) {
            self.gate.pass((counter.name, network), rate, now)?;
        }
        Ok(())
    }

    fn hidden(&self, counter: &Counter, subject: &str, address: &str) -> String {
        // A key of any length will do, so this is never the other one.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.key.as_bytes()) else {
            return String::new();
        };
        // No name holds a NUL, so no two subjects read alike.
        mac.update([counter.name, subject, address].join("\0").as_bytes());
        let hash = mac.finalize().into_bytes();
        hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Whom an address stands for: one of IPv6 can be changed at will within its /64. `None` for this
/// machine: that is the operator, or a proxy that was not named, behind which stands everybody.
fn network(address: IpAddr) -> Option<IpAddr> {
    match address.to_canonical() {
        address if address.is_loopback() => None,
        IpAddr::V4(address) => Some(address.into()),
        IpAddr::V6(address) => {
            let network = address.to_bits() >> 64 << 64;
            Some(Ipv6Addr::from_bits(network).into())
        }
    }
}

fn shown(network: Option<IpAddr>) -> String {
    network.map(|network| network.to_string()).unwrap_or_default()
}

/// Microseconds since 1970.
pub(super) fn micros(at: NaiveDateTime) -> i64 {
    at.and_utc().timestamp_micros()
}

/// Microseconds that one use takes.
pub(super) fn cost(rate: Rate) -> i64 {
    i64::from(rate.within_seconds) * MICROS / i64::from(rate.most)
}

/// The last instant until which the time may be used up for one more use to be left.
pub(super) fn latest(rate: Rate, now: i64) -> i64 {
    now + i64::from(rate.within_seconds) * MICROS - cost(rate)
}

/// What is told to somebody for whom nothing is left.
pub(super) fn refuse(counter: &'static str, rate: Rate, used_until: i64, now: i64) -> Error {
    tracing::warn!(limit = counter, "a limit is reached");
    let wait = u64::try_from(used_until - latest(rate, now)).unwrap_or(1).max(1);
    let seconds = wait.div_ceil(MICROS.unsigned_abs());
    Error::TooMany { retry_after_seconds: u32::try_from(seconds).unwrap_or(u32::MAX) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_stands_for_its_network() {
        let of = |text: &str| network(text.parse().unwrap()).map(|network| network.to_string());
        assert_eq!(of("203.0.113.9").as_deref(), Some("203.0.113.9"));
        assert_eq!(of("::ffff:203.0.113.9").as_deref(), Some("203.0.113.9"));
        assert_eq!(of("2001:db8:1:2:3:4:5:6").as_deref(), Some("2001:db8:1:2::"));
        assert_eq!(of("127.0.0.9"), None);
        assert_eq!(of("::1"), None);
    }

    #[test]
    fn a_refusal_says_when_the_next_use_is_left() {
        let rate = Rate { most: 4, within_seconds: 60 };
        let now = 1_000 * MICROS;
        let Error::TooMany { retry_after_seconds } = refuse("x", rate, now + 60 * MICROS, now)
        else {
            panic!("another error");
        };
        assert_eq!(retry_after_seconds, 15);
    }
}
