//! What a way of delivery costs, in words.

use crate::admin::desk::Desk;
use crate::money::Money;
use crate::pricing::{Amount, Rate, TableBy};
use crate::shipping::Method;

/// "Rp 18.000 up to 1 kg, then Rp 18.000 for each begun 1 kg".
pub(super) fn words(shell: &Desk, method: &Method) -> String {
    let money = |amount: Amount| match amount.get() {
        0 => shell.t("free").to_owned(),
        amount => shell.money(&Money::new(amount, method.currency)),
    };
    match &method.shipping.rate {
        Rate::Flat { amount } => money(*amount),
        Rate::PerItem { amount } => shell.with("delivery-each", "amount", money(*amount)),
        Rate::WeightSteps(steps) => shell.texts().with(
            "delivery-steps",
            &[
                ("first", shell.weight(steps.first_g.get()).into()),
                ("amount", money(steps.first_amount).into()),
                ("step", shell.weight(steps.step_g.get()).into()),
                ("more", money(steps.step_amount).into()),
            ],
        ),
        Rate::Table { by, tiers } => {
            let amounts = tiers.iter().map(|tier| tier.amount);
            let least = amounts.clone().min().map(money).unwrap_or_default();
            let most = amounts.max().map(money).unwrap_or_default();
            let key = match by {
                TableBy::Weight => "delivery-by-weight",
                TableBy::Subtotal => "delivery-by-subtotal",
            };
            shell.texts().with(key, &[("least", least.into()), ("most", most.into())])
        }
    }
}

/// What a method costs, from when on it is free, and how long it takes.
pub(super) fn promise(shell: &Desk, method: &Method) -> String {
    let free = method.shipping.free_over.map(|free| {
        let from = shell.money(&Money::new(free.amount.get(), method.currency));
        shell.with("delivery-free-from", "amount", from)
    });
    let days = match (method.min_days, method.max_days) {
        (min, max) if min == max => shell.count("delivery-day", max),
        (min, max) => shell.days("delivery-days", min, max),
    };
    let parts = [Some(words(shell, method)), free, Some(days)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
