//! The shop's keys: those that encrypt cookies, which change, and the secret behind everything that
//! is stored, which does not. docs/keys.md tells the operator.

use std::fmt;
use std::path::Path;

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::key_file::{self, Bytes, KeyError};

const COOKIE_KEYS: &str = "session.key";
const SECRET: &str = "shop.secret";
/// Of keys that are changed every month, the oldest is older than any cookie.
const MOST_COOKIE_KEYS: usize = 4;

/// All keys of a shop. Prints as `***`.
#[derive(Clone)]
pub struct Keys {
    cookies: Vec<Bytes>,
    secret: Bytes,
}

/// What a key made of the secret is for. No two purposes share one, so that what is sealed for the
/// one cannot be shown to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Mixed into every password before it is hashed: a stolen table alone cannot be guessed at.
    Passwords,
    /// Seals what staff need in the clear: the seeds of their second factor.
    StaffSecrets,
    /// Hides whom a limit counts.
    Limits,
    /// Seals links to what shoppers do not see yet.
    Previews,
    /// Seals when a form was shown.
    Forms,
}

impl Purpose {
    /// Stays for ever: with another label, what was made with the key can no longer be read.
    fn label(self) -> &'static [u8] {
        match self {
            Self::Passwords => b"etalase passwords 1",
            Self::StaffSecrets => b"etalase staff secrets 1",
            Self::Limits => b"etalase limits 1",
            Self::Previews => b"etalase previews 1",
            Self::Forms => b"etalase forms 1",
        }
    }
}

/// A key for one purpose. Prints as `***`.
#[derive(Clone)]
pub struct PurposeKey([u8; 32]);

impl PurposeKey {
    /// Of a shop that is none.
    #[cfg(test)]
    pub(crate) fn of_test(byte: u8) -> Self {
        Self([byte; 32])
    }

    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// What only this shop can make of a text, in hexadecimal.
    #[must_use]
    pub fn seal(&self, text: &str) -> String {
        let sealed = self.mac(text).map(|mac| mac.finalize().into_bytes());
        sealed.unwrap_or_default().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether it is the seal of this text.
    #[must_use]
    pub fn is_seal(&self, text: &str, seal: &str) -> bool {
        let known = self.mac(text).zip(bytes(seal));
        known.is_some_and(|(mac, seal)| mac.verify_slice(&seal).is_ok())
    }

    /// A key of any length will do, so there always is one.
    fn mac(&self, text: &str) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        mac.update(text.as_bytes());
        Some(mac)
    }
}

fn bytes(hexadecimal: &str) -> Option<Vec<u8>> {
    let pairs = hexadecimal.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok()).collect()
}

impl fmt::Debug for PurposeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl Keys {
    /// Reads `session.key` and `shop.secret` in `data_dir`; makes what is missing.
    ///
    /// # Errors
    /// When a file is readable by others, has the wrong size, or cannot be read or written.
    pub fn load(data_dir: &Path) -> Result<Self, KeyError> {
        let path = data_dir.join(SECRET);
        let secret = key_file::read_or_make(&path, 1)?;
        Ok(Self {
            cookies: key_file::read_or_make(&data_dir.join(COOKIE_KEYS), MOST_COOKIE_KEYS)?,
            secret: *secret.first().ok_or(KeyError::Size(path))?,
        })
    }

    /// Keys of cookies, for `actix_web::cookie::Key::from`: the first encrypts, all decrypt.
    pub fn cookies(&self) -> impl Iterator<Item = &[u8]> {
        self.cookies.iter().map(|key| key.as_slice())
    }

    /// The key for a purpose: the same as long as `shop.secret` is, however often cookie keys
    /// change.
    #[must_use]
    pub fn of(&self, purpose: Purpose) -> PurposeKey {
        let mut key = [0; 32];
        // HKDF gives up to 8,160 bytes; without any, nothing could be verified, so nobody gets in.
        let _ = Hkdf::<Sha256>::new(None, &self.secret).expand(purpose.label(), &mut key);
        PurposeKey(key)
    }
}

/// Puts a new cookie key before the others and drops the oldest of many; how many there are now.
///
/// A running shop goes on with those that it has read.
///
/// # Errors
/// As [`Keys::load`].
pub fn rotate_cookie_keys(data_dir: &Path) -> Result<usize, KeyError> {
    let path = data_dir.join(COOKIE_KEYS);
    let mut keys = key_file::read_or_make(&path, MOST_COOKIE_KEYS)?;
    keys.insert(0, key_file::random()?);
    keys.truncate(MOST_COOKIE_KEYS);
    key_file::replace(&path, &keys)?;
    Ok(keys.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rotation_puts_a_new_key_first_and_keeps_the_others_for_a_while() {
        let folder = tempfile::tempdir().unwrap();
        let mut all = Vec::new();
        for _ in 0..6 {
            let keys = Keys::load(folder.path()).unwrap();
            let first = keys.cookies().next().unwrap().to_vec();
            assert!(!all.contains(&first), "a new key each time");
            all.insert(0, first);
            let expected: Vec<&[u8]> = all.iter().take(4).map(Vec::as_slice).collect();
            assert!(keys.cookies().eq(expected));
            rotate_cookie_keys(folder.path()).unwrap();
        }
    }

    #[test]
    fn keys_for_purposes_differ_and_outlive_a_rotation() {
        let folder = tempfile::tempdir().unwrap();
        let purposes = [
            Purpose::Passwords,
            Purpose::StaffSecrets,
            Purpose::Limits,
            Purpose::Previews,
            Purpose::Forms,
        ];
        let all = || {
            let keys = Keys::load(folder.path()).unwrap();
            purposes.map(|purpose| *keys.of(purpose).as_bytes())
        };
        let before = all();
        rotate_cookie_keys(folder.path()).unwrap();
        assert_eq!(all(), before);
        assert!(before[0] != before[1] && before[1] != before[2] && before[0] != before[2]);
        assert!(!before.contains(&[0; 32]));
    }

    #[test]
    fn keys_do_not_print() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::load(folder.path()).unwrap();
        assert_eq!(format!("{keys:?} {:?}", keys.of(Purpose::Limits)), "*** ***");
    }
}
