//! What a product is to come in, as it was typed.

use super::options::ids_of;
use crate::admin::reader::Mistakes;
use crate::catalog::options::{Named, Wish};
use crate::ids::{OptionTypeId, OptionValueId};
use crate::values::is_unprintable;
use crate::web::Form;
use crate::web::frame::Frame;

/// The sets of fields for options that the product does not have: most goods come in two.
pub(super) const NEW: [&str; 2] = ["add", "also"];

const MOST_OPTIONS: usize = 5;
const LONGEST_NAME: usize = 60;

/// What the form wants the product to come in.
pub(super) fn read(
    form: &Form,
    options: &[OptionTypeId],
    frame: &Frame,
) -> Result<Vec<Wish>, Mistakes> {
    let mut mistakes = Mistakes::new();
    let mut wishes: Vec<Wish> = Vec::new();
    let stays = options.iter().filter(|id| form.find(&format!("drop-{id}")).is_none());
    for option in stays {
        let ticked = ids_of(frame, *option);
        let ticked = ticked.into_iter().filter(|id| form.find(&format!("v-{id}")).is_some());
        let mut values: Vec<Named<OptionValueId>> = ticked.map(Named::Known).collect();
        let field = format!("more-{option}");
        add_named(form.get(&field), (frame, Some(*option)), &mut values);
        wishes.push(Wish { option: Named::Known(*option), values });
        check(&wishes, &field, &mut mistakes);
    }
    for set in NEW {
        let (name, values) = (format!("{set}_name"), format!("{set}_values"));
        if form.get(&name).chars().count() > LONGEST_NAME {
            mistakes.insert(name, "admin-too-long");
        } else if let Some(option) = added(form, set, (&wishes, frame)) {
            if wishes.iter().any(|wish| is_same(&wish.option, &option)) {
                mistakes.insert(name, "options-twice");
            }
            let known = if let Named::Known(id) = &option { Some(*id) } else { None };
            let mut named = Vec::new();
            add_named(form.get(&values), (frame, known), &mut named);
            wishes.push(Wish { option, values: named });
            check(&wishes, &values, &mut mistakes);
        } else if !form.get(&values).is_empty() {
            mistakes.insert(name, "options-no-name");
        }
    }
    if mistakes.is_empty() { Ok(wishes) } else { Err(mistakes) }
}

/// Whether the last wish can be fulfilled.
fn check(wishes: &[Wish], field: &str, mistakes: &mut Mistakes) {
    let Some(last) = wishes.last() else { return };
    let is_odd = |value: &Named<OptionValueId>| match value {
        Named::Known(_) => false,
        Named::New(name) => name.chars().count() > LONGEST_NAME || name.contains(is_unprintable),
    };
    if last.values.is_empty() {
        mistakes.insert(field.to_owned(), "options-no-values");
    } else if last.values.iter().any(is_odd) {
        mistakes.insert(field.to_owned(), "admin-too-long");
    } else if wishes.len() > MOST_OPTIONS {
        mistakes.insert(field.to_owned(), "options-too-many");
    }
}

/// The option that is to be added: one that is chosen, or one by its name, which the shop may have.
fn added(
    form: &Form,
    set: &str,
    (wishes, frame): (&[Wish], &Frame),
) -> Option<Named<OptionTypeId>> {
    let known = &frame.vocabulary.options;
    let is_wished = |id: &OptionTypeId| wishes.iter().any(|wish| wish.option == Named::Known(*id));
    let free = known.iter().filter(|(id, _)| !is_wished(id));
    let name = form.get(&format!("{set}_name"));
    let chosen = free.clone().find(|(id, _)| id.to_string() == form.get(set));
    let found = chosen.or_else(|| {
        let mut free = free;
        free.find(|(_, term)| term.name.iter().any(|(_, known)| is_alike(known, name)))
    });
    match found {
        Some((id, _)) => Some(Named::Known(*id)),
        None if name.is_empty() => None,
        None => Some(Named::New(name.to_owned())),
    }
}

/// Adds values by their names: those that the option has, and new ones, each once.
fn add_named(
    typed: &str,
    (frame, option): (&Frame, Option<OptionTypeId>),
    values: &mut Vec<Named<OptionValueId>>,
) {
    let known = &frame.vocabulary.option_values;
    for name in typed.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        let found = known.iter().find(|(_, value)| {
            Some(value.owner) == option && value.name.iter().any(|(_, known)| is_alike(known, name))
        });
        let value = found.map_or_else(|| Named::New(name.to_owned()), |(id, _)| Named::Known(*id));
        if !values.iter().any(|it| is_same(it, &value)) {
            values.push(value);
        }
    }
}

fn is_same<T: PartialEq>(one: &Named<T>, other: &Named<T>) -> bool {
    match (one, other) {
        (Named::New(one), Named::New(other)) => is_alike(one, other),
        (one, other) => one == other,
    }
}

fn is_alike(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}
