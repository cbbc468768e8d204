//! From a password to what is stored of it, and back to a yes or no.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha384;

use super::model::Hash;
use crate::config::PurposeKey;
use crate::error::{Error, Result};

/// bcrypt over 64 characters, whatever the password is: none of it is ignored.
pub(super) fn hash(key: &PurposeKey, cost: u32, password: &str) -> Result<Hash> {
    bcrypt::hash(short(key, password)?, cost).map(Hash).map_err(failed)
}

pub(super) fn matches(key: &PurposeKey, password: &str, hash: &Hash) -> Result<bool> {
    bcrypt::verify(short(key, password)?, hash.as_str()).map_err(failed)
}

/// One that no password has and that takes as long to find that out.
pub(super) fn of_nobody(cost: u32) -> Hash {
    let (salt, rest) = (".".repeat(22), ".".repeat(31));
    Hash(format!("$2b${cost:02}${salt}{rest}"))
}

/// Whether it was made at another cost than today's.
pub(super) fn is_outdated(hash: &Hash, cost: u32) -> bool {
    let parts = hash.as_str().parse::<bcrypt::HashParts>();
    parts.is_ok_and(|parts| parts.get_cost() != cost)
}

fn short(key: &PurposeKey, password: &str) -> Result<String> {
    let mac = Hmac::<Sha384>::new_from_slice(key.as_bytes());
    let mut mac = mac.map_err(|error| Error::internal(error.to_string()))?;
    mac.update(password.as_bytes());
    Ok(STANDARD.encode(mac.finalize().into_bytes()))
}

fn failed(error: bcrypt::BcryptError) -> Error {
    Error::internal(format!("cannot hash a password: {error}"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const COST: u32 = 4;

    fn key(byte: u8) -> PurposeKey {
        PurposeKey::of_test(byte)
    }

    #[test]
    fn every_byte_of_a_password_counts() {
        let key = key(1);
        let long = "a".repeat(72);
        let hash = hash(&key, COST, &format!("{long}b")).unwrap();
        assert!(matches(&key, &format!("{long}b"), &hash).unwrap());
        for other in [long.clone(), format!("{long}c"), format!("{long}b "), format!("{long}b\0")] {
            assert!(!matches(&key, &other, &hash).unwrap());
        }
    }

    #[test]
    fn a_hash_is_worth_nothing_without_the_key() {
        let hash = hash(&key(1), COST, "batu kali").unwrap();
        assert!(!matches(&key(2), "batu kali", &hash).unwrap());
    }

    #[test]
    fn the_same_password_is_stored_in_two_ways() {
        let key = key(1);
        assert_ne!(hash(&key, COST, "batu kali").unwrap(), hash(&key, COST, "batu kali").unwrap());
    }

    #[test]
    fn nobody_has_a_hash_like_any_other() {
        let nobody = of_nobody(COST);
        assert!(!matches(&key(1), "", &nobody).unwrap());
        assert!(!is_outdated(&nobody, COST));
    }

    #[test]
    fn a_hash_knows_what_it_cost() {
        let hash = hash(&key(1), COST, "batu kali").unwrap();
        assert!(!is_outdated(&hash, COST));
        assert!(is_outdated(&hash, COST + 1));
    }
}
