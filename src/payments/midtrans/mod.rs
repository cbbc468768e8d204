//! Midtrans Snap: orders are paid on a page of Midtrans' by QRIS, virtual account, e-wallet or card.
//!
//! The try's own name is the order's name there, and it can be used once: after a lost answer there
//! is another try. Amounts are whole rupiah. Written by the documentation and never tried at Midtrans
//! itself: `docs/payments.md` says what of it is to be tried there.

mod notice;
mod refund;
mod transaction;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDateTime;
use fluent_bundle::FluentValue;
use serde_json::{Value, json};

use super::gateway::{
    Gateway, GatewayError, Notice, NoticeError, Refunding, Sale, Sought, Start, Started,
};
use super::http::{Call, Http};
use super::model::Observed;
use crate::config::{MidtransAccount, Secret};
use crate::money::{Currency, Money};
use crate::orders::Payment;
use crate::settings::ShopSettings;
use crate::web::texts;
use crate::web::visit::now;
use transaction::Transaction;

/// Where pages are made and shown, and where everything else is asked.
const LIVE: [&str; 2] = ["https://app.midtrans.com", "https://api.midtrans.com"];
const SANDBOX: [&str; 2] = ["https://app.sandbox.midtrans.com", "https://api.sandbox.midtrans.com"];

/// How much longer than it is wanted a page stays, in minutes.
const PAGE_LONGER: i64 = 24 * 60;
/// No page stays longer, in minutes (<https://docs.midtrans.com/reference/expire-a-snap-session>).
const PAGE_LONGEST: i64 = 7 * 24 * 60;

/// An account at Midtrans.
pub struct Midtrans {
    snap: Http,
    core: Http,
    server_key: Secret,
    is_live: bool,
    page: String,
}

impl Midtrans {
    pub fn new(account: &MidtransAccount) -> Self {
        let own = if account.is_live() { LIVE } else { SANDBOX };
        let [snap, core] = match &account.url {
            Some(url) => [url.as_str(); 2],
            None => own,
        };
        let user = STANDARD.encode(format!("{}:", account.server_key.expose()));
        let http = |base| Http::new(base, Secret::new(format!("Basic {user}")));
        Self {
            snap: http(snap),
            core: http(core),
            server_key: account.server_key.clone(),
            is_live: account.is_live(),
            page: snap.to_owned(),
        }
    }

    /// `None` for what Midtrans does not know: nobody has chosen how to pay, or the payment is another
    /// account's. Only the end of its page ([`Gateway::cancel`]) tells these two apart.
    fn find(&self, sought: &Sought) -> Result<Option<Transaction>, GatewayError> {
        let path = format!("/v2/{}/status", sought.attempt.as_str());
        match ask(&self.core, "GET", path, None) {
            Err(Failure { status: 404, .. }) => Ok(None),
            Err(failure) => Err(failure.into()),
            Ok(body) => transaction::read(body).map(Some),
        }
    }

    fn has_sent(&self, sought: &Sought, key: &str) -> Result<bool, GatewayError> {
        Ok(self.find(sought)?.is_some_and(|paid| paid.has_sent(key)))
    }
}

impl Gateway for Midtrans {
    fn payment(&self) -> Payment {
        Payment::Midtrans
    }

    fn is_live(&self) -> bool {
        self.is_live
    }

    fn page_origins(&self) -> Vec<String> {
        vec![self.page.clone()]
    }

    fn takes(&self, _: &ShopSettings, sale: &Sale) -> bool {
        sale.total.currency() == Currency::IDR && sale.total.minor() > 0
    }

    fn start(&self, start: &Start) -> Result<Started, GatewayError> {
        let body =
            ask(&self.snap, "POST", "/snap/v1/transactions".into(), Some(&page(start, now())))?;
        let text = |name: &str| body[name].as_str().map(str::to_owned);
        match (text("redirect_url"), text("token")) {
            (Some(url), Some(reference)) => {
                Ok(Started::Page { url, reference, expires_at: start.expires_at })
            }
            _ => Err(GatewayError::Unknown("a page without an address".into())),
        }
    }

    fn status(&self, sought: &Sought) -> Result<Option<Observed>, GatewayError> {
        let found = self.find(sought)?;
        transaction::observed(found.as_ref(), &sought.attempt, self.is_live).map(Some)
    }

    fn verify_notice(
        &self,
        _: &[(&str, &[u8])],
        body: &[u8],
        _: NaiveDateTime,
    ) -> Result<Notice, NoticeError> {
        notice::read(body, &self.server_key)
    }

    /// The page is called off, the payment only made to expire: a card that was charged would have
    /// its money back by being called off.
    fn cancel(&self, sought: &Sought) -> Result<(), GatewayError> {
        let page = sought
            .reference
            .as_ref()
            .map(|token| (&self.snap, format!("/snap/v1/transactions/{}/cancel", segment(token))));
        let payment = (&self.core, format!("/v2/{}/expire", sought.attempt.as_str()));
        // A page whose name was lost with its answer was shown to nobody: 404 tells nothing of it.
        let mut is_known = sought.reference.is_none();
        for (http, path) in page.into_iter().chain([payment]) {
            is_known |= end(http, path)?;
        }
        match is_known {
            true => Ok(()),
            false => Err(GatewayError::Refused("there is no such page or payment".into())),
        }
    }

    fn refund(&self, sought: &Sought, amount: Money, key: &str) -> Result<Refunding, GatewayError> {
        let found = self.find(sought)?;
        let paid = found.ok_or_else(|| GatewayError::Refused("it was never paid".into()))?;
        match refund::way(&paid, key) {
            refund::Way::Known(refunding) => Ok(refunding),
            refund::Way::Send(path) => {
                let path = format!("/v2/{}/{path}", sought.attempt.as_str());
                let body =
                    json!({ "refund_key": key, "amount": amount.minor(), "reason": "refund" });
                match ask(&self.core, "POST", path, Some(&body)).map_err(GatewayError::from) {
                    // It may have been done before, with an answer that was lost.
                    Err(GatewayError::Refused(_)) if self.has_sent(sought, key)? => {
                        Ok(Refunding::Done)
                    }
                    asked => asked.map(|_| Refunding::Done),
                }
            }
        }
    }
}

/// Ends a page or a payment; `false` when Midtrans knows of none.
fn end(http: &Http, path: String) -> Result<bool, GatewayError> {
    match ask(http, "POST", path, Some(&json!({}))) {
        Ok(_) => Ok(true),
        Err(Failure { status: 404, .. }) => Ok(false),
        Err(failure) => match failure.into() {
            // It is paid, or over.
            GatewayError::Refused(_) => Ok(true),
            unclear => Err(unclear),
        },
    }
}

/// What a page is made of: one item with the grand total, so that the sum is the bill's.
fn page(start: &Start, now: NaiveDateTime) -> Value {
    let number: [(&str, FluentValue<'_>); 1] = [("number", start.order_number.as_str().into())];
    let name = texts::of(start.language).with("order-number", &number);
    let amount = start.amount.minor();
    let mut page = json!({
        "transaction_details": { "order_id": start.attempt.as_str(), "gross_amount": amount },
        "item_details": [{ "id": start.order_number, "price": amount, "quantity": 1, "name": name }],
        "customer_details": { "email": start.email },
        "credit_card": { "secure": true },
        "callbacks": { "finish": start.return_url },
    });
    if let Some(end) = start.expires_at {
        let minutes = (end - now).num_minutes().max(1);
        let time = |minutes: i64| json!({ "unit": "minutes", "duration": minutes });
        page["expiry"] = time(minutes);
        // The shop ends it before that: a page that is over by itself may be one that nobody knows.
        page["page_expiry"] = time((minutes + PAGE_LONGER).min(PAGE_LONGEST));
    }
    page
}

/// A call that did not succeed.
struct Failure {
    /// 0 for no answer.
    status: u16,
    text: String,
}

impl From<Failure> for GatewayError {
    fn from(failure: Failure) -> Self {
        match failure.status {
            // Our key is to blame, the traffic, or Midtrans: not what was asked for.
            0..400 | 401 | 403 | 429 | 500.. => Self::Unknown(failure.text),
            400..500 => Self::Refused(failure.text),
        }
    }
}

/// The answer says in its body how it went, whatever stands in its head.
fn ask(
    http: &Http,
    method: &'static str,
    path: String,
    body: Option<&Value>,
) -> Result<Value, Failure> {
    let body = ("application/json", body.map(Value::to_string).unwrap_or_default());
    let call = Call { method, path, headers: &[], body };
    let answer = http.call(&call).map_err(|text| Failure { status: 0, text })?;
    let said = answer.body["status_code"].as_str().and_then(|status| status.parse().ok());
    match said.unwrap_or(answer.status) {
        // 407 is that of a payment which is over.
        200..300 | 407 if answer.body.is_object() => Ok(answer.body),
        200..300 | 407 => Err(Failure { status: 0, text: "an answer that cannot be read".into() }),
        status => Err(Failure { status, text: format!("Midtrans answers {status}") }),
    }
}

fn segment(id: &str) -> String {
    percent_encoding::utf8_percent_encode(id, percent_encoding::NON_ALPHANUMERIC).to_string()
}
