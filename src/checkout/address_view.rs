//! The fields of an address as a page shows them, at the checkout and in an address book.

use std::collections::BTreeMap;

use super::field_view::FieldView;
use super::form::{LONGEST_COMPANY, LONGEST_TAX_NUMBER};
use super::formats::{Format, Part, Postcode, Slot, format};
use crate::values::Country;
use crate::web::{Form, Shell};

/// Builds them: each with what was typed and what is wrong. Names begin with the `prefix` of their
/// address, tokens for browsers with its `section` (HTML, autofill field names); both may be empty.
pub struct AddressFields<'a> {
    pub shell: &'a Shell,
    pub form: &'a Form,
    /// By the name of the field.
    pub errors: &'a BTreeMap<String, String>,
}

impl AddressFields<'_> {
    /// One of these countries, each with its name.
    pub fn country(
        &self,
        (prefix, section): (&str, &str),
        countries: Vec<(Country, String)>,
        chosen: Country,
    ) -> FieldView {
        let choices = countries
            .into_iter()
            .map(|(country, name)| (country.code().to_owned(), name, country == chosen));
        FieldView {
            choices: choices.collect(),
            is_required: true,
            ..self.field(&format!("{prefix}country"), "label-country", token(section, "country"))
        }
    }

    /// What the country asks for.
    pub fn parts(&self, (prefix, section): (&str, &str), country: Country) -> Vec<FieldView> {
        let format = format(country);
        let fields = format.slots.iter().map(|slot| {
            let name = format!("{prefix}{}", slot.part.code());
            let field = self.field(&name, slot.label, token(section, slot.part.autocomplete()));
            self.slot(field, slot, format)
        });
        fields.collect()
    }

    /// Company and tax number, for the bill.
    pub fn company(&self, (prefix, section): (&str, &str)) -> Vec<FieldView> {
        let (name, token) = (format!("{prefix}company"), token(section, "organization"));
        let company =
            FieldView { most: LONGEST_COMPANY, ..self.field(&name, "label-company", token) };
        let name = format!("{prefix}tax_number");
        let tax_number = FieldView {
            most: LONGEST_TAX_NUMBER,
            hint: self.t("hint-tax-number"),
            ..self.field(&name, "label-tax-number", "off".into())
        };
        vec![company, tax_number]
    }

    pub fn phone(&self) -> FieldView {
        FieldView {
            kind: "tel",
            inputmode: "tel",
            hint: self.t("hint-phone"),
            is_required: true,
            most: 30,
            ..self.field("phone", "label-phone", "tel".into())
        }
    }

    fn slot(&self, field: FieldView, slot: &Slot, format: &Format) -> FieldView {
        let choices = match slot.part {
            Part::Region => self.regions(format.regions, &field.value),
            _ => Vec::new(),
        };
        let inputmode = match (slot.part, format.postcode) {
            (Part::Postcode, Postcode::Digits { .. } | Postcode::Zip { .. }) => "numeric",
            _ => "",
        };
        FieldView {
            hint: if slot.hint.is_empty() { String::new() } else { self.t(slot.hint) },
            has_capitals: matches!(slot.part, Part::Name | Part::City | Part::District),
            is_required: slot.missing.is_some(),
            is_half: slot.is_half,
            most: slot.part.most(),
            choices,
            inputmode,
            ..field
        }
    }

    /// The regions, after a choice that is none yet.
    fn regions(&self, regions: &[&str], chosen: &str) -> Vec<(String, String, bool)> {
        if regions.is_empty() {
            return Vec::new();
        }
        let none = (String::new(), self.t("choose-one"), false);
        let named =
            regions.iter().map(|name| ((*name).to_owned(), (*name).to_owned(), *name == chosen));
        std::iter::once(none).chain(named).collect()
    }

    /// A field with a name, a label and a token, and nothing special about it.
    pub(super) fn field(&self, name: &str, label: &str, autocomplete: String) -> FieldView {
        FieldView {
            name: name.to_owned(),
            label: self.t(label),
            error: self.errors.get(name).cloned().unwrap_or_default(),
            value: self.form.find(name).unwrap_or_default().to_owned(),
            kind: "text",
            autocomplete,
            ..FieldView::default()
        }
    }

    fn t(&self, key: &str) -> String {
        self.shell.t(key).to_owned()
    }
}

fn token(section: &str, field: &str) -> String {
    format!("{section} {field}").trim_start().to_owned()
}
