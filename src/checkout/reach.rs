//! What the page says of a place that nothing is brought to, or that was only assumed.

use super::desk::Desk;
use crate::cart::Unfit;
use crate::values::Place;
use crate::web::{Shell, countries};

/// Why nothing is brought there, and what can be done.
pub(super) struct NoDelivery {
    pub reason: String,
    /// Empty where the reason says it.
    pub advice: String,
    /// Where to ask.
    pub contact: Option<String>,
}

/// `None` when there is a way, or nothing to bring.
pub(super) fn no_delivery(shell: &Shell, desk: &Desk) -> Option<NoDelivery> {
    if !desk.needs_delivery() || desk.has_nothing() || !desk.deliveries.has_no_parcel() {
        return None;
    }
    let of_place = |key| shell.with(key, "place", place_name(shell, &desk.place));
    let reason = match desk.deliveries.unfit {
        Some(Unfit::TooHeavy) => of_place("checkout-too-heavy"),
        Some(Unfit::Otherwise) => of_place("checkout-unfit"),
        None if desk.wants_more_address() => {
            let reason = shell.t("checkout-address-first").to_owned();
            return Some(NoDelivery { reason, advice: String::new(), contact: None });
        }
        None => of_place("checkout-no-delivery"),
    };
    let advice = match desk.deliveries.offered.is_empty() {
        true => "checkout-no-delivery-advice",
        false => "checkout-collect-advice",
    };
    Some(NoDelivery { reason, advice: shell.t(advice).to_owned(), contact: contact(shell) })
}

/// The page of that name, if the shop has one, else its address for mail.
fn contact(shell: &Shell) -> Option<String> {
    let email = &shell.settings().email;
    match shell.has_page("contact") {
        true => Some(shell.href("/pages/contact").into_owned()),
        false => (!email.is_empty()).then(|| format!("mailto:{email}")),
    }
}

pub(super) fn assumed(shell: &Shell, place: &Place) -> String {
    shell.with("checkout-assumed", "place", place_name(shell, place))
}

/// The region as it was typed, else the country.
fn place_name(shell: &Shell, place: &Place) -> String {
    match place.region.as_str() {
        "" => countries::name(shell, place.country),
        region => region.to_owned(),
    }
}
