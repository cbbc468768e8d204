//! The second factor: codes of 30 seconds from an app (TOTP, RFC 6238), and recovery codes for who
//! has lost it. A code is good in its own 30 seconds alone and once (ASVS 6.5.1, 6.5.5).

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Key, Nonce};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::NaiveDateTime;
use sha2::{Digest, Sha256};
use totp_rs::{Builder, Secret, Totp};

use super::model::Member;
use super::news::{self, Happened};
use super::queries;
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::StaffId;
use crate::sessions;

/// 160 bits, as RFC 4226 recommends.
const SEED_BYTES: usize = 20;
const NONCE_BYTES: usize = 12;
/// How many recovery codes there are, of how many bits each: beyond guessing, so a fast hash will do.
const CODES: usize = 10;
const CODE_BYTES: usize = 15;

/// Seals what must be read again but never leave in the clear: with AES-256-GCM, bound to what it is
/// about, so that one person's seed cannot be given to another.
pub struct Seal(Aes256Gcm);

impl Seal {
    pub fn new(key: &[u8; 32]) -> Self {
        Self(Aes256Gcm::new(Key::<Aes256Gcm>::from_slice(key)))
    }

    pub(super) fn close(&self, about: &str, text: &[u8]) -> Result<String> {
        let nonce: [u8; NONCE_BYTES] = rand::random();
        let payload = Payload { msg: text, aad: about.as_bytes() };
        let sealed = self.0.encrypt(Nonce::from_slice(&nonce), payload);
        let sealed = sealed.map_err(|_| Error::internal("cannot seal a secret"))?;
        Ok(URL_SAFE_NO_PAD.encode([&nonce[..], &sealed].concat()))
    }

    /// `None` for what this shop has not sealed, or not about this.
    pub(super) fn open(&self, about: &str, sealed: &str) -> Option<Vec<u8>> {
        let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE_BYTES)?;
        let payload = Payload { msg: sealed, aad: about.as_bytes() };
        self.0.decrypt(Nonce::from_slice(nonce), payload).ok()
    }
}

fn seed_of(id: StaffId) -> String {
    format!("staff {id} seed")
}

fn totp(seed: &[u8], issuer: &str, account: &str) -> Totp {
    // A colon would end the issuer in the address that apps read.
    let plain = |text: &str| text.replace(':', " ");
    Builder::new()
        .with_secret(seed.to_vec())
        .with_digits(6)
        .with_step_duration(30)
        .with_skew(0)
        .with_issuer(Some(plain(issuer)))
        .with_account_name(plain(account))
        .build_noncompliant()
}

/// A second factor that is about to be set up: shown once, in a form that carries it, sealed.
pub struct Enrolment {
    pub sealed: String,
    /// To type into the app, in groups of four.
    pub key: String,
    /// What the picture says.
    pub address: String,
    seed: Vec<u8>,
}

/// A new one, or the one that a form has carried.
pub fn enrol(seal: &Seal, member: &Member, shop: &str, carried: Option<&str>) -> Result<Enrolment> {
    let about = format!("staff {} enrolment", member.id());
    let seed = carried.and_then(|sealed| seal.open(&about, sealed));
    let seed = seed.unwrap_or_else(|| rand::random::<[u8; SEED_BYTES]>().to_vec());
    let totp = totp(&seed, shop, &member.account.email);
    Ok(Enrolment {
        sealed: seal.close(&about, &seed)?,
        key: in_groups(&Secret::from(seed.clone()).to_base32()),
        address: totp.to_url().map_err(|error| Error::internal(error.to_string()))?,
        seed,
    })
}

fn in_groups(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let groups = letters.chunks(4).map(|group| group.iter().collect::<String>());
    groups.collect::<Vec<_>>().join(" ")
}

/// Ten codes, shown once.
pub struct RecoveryCodes(pub Vec<String>);

impl RecoveryCodes {
    fn random() -> Self {
        let code = || {
            let bytes: [u8; CODE_BYTES] = rand::random();
            let text = Secret::from(bytes.to_vec()).to_base32().to_lowercase();
            in_groups(text.trim_end_matches('=')).replace(' ', "-")
        };
        Self(std::iter::repeat_with(code).take(CODES).collect())
    }
}

/// What is stored of a recovery code, however it was typed.
fn hash(code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    let digest = Sha256::digest(plain.to_ascii_lowercase());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Sets a second factor up when the app's code shows that it works; `None` for a wrong code. Ends
/// her other sign-ins, and makes new recovery codes.
pub fn set_second_factor(
    conn: &mut Conn,
    (who, member, seal): (&Who, &Member, &Seal),
    enrolment: &Enrolment,
    code: &str,
) -> Result<Option<RecoveryCodes>> {
    let Some(step) = step_of(&enrolment.seed, code, who.at) else { return Ok(None) };
    let id = member.id();
    queries::set_seed(conn, id, &seal.close(&seed_of(id), &enrolment.seed)?, step)?;
    let codes = RecoveryCodes::random();
    for code in &codes.0 {
        queries::insert_recovery_code(conn, id, &hash(code))?;
    }
    sessions::end_others(conn, sessions::Who::Staff(id), member.session.id)?;
    news::tell(conn, id, Happened::SecondFactorSet, who.at)?;
    audit::write(conn, who, &Deed::of(Action::SecondFactorSet, Entity::Staff(id)))?;
    Ok(Some(codes))
}

fn step_of(seed: &[u8], code: &str, now: NaiveDateTime) -> Option<i64> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let seconds = u64::try_from(now.and_utc().timestamp()).ok()?;
    let step = totp(seed, "", "").check(&digits, seconds)?;
    i64::try_from(step).ok()
}

/// Uses up what was typed as a second factor: a code of the app, or a recovery code. Whether it was
/// good.
pub(super) fn use_up(
    conn: &mut Conn,
    (who, seal): (&Who, &Seal),
    (id, sealed_seed): (StaffId, &str),
    typed: &str,
) -> Result<bool> {
    let seed = seal.open(&seed_of(id), sealed_seed);
    if let Some(step) = seed.and_then(|seed| step_of(&seed, typed, who.at)) {
        return queries::use_step(conn, id, step);
    }
    if !queries::use_recovery_code(conn, id, &hash(typed))? {
        return Ok(false);
    }
    news::tell(conn, id, Happened::RecoveryCodeUsed, who.at)?;
    audit::write(conn, who, &Deed::of(Action::RecoveryCodeUsed, Entity::Staff(id)))?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    fn at(seconds: i64) -> NaiveDateTime {
        DateTime::from_timestamp(seconds, 0).expect("it exists").naive_utc()
    }

    /// RFC 6238, appendix B, cut to six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let seed = b"12345678901234567890";
        for (seconds, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")]
        {
            assert_eq!(step_of(seed, code, at(seconds)), Some(seconds / 30));
        }
    }

    #[test]
    fn a_code_is_good_for_its_own_thirty_seconds() {
        let seed = b"12345678901234567890";
        assert_eq!(step_of(seed, "28 70 82", at(30)), Some(1));
        assert_eq!(step_of(seed, "287082", at(60)), None);
        assert_eq!(step_of(seed, "287082", at(29)), None);
        for wrong in ["", "287083", "28708", "2870822", "-287082", "２８７０８２"] {
            assert_eq!(step_of(seed, wrong, at(59)), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_sealed_opens_with_its_key_and_for_what_it_is_about() {
        let (seal, other) = (Seal::new(&[1; 32]), Seal::new(&[2; 32]));
        let sealed = seal.close("staff 1 seed", b"seed").unwrap();
        assert_eq!(seal.open("staff 1 seed", &sealed).as_deref(), Some(&b"seed"[..]));
        assert_ne!(seal.close("staff 1 seed", b"seed").unwrap(), sealed);
        assert_eq!(seal.open("staff 2 seed", &sealed), None);
        assert_eq!(other.open("staff 1 seed", &sealed), None);
        for forged in ["", "AAAA", &sealed[1..], "not base64!"] {
            assert_eq!(seal.open("staff 1 seed", forged), None);
        }
    }

    #[test]
    fn recovery_codes_have_120_bits_and_are_read_however_they_are_typed() {
        let RecoveryCodes(codes) = RecoveryCodes::random();
        assert_eq!(codes.len(), 10);
        for code in codes {
            assert_eq!(code.len(), 29, "{code}");
            assert_eq!(hash(&code), hash(&code.to_uppercase().replace('-', " ")));
        }
    }
}
