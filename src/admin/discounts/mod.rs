//! Discounts: made, scheduled, put in order, stopped, tried out on a cart, and looked into when one
//! gave nothing. Every change goes through `rules::Book`, as a file of rules would.

pub mod codes;
pub mod deeds;
pub mod edit;
mod example;
mod form;
pub mod keep;
mod kind;
pub mod list;
mod look;
pub mod make;
mod mistakes;
mod shown;
mod verdicts;
pub mod why;

use crate::admin::desk::Desk;
use crate::money::Money;
use crate::pricing::{Amount, Benefit, LineBenefit, SumBenefit};
use crate::promotions::Rule;
use crate::promotions::desk::State;
use kind::Kind;

/// A state in words, and the colour of its badge.
struct Badge {
    text: String,
    tone: &'static str,
}

fn badge(shell: &Desk, state: State) -> Badge {
    let tone = match state {
        State::Running => "good",
        State::Scheduled => "info",
        State::UsedUp => "warn",
        State::Over | State::Stopped => "",
    };
    Badge { text: shell.t(&format!("discount-{}", state.code())).to_owned(), tone }
}

/// The key under which the rules have a discount.
fn path(slug: &str) -> [&str; 2] {
    ["promotions", slug]
}

/// What a discount gives: "10% off the order".
fn in_words(shell: &Desk, rule: &Rule) -> String {
    let kind = Kind::of(&rule.benefit);
    let key = format!("discount-gives-{}", kind.code());
    let amount = |amount: Amount| shell.money(&Money::new(amount.get(), rule.currency));
    match rule.benefit {
        _ if kind == Kind::FreeDelivery => shell.t(&key).to_owned(),
        Benefit::Line(LineBenefit::BuyXGetY { buy, get, ppm }) => {
            let of = [
                ("buy", buy.get().into()),
                ("get", get.get().into()),
                ("percent", shell.percent(ppm.into()).into()),
            ];
            shell.texts().with(&key, &of)
        }
        Benefit::Line(LineBenefit::Percent { ppm })
        | Benefit::Order(SumBenefit::Percent { ppm })
        | Benefit::Shipping(SumBenefit::Percent { ppm }) => {
            shell.with(&key, "value", shell.percent(ppm.into()))
        }
        Benefit::Line(
            LineBenefit::AmountPerUnit { amount: off } | LineBenefit::FixedPrice { amount: off },
        )
        | Benefit::Order(SumBenefit::Amount { amount: off })
        | Benefit::Shipping(SumBenefit::Amount { amount: off }) => {
            shell.with(&key, "value", amount(off))
        }
    }
}
