//! In which way money goes back: that depends on how it came.

use super::transaction::Transaction;
use crate::payments::gateway::Refunding;

/// What there is to do for a refund.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Nothing: it stands like this.
    Known(Refunding),
    /// To ask for it under this part of the path.
    Send(&'static str),
}

/// Once for each key. Virtual accounts and counters take money and cannot give it back.
pub(super) fn way(paid: &Transaction, key: &str) -> Way {
    if paid.has_sent(key) {
        return Way::Known(Refunding::Done);
    }
    match (paid.payment_type.as_deref().unwrap_or_default(), paid.transaction_status.as_str()) {
        // A card's money can go back when it has come, which is on the next day.
        ("credit_card", "capture") => Way::Known(Refunding::Pending),
        ("credit_card", _) => Way::Send("refund"),
        ("gopay" | "qris" | "shopeepay", _) => Way::Send("refund/online/direct"),
        _ => Way::Known(Refunding::ByHand),
    }
}

#[cfg(test)]
mod tests {
    use super::super::transaction::read;
    use super::*;
    use serde_json::json;

    fn of(method: &str, status: &str) -> Way {
        let paid = read(json!({
            "transaction_status": status, "payment_type": method, "gross_amount": "450000.00",
            "refunds": [{ "refund_key": "known" }, { "refund_amount": "1.00" }],
        }));
        way(&paid.unwrap(), "new")
    }

    #[test]
    fn money_goes_back_as_it_came() {
        assert_eq!(of("credit_card", "settlement"), Way::Send("refund"));
        assert_eq!(of("credit_card", "capture"), Way::Known(Refunding::Pending));
        assert_eq!(of("qris", "settlement"), Way::Send("refund/online/direct"));
        for by_hand in ["bank_transfer", "echannel", "cstore", "what_comes_next_year"] {
            assert_eq!(of(by_hand, "settlement"), Way::Known(Refunding::ByHand), "{by_hand}");
        }
    }

    #[test]
    fn what_has_gone_back_does_not_go_back_again() {
        let paid = json!({
            "transaction_status": "partial_refund", "payment_type": "qris",
            "gross_amount": "450000.00", "refunds": [{ "refund_key": "known" }],
        });
        assert_eq!(way(&read(paid).unwrap(), "known"), Way::Known(Refunding::Done));
    }
}
