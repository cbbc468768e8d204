//! The fields of the form as the page shows them, each with what was typed and what is wrong.

use std::collections::BTreeMap;

use super::desk::Desk;
use super::fields::Mistake;
use super::form::{self, LONGEST_COMPANY, LONGEST_NOTE, LONGEST_TAX_NUMBER};
use super::formats::{Format, Part, Postcode, Slot, format};
use crate::orders::Handover;
use crate::values::Country;
use crate::web::{Form, Shell, countries};

/// One field of the form.
#[derive(Debug, Default)]
pub struct FieldView {
    /// Also its id.
    pub name: String,
    pub label: String,
    pub hint: String,
    pub error: String,
    pub value: String,
    pub kind: &'static str,
    pub autocomplete: String,
    /// `numeric`, `tel` or `email`; empty for the usual keyboard.
    pub inputmode: &'static str,
    pub has_capitals: bool,
    pub most: usize,
    pub is_required: bool,
    /// Shown, but not to be changed.
    pub is_fixed: bool,
    pub is_half: bool,
    /// Of a `select`: value, text, chosen.
    pub choices: Vec<(String, String, bool)>,
}

impl FieldView {
    /// A `select` may only be required when its first choice is none (HTML, the select element).
    pub fn can_be_missing(&self) -> bool {
        self.is_required && self.choices.first().is_none_or(|(value, _, _)| value.is_empty())
    }

    pub fn describedby(&self) -> String {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-h", self.name));
        let error = (!self.error.is_empty()).then(|| format!("{}-e", self.name));
        hint.into_iter().chain(error).collect::<Vec<_>>().join(" ")
    }
}

/// The first mistake of each field, in words.
pub fn errors(shell: &Shell, mistakes: &[Mistake]) -> BTreeMap<String, String> {
    let mut errors = BTreeMap::new();
    for mistake in mistakes {
        errors.entry(mistake.field.clone()).or_insert_with(|| in_words(shell, mistake));
    }
    errors
}

pub(super) fn in_words(shell: &Shell, mistake: &Mistake) -> String {
    let most = i64::try_from(mistake.most).unwrap_or(i64::MAX);
    let arguments = [("example", mistake.example.into()), ("most", most.into())];
    shell.texts().with(&mistake.key, &arguments)
}

/// Builds the fields of one page.
pub(super) struct Fields<'a> {
    pub shell: &'a Shell,
    pub desk: &'a Desk,
    pub form: &'a Form,
    pub errors: &'a BTreeMap<String, String>,
}

impl Fields<'_> {
    pub fn contact(&self) -> Vec<FieldView> {
        let email = FieldView {
            kind: "email",
            inputmode: "email",
            hint: self.t("hint-email"),
            is_required: true,
            most: 254,
            ..self.field("email", "label-email", "email".into())
        };
        let phone = FieldView {
            kind: "tel",
            inputmode: "tel",
            hint: self.t("hint-phone"),
            is_required: true,
            most: 30,
            ..self.field("phone", "label-phone", "tel".into())
        };
        vec![email, phone]
    }

    /// The country to deliver to, then the fields that it asks for. Who fetches the goods is asked
    /// for a name.
    pub fn delivery(&self) -> Vec<FieldView> {
        let country = self.desk.country();
        let section = match self.desk.handover(self.form) {
            Handover::Nothing => "billing",
            Handover::Parcel | Handover::Pickup => "shipping",
        };
        let mut fields = self.address("", section, country);
        if self.desk.handover(self.form) == Handover::Pickup {
            fields.retain(|field| field.name == Part::Name.code());
            return fields;
        }
        let token = format!("{section} country");
        let choices = self.reached_countries();
        let country = self.country("country", "label-country", &token, choices, country);
        std::iter::once(country).chain(fields).collect()
    }

    /// What was typed of an address and is not asked for now, to come back with another choice.
    pub fn kept(&self) -> Vec<(String, String)> {
        if self.desk.handover(self.form) != Handover::Pickup {
            return Vec::new();
        }
        let country = ("country".to_owned(), self.desk.country().code().to_owned());
        let slots = format(self.desk.country()).slots.iter().map(|slot| slot.part.code());
        let typed = slots.filter(|name| *name != Part::Name.code()).filter_map(|name| {
            let value = self.form.get(name);
            (!value.is_empty()).then(|| (name.to_owned(), value.to_owned()))
        });
        std::iter::once(country).chain(typed).collect()
    }

    /// The countries that the order can go to, by name.
    fn reached_countries(&self) -> Vec<(Country, String)> {
        if self.desk.handover(self.form) == Handover::Nothing {
            return countries::by_name(self.shell);
        }
        let mut known = self.desk.view.frame.countries.clone();
        if !known.contains(&self.desk.country()) {
            // What was chosen stays chosen, with the message that we do not deliver there.
            known.push(self.desk.country());
        }
        let named =
            known.into_iter().map(|country| (country, countries::name(self.shell, country)));
        let mut named: Vec<_> = named.collect();
        named.sort_by(|a, b| a.1.cmp(&b.1));
        named
    }

    pub fn billing(&self) -> Vec<FieldView> {
        let chosen = form::billing_country(self.form, self.desk.country());
        let named = countries::by_name(self.shell);
        let country =
            self.country("billing_country", "label-country", "billing country", named, chosen);
        let fields = self.address("billing_", "billing", chosen);
        std::iter::once(country).chain(fields).collect()
    }

    pub fn company(&self) -> Vec<FieldView> {
        let company = FieldView {
            most: LONGEST_COMPANY,
            ..self.field("billing_company", "label-company", "billing organization".into())
        };
        let tax_number = FieldView {
            most: LONGEST_TAX_NUMBER,
            hint: self.t("hint-tax-number"),
            ..self.field("billing_tax_number", "label-tax-number", "off".into())
        };
        vec![company, tax_number]
    }

    pub fn note(&self) -> FieldView {
        FieldView { most: LONGEST_NOTE, ..self.field("note", "label-note", "off".into()) }
    }

    fn country(
        &self,
        name: &str,
        label: &str,
        token: &str,
        countries: Vec<(Country, String)>,
        chosen: Country,
    ) -> FieldView {
        let choices = countries
            .into_iter()
            .map(|(country, name)| (country.code().to_owned(), name, country == chosen));
        FieldView {
            choices: choices.collect(),
            is_required: true,
            ..self.field(name, label, token.to_owned())
        }
    }

    fn address(&self, prefix: &str, section: &str, country: Country) -> Vec<FieldView> {
        let format = format(country);
        let fields = format.slots.iter().map(|slot| {
            let name = format!("{prefix}{}", slot.part.code());
            let token = format!("{section} {}", slot.part.autocomplete());
            let field = self.field(&name, slot.label, token);
            self.slot(field, slot, format)
        });
        fields.collect()
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

    fn field(&self, name: &str, label: &str, autocomplete: String) -> FieldView {
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
