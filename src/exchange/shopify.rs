//! Files that Shopify exports, with the names that its columns had until 2025 and with those that they
//! have since. Source: help.shopify.com, "Using CSV files to import and export products".

use super::columns::{Cells, Column, Words};
use super::html::plain;
use super::line::Line;
use super::model::{Item, Row};
use crate::catalog::handle::handle_of;
use crate::language::Language;
use crate::values::Slug;

/// Names in small letters, each beside what it is here; of texts in the shop's own language.
static NAMES: [(&str, Column); 31] = [
    ("handle", Column::Handle),
    ("url handle", Column::Handle),
    ("vendor", Column::Brand),
    ("type", Column::Category),
    ("tags", Column::Tags),
    ("status", Column::Status),
    ("option1 name", Column::Option(1)),
    ("option2 name", Column::Option(2)),
    ("option3 name", Column::Option(3)),
    ("option1 value", Column::Value(1)),
    ("option2 value", Column::Value(2)),
    ("option3 value", Column::Value(3)),
    ("variant sku", Column::Sku),
    ("sku", Column::Sku),
    ("variant price", Column::Price),
    ("price", Column::Price),
    ("variant compare at price", Column::CompareAt),
    ("compare-at price", Column::CompareAt),
    ("variant inventory qty", Column::Stock),
    ("inventory quantity", Column::Stock),
    ("variant grams", Column::Weight),
    ("weight value (grams)", Column::Weight),
    ("variant requires shipping", Column::RequiresShipping),
    ("requires shipping", Column::RequiresShipping),
    ("title", Column::Text(Words::Name, Language::En)),
    ("body (html)", Column::Text(Words::Description, Language::En)),
    ("body html", Column::Text(Words::Description, Language::En)),
    ("description", Column::Text(Words::Description, Language::En)),
    ("seo title", Column::Text(Words::SeoTitle, Language::En)),
    ("seo description", Column::Text(Words::SeoDescription, Language::En)),
    ("product type", Column::Category),
];

/// Read beside those.
const ALSO: [&str; 4] = ["published", "published on online store", "product category", "gift card"];

pub(super) fn is_it(has: &impl Fn(&str) -> bool) -> bool {
    let is_of_old = has("handle") && has("title") && (has("variant price") || has("option1 name"));
    is_of_old || has("url handle") && has("title")
}

pub(super) fn column(name: &str, own: Language) -> Option<Column> {
    let (_, column) = NAMES.iter().find(|(known, _)| *known == name)?;
    Some(match column {
        Column::Text(words, _) => Column::Text(*words, own),
        column => column.clone(),
    })
}

pub(super) fn reads(name: &str) -> bool {
    ALSO.contains(&name)
}

/// A row has its product's handle, or none at all.
pub(super) fn continues(first: &Line<'_>, line: &Line<'_>) -> bool {
    let handle = handle(line);
    handle.is_empty() || handle == self::handle(first)
}

pub(super) fn handle<'a>(line: &'a Line<'_>) -> &'a str {
    match line.get("handle") {
        "" => line.get("url handle"),
        handle => handle,
    }
}

pub(super) fn item(rows: Vec<(&Line<'_>, Cells)>) -> Item {
    let mut item = Item::default();
    for (n, (line, mut cells)) in rows.into_iter().enumerate() {
        tidy(&mut cells);
        let variant = cells.split_off(&Column::Value(0));
        if n == 0 {
            item.line = line.number;
            item.handle = as_handle(handle(line), line.get("title"));
            cells.remove(&Column::Handle);
            item.product = product(line, cells);
        }
        // A row without them only brings another picture.
        let is_variant = [Column::Price, Column::Value(1), Column::Sku];
        if is_variant.iter().any(|it| variant.get(it).is_some_and(|cell| !cell.is_empty())) {
            item.variants.push(Row { line: line.number, cells: variant });
        }
    }
    drop_default(&mut item);
    item
}

/// Shopify's handles may hold other letters than ours.
fn as_handle(handle: &str, title: &str) -> String {
    match Slug::parse(handle) {
        Some(slug) => slug.to_string(),
        None => handle_of(if handle.is_empty() { title } else { handle }),
    }
}

fn tidy(cells: &mut Cells) {
    for (column, cell) in cells.iter_mut() {
        let text = cell.trim();
        *cell = match column {
            Column::Text(Words::Description, _) => plain(text),
            // Sold beyond what was there.
            Column::Stock if text.starts_with('-') => "0".to_owned(),
            Column::Status => text.to_lowercase(),
            _ => text.to_owned(),
        };
    }
    let minor = |column: &Column| {
        cells.get(column).and_then(|cell| cell.replace(['.', ','], "").parse::<i64>().ok())
    };
    let (price, was) = (minor(&Column::Price), minor(&Column::CompareAt));
    if was.is_some_and(|was| was == 0 || Some(was) == price) {
        cells.insert(Column::CompareAt, String::new());
    }
}

fn product(line: &Line<'_>, mut cells: Cells) -> Cells {
    let is_live = [line.get("published"), line.get("published on online store")]
        .iter()
        .all(|it| !it.eq_ignore_ascii_case("false"));
    let status = cells.get(&Column::Status).map_or("", String::as_str);
    let status = match status {
        "" | "active" if is_live => "active",
        "archived" => "archived",
        _ => "draft",
    };
    cells.insert(Column::Status, status.to_owned());
    let category = cells.get(&Column::Category).is_some_and(|it| !it.is_empty());
    if !category && !line.get("product category").is_empty() {
        cells.insert(Column::Category, line.get("product category").to_owned());
    }
    cells
}

/// What has no options has one called so, for it to have any.
fn drop_default(item: &mut Item) {
    let is_default = |row: &Row| {
        row.cells.get(&Column::Value(1)).is_some_and(|it| it.eq_ignore_ascii_case("default title"))
    };
    if item.variants.len() == 1 && item.variants.iter().all(is_default) {
        for n in 1..=3 {
            if let Some(cell) = item.product.get_mut(&Column::Option(n)) {
                cell.clear();
            }
            item.variants[0].cells.remove(&Column::Value(n));
        }
    }
}
