//! A product's facts in a table: its attributes and its weight.

use super::queries::{AttributeRow, VariantRow};
use crate::ids::AttributeId;
use crate::web::{Shell, View};

/// Name and value, in the order of the attributes; several values stand in one row.
pub fn rows(
    shell: &Shell,
    view: &View,
    attributes: &[AttributeRow],
    variant: Option<&VariantRow>,
) -> Vec<(String, String)> {
    let known = &view.frame.vocabulary.attributes;
    let mut ids: Vec<AttributeId> = attributes.iter().map(|row| row.attribute).collect();
    ids.sort_by_key(|id| known.get(id).map(|attribute| (attribute.term.position, *id)));
    ids.dedup();
    let described = ids.into_iter().filter_map(|id| {
        let attribute = known.get(&id)?;
        let of_it = attributes.iter().filter(|row| row.attribute == id);
        let values: Vec<String> =
            in_language(view, of_it).filter_map(|row| value(shell, view, row)).collect();
        let name = view.local(&attribute.term.name).to_owned();
        Some((name, values.join(", "))).filter(|(_, value)| !value.is_empty())
    });
    described.chain(weight(shell, variant)).collect()
}

/// The rows for every language, and those for the visitor's or else the shop's own.
fn in_language<'a>(
    view: &View,
    rows: impl Iterator<Item = &'a AttributeRow> + Clone,
) -> impl Iterator<Item = &'a AttributeRow> {
    let language = view.language.code();
    let is_translated = rows.clone().any(|row| row.locale.as_deref() == Some(language));
    let wanted = if is_translated { language } else { view.own_language().code() };
    rows.filter(move |row| row.locale.as_deref().is_none_or(|locale| locale == wanted))
}

fn value(shell: &Shell, view: &View, row: &AttributeRow) -> Option<String> {
    let vocabulary = &view.frame.vocabulary;
    let unit = vocabulary.attributes.get(&row.attribute).map_or("", |known| &known.unit);
    if let Some(choice) = row.choice {
        return vocabulary.choices.get(&choice).map(|value| view.local(&value.name).to_owned());
    }
    let number = row.number.map(|number| format!("{number} {unit}").trim_end().to_owned());
    let yes = row.yes.map(|yes| shell.t(if yes { "yes" } else { "no" }).to_owned());
    let date = row.date.map(|date| date.format("%Y-%m-%d").to_string());
    row.text.clone().or(number).or(yes).or(date)
}

fn weight(shell: &Shell, variant: Option<&VariantRow>) -> Option<(String, String)> {
    let grams = variant.map(|variant| variant.weight_grams).filter(|grams| *grams > 0)?;
    Some((shell.t("shipping-weight").to_owned(), format!("{grams} g")))
}
