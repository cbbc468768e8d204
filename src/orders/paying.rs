//! What a shopper is told of an order that she pays on a gateway's page, and has not.

use chrono::{NaiveDateTime, TimeZone};

use super::model::Payment;
use super::rows::{Order, Try};
use crate::web::{Shell, dates};

pub struct PayingView {
    pub heading: String,
    pub advice: String,
    /// Something went wrong.
    pub is_bad: bool,
    /// Whether there is time to pay, and nothing on its way.
    pub can_pay: bool,
    /// Where she has the gateway asked once more; empty where that can change nothing.
    pub look: String,
}

/// `order` wants money, and a gateway is to say when it has come.
pub(super) fn view(shell: &Shell, order: &Order, tries: &[Try]) -> PayingView {
    let newest = tries.iter().rev().find(|row| !is_by_hand(row));
    let (text, is_bad) = match newest.map(|row| row.status.as_str()) {
        Some("starting") => ("order-pay-unopened", true),
        Some("processing") => ("order-pay-coming", false),
        Some("failed") => ("order-pay-failed", true),
        Some("expired") => ("order-pay-expired", true),
        _ => ("order-pay-waits", false),
    };
    let is_coming = text == "order-pay-coming";
    let can_pay = !is_coming && order.pay_until.is_none_or(|until| until > shell.now());
    let asked = newest.filter(|row| matches!(row.status.as_str(), "open" | "processing"));
    PayingView {
        heading: shell.t(text).to_owned(),
        advice: match (is_coming, can_pay) {
            (true, _) => shell.t("order-pay-coming-advice").to_owned(),
            (false, true) => advice(shell, order.pay_until, is_bad),
            (false, false) => shell.t("order-pay-over").to_owned(),
        },
        is_bad,
        can_pay,
        look: asked.map(|row| look(shell, order, row)).unwrap_or_default(),
    }
}

fn is_by_hand(row: &Try) -> bool {
    Payment::parse(&row.gateway).is_some_and(Payment::is_by_hand)
}

fn advice(shell: &Shell, until: Option<NaiveDateTime>, is_bad: bool) -> String {
    let held = match until {
        Some(until) => shell.with("order-pay-held", "time", moment(shell, until)),
        None => shell.t("order-pack-after-payment-advice").to_owned(),
    };
    match is_bad {
        true => format!("{} {held}", shell.t("order-pay-nothing-came")),
        false => held,
    }
}

/// By the shop's clock: "Mon 23 Nov, 14:35 WIB".
pub(super) fn moment(shell: &Shell, at: NaiveDateTime) -> String {
    let local = shell.settings().time_zone.from_utc_datetime(&at);
    dates::moment(shell.texts(), local.naive_local(), &local.format("%Z").to_string())
}

fn look(shell: &Shell, order: &Order, row: &Try) -> String {
    let path = format!("/orders/{}/payments/{}", order.token, row.attempt);
    shell.href(&path).into_owned()
}
