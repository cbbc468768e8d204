//! The accounts at payment gateways, and how to show them without their secrets.

use super::database::Secret;
use super::public_url::PublicUrl;
use super::sources::Sources;

/// An account at Stripe.
#[derive(Clone, Debug)]
pub struct StripeAccount {
    /// `sk_live_…` moves real money, `sk_test_…` does not; or a restricted one, `rk_…`.
    pub key: Secret,
    /// Those of the endpoint for notices: more than one while they are changed.
    pub webhook_secrets: Vec<Secret>,
    /// Where the API is.
    pub url: PublicUrl,
}

/// An account at Midtrans.
#[derive(Clone, Debug)]
pub struct MidtransAccount {
    /// `Mid-server-…` moves real money, `SB-Mid-server-…` does not.
    pub server_key: Secret,
    /// Where both APIs are, if they are not Midtrans' own.
    pub url: Option<PublicUrl>,
}

/// Stripe's own address.
const STRIPE: &str = "https://api.stripe.com";
const LIVE_KEYS: [&str; 2] = ["sk_live_", "rk_live_"];
const TEST_KEYS: [&str; 2] = ["sk_test_", "rk_test_"];
const MIDTRANS_LIVE: &str = "Mid-server-";
const MIDTRANS_TEST: &str = "SB-Mid-server-";

impl StripeAccount {
    /// Whether real money is moved.
    #[must_use]
    pub fn is_live(&self) -> bool {
        begins(self.key.expose(), &LIVE_KEYS).is_some()
    }

    /// Whether it is not Stripe who answers there, but a stand-in for tests.
    #[must_use]
    pub fn is_elsewhere(&self) -> bool {
        self.url.as_str() != STRIPE
    }

    /// One mask for each secret.
    pub(super) fn secrets(&self) -> String {
        vec!["whsec_***"; self.webhook_secrets.len()].join(",")
    }

    /// The kind of the key.
    pub(super) fn masked(&self) -> String {
        let known = [LIVE_KEYS, TEST_KEYS].concat();
        format!("{}***", begins(self.key.expose(), &known).unwrap_or_default())
    }
}

impl MidtransAccount {
    /// Whether real money is moved.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.server_key.expose().starts_with(MIDTRANS_LIVE)
    }

    /// The kind of the key.
    pub(super) fn masked(&self) -> String {
        format!("{}***", if self.is_live() { MIDTRANS_LIVE } else { MIDTRANS_TEST })
    }
}

/// Puts an account at Stripe together: both secrets, or none.
pub(super) fn stripe(sources: &mut Sources) -> Option<StripeAccount> {
    let given = sources.settle("stripe_key", stripe_key);
    let secrets = sources.settle("stripe_webhook_secrets", webhook_secrets);
    let url = sources.settle("stripe_url", address);
    sources.need("stripe_key", "stripe_webhook_secrets");
    sources.need("stripe_webhook_secrets", "stripe_key");
    let usual = || PublicUrl::parse(STRIPE).ok();
    Some(StripeAccount { key: given?, webhook_secrets: secrets?, url: url.or_else(usual)? })
}

pub(super) fn midtrans(sources: &mut Sources) -> Option<MidtransAccount> {
    let server_key = sources.settle("midtrans_server_key", midtrans_key);
    let url = sources.settle("midtrans_url", address);
    Some(MidtransAccount { server_key: server_key?, url })
}

fn begins<'a>(key: &str, known: &[&'a str]) -> Option<&'a str> {
    known.iter().copied().find(|prefix| key.starts_with(prefix))
}

/// A mistake does not repeat the text, which is a secret, or half of one.
fn stripe_key(text: &str) -> Result<Secret, String> {
    let known = [LIVE_KEYS, TEST_KEYS].concat();
    match begins(text, &known) {
        Some(prefix) if is_token(&text[prefix.len()..]) => Ok(Secret::new(text)),
        _ if text.starts_with("pk_") => {
            Err("is the publishable key; give the secret one, sk_… or a restricted one, rk_…"
                .into())
        }
        _ => {
            Err("is no secret key of Stripe; give sk_live_…, sk_test_…, rk_live_… or rk_test_…"
                .into())
        }
    }
}

/// Several stand between commas.
fn webhook_secrets(text: &str) -> Result<Vec<Secret>, String> {
    let read = |part: &str| {
        let rest = part.trim().strip_prefix("whsec_")?;
        is_token(rest).then(|| Secret::new(part.trim()))
    };
    let secrets: Option<Vec<Secret>> = text.split(',').map(read).collect();
    secrets.ok_or_else(|| {
        "is no signing secret of a webhook; give whsec_…, or two between a comma while they change".into()
    })
}

fn midtrans_key(text: &str) -> Result<Secret, String> {
    let rest = begins(text, &[MIDTRANS_LIVE, MIDTRANS_TEST]).map(|prefix| &text[prefix.len()..]);
    match rest {
        Some(rest) if is_token(rest) => Ok(Secret::new(text)),
        _ if text.contains("client") => {
            Err("is the client key; give the server key, Mid-server-… or SB-Mid-server-…".into())
        }
        _ => Err("is no server key of Midtrans; give Mid-server-… or SB-Mid-server-…".into()),
    }
}

fn is_token(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    !text.is_empty() && text.bytes().all(is_plain)
}

/// For stand-ins in tests. Elsewhere keys and amounts would travel in the clear.
fn address(text: &str) -> Result<PublicUrl, String> {
    let url = PublicUrl::parse(text)?;
    let is_here = ["localhost", "127.0.0.1", "[::1]"]
        .iter()
        .any(|here| url.host() == *here || url.host().starts_with(&format!("{here}:")));
    match url.is_https() || is_here {
        true => Ok(url),
        false => Err("would send the key in the clear; give https://".into()),
    }
}
