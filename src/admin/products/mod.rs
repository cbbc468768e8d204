//! Products: found, made, edited.

pub mod attributes;
pub mod bulk;
pub mod deeds;
pub mod edit;
pub(super) mod form;
mod grid;
pub mod list;
pub mod make;
pub mod options;
mod options_form;
pub mod related;
pub mod sale;
pub mod variants;

pub(super) use form::{LONGEST_TAG, is_tag};

use chrono::NaiveDateTime;

use super::desk::Desk;
use super::field::Choices;
use crate::catalog::choice::Chosen;
use crate::catalog::model::Status;
use crate::ids::BrandId;
use crate::web::frame::Frame;

/// A status in words, and the colour of its badge.
struct Badge {
    text: String,
    tone: &'static str,
}

/// What shoppers see of a product at this moment.
fn badge(
    shell: &Desk,
    status: Status,
    (publish_at, unpublish_at): (NaiveDateTime, Option<NaiveDateTime>),
) -> Badge {
    let now = shell.now();
    let (key, tone) = match status {
        Status::Draft => ("product-draft", "warn"),
        Status::Archived => ("product-archived", ""),
        Status::Active if publish_at > now => ("product-scheduled", "info"),
        Status::Active if unpublish_at.is_some_and(|end| end <= now) => ("product-ended", ""),
        Status::Active => ("product-active", "good"),
    };
    Badge { text: shell.t(key).to_owned(), tone }
}

/// Slug and name of each category, with those above it, so that two of one name differ.
pub(super) fn categories(shell: &Desk) -> Choices {
    let frame = shell.frame();
    let named = frame.categories.iter().map(|category| {
        let path: Vec<&str> =
            frame.path_to(category.id).iter().map(|above| shell.local(&above.name)).collect();
        (category.slug.clone(), path.join(" › "))
    });
    sorted(named.collect())
}

/// Slug and name of each brand.
fn brands(shell: &Desk) -> Choices {
    let brands = shell.frame().vocabulary.brands.values();
    sorted(brands.map(|brand| (brand.slug.clone(), brand.name.clone())).collect())
}

/// The brand with this slug.
fn brand_at(frame: &Frame, slug: &str) -> Option<BrandId> {
    let mut brands = frame.vocabulary.brands.iter();
    brands.find(|(_, brand)| brand.slug == slug).map(|(id, _)| *id)
}

/// With the choice of none in front.
pub(super) fn with_none(shell: &Desk, choices: Choices) -> Choices {
    let none = (String::new(), shell.t("product-none").to_owned());
    std::iter::once(none).chain(choices).collect()
}

/// By name.
fn sorted(mut named: Choices) -> Choices {
    named.sort_by(|one, other| one.1.cmp(&other.1));
    named
}

/// The values of a variant in words, the shop's first option first: "Clay, 350 ml".
pub(super) fn named(shell: &Desk, values: &Chosen) -> String {
    let vocabulary = &shell.frame().vocabulary;
    let mut values: Vec<_> = values.iter().collect();
    values.sort_by_key(|(option, _)| vocabulary.options.get(option).map(|term| term.position));
    let named = values.into_iter().filter_map(|(_, id)| vocabulary.option_values.get(id));
    let named: Vec<&str> = named.map(|value| shell.local(&value.name)).collect();
    named.join(", ")
}
