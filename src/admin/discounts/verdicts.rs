//! Why a discount gave something or nothing, in words for the merchant.

use crate::admin::desk::Desk;
use crate::money::{Currency, Money};
use crate::pricing::Verdict;

pub(super) fn words(shell: &Desk, verdict: Verdict, currency: Currency) -> String {
    let money = |minor| shell.money(&Money::new(minor, currency));
    let key = match verdict {
        Verdict::Applied { amount } => return shell.with("why-applied", "amount", money(amount)),
        Verdict::SubtotalShort { missing } => {
            return shell.with("why-subtotal-short", "amount", money(missing));
        }
        Verdict::TooFewUnits { missing } => return shell.count("why-too-few", missing),
        Verdict::NotBegun => "why-not-begun",
        Verdict::Over => "why-over",
        Verdict::CodeMissing => "why-code-missing",
        Verdict::NoLine => "why-no-line",
        Verdict::Outdone => "why-outdone",
        Verdict::NothingLeft => "why-nothing-left",
        Verdict::NoDelivery => "why-no-delivery",
    };
    shell.t(key).to_owned()
}
