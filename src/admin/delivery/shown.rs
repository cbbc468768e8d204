//! The fields of the form of a method, as they were typed.

use crate::admin::field::{Field, choose};
use crate::admin::tax::classes_of;
use crate::admin::typed::Typed;

pub(super) fn label(name: &str) -> String {
    format!("method-{name}")
}

/// Name and note in the languages of the shop.
pub(super) fn words(typed: &Typed<'_>) -> Vec<Field> {
    let notes = typed.local("note", 200).into_iter();
    let notes = notes.map(|field| Field { is_optional: true, ..field });
    typed.local("name", 200).into_iter().chain(notes).collect()
}

/// What a parcel costs.
pub(super) fn price(typed: &Typed<'_>, rate: &str) -> Vec<Field> {
    let fields: &[&'static str] = match rate {
        "weight_steps" => &["first", "first_amount", "step", "step_amount", "tolerance"],
        "weight_table" => &["tiers"],
        "subtotal_table" => &["tiers"],
        _ => &["amount"],
    };
    let field = |name: &&'static str| {
        let field = Field { is_optional: *name == "tolerance", ..typed.hinted(*name, 30) };
        match *name {
            "tiers" => Field { kind: "textarea", most: 30_000, ..field }
                .hint(typed.shell.t(&format!("method-tiers-{}-hint", rate.replace('_', "-")))),
            _ => field,
        }
    };
    fields.iter().map(field).collect()
}

pub(super) fn free(typed: &Typed<'_>) -> Vec<Field> {
    vec![
        typed.hinted("free_over", 30),
        select(typed, "free_over_basis", ["after_discount", "before_discount"]),
    ]
}

pub(super) fn promise(typed: &Typed<'_>) -> Vec<Field> {
    vec![
        Field { is_optional: false, ..typed.hinted("days", 20) },
        Field { kind: "time", ..typed.hinted("cutoff", 0) },
        select(typed, "kind", ["parcel", "pickup"]),
    ]
}

pub(super) fn times(typed: &Typed<'_>) -> Vec<Field> {
    vec![typed.time("starts_at"), typed.time("ends_at")]
}

/// Which parcels it takes, and as whose goods its price is taxed.
pub(super) fn limits(typed: &Typed<'_>) -> Vec<Field> {
    let names = ["min_weight", "max_weight", "min_subtotal", "max_subtotal", "volumetric_divisor"];
    let class = classes_of(typed, "class");
    names.into_iter().map(|name| typed.hinted(name, 30)).chain([class]).collect()
}

fn select(typed: &Typed<'_>, name: &'static str, codes: [&str; 2]) -> Field {
    let words = |code: &str| typed.shell.t(&label(&code.replace('_', "-"))).to_owned();
    let choices = codes.map(|code| (code.to_owned(), words(code))).to_vec();
    let choices = choose(choices, typed.form.get(name));
    Field { kind: "select", choices, ..typed.hinted(name, 0) }
}
