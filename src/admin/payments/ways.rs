//! The ways to pay as the merchant sees them: in their order, each with what becomes of it.

use crate::admin::desk::Desk;
use crate::config::{Row, Settings};
use crate::orders::Payment;
use crate::payments::Gateways;
use crate::settings::ShopSettings;

/// The parts of a bank account, as the form names them.
pub(super) const ACCOUNT: [&str; 3] = ["bank", "number", "holder"];

/// A way to pay.
pub(super) struct WayView {
    pub code: &'static str,
    pub name: String,
    pub state: String,
    pub tone: &'static str,
    /// What is missing for it; empty for nothing.
    pub missing: String,
    /// Whether the merchant has switched it off.
    pub is_off: bool,
    /// Whether it has a place in the order.
    pub is_there: bool,
}

/// What the operator sets to have a gateway.
fn keys(payment: Payment) -> &'static [&'static str] {
    match payment {
        Payment::Stripe => &["stripe_key", "stripe_webhook_secrets"],
        Payment::Midtrans => &["midtrans_server_key"],
        Payment::Rehearsal => &["test_payments"],
        Payment::BankTransfer | Payment::CashOnDelivery | Payment::Free => &[],
    }
}

/// The ways that there are, in their order, without the one of orders that cost nothing.
pub(super) fn in_order(gateways: &Gateways, settings: &ShopSettings) -> Vec<Payment> {
    let all = gateways.in_order(settings).into_iter().map(|gateway| gateway.payment());
    all.filter(|payment| *payment != Payment::Free).collect()
}

/// Those that there are in their order, then those that the operator has not set up.
pub(super) fn ways(
    shell: &Desk,
    gateways: &Gateways,
    settings: &ShopSettings,
    config: &Settings,
) -> Vec<WayView> {
    let there = in_order(gateways, settings);
    let others = Payment::ALL.into_iter().filter(|payment| *payment != Payment::Free);
    let others = others.filter(|payment| !there.contains(payment));
    let rows = config.rows();
    let all = there.iter().copied().chain(others);
    all.map(|payment| view(shell, (gateways, payment), settings, &rows)).collect()
}

fn view(
    shell: &Desk,
    (gateways, payment): (&Gateways, Payment),
    settings: &ShopSettings,
    rows: &[Row],
) -> WayView {
    let is_off = settings.payments_off.iter().any(|off| off == payment.code());
    let (key, tone) = match gateways.find(payment) {
        None => ("payments-not-there", ""),
        Some(_) if is_off => ("payments-off", ""),
        Some(gateway) if !gateway.is_live() => ("payments-test", "warn"),
        Some(_) if needs(payment, settings).is_some() => ("payments-not-yet", "warn"),
        Some(_) => ("payments-offered", "good"),
    };
    let is_there = gateways.find(payment).is_some();
    let missing = match needs(payment, settings) {
        Some(key) if is_there => shell.t(key).to_owned(),
        _ if is_there => String::new(),
        _ => shell.with("payments-missing", "names", unset(payment, rows).join(", ")),
    };
    WayView {
        code: payment.code(),
        name: shell.t(payment.text()).to_owned(),
        state: shell.t(key).to_owned(),
        tone,
        missing,
        is_off,
        is_there,
    }
}

/// What the merchant has to say before it can be offered.
fn needs(payment: Payment, settings: &ShopSettings) -> Option<&'static str> {
    match payment {
        Payment::BankTransfer if settings.bank_accounts.is_empty() => {
            Some("payments-needs-account")
        }
        Payment::CashOnDelivery if settings.cash_on_delivery_in.is_empty() => {
            Some("payments-needs-country")
        }
        _ => None,
    }
}

/// The settings of the operator that are not set, as the environment calls them.
fn unset(payment: Payment, rows: &[Row]) -> Vec<String> {
    let is_set = |key: &str| {
        rows.iter().any(|row| row.name == key && !matches!(row.value.as_str(), "none" | "off"))
    };
    let unset = keys(payment).iter().filter(|key| !is_set(key));
    unset.map(|key| format!("ETALASE_{}", key.to_uppercase())).collect()
}
