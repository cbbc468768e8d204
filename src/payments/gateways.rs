//! All ways to pay that this shop knows.

use std::sync::Arc;

use super::gateway::{Gateway, Sale};
use super::offline::{BankTransfer, CashOnDelivery, Free};
use super::queries::PaymentRow;
use crate::orders::Payment;
use crate::settings::ShopSettings;

/// In the order in which they are offered as long as the merchant has not chosen one. Cheap to clone.
#[derive(Clone)]
pub struct Gateways(Arc<[Arc<dyn Gateway>]>);

impl Gateways {
    /// Those that need nobody else, after `online`, which the operator has set up.
    pub fn new(online: Vec<Arc<dyn Gateway>>) -> Self {
        let offline: [Arc<dyn Gateway>; 3] =
            [Arc::new(BankTransfer), Arc::new(CashOnDelivery), Arc::new(Free)];
        Self(online.into_iter().chain(offline).collect())
    }

    /// `None` for one that the operator has taken away.
    pub fn find(&self, payment: Payment) -> Option<&Arc<dyn Gateway>> {
        self.0.iter().find(|gateway| gateway.payment() == payment)
    }

    /// Whether an address is one of this gateway's pages.
    pub(super) fn has_page(gateway: &dyn Gateway, url: &str) -> bool {
        gateway.page_origins().iter().any(|origin| {
            url.strip_prefix(origin.as_str()).is_some_and(|path| path.starts_with('/'))
        })
    }

    /// By the name that the database has for it.
    pub fn named(&self, code: &str) -> Option<&Arc<dyn Gateway>> {
        Payment::parse(code).and_then(|payment| self.find(payment))
    }

    /// The account that a payment was begun with. `None` when the operator has taken it away, or has
    /// put a live one in the place of a test account: who is there now knows nothing of the payment.
    pub(super) fn of(&self, payment: &PaymentRow) -> Option<&Arc<dyn Gateway>> {
        self.named(&payment.gateway).filter(|gateway| gateway.is_live() == payment.live)
    }

    /// Accounts on whose pages is paid, by the gateway's code: those that move real money, or those
    /// that do not.
    pub(super) fn accounts(&self, live: bool) -> Vec<&'static str> {
        let online = self.0.iter().filter(|gateway| !gateway.payment().is_by_hand());
        let own = online.filter(|gateway| gateway.is_live() == live);
        own.map(|gateway| gateway.payment().code()).collect()
    }

    /// On whose pages is paid.
    pub fn online(&self) -> impl Iterator<Item = Payment> {
        self.0.iter().map(|gateway| gateway.payment()).filter(|payment| !payment.is_by_hand())
    }

    /// Where pages of gateways are, all together.
    pub fn page_origins(&self) -> Vec<String> {
        self.0.iter().flat_map(|gateway| gateway.page_origins()).collect()
    }

    /// All of them, in the order that the merchant has chosen.
    pub fn in_order(&self, settings: &ShopSettings) -> Vec<&dyn Gateway> {
        let order = &settings.payment_order;
        let place = |gateway: &&dyn Gateway| {
            let code = gateway.payment().code();
            order.iter().position(|known| known == code).unwrap_or(order.len())
        };
        let mut gateways: Vec<&dyn Gateway> = self.0.iter().map(AsRef::as_ref).collect();
        gateways.sort_by_key(place);
        gateways
    }

    /// How this can be paid.
    pub fn offered(&self, settings: &ShopSettings, sale: &Sale) -> Vec<Payment> {
        let is_off =
            |payment: Payment| settings.payments_off.iter().any(|off| off == payment.code());
        let open = self.in_order(settings).into_iter();
        let open = open.filter(|gateway| gateway.takes(settings, sale));
        open.map(Gateway::payment).filter(|payment| !is_off(*payment)).collect()
    }
}

impl Default for Gateways {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl std::fmt::Debug for Gateways {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.iter().map(|gateway| gateway.payment())).finish()
    }
}
