//! The fields of an address as the back office shows them: those of the checkout, without what a
//! browser would fill in of whoever types.

use std::collections::BTreeMap;

use crate::admin::desk::Desk;
use crate::admin::field::Field;
use crate::checkout::{AddressFields, FieldView};
use crate::values::Country;
use crate::web::{Form, countries};

/// By the name of the field.
pub(super) type Errors = BTreeMap<String, String>;

/// The country, among those that the shop reaches, and the fields that it asks for.
pub(super) fn addressed(
    shell: &Desk,
    form: &Form,
    errors: &Errors,
    country: Country,
) -> Vec<Field> {
    let fields = AddressFields { shell, form, errors };
    let reached = shell.frame().countries.iter().copied();
    let known = reached.filter(|known| *known != country).chain([country]);
    let mut named: Vec<_> = known.map(|known| (known, countries::name(shell, known))).collect();
    named.sort_by(|one, other| one.1.cmp(&other.1));
    let chosen = fields.country(("", ""), named, country);
    let parts = fields.parts(("", ""), country);
    std::iter::once(chosen).chain(parts).map(plain).collect()
}

/// As the back office shows it.
pub(super) fn plain(view: FieldView) -> Field {
    let kind = if view.choices.is_empty() { "text" } else { "select" };
    Field {
        kind,
        autocomplete: "off",
        is_optional: !view.is_required,
        name: view.name.into(),
        label: view.label,
        value: view.value,
        hint: view.hint,
        error: view.error,
        inputmode: view.inputmode,
        most: view.most,
        choices: view.choices,
        ..Field::default()
    }
}
