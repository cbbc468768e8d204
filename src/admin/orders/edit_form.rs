//! The form by which an order is changed: read, and shown with what was typed.

use super::addressed::{Errors, addressed};
use super::moves::LONGEST_REASON;
use crate::admin::desk::Desk;
use crate::admin::field::Field;
use crate::checkout::{
    Mistake, Reader, TextRule, errors, filled, fits_country, named_country, read_address,
};
use crate::orders::{Address, Handover, NewLine};
use crate::revisions::{Sold, Wish};
use crate::values::{Country, Place, Quantity};
use crate::web::Form;

/// So many things can be added at a time.
const MOST_ADDED: usize = 3;
/// Letters of an SKU.
const LONGEST_SKU: usize = 64;

/// What somebody asks for.
pub(super) struct Asked {
    pub wish: Wish,
    /// As the shopper reads it; may be empty.
    pub reason: String,
}

impl Asked {
    /// The form that asks for nothing yet.
    pub fn form(sold: &Sold) -> Form {
        Form::default().with(filled("", &sold.delivery))
    }

    pub fn read(form: &Form, sold: &Sold) -> Result<Self, Vec<Mistake>> {
        let mut reader = Reader::new(form);
        let units = units(&mut reader, sold);
        let added = added(&mut reader);
        let address = address(&mut reader, sold);
        let way = Some(form.get("way").to_owned()).filter(|way| !way.is_empty());
        let rule = TextRule { missing: None, most: LONGEST_REASON };
        let reason = reader.text("reason", rule);
        match reader.mistakes.is_empty() {
            true => Ok(Self { wish: Wish { units, added, address, way }, reason }),
            false => Err(reader.mistakes),
        }
    }
}

/// A line is known by what is in it: another that takes its place meanwhile is another field.
fn field(line: &NewLine) -> String {
    match line.variant_id {
        Some(variant) => format!("line-{variant}"),
        None => format!("line-gone-{}", line.position),
    }
}

fn units(reader: &mut Reader<'_>, sold: &Sold) -> Vec<(i64, i64)> {
    let mut units = Vec::new();
    for line in &sold.lines {
        let field = field(line);
        match reader.form().get(&field) {
            // A line that came meanwhile is not on her form.
            "" if reader.form().find(&field).is_none() => {}
            "0" => units.push((line.position, 0)),
            typed => match Quantity::parse(typed) {
                Some(quantity) => units.push((line.position, quantity.get())),
                None => reader.wrong(&field, "edit-wrong-units"),
            },
        }
    }
    units
}

fn added(reader: &mut Reader<'_>) -> Vec<(String, Quantity)> {
    let mut added = Vec::new();
    for n in 1..=MOST_ADDED {
        let units = format!("add-{n}");
        let rule = TextRule { missing: None, most: LONGEST_SKU };
        let sku = reader.text(&format!("sku-{n}"), rule);
        let typed = reader.form().get(&units);
        match (sku.is_empty(), Quantity::parse(if typed.is_empty() { "1" } else { typed })) {
            (true, _) => {}
            (false, Some(quantity)) => added.push((sku, quantity)),
            (false, None) => reader.wrong(&units, "edit-wrong-units"),
        }
    }
    added
}

/// Where it is to go, if that was touched at all.
fn address(reader: &mut Reader<'_>, sold: &Sold) -> Option<Address> {
    let form = reader.form();
    let was = filled("", &sold.delivery);
    let is_same =
        was.iter().all(|(name, value)| form.find(name).is_none_or(|it| it.trim() == value));
    if is_same || sold.handover != Handover::Parcel {
        return None;
    }
    let Some(country) = named_country(form, "country") else {
        reader.wrong("country", "wrong-country");
        return None;
    };
    if !fits_country(form, "") {
        reader.wrong("country", "edit-other-country");
        return None;
    }
    let Address { company, tax_number, .. } = sold.delivery.clone();
    Some(Address { company, tax_number, ..read_address(reader, country) })
}

/// What the page shows of it.
pub(super) struct Fields {
    pub lines: Vec<Field>,
    /// SKU and units.
    pub added: Vec<Vec<Field>>,
    /// None where nothing is brought.
    pub address: Vec<Field>,
    /// The country whose fields these are.
    pub made_for: String,
    /// Whether something of the address was changed, or is wrong.
    pub is_readdressed: bool,
    pub way: Vec<Field>,
    pub reason: Vec<Field>,
}

impl Fields {
    pub fn of(shell: &Desk, sold: &Sold, form: &Form, mistakes: &[Mistake]) -> Self {
        let errors = errors(shell, mistakes);
        let country = named_country(form, "country");
        let country = country.or_else(|| Country::parse(&sold.delivery.country));
        let is_brought = sold.handover == Handover::Parcel;
        let was = filled("", &sold.delivery);
        Self {
            lines: lines(shell, sold, form, &errors),
            added: (1..=MOST_ADDED).map(|n| adding(shell, n, form, &errors)).collect(),
            address: match country.filter(|_| is_brought) {
                Some(country) => addressed(shell, form, &errors, country),
                None => Vec::new(),
            },
            made_for: country.map(|country| country.code().to_owned()).unwrap_or_default(),
            is_readdressed: was.iter().any(|(name, value)| {
                errors.contains_key(name) || form.find(name).is_some_and(|it| it.trim() != value)
            }),
            way: if is_brought { vec![way(shell, sold, form, &errors)] } else { Vec::new() },
            reason: vec![Field {
                most: LONGEST_REASON,
                is_optional: true,
                hint: shell.t("edit-reason-hint").to_owned(),
                error: errors.get("reason").cloned().unwrap_or_default(),
                ..Field::text(shell, "reason", "edit-reason", form)
            }],
        }
    }
}

fn lines(shell: &Desk, sold: &Sold, form: &Form, errors: &Errors) -> Vec<Field> {
    let line = |line: &NewLine| {
        let name = field(line);
        let now = line.quantity.to_string();
        let value = form.find(&name).map_or(now, |typed| typed.trim().to_owned());
        let parts = [line.name.as_str(), &line.options, &line.sku];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        Field {
            label: parts.join(", "),
            value,
            error: errors.get(&name).cloned().unwrap_or_default(),
            ..number(shell, name, "edit-units", form)
        }
    };
    sold.lines.iter().map(line).collect()
}

fn number(shell: &Desk, name: String, label: &str, form: &Form) -> Field {
    Field { inputmode: "numeric", most: 5, ..Field::text(shell, name, label, form) }
}

fn adding(shell: &Desk, n: usize, form: &Form, errors: &Errors) -> Vec<Field> {
    let (sku, units) = (format!("sku-{n}"), format!("add-{n}"));
    let error = |name: &str| errors.get(name).cloned().unwrap_or_default();
    let (wrong_sku, wrong_units) = (error(&sku), error(&units));
    let sku = Field::text(shell, sku, "edit-sku", form);
    let units = number(shell, units, "edit-units", form);
    vec![
        Field { most: LONGEST_SKU, is_optional: true, error: wrong_sku, ..sku },
        Field { is_optional: true, error: wrong_units, ..units },
    ]
}

/// The way that was sold, and those that go to where the form says.
fn way(shell: &Desk, sold: &Sold, form: &Form, errors: &Errors) -> Field {
    let chosen = form.get("way");
    let kept = (String::new(), shell.with("edit-way-kept", "name", &sold.way.1), chosen.is_empty());
    let frame = shell.frame();
    let place = named_country(form, "country").map(|country| Place {
        country,
        region: form.get("region").to_owned(),
        postcode: form.get("postcode").to_owned(),
    });
    let at = (frame.settings.currency, shell.now());
    let there = place.map(|place| frame.rules.methods_at(&place, at));
    let there = there.into_iter().flatten().filter(|method| !method.is_pickup());
    let ways = there.map(|method| {
        let name = method.title(shell.language(), frame.own_language()).to_owned();
        (method.code().to_owned(), name, method.code() == chosen)
    });
    let choices = std::iter::once(kept).chain(ways).collect();
    Field {
        error: errors.get("way").cloned().unwrap_or_default(),
        hint: shell.t("edit-way-hint").to_owned(),
        ..Field::select(shell, ("way", "edit-way"), choices)
    }
}
