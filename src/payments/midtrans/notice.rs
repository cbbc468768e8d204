//! Notices of Midtrans. Their signature has no time and does not cover the status, so one can be
//! replayed and altered: it says no more than that it is worth looking.

use ring::{digest, hmac};
use serde::Deserialize;

use crate::config::Secret;
use crate::ids::AttemptToken;
use crate::payments::gateway::{Notice, NoticeError};

/// Bytes of a part that the signature does not cover: more than any has.
const LONGEST: usize = 64;

#[derive(Debug, Deserialize)]
struct Told {
    order_id: String,
    status_code: String,
    /// To the letter: it is signed.
    gross_amount: String,
    signature_key: String,
    transaction_id: String,
    transaction_status: String,
    #[serde(default)]
    fraud_status: String,
    #[serde(default)]
    refund_amount: String,
}

/// Which payment a genuine notice is about: SHA-512 of name, code, amount and server key.
///
/// # Errors
/// `Malformed`, or `BadSignature`.
pub(super) fn read(body: &[u8], server_key: &Secret) -> Result<Notice, NoticeError> {
    let told: Told = serde_json::from_slice(body).map_err(|_| NoticeError::Malformed)?;
    let unsigned =
        [&told.transaction_id, &told.transaction_status, &told.fraud_status, &told.refund_amount];
    if !unsigned.iter().all(|part| is_plain(part)) {
        return Err(NoticeError::Malformed);
    }
    if !is_genuine(&told, server_key.expose()) {
        return Err(NoticeError::BadSignature);
    }
    // Notices have no names of their own. What makes one worth looking makes it another one.
    let parts = [
        &told.transaction_id,
        &told.transaction_status,
        &told.fraud_status,
        &told.status_code,
        &told.gross_amount,
        &told.refund_amount,
    ];
    let event_id = parts.map(String::as_str).join("/");
    Ok(Notice { event_id, attempt: AttemptToken::parse(&told.order_id), reference: None })
}

/// What goes into the name of a notice has to fit there.
fn is_plain(part: &str) -> bool {
    part.len() <= LONGEST && part.bytes().all(|byte| byte.is_ascii_graphic())
}

fn is_genuine(told: &Told, server_key: &str) -> bool {
    let signed = [&told.order_id, &told.status_code, &told.gross_amount, server_key].concat();
    let right = digest::digest(&digest::SHA512, signed.as_bytes());
    let right: String = right.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    // Compared by way of a keyed hash, which takes the same time however much of a guess is right.
    let key = hmac::Key::new(hmac::HMAC_SHA256, server_key.as_bytes());
    let given = told.signature_key.to_ascii_lowercase();
    hmac::verify(&key, given.as_bytes(), hmac::sign(&key, right.as_bytes()).as_ref()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const KEY: &str = "SB-Mid-server-key";
    const ORDER: &str = "0123456789abcdef0123456789abcdef";

    fn notice(changes: &[(&str, &str)]) -> Value {
        let mut notice = json!({
            "order_id": ORDER, "status_code": "200", "gross_amount": "450000.00",
            "transaction_id": "t-1", "transaction_status": "settlement", "fraud_status": "accept",
            "payment_type": "qris",
            // printf '%s200450000.00SB-Mid-server-key' 0123456789abcdef0123456789abcdef | openssl dgst -sha512
            "signature_key": "4ab6085f69c6a6ccd6008613dde1912c5434d3d6609d7b5bfe3ae2e3f6e331cee2e19c9d5d50cde63c7b067c88c3dcb30a81c3ef7dffd55bdf30cf9b9130fbbe",
        });
        for (name, value) in changes {
            notice[name] = json!(value);
        }
        notice
    }

    fn read(notice: &Value) -> Result<Notice, NoticeError> {
        super::read(notice.to_string().as_bytes(), &Secret::new(KEY))
    }

    #[test]
    fn a_genuine_notice_names_its_payment() {
        let known = read(&notice(&[])).unwrap();
        assert_eq!(known.attempt, AttemptToken::parse(ORDER));
        let again = read(&notice(&[("payment_type", "gopay")])).unwrap();
        assert_eq!(again.event_id, known.event_id);
        let later =
            read(&notice(&[("transaction_status", "partial_refund"), ("refund_amount", "5.00")]));
        assert_ne!(later.unwrap().event_id, known.event_id);
    }

    #[test]
    fn a_forged_notice_is_refused() {
        for (name, value) in [
            ("order_id", "fedcba9876543210fedcba9876543210"),
            ("status_code", "201"),
            ("gross_amount", "450000"),
            ("signature_key", ""),
            ("signature_key", "00"),
        ] {
            assert_eq!(read(&notice(&[(name, value)])), Err(NoticeError::BadSignature), "{name}");
        }
        for odd in ["x".repeat(65), "line\nbreak".to_owned(), "\0".to_owned()] {
            let told = notice(&[("transaction_status", &odd)]);
            assert_eq!(read(&told), Err(NoticeError::Malformed), "{odd:?}");
        }
        for broken in ["", "{}", "[]", "null"] {
            let read = super::read(broken.as_bytes(), &Secret::new(KEY));
            assert_eq!(read, Err(NoticeError::Malformed), "{broken}");
        }
    }
}
