//! Discounts: made, scheduled, put in order, stopped, tried out on a cart, and looked into when one
//! gave nothing. Every change goes through `rules::Book`, as a file of rules would.

pub mod codes;
pub mod deeds;
pub mod edit;
mod example;
mod form;
mod kind;
pub mod list;
pub mod make;
mod mistakes;
mod trial;
mod verdicts;
pub mod why;

use crate::admin::desk::Desk;
use crate::catalog::handle::handle_of;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::PromotionId;
use crate::money::Money;
use crate::pricing::{Amount, Benefit, LineBenefit, SumBenefit};
use crate::promotions::Rule;
use crate::promotions::desk::{self, State};
use crate::rules::{Book, Mistake, Outcome};
use kind::Kind;

/// A state in words, and the colour of its badge.
struct Badge {
    text: String,
    tone: &'static str,
}

/// What becomes of a change.
enum Saved {
    Done(PromotionId),
    Wrong(Vec<Mistake>),
    /// Somebody else has changed it since: nothing was written.
    Meanwhile,
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

/// What became of the discount with this lasting name.
fn saved(conn: &mut Conn, outcome: Outcome, slug: &str) -> Result<Saved> {
    if !outcome.mistakes.is_empty() {
        return Ok(Saved::Wrong(outcome.mistakes));
    }
    Ok(Saved::Done(desk::find_id(conn, slug)?.ok_or(Error::NotFound)?))
}

/// A lasting name made of what a discount is called, that none has.
fn free_slug(book: &Book, name: &str) -> String {
    let wanted = handle_of(name);
    let is_taken = |slug: &str| book.has(&path(slug));
    let mut numbered = (2..).map(|number: u32| format!("{wanted}-{number}"));
    match is_taken(&wanted) {
        false => wanted,
        true => numbered.find(|slug| !is_taken(slug)).unwrap_or(wanted),
    }
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
