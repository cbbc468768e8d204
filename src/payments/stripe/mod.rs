//! Stripe Checkout: orders are paid on Stripe's own page, so no card is ever typed into ours.
//!
//! A session is made by a key that never changes, so a lost answer is asked for again. What is true
//! is read from the session, with the payment and the charge behind it; notices only say that it is
//! worth looking. What surprises: rupiah are counted in sen there, and a key is forgotten after a
//! day.

mod amount;
mod api;
mod dispute;
mod notice;
mod refund;
mod session;

use chrono::NaiveDateTime;

use super::gateway::{
    Gateway, GatewayError, Notice, NoticeError, Refunding, Sale, Sought, Start, Started,
};
use super::http::Http;
use super::model::{Dispute, Observed};
use crate::config::{Secret, StripeAccount};
use crate::ids::AttemptToken;
use crate::money::Money;
use crate::orders::Payment;
use crate::settings::ShopSettings;
use amount::{least, to_stripe};
use api::{Anything, Api, Failure, List, Refusal, segment};
use dispute::StripeDispute;
use session::Session;

/// Where Stripe's pages are.
const PAGES: &str = "https://checkout.stripe.com";
const SESSIONS: &str = "/v1/checkout/sessions";
/// Payment and charge come with their session, in one answer.
const WITH_CHARGE: &str = "payment_intent.latest_charge";
/// So many of the newest sessions are looked through for one whose name has not reached us.
const NEWEST: &str = "100";

/// An account at Stripe.
pub struct Stripe {
    api: Api,
    is_live: bool,
    webhook_secrets: Vec<Secret>,
    pages: Vec<String>,
}

impl Stripe {
    pub fn new(account: &StripeAccount) -> Self {
        let authorization = Secret::new(format!("Bearer {}", account.key.expose()));
        let pages = match account.is_elsewhere() {
            true => account.url.as_str(),
            false => PAGES,
        };
        Self {
            api: Api(Http::new(account.url.as_str(), authorization)),
            is_live: account.is_live(),
            webhook_secrets: account.webhook_secrets.clone(),
            pages: vec![pages.to_owned()],
        }
    }

    fn create(&self, start: &Start, email: Option<&str>) -> Result<Session, Failure> {
        let form = session::form(start, email)
            .ok_or_else(|| Failure::Refused(Refusal::own("an amount that Stripe cannot take")))?;
        self.api.post(SESSIONS, &form, Some(start.attempt.as_str()))
    }

    /// The session of a payment, with all that hangs on it.
    fn find(&self, sought: &Sought) -> Result<Option<Session>, Failure> {
        match sought.reference.as_deref() {
            Some(id) if !is_intent(id) => {
                let query = [("expand[]", WITH_CHARGE.to_owned())];
                self.api.get(&format!("{SESSIONS}/{}", segment(id)), &query).map(Some)
            }
            Some(intent) => {
                self.list(("payment_intent", intent)).map(|found| found.into_iter().next())
            }
            // Its page was never shown to anybody, so it is a new one, or there is none.
            None => Ok(self.list(("limit", NEWEST))?.into_iter().find(|session| {
                session.client_reference_id.as_deref() == Some(sought.attempt.as_str())
            })),
        }
    }

    fn list(&self, (name, value): (&'static str, &str)) -> Result<Vec<Session>, Failure> {
        let query = [(name, value.to_owned()), ("expand[]", format!("data.{WITH_CHARGE}"))];
        let found: List<Session> = self.api.get(SESSIONS, &query)?;
        Ok(found.data)
    }

    fn disputes(&self, session: &Session) -> Result<Vec<Dispute>, Failure> {
        let Some(intent) = session.intent_id().filter(|_| session.is_disputed()) else {
            return Ok(Vec::new());
        };
        let query = [("payment_intent", intent.to_owned())];
        let found: List<StripeDispute> = self.api.get("/v1/disputes", &query)?;
        Ok(found.data.into_iter().filter_map(StripeDispute::told).collect())
    }
}

impl Gateway for Stripe {
    fn payment(&self) -> Payment {
        Payment::Stripe
    }

    fn is_live(&self) -> bool {
        self.is_live
    }

    fn page_origins(&self) -> Vec<String> {
        self.pages.clone()
    }

    fn takes(&self, _: &ShopSettings, sale: &Sale) -> bool {
        let amount = to_stripe(sale.total).filter(|amount| *amount > 0);
        amount.is_some_and(|amount| amount >= least(sale.total.currency()))
    }

    fn start(&self, start: &Start) -> Result<Started, GatewayError> {
        let session = match self.create(start, Some(&start.email)) {
            // Who cannot be written to can still pay. Nothing was done under the key.
            Err(Failure::Refused(refusal)) if refusal.param == "customer_email" => {
                self.create(start, None)?
            }
            created => created?,
        };
        let expires_at = session.ends_at();
        let url = session.url.ok_or_else(|| GatewayError::Refused("the page is closed".into()))?;
        Ok(Started::Page { url, reference: session.id, expires_at })
    }

    fn status(&self, sought: &Sought) -> Result<Option<Observed>, GatewayError> {
        let Some(session) = self.find(sought)? else { return Ok(None) };
        session.observed(self.disputes(&session)?).map(Some)
    }

    fn verify_notice(
        &self,
        headers: &[(&str, &[u8])],
        body: &[u8],
        now: NaiveDateTime,
    ) -> Result<Notice, NoticeError> {
        let named = headers.iter().find(|(name, _)| *name == "stripe-signature");
        let (_, signature) = named.ok_or(NoticeError::BadSignature)?;
        notice::check(signature, body, &self.webhook_secrets, now)?;
        notice::read(body, self.is_live)
    }

    fn whose(&self, reference: &str) -> Result<Option<AttemptToken>, GatewayError> {
        if !is_intent(reference) {
            return Ok(None);
        }
        let found = self.list(("payment_intent", reference))?;
        let named = found.first().and_then(|session| session.client_reference_id.as_deref());
        Ok(named.and_then(AttemptToken::parse))
    }

    fn cancel(&self, sought: &Sought) -> Result<(), GatewayError> {
        let Some(session) = self.find(sought)? else { return Ok(()) };
        let path = format!("{SESSIONS}/{}/expire", segment(&session.id));
        match self.api.post::<Anything>(&path, &[], None) {
            // It is paid, or over.
            Err(Failure::Refused(_)) | Ok(_) => Ok(()),
            Err(failure) => Err(failure.into()),
        }
    }

    fn refund(&self, sought: &Sought, amount: Money, key: &str) -> Result<Refunding, GatewayError> {
        let session = self.find(sought)?;
        let intent = session.as_ref().and_then(Session::intent_id);
        let intent = intent.ok_or_else(|| GatewayError::Refused("it was never paid".into()))?;
        refund::send(&self.api, (intent, &sought.attempt), amount, key)
    }
}

/// Whether Stripe names a payment so, and not its page.
fn is_intent(reference: &str) -> bool {
    reference.starts_with("pi_")
}
