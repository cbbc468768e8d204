//! A way to pay as a form offers it.

use crate::money::Money;
use crate::orders::Payment;
use crate::pricing::Fee;
use crate::web::{Choice, Shell};

/// With what it adds to the bill, if it does.
pub fn choice(shell: &Shell, payment: Payment, fee: Option<&Fee>) -> Choice {
    let settings = shell.settings();
    let (detail, icon) = match payment {
        Payment::Stripe => ("pay-by-stripe", "credit-card"),
        Payment::Midtrans => ("pay-by-midtrans", "qr-code"),
        Payment::Rehearsal => ("pay-by-rehearsal", "rotate-ccw"),
        Payment::BankTransfer => ("pay-by-transfer", "landmark"),
        Payment::CashOnDelivery => ("pay-by-cash", "wallet"),
        Payment::Free => (payment.text(), "circle-check"),
    };
    Choice {
        code: payment.code().to_owned(),
        name: shell.t(payment.text()).to_owned(),
        detail: match fee {
            Some(fee) => {
                let fee = Money::new(fee.amount.get(), settings.currency);
                shell.with("pay-by-cash-fee", "fee", shell.money(&fee))
            }
            None => shell.count(detail, settings.pay_within_days),
        },
        icon,
        ..Choice::default()
    }
}
