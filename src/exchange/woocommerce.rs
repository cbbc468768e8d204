//! Files that WooCommerce exports. Source: woocommerce.com/document/product-csv-importer-exporter,
//! "Product CSV import schema".
//!
//! A product that comes in variants is a row of its own, and so are its variations. They name their
//! parent by its SKU or its number, and stand where they were made; `gather.rs` puts them behind it.
//! Nothing holds its address: that is made of its name.

use super::columns::{Cells, Column, MOST_OPTIONS, Words};
use super::html::plain;
use super::line::Line;
use super::model::{Item, Problem, Row};
use super::table::whole;
use crate::catalog::handle::handle_of;
use crate::language::Language;

static NAMES: [(&str, Column); 9] = [
    ("sku", Column::Sku),
    ("stock", Column::Stock),
    ("regular price", Column::Price),
    ("categories", Column::Category),
    ("tags", Column::Tags),
    ("brands", Column::Brand),
    ("name", Column::Text(Words::Name, Language::En)),
    ("short description", Column::Text(Words::Subtitle, Language::En)),
    ("description", Column::Text(Words::Description, Language::En)),
];

const ALSO: [&str; 5] = ["id", "type", "published", "parent", "sale price"];

pub(super) fn is_it(has: &impl Fn(&str) -> bool) -> bool {
    has("type") && has("name") && has("regular price")
}

pub(super) fn column(name: &str, own: Language) -> Option<Column> {
    if unit(name).is_some() {
        return Some(Column::Weight);
    }
    let (_, column) = NAMES.iter().find(|(known, _)| *known == name)?;
    Some(match column {
        Column::Text(words, _) => Column::Text(*words, own),
        column => column.clone(),
    })
}

pub(super) fn reads(name: &str) -> bool {
    let of_attribute = name
        .strip_prefix("attribute ")
        .is_some_and(|rest| rest.ends_with(" name") || rest.ends_with(" value(s)"));
    of_attribute || ALSO.contains(&name)
}

/// `weight (kg)`: millionths of a gram in one.
fn unit(name: &str) -> Option<i128> {
    match name.strip_prefix("weight (")?.strip_suffix(')')? {
        "kg" => Some(1_000_000_000),
        "g" => Some(1_000_000),
        // The international avoirdupois pound, and a sixteenth of it.
        "lbs" => Some(453_592_370),
        "oz" => Some(28_349_523),
        _ => None,
    }
}

pub(super) fn is_variation(line: &Line<'_>) -> bool {
    line.get("type").split(',').any(|kind| kind.trim() == "variation")
}

/// What a product and its variations have in common: its number and its SKU, of which they name one.
pub(super) fn bonds(line: &Line<'_>) -> Option<Vec<String>> {
    let parent = line.get("parent");
    let (id, sku) = match is_variation(line) {
        true => (parent.strip_prefix("id:").unwrap_or_default(), parent),
        false => (line.get("id"), line.get("sku")),
    };
    let bonds = [("id", id), ("sku", sku)].into_iter().filter(|(_, name)| !name.is_empty());
    let bonds: Vec<String> = bonds.map(|(kind, name)| format!("{kind} {name}")).collect();
    (!bonds.is_empty()).then_some(bonds)
}

pub(super) fn continues(first: &Line<'_>, line: &Line<'_>) -> bool {
    let parent = line.get("parent");
    let is_of = parent == first.get("sku") || parent.strip_prefix("id:") == Some(first.get("id"));
    is_variation(line) && !is_variation(first) && !parent.is_empty() && is_of
}

pub(super) fn item(
    rows: Vec<(&Line<'_>, Cells)>,
    own: Language,
    problems: &mut Vec<Problem>,
) -> Item {
    let mut rows = rows.into_iter();
    let Some((first, cells)) = rows.next() else { return Item::default() };
    let kind = first.get("type").split(',').map(str::trim).next().unwrap_or_default();
    match kind {
        "variation" => problems.push(whole(first.number, "import-no-parent")),
        "grouped" | "external" => problems.push(whole(first.number, "import-other-kind")),
        _ => {}
    }
    let mut item =
        Item { line: first.number, handle: handle_of(first.get("name")), ..Item::default() };
    let mut alone = cells.clone();
    item.product = product(first, cells, own);
    let variations: Vec<(&Line<'_>, Cells)> = rows.collect();
    if variations.is_empty() && kind != "variable" {
        variant(first, &mut alone);
        item.variants.push(Row { line: first.number, cells: alone.split_off(&Column::Value(0)) });
        return item;
    }
    let options = options(&variations);
    for (n, option) in (1..=MOST_OPTIONS).zip(&options) {
        item.product.insert(Column::Option(n), option.clone());
    }
    for (line, mut cells) in variations {
        variant(line, &mut cells);
        let mut cells = cells.split_off(&Column::Value(0));
        let own: Vec<(&str, &str)> = attributes(line).collect();
        for (n, option) in (1..=MOST_OPTIONS).zip(&options) {
            let value = own.iter().find(|(name, _)| name == option).map_or("", |(_, value)| *value);
            cells.insert(Column::Value(n), value.to_owned());
        }
        item.variants.push(Row { line: line.number, cells });
    }
    item
}

/// Names of attributes that variations have a value of, in their order.
fn options(variations: &[(&Line<'_>, Cells)]) -> Vec<String> {
    let mut options: Vec<String> = Vec::new();
    for (name, _) in variations.iter().flat_map(|(line, _)| attributes(line)) {
        if !options.iter().any(|known| known == name) {
            options.push(name.to_owned());
        }
    }
    options
}

fn attributes<'a>(line: &'a Line<'_>) -> impl Iterator<Item = (&'a str, &'a str)> {
    let names = line.beginning("attribute ").filter_map(|(rest, name)| {
        Some((rest.strip_suffix(" name")?, name)).filter(|(_, name)| !name.is_empty())
    });
    names.map(move |(number, name)| (name, line.get(&format!("attribute {number} value(s)"))))
}

fn product(line: &Line<'_>, mut cells: Cells, own: Language) -> Cells {
    cells.retain(|column, _| !column.is_of_variant());
    let mut product = cells;
    let status = if line.get("published") == "1" { "active" } else { "draft" };
    product.insert(Column::Status, status.to_owned());
    let is_sent = !line.get("type").split(',').any(|kind| kind.trim() == "virtual");
    product.insert(Column::RequiresShipping, if is_sent { "yes" } else { "no" }.to_owned());
    for words in [Words::Subtitle, Words::Description] {
        if let Some(cell) = product.get_mut(&Column::Text(words, own)) {
            // WooCommerce writes the ends of lines as two letters.
            *cell = plain(&cell.replace("\\n", "\n"));
            if words == Words::Subtitle {
                *cell = cell
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
                    .chars()
                    .take(200)
                    .collect();
            }
        }
    }
    // A product stands in one category here, and in all above it.
    if let Some(cell) = product.get_mut(&Column::Category) {
        *cell = first_of(cell);
    }
    product
}

/// The first in a list whose commas stand behind backslashes where they part nothing.
fn first_of(list: &str) -> String {
    super::named::parts(list, ',').into_iter().next().unwrap_or_default()
}

fn variant(line: &Line<'_>, cells: &mut Cells) {
    let (regular, sale) = (line.get("regular price"), line.get("sale price"));
    let (from, until) = (line.get("date sale price starts"), line.get("date sale price ends"));
    let is_for_ever = from.is_empty() && until.is_empty();
    if !sale.is_empty() && is_for_ever && sale != regular {
        cells.insert(Column::Price, sale.to_owned());
        cells.insert(Column::CompareAt, regular.to_owned());
    } else {
        cells.insert(Column::CompareAt, String::new());
    }
    let weights = line
        .beginning("weight (")
        .filter_map(|(rest, cell)| grams(cell, unit(&format!("weight ({rest}"))?));
    if let Some(weight) = weights.last() {
        cells.insert(Column::Weight, weight);
    }
    if line.get("stock").starts_with('-') {
        cells.insert(Column::Stock, "0".to_owned());
    }
}

/// Whole grams, rounded half up; what is no number stays for others to refuse.
fn grams(cell: &str, unit: i128) -> Option<String> {
    if cell.is_empty() {
        return None;
    }
    let (whole, fraction) = cell.split_once(['.', ',']).unwrap_or((cell, ""));
    let places = u32::try_from(fraction.len()).ok().filter(|places| *places <= 9);
    let number = format!("{whole}{fraction}")
        .parse::<i128>()
        .ok()
        .filter(|number| (0..=1_000_000_000_000).contains(number));
    let Some((number, places)) = number.zip(places) else { return Some(cell.to_owned()) };
    let one = 1_000_000 * 10_i128.pow(places);
    Some(((number * unit + one / 2) / one).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_is_reckoned_in_grams_without_fractions_of_a_binary_kind() {
        let of = |cell, name| grams(cell, unit(name).expect("it has a unit"));
        assert_eq!(of("0.35", "weight (kg)").as_deref(), Some("350"));
        assert_eq!(of("1,5", "weight (kg)").as_deref(), Some("1500"));
        assert_eq!(of("1", "weight (lbs)").as_deref(), Some("454"));
        assert_eq!(of("12.5", "weight (g)").as_deref(), Some("13"));
        assert_eq!(of("heavy", "weight (kg)").as_deref(), Some("heavy"));
        assert_eq!(of("", "weight (kg)"), None);
    }
}
