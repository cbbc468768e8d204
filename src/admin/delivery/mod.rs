//! Delivery: zones in their order, the ways of delivery in each, and what an address is offered.

pub mod deeds;
mod example;
mod form;
pub mod keep;
pub mod list;
pub mod method;
mod prices;
mod shown;

use chrono::NaiveDateTime;

use super::desk::Desk;
use super::zones::find;
use crate::error::{Error, Result};
use crate::shipping::Method;
use crate::web::rules::Rules;
use crate::zones::{Kind, Zone};

fn zone<'a>(rules: &'a Rules, code: &str) -> Result<&'a Zone> {
    find(rules, Kind::Delivery, code).ok_or(Error::NotFound)
}

fn method<'a>(rules: &'a Rules, zone: &str, code: &str) -> Result<&'a Method> {
    let mut methods = rules.methods.iter();
    let found = methods.find(|method| method.zone == zone && method.code() == code);
    found.ok_or(Error::NotFound)
}

/// A state in words, and the colour of its badge.
struct Badge {
    text: String,
    tone: &'static str,
}

/// What keeps a method from being offered, or that nothing does.
fn badge(shell: &Desk, method: &Method, now: NaiveDateTime) -> Badge {
    let (key, tone) = match method {
        method if !method.active => ("discount-stopped", ""),
        method if method.is_over(now) => ("discount-over", ""),
        method if !method.has_begun(now) => ("discount-scheduled", "info"),
        _ => ("delivery-offered", "good"),
    };
    Badge { text: shell.t(key).to_owned(), tone }
}
