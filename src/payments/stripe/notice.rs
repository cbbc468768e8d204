//! Notices of Stripe: whether they are genuine, and which payment they are about.

use chrono::NaiveDateTime;
use ring::hmac;
use serde::Deserialize;
use serde_json::Value;

use crate::config::Secret;
use crate::ids::AttemptToken;
use crate::payments::gateway::{Notice, NoticeError};

/// How far its clock and ours may be apart, in seconds.
const TOLERANCE: i64 = 300;

/// Checks the `stripe-signature` of a body against all secrets, of which one may be new and one on
/// its way out: HMAC-SHA256 of time, dot and body. Source: docs.stripe.com/webhooks.
///
/// # Errors
/// `BadSignature`, or `Stale` for a genuine one whose time is not now.
pub(super) fn check(
    header: &[u8],
    body: &[u8],
    secrets: &[Secret],
    now: NaiveDateTime,
) -> Result<(), NoticeError> {
    let header = std::str::from_utf8(header).map_err(|_| NoticeError::BadSignature)?;
    let parts: Vec<(&str, &str)> =
        header.split(',').filter_map(|part| part.trim().split_once('=')).collect();
    let time = parts.iter().find(|(name, _)| *name == "t").map(|(_, time)| *time);
    let time = time.ok_or(NoticeError::BadSignature)?;
    let signed = [time.as_bytes(), b".", body].concat();
    let given: Vec<Vec<u8>> =
        parts.iter().filter(|(name, _)| *name == "v1").filter_map(|(_, hex)| bytes(hex)).collect();
    let is_genuine = secrets.iter().any(|secret| {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose().as_bytes());
        given.iter().any(|signature| hmac::verify(&key, &signed, signature).is_ok())
    });
    if !is_genuine {
        return Err(NoticeError::BadSignature);
    }
    let time: i64 = time.parse().map_err(|_| NoticeError::BadSignature)?;
    let apart = now.and_utc().timestamp().saturating_sub(time).saturating_abs();
    if apart > TOLERANCE { Err(NoticeError::Stale) } else { Ok(()) }
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = hex.chars().map(|digit| digit.to_digit(16)).collect();
    let pairs = digits.filter(|digits| digits.len() % 2 == 0)?;
    pairs.chunks(2).map(|pair| u8::try_from(pair[0] * 16 + pair[1]).ok()).collect()
}

#[derive(Deserialize)]
struct Event {
    id: String,
    livemode: bool,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: Value,
}

/// Which payment a genuine notice is about. Whatever its kind: what it says is asked for anyway.
///
/// # Errors
/// `Malformed`; `NotForUs` when real money and test money are mixed up.
pub(super) fn read(body: &[u8], is_live: bool) -> Result<Notice, NoticeError> {
    let event: Event = serde_json::from_slice(body).map_err(|_| NoticeError::Malformed)?;
    if event.livemode != is_live {
        return Err(NoticeError::NotForUs);
    }
    let object = &event.data.object;
    let text = |name: &str| object[name].as_str().map(str::to_owned);
    let (attempt, reference) = match object["object"].as_str().unwrap_or_default() {
        "checkout.session" => (text("client_reference_id"), text("id")),
        "payment_intent" => (None, text("id")),
        // Refunds, charges and disputes hang on the payment behind the page.
        _ => (None, text("payment_intent")),
    };
    let attempt = attempt.as_deref().and_then(AttemptToken::parse);
    Ok(Notice { event_id: event.id, attempt, reference })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    const BODY: &[u8] = br#"{"id":"evt_1","object":"event"}"#;
    const TIME: i64 = 1_790_000_000;

    fn at(seconds: i64) -> NaiveDateTime {
        DateTime::from_timestamp(seconds, 0).unwrap().naive_utc()
    }

    fn signature(secret: &str, time: i64, body: &[u8]) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        let tag = hmac::sign(&key, &[time.to_string().as_bytes(), b".", body].concat());
        tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn checked(header: &str, now: i64) -> Result<(), NoticeError> {
        let secrets = [Secret::new("whsec_new"), Secret::new("whsec_old")];
        check(header.as_bytes(), BODY, &secrets, at(now))
    }

    #[test]
    fn a_signature_is_the_one_that_stripes_own_library_makes() {
        // Recomputed by hand: `printf '1790000000.{}' | openssl dgst -sha256 -hmac whsec_test`.
        assert_eq!(
            signature("whsec_test", TIME, b"{}"),
            "1c2847ad1f8158a1da978f36627ac1f07f7fd027321ac9ad40bccc06743f8396"
        );
    }

    #[test]
    fn genuine_notices_are_taken_by_the_new_secret_and_by_the_old() {
        for secret in ["whsec_new", "whsec_old"] {
            let good = signature(secret, TIME, BODY);
            let other = "0".repeat(64);
            for header in [
                format!("t={TIME},v1={good}"),
                format!("t={TIME},v1={other},v1={good},v0={other}"),
                format!("t={TIME}, v1={}", good.to_uppercase()),
            ] {
                assert_eq!(checked(&header, TIME + 290), Ok(()), "{header}");
                assert_eq!(checked(&header, TIME - 300), Ok(()), "{header}");
            }
        }
    }

    #[test]
    fn forged_notices_are_refused() {
        let good = signature("whsec_new", TIME, BODY);
        let other = signature("whsec_other", TIME, BODY);
        for header in [
            String::new(),
            "garbage".into(),
            format!("t={TIME}"),
            format!("v1={good}"),
            format!("t={TIME},v0={good}"),
            format!("t={TIME},v1={other}"),
            format!("t={},v1={good}", TIME + 1),
            format!("t={TIME},v1={}", &good[..62]),
            format!("t={TIME},v1=é{}", &good[1..]),
            format!("t={TIME},v1="),
        ] {
            assert_eq!(checked(&header, TIME), Err(NoticeError::BadSignature), "{header}");
        }
        let tampered = check(
            format!("t={TIME},v1={good}").as_bytes(),
            b"{}",
            &[Secret::new("whsec_new")],
            at(TIME),
        );
        assert_eq!(tampered, Err(NoticeError::BadSignature));
    }

    #[test]
    fn a_notice_of_another_time_is_refused_in_both_directions() {
        let header = format!("t={TIME},v1={}", signature("whsec_new", TIME, BODY));
        for now in [TIME + 301, TIME - 301, 0] {
            assert_eq!(checked(&header, now), Err(NoticeError::Stale));
        }
    }

    #[test]
    fn a_notice_names_the_payment_by_the_page_or_by_what_is_behind_it() {
        let read = |object: &str| {
            let event = format!(
                r#"{{"id":"evt_1","type":"?","livemode":false,"data":{{"object":{object}}}}}"#
            );
            read(event.as_bytes(), false).unwrap()
        };
        let token = AttemptToken::random();
        let session = format!(
            r#"{{"object":"checkout.session","id":"cs_1","client_reference_id":"{}"}}"#,
            token.as_str()
        );
        let named = read(&session);
        assert_eq!((named.attempt, named.reference), (Some(token), Some("cs_1".into())));
        for (object, reference) in [
            (r#"{"object":"payment_intent","id":"pi_1"}"#, Some("pi_1")),
            (r#"{"object":"charge","id":"ch_1","payment_intent":"pi_1"}"#, Some("pi_1")),
            (r#"{"object":"refund","id":"re_1","payment_intent":"pi_1"}"#, Some("pi_1")),
            (r#"{"object":"dispute","id":"dp_1","payment_intent":null}"#, None),
            (r#"{"object":"payout","id":"po_1"}"#, None),
            (
                r#"{"object":"checkout.session","id":"cs_1","client_reference_id":"42"}"#,
                Some("cs_1"),
            ),
            ("[]", None),
            ("7", None),
        ] {
            let named = read(object);
            assert_eq!((named.attempt, named.reference.as_deref()), (None, reference), "{object}");
        }
    }

    #[test]
    fn what_cannot_be_read_or_is_of_the_other_mode_is_refused() {
        let live = br#"{"id":"evt_1","livemode":true,"data":{"object":{}}}"#;
        assert_eq!(read(live, false), Err(NoticeError::NotForUs));
        assert!(read(live, true).is_ok());
        for body in [
            "",
            "{",
            "[]",
            r#"{"id":7,"livemode":false,"data":{"object":{}}}"#,
            r#"{"id":"evt_1"}"#,
        ] {
            assert_eq!(read(body.as_bytes(), false), Err(NoticeError::Malformed), "{body}");
        }
    }
}
