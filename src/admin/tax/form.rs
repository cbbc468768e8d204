//! The form of a rate: what stands in it, and what a file would say for what was typed.

use chrono::NaiveDateTime;

use super::classes;
use crate::admin::desk::Desk;
use crate::admin::field::Field;
use crate::admin::rulebook::{named, shown_time, typed_time};
use crate::admin::typed::Typed;
use crate::admin::zones::path_of;
use crate::rules::Entry;
use crate::tax::Rate;
use crate::web::Form;
use crate::zones::Kind;

/// A rate as the fields of its form have it.
pub(super) fn fields(
    shell: &Desk,
    Rate { rate, valid_from, valid_to, .. }: &Rate,
) -> Vec<(String, String)> {
    named([
        ("name", rate.name.as_str().to_owned()),
        ("rate", shell.percent(rate.ppm.get())),
        ("class", rate.tax_class.as_str().to_owned()),
        ("valid_from", shown_time(shell, *valid_from)),
        ("valid_to", shown_time(shell, *valid_to)),
    ])
}

/// What was typed about a rate of this code, as a file has it.
pub(super) fn entry(
    shell: &Desk,
    form: &Form,
    (zone, code): (&str, &str),
    known: Option<&Rate>,
) -> Entry {
    let clock = shell.settings().time_zone;
    let time = |name, known: Option<NaiveDateTime>| typed_time(form.get(name), known, clock);
    Entry::new("tax rate", &format!("{zone}/{code}"), &path_of(Kind::Tax, zone, code))
        .typed("name", form.get("name"))
        .typed("class", form.get("class"))
        .percent("rate", form.get("rate"))
        .typed("valid_from", &time("valid_from", known.and_then(|rate| rate.valid_from)))
        .typed("valid_to", &time("valid_to", known.and_then(|rate| rate.valid_to)))
}

/// The field of a key, and what is wrong with it.
pub(super) fn say(shell: &Desk, key: &str) -> Option<(String, String)> {
    let words = match key {
        "name" => "rate-wrong-name",
        "rate" => "rate-wrong-rate",
        "class" => "rate-wrong-class",
        "valid_from" => "discount-wrong-time",
        "valid_to" => "discount-wrong-end",
        _ => return None,
    };
    Some((key.to_owned(), shell.t(words).to_owned()))
}

pub(super) fn label(name: &str) -> String {
    format!("rate-{name}")
}

/// The fields as they are shown.
pub(super) fn shown(typed: &Typed<'_>) -> Vec<Field> {
    let shell = typed.shell;
    let known: Vec<String> = classes(&shell.frame().rules).into_iter().collect();
    let class = shell.with("rate-class-hint", "known", known.join(", "));
    let rate = Field { inputmode: "decimal", is_optional: false, ..typed.hinted("rate", 12) };
    vec![
        Field { is_optional: false, ..typed.hinted("name", 100) },
        rate,
        typed.field("class", 100).hint(class),
        typed.time("valid_from"),
        typed.time("valid_to"),
    ]
}
