//! The fields of the checkout's form as its page shows them.

use std::collections::BTreeMap;

use super::address_view::AddressFields;
use super::desk::Desk;
use super::field_view::FieldView;
use super::form::{self, LONGEST_NOTE};
use super::formats::{Part, format};
use crate::orders::Handover;
use crate::values::Country;
use crate::web::{Form, Shell, countries};

/// Builds the fields of one page.
pub(super) struct Fields<'a> {
    desk: &'a Desk,
    form: &'a Form,
    shell: &'a Shell,
    kit: AddressFields<'a>,
}

impl<'a> Fields<'a> {
    pub fn new(
        shell: &'a Shell,
        desk: &'a Desk,
        form: &'a Form,
        errors: &'a BTreeMap<String, String>,
    ) -> Self {
        Self { desk, form, shell, kit: AddressFields { shell, form, errors } }
    }

    pub fn contact(&self) -> Vec<FieldView> {
        let email = FieldView {
            kind: "email",
            inputmode: "email",
            hint: self.shell.t("hint-email").to_owned(),
            is_required: true,
            most: 254,
            ..self.kit.field("email", "label-email", "email".into())
        };
        vec![email, self.kit.phone()]
    }

    /// The country to deliver to, then the fields that it asks for. Who fetches the goods is asked
    /// for a name.
    pub fn delivery(&self) -> Vec<FieldView> {
        let country = self.desk.country();
        let section = match self.desk.handover(self.form) {
            Handover::Nothing => ("", "billing"),
            Handover::Parcel | Handover::Pickup => ("", "shipping"),
        };
        let mut fields = self.kit.parts(section, country);
        if self.desk.handover(self.form) == Handover::Pickup {
            fields.retain(|field| field.name == Part::Name.code());
            return fields;
        }
        let country = self.kit.country(section, self.reached_countries(), country);
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
        let section = ("billing_", "billing");
        let chosen = form::billing_country(self.form, self.desk.country());
        let country = self.kit.country(section, countries::by_name(self.shell), chosen);
        std::iter::once(country).chain(self.kit.parts(section, chosen)).collect()
    }

    pub fn company(&self) -> Vec<FieldView> {
        self.kit.company(("billing_", "billing"))
    }

    pub fn note(&self) -> FieldView {
        FieldView { most: LONGEST_NOTE, ..self.kit.field("note", "label-note", "off".into()) }
    }
}
