//! What a payment and a refund are, and what can be seen of them.

use chrono::NaiveDateTime;

use crate::ids::AttemptToken;
use crate::money::Money;

/// Gives each its name in the database.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$of])* $variant,)+ }

        impl $name {
            /// Its name in the database.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            pub fn parse(code: &str) -> Option<Self> {
                [$(Self::$variant),+].into_iter().find(|known| known.code() == code)
            }
        }
    };
}

codes! {
    /// Where a try to pay stands.
    PaymentState {
        /// Written, and perhaps known to the gateway: whoever asks again asks with the same name.
        Starting = "starting",
        /// Waits for the shopper.
        Open = "open",
        /// The shopper has done her part; the money is on its way.
        Processing = "processing",
        Captured = "captured",
        Failed = "failed",
        Expired = "expired",
    }
}

impl PaymentState {
    /// How far it has come: it never goes back. What has failed may still be captured.
    pub(super) fn rank(self) -> u8 {
        match self {
            Self::Starting => 0,
            Self::Open => 1,
            Self::Processing => 2,
            Self::Failed | Self::Expired => 3,
            Self::Captured => 4,
        }
    }

    /// Whether nothing more is to be expected of it.
    pub fn is_final(self) -> bool {
        self.rank() >= 3
    }
}

codes! {
    /// Where a refund stands. Its money is counted as given from the moment it is written.
    RefundState {
        /// The gateway is to be asked, or has not decided.
        Pending = "pending",
        Done = "done",
        /// The gateway has refused: somebody has to send it another way.
        Failed = "failed",
        /// Somebody has to send it.
        ByHand = "by_hand",
    }
}

codes! {
    /// Why money goes back.
    RefundKind {
        /// For goods, their delivery and fees: named on a credit note.
        Goods = "goods",
        /// Money that the order never wanted: twice, too much or too late.
        Surplus = "surplus",
        /// Any amount, for peace or because the order was cancelled.
        Goodwill = "goodwill",
    }
}

codes! {
    /// How the quarrel about a payment stands.
    DisputeState {
        /// The bank has not decided.
        Open = "open",
        /// The money stays here.
        Won = "won",
        /// The money is gone, by no refund of ours.
        Lost = "lost",
    }
}

/// A payment that the shopper's bank takes back, or tries to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// The gateway's name of it.
    pub reference: String,
    /// Minor units of the payment's currency.
    pub amount: i64,
    /// In the gateway's words.
    pub reason: String,
    pub state: DisputeState,
}

/// What an order has got and given back, as its payment status counts them: money that it never
/// wanted is no part of either, and what is not on its way back yet is still there.
///
/// `captured` of all its payments; of each refund its amount, kind and state, by their codes.
pub fn sums_of(captured: i64, refunds: &[(i64, String, String)]) -> (i64, i64) {
    let is_surplus = |kind: &str| kind == RefundKind::Surplus.code();
    let sum = |of: &dyn Fn(&str, &str) -> bool| -> i64 {
        let rows = refunds.iter().filter(|(_, kind, status)| of(kind, status));
        rows.map(|(amount, ..)| amount).sum()
    };
    let surplus = sum(&|kind, _| is_surplus(kind));
    let done = sum(&|kind, status| !is_surplus(kind) && status == RefundState::Done.code());
    (captured - surplus, done)
}

/// What is true now of one payment, as whoever is to know says it: all of it, not what is new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observed {
    /// The gateway's code, as `orders::Payment` names it.
    pub gateway: &'static str,
    /// Our name of the payment, where the gateway repeats it.
    pub attempt: Option<AttemptToken>,
    /// The gateway's own name of the payment.
    pub reference: Option<String>,
    pub seen: Seen,
    /// What has arrived in all.
    pub captured: Money,
    /// What has gone back of it in all, in minor units.
    pub refunded: i64,
    /// What the shopper's bank says against it.
    pub disputes: Vec<Dispute>,
    /// Whether it is real money.
    pub live: bool,
    /// Until when a payment that is on its way may take.
    pub expires_at: Option<NaiveDateTime>,
}

/// The state that a gateway reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    Open,
    Processing,
    Captured,
    Failed,
    Expired,
}

impl Seen {
    pub(super) fn state(self) -> PaymentState {
        match self {
            Self::Open => PaymentState::Open,
            Self::Processing => PaymentState::Processing,
            Self::Captured => PaymentState::Captured,
            Self::Failed => PaymentState::Failed,
            Self::Expired => PaymentState::Expired,
        }
    }
}

/// Why news of a payment was put aside, for a person to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    #[error("no payment has this name")]
    Unknown,
    #[error("the amount is not the payment's")]
    Amount,
    #[error("the currency is not the payment's")]
    Currency,
    #[error("it names another payment of ours")]
    Attempt,
    #[error("the gateway has another name for this payment")]
    Reference,
    #[error("real money and test money are mixed up")]
    Live,
}

impl Mismatch {
    /// Its name in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Amount => "amount",
            Self::Currency => "currency",
            Self::Attempt => "attempt",
            Self::Reference => "reference",
            Self::Live => "live",
        }
    }
}

/// What came of some news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applied {
    /// It was known.
    Nothing,
    /// The payment has moved, and the order with it if it had to.
    Moved,
    /// Nothing was believed.
    PutAside(Mismatch),
}

/// What staff saw arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Minor units of the order's currency, above 0.
    pub amount: i64,
    /// What the bank or the courier calls it: the same one is taken once.
    pub reference: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_comes_after_captured() {
        let states = ["starting", "open", "processing", "failed", "expired"];
        for state in states.into_iter().filter_map(PaymentState::parse) {
            assert!(state.rank() < PaymentState::Captured.rank(), "{state:?}");
        }
        assert!(PaymentState::Failed.is_final() && !PaymentState::Processing.is_final());
    }
}
