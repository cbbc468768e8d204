//! Changes and what they make of products, in words.

use crate::admin::desk::Desk;
use crate::catalog::bulk::{Change, Numbers, Problem, Stage, Values};
use crate::money::Money;

/// "Price: +10%".
pub(super) fn change(shell: &Desk, change: &Change) -> String {
    let (code, what) = match change {
        Change::Percent(ppm) => ("price", signed(*ppm, |ppm| format!("{}%", shell.percent(ppm)))),
        Change::Amount(by) => ("price", signed(*by, |by| money(shell, by))),
        Change::Status(status) => ("status", values(shell, &Values::Status(*status))),
        Change::Category(id) => ("category", values(shell, &Values::Category(*id))),
        Change::Brand(id) => ("brand", values(shell, &Values::Brand(*id))),
        Change::AddTag(tag) => ("tag", tag.clone()),
        Change::TakeTag(tag) => ("untag", tag.clone()),
        Change::Stock { by, reason } => {
            ("stock", format!("{} ({reason})", signed(*by, |by| by.to_string())))
        }
    };
    format!("{}: {what}", shell.t(&format!("bulk-{code}")))
}

fn signed(by: i64, show: impl Fn(i64) -> String) -> String {
    format!("{}{}", if by < 0 { "\u{2212}" } else { "+" }, show(by.abs()))
}

fn money(shell: &Desk, minor: i64) -> String {
    shell.money(&Money::new(minor, shell.settings().currency))
}

/// How far a change is, or that the shop has given up going on with it.
pub(super) fn status(shell: &Desk, stage: Stage, has_stopped: bool) -> String {
    let code = if has_stopped { "stopped" } else { stage.code() };
    shell.t(&format!("bulk-status-{code}")).to_owned()
}

/// Why a product is left alone.
pub(super) fn problem(shell: &Desk, problem: Problem) -> String {
    shell.t(&format!("bulk-problem-{}", problem.code())).to_owned()
}

/// The part of a product that a change is about.
pub(super) fn values(shell: &Desk, values: &Values) -> String {
    let none = || shell.t("product-none").to_owned();
    match values {
        Values::Prices(prices) => range(prices, |minor| money(shell, minor)),
        Values::OnHand(counts) => range(counts, |count| count.to_string()),
        Values::Status(status) => shell.t(&format!("product-{}", status.code())).to_owned(),
        Values::Category(id) => {
            let known = id.and_then(|id| shell.frame().find_category(id));
            known.map_or_else(none, |known| shell.local(&known.name).to_owned())
        }
        Values::Brand(id) => {
            let known = id.and_then(|id| shell.frame().vocabulary.brands.get(&id));
            known.map_or_else(none, |known| known.name.clone())
        }
        Values::Tag { tag, has: true } => tag.clone(),
        Values::Tag { has: false, .. } => none(),
    }
}

/// The lowest, and the highest where it is another.
fn range(numbers: &Numbers, show: impl Fn(i64) -> String) -> String {
    let least = numbers.values().min().copied().unwrap_or_default();
    let most = numbers.values().max().copied().unwrap_or_default();
    match least == most {
        true => show(least),
        false => format!("{} – {}", show(least), show(most)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_off_is_said_with_its_sign() {
        let shown = |by| signed(by, |by| by.to_string());
        assert_eq!((shown(10), shown(-12)), ("+10".to_owned(), "\u{2212}12".to_owned()));
    }
}
