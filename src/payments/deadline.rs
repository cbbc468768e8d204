//! Until when money is waited for, and the goods of its order held.

use chrono::{NaiveDateTime, TimeDelta};

use crate::orders::Payment;
use crate::settings::ShopSettings;

/// So much longer than a gateway's page is open an order waits: who pays at the last moment has
/// paid in time.
pub(super) const MARGIN: TimeDelta = TimeDelta::minutes(5);

/// Of an order that is to be paid in this way from now on; `None` for as long as it takes: a courier
/// brings the money when she brings the goods.
pub fn deadline(
    payment: Payment,
    settings: &ShopSettings,
    now: NaiveDateTime,
) -> Option<NaiveDateTime> {
    let patience = match payment {
        Payment::BankTransfer => TimeDelta::try_days(settings.pay_within_days),
        Payment::CashOnDelivery | Payment::Free => None,
        Payment::Stripe | Payment::Midtrans | Payment::Rehearsal => {
            TimeDelta::try_minutes(settings.hold_minutes)
        }
    };
    now.checked_add_signed(patience?)
}
