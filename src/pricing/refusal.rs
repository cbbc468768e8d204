//! Why a request was refused (SPEC, end of "Bill").

use serde::Serialize;

/// What kind of refusal; considered in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalCode {
    /// Malformed, missing, unknown or out of range.
    Invalid,
    /// No lines.
    EmptyCart,
    /// The chosen method does not carry this cart.
    ShippingUnavailable,
    /// An integer of the bill would exceed `LARGEST`.
    Overflow,
}

/// A refused request: the kind, where the mistake is, and a sentence about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// The kind.
    pub code: RefusalCode,
    /// The field, as in `lines[0].quantity`; empty when there is none to name.
    pub path: String,
    /// For people; not part of the contract.
    pub message: String,
}

impl Refusal {
    /// An `invalid` request that is not even text, so that there is no field to name.
    pub fn unreadable(message: &str) -> Self {
        Self::invalid("", message)
    }

    pub(super) fn invalid(path: impl ToString, message: impl ToString) -> Self {
        let (path, message) = (path.to_string(), message.to_string());
        Self { code: RefusalCode::Invalid, path, message }
    }

    pub(super) fn empty_cart() -> Self {
        let message = "the cart has no lines".to_owned();
        Self { code: RefusalCode::EmptyCart, path: "lines".to_owned(), message }
    }

    pub(super) fn shipping_unavailable(message: &str) -> Self {
        let message = message.to_owned();
        Self { code: RefusalCode::ShippingUnavailable, path: "shipping".to_owned(), message }
    }

    pub(super) fn overflow() -> Self {
        let message = "the bill holds a number over 2^53 - 1".to_owned();
        Self { code: RefusalCode::Overflow, path: String::new(), message }
    }
}
