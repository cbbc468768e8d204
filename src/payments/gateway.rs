//! What a way to pay has to know: the one door for pages of gateways, for transfers and for cash.

use chrono::NaiveDateTime;

use super::model::Observed;
use crate::ids::AttemptToken;
use crate::language::Language;
use crate::money::{Currency, Money};
use crate::orders::{Handover, Payment};
use crate::pricing::Fee;
use crate::settings::ShopSettings;
use crate::values::Country;

/// A way to pay. Its calls block and may take seconds: they are made off the threads that answer
/// requests (`web::block`) and never inside a transaction. Each bears being repeated. What a person
/// does by hand has the defaults, which know nothing and change nothing.
pub trait Gateway: Send + Sync {
    /// Which one it is. Its code names the gateway in the database.
    fn payment(&self) -> Payment;

    /// Whether it moves real money.
    fn is_live(&self) -> bool {
        true
    }

    /// Where its pages are, as origins: a shop's form may lead there and nowhere else.
    fn page_origins(&self) -> Vec<String> {
        Vec::new()
    }

    /// Whether it can be offered for this.
    fn takes(&self, settings: &ShopSettings, sale: &Sale) -> bool;

    /// What it adds to the bill.
    fn fee(&self, settings: &ShopSettings) -> Option<Fee> {
        let _ = settings;
        None
    }

    /// Makes a payment, the same one however often it is asked for by the same name.
    ///
    /// # Errors
    /// `Unknown` when it may or may not be there: the same call is repeated later.
    fn start(&self, start: &Start) -> Result<Started, GatewayError> {
        let _ = start;
        Ok(Started::ByHand)
    }

    /// What is true now. `None` when there is nobody to ask but ourselves.
    fn status(&self, sought: &Sought) -> Result<Option<Observed>, GatewayError> {
        let _ = sought;
        Ok(None)
    }

    /// Which payment a notice is about, if it is genuine. What it says about it is not believed:
    /// [`Gateway::status`] is asked. Header names are in lower case.
    fn verify_notice(
        &self,
        headers: &[(&str, &[u8])],
        body: &[u8],
        now: NaiveDateTime,
    ) -> Result<Notice, NoticeError> {
        let _ = (headers, body, now);
        Err(NoticeError::NotForUs)
    }

    /// Which payment of ours a notice means that names only a part of it, as refunds and disputes do.
    fn whose(&self, reference: &str) -> Result<Option<AttemptToken>, GatewayError> {
        let _ = reference;
        Ok(None)
    }

    /// Takes care that nobody pays it any more. One that is paid stays so.
    ///
    /// # Errors
    /// `Refused` when it knows of no such payment.
    fn cancel(&self, sought: &Sought) -> Result<(), GatewayError> {
        let _ = sought;
        Ok(())
    }

    /// Sends money back, once for each `key`.
    fn refund(&self, sought: &Sought, amount: Money, key: &str) -> Result<Refunding, GatewayError> {
        let _ = (sought, amount, key);
        Ok(Refunding::ByHand)
    }
}

/// What is to be paid, and where the goods go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sale {
    /// Without the fee of any way to pay.
    pub total: Money,
    pub country: Country,
    /// How the goods come to the shopper.
    pub handover: Handover,
}

/// What a payment is made of.
#[derive(Debug, Clone)]
pub struct Start {
    /// The idempotency key.
    pub attempt: AttemptToken,
    pub order_number: String,
    pub amount: Money,
    pub email: String,
    pub language: Language,
    /// Where the shopper comes back to, whatever happened.
    pub return_url: String,
    pub expires_at: Option<NaiveDateTime>,
}

/// How it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Started {
    /// On the gateway's page.
    Page { url: String, reference: String, expires_at: Option<NaiveDateTime> },
    /// The order's page says how.
    ByHand,
}

/// A payment that a gateway is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    pub attempt: AttemptToken,
    /// `None` while the gateway's answer has not arrived.
    pub reference: Option<String>,
    pub currency: Currency,
}

/// A notice that is genuine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Unique for the gateway: the same notice comes more than once.
    pub event_id: String,
    /// At least one of the two, or it is about no payment.
    pub attempt: Option<AttemptToken>,
    pub reference: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoticeError {
    #[error("the signature is wrong")]
    BadSignature,
    #[error("it is too old, or from the future")]
    Stale,
    #[error("it cannot be read")]
    Malformed,
    #[error("it is about nothing that this shop knows")]
    NotForUs,
}

/// Why a gateway did not do as asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GatewayError {
    /// No answer, or none that says whether it was done: ask again with the same key.
    #[error("no clear answer: {0}")]
    Unknown(String),
    /// Asking again changes nothing.
    #[error("refused: {0}")]
    Refused(String),
}

/// How far money is on its way back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refunding {
    Done,
    Pending,
    Failed(String),
    ByHand,
}
