//! Tax: zones in their order, the rates in each with their classes and times, and what a cart bears.

mod example;
mod form;
pub mod keep;
pub mod list;
pub mod quoted;
pub mod rate;

use std::collections::BTreeSet;

use super::field::{Field, choose};
use super::typed::Typed;
use super::zones::find;
use crate::error::{Error, Result};
use crate::tax::Rate;
use crate::web::rules::Rules;
use crate::zones::{Kind, Zone};

/// The class of what is nothing special.
const STANDARD: &str = "standard";

fn zone<'a>(rules: &'a Rules, code: &str) -> Result<&'a Zone> {
    find(rules, Kind::Tax, code).ok_or(Error::NotFound)
}

fn rate<'a>(rules: &'a Rules, zone: &str, code: &str) -> Result<&'a Rate> {
    let mut rates = rules.tax_rates.iter();
    let found = rates.find(|rate| rate.zone == zone && rate.rate.id.as_str() == code);
    found.ok_or(Error::NotFound)
}

/// A list of classes; the usual one where none is chosen yet.
pub(super) fn classes_of(typed: &Typed<'_>, name: &'static str) -> Field {
    let own = match typed.form.get(name) {
        "" => STANDARD,
        own => own,
    };
    let mut classes = classes(&typed.shell.frame().rules);
    classes.insert(own.to_owned());
    let classes = classes.into_iter().map(|class| (class.clone(), class)).collect();
    Field { kind: "select", choices: choose(classes, own), ..typed.hinted(name, 0) }
}

/// The classes that there are rates for, and the usual one.
pub(super) fn classes(rules: &Rules) -> BTreeSet<String> {
    let classes = rules.tax_rates.iter().map(|rate| rate.rate.tax_class.as_str().to_owned());
    classes.chain([STANDARD.to_owned()]).collect()
}
