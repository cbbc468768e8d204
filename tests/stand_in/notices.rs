//! Notices: signed, and sent as planned; kept in any case, for tests that send them themselves.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ring::hmac;

use super::{STRIPE_SECRET, StandIn};

/// How notices are sent.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Where the shop is, as `http://127.0.0.1:8080`; without it there is silence.
    pub shop: Option<String>,
    /// How long each waits at least.
    pub delay: Duration,
    /// How much longer some wait than others: they overtake each other.
    pub spread: Duration,
    /// How often each is sent besides the first time.
    pub repeats: u32,
}

#[derive(Debug, Clone)]
pub struct Notice {
    /// Whose it is: `stripe` or `midtrans`, which signs in the body.
    pub gateway: &'static str,
    pub kind: String,
    pub body: String,
}

impl Notice {
    /// The header that makes one of Stripe's genuine, as of now.
    pub fn signature(&self) -> String {
        stripe_signature(&self.body, STRIPE_SECRET, unix_now())
    }
}

pub fn stripe_signature(body: &str, secret: &str, time: u64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let tag = hmac::sign(&key, format!("{time}.{body}").as_bytes());
    let hex: String = tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={time},v1={hex}")
}

pub(crate) fn unix_now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// Keeps a notice, and sends it if that is the plan.
pub(super) fn tell(stand_in: &StandIn, notice: Notice) {
    let plan = {
        let mut state = stand_in.state();
        state.notices.push(notice.clone());
        state.plan.clone()
    };
    let Some(shop) = plan.shop else { return };
    for _ in 0..=plan.repeats {
        let extra = plan.spread.mul_f64(rand::random());
        let (notice, shop, pause) = (notice.clone(), shop.clone(), plan.delay + extra);
        std::thread::spawn(move || {
            std::thread::sleep(pause);
            deliver(&notice, &shop);
        });
    }
}

/// Until it is taken, a few times: the shop may be closed for a moment.
fn deliver(notice: &Notice, shop: &str) {
    let agent = ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(10)))
        .max_redirects(0)
        .http_status_as_error(false)
        .build()
        .new_agent();
    for attempt in 0..10 {
        let sent = agent
            .post(format!("{shop}/payments/{}/notices", notice.gateway))
            .header("content-type", "application/json; charset=utf-8")
            .header("stripe-signature", notice.signature())
            .send(&notice.body);
        if sent.is_ok_and(|answer| answer.status().is_success()) {
            return;
        }
        std::thread::sleep(Duration::from_millis(200 << attempt.min(5)));
    }
}
