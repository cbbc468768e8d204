//! Ways to pay that need no gateway: a transfer, cash, nothing at all.

use super::gateway::{Gateway, Sale};
use crate::orders::{Handover, Payment};
use crate::pricing::{Amount, Fee, Text};
use crate::settings::ShopSettings;

/// The order's page names the accounts and the number to write; staff say what has arrived.
pub(super) struct BankTransfer;

impl Gateway for BankTransfer {
    fn payment(&self) -> Payment {
        Payment::BankTransfer
    }

    fn takes(&self, settings: &ShopSettings, sale: &Sale) -> bool {
        sale.total.minor() > 0 && !settings.bank_accounts.is_empty()
    }
}

/// The courier takes the money; staff say that she has brought it.
pub(super) struct CashOnDelivery;

impl Gateway for CashOnDelivery {
    fn payment(&self) -> Payment {
        Payment::CashOnDelivery
    }

    fn takes(&self, settings: &ShopSettings, sale: &Sale) -> bool {
        let most = settings.cash_on_delivery.up_to;
        // The courier takes it, so there must be one.
        sale.handover == Handover::Parcel
            && sale.total.minor() > 0
            && settings.cash_on_delivery_in.contains(&sale.country)
            && (most == 0 || sale.total.minor() <= most)
    }

    fn fee(&self, settings: &ShopSettings) -> Option<Fee> {
        let terms = &settings.cash_on_delivery;
        let amount = Amount::try_from(terms.fee).ok().filter(|_| terms.fee > 0)?;
        let text = |text: &str| Text::try_from(text).ok();
        Some(Fee {
            id: text(Payment::CashOnDelivery.code())?,
            amount,
            tax_class: text(&terms.tax_class)?,
        })
    }
}

/// An order of nothing is paid as it stands.
pub(super) struct Free;

impl Gateway for Free {
    fn payment(&self) -> Payment {
        Payment::Free
    }

    fn takes(&self, _: &ShopSettings, sale: &Sale) -> bool {
        sale.total.minor() == 0
    }
}
