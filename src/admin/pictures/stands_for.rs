//! What a picture can stand for: all variants of an option's value, or a single one.

use std::collections::BTreeSet;

use crate::catalog::model::Pictured;
use crate::ids::{MediaId, OptionValueId, VariantId};
use crate::web::Shell;
use crate::web::vocabulary::Vocabulary;

/// A product with more variants is not offered them one by one.
const MOST_SINGLE: usize = 100;
/// What is chosen when a picture stands for variants that no choice names.
const AS_IT_IS: &str = "as-it-is";

/// A choice of the list: its value in the form, its words, the variants.
pub(super) struct Choice {
    pub value: String,
    pub text: String,
    pub variants: BTreeSet<VariantId>,
}

/// What there is to choose from, and the value of what a picture stands for now.
pub(super) struct Choices {
    pub all: Vec<Choice>,
    pub now: String,
}

impl Choices {
    /// Empty for a product without options.
    pub fn of(words: &Words<'_>, variants: &[Pictured], picture: MediaId) -> Self {
        if variants.len() < 2 {
            return Self { all: Vec::new(), now: String::new() };
        }
        let mut all = vec![choice("", words.shell.t("picture-for-nothing"), BTreeSet::new())];
        all.extend(words.values(variants));
        if variants.len() <= MOST_SINGLE && variants.iter().any(|it| it.values.len() > 1) {
            all.extend(variants.iter().map(|variant| words.variant(variant)));
        }
        let is_shown = |variant: &&Pictured| variant.media == Some(picture);
        let shown: BTreeSet<VariantId> = variants.iter().filter(is_shown).map(|it| it.id).collect();
        if !all.iter().any(|choice| choice.variants == shown) {
            all.push(choice(AS_IT_IS, words.shell.t("picture-for-several"), shown.clone()));
        }
        let now = all.iter().find(|choice| choice.variants == shown);
        Self { now: now.map(|choice| choice.value.clone()).unwrap_or_default(), all }
    }

    pub fn find(&self, value: &str) -> Option<&Choice> {
        self.all.iter().find(|choice| choice.value == value)
    }
}

fn choice(value: &str, text: &str, variants: BTreeSet<VariantId>) -> Choice {
    Choice { value: value.to_owned(), text: text.to_owned(), variants }
}

/// What options and their values are called.
pub(super) struct Words<'a> {
    pub shell: &'a Shell,
    pub vocabulary: &'a Vocabulary,
}

impl Words<'_> {
    /// `Colour: Clay`, in the order of the options and their values.
    fn values(&self, variants: &[Pictured]) -> Vec<Choice> {
        let values = variants.iter().flat_map(|variant| variant.values.iter().copied());
        let mut values: Vec<OptionValueId> = BTreeSet::from_iter(values).into_iter().collect();
        values.sort_by_key(|id| {
            let value = self.vocabulary.option_values.get(id)?;
            let option = self.vocabulary.options.get(&value.owner)?;
            Some((option.position, value.owner, value.position))
        });
        values.into_iter().filter_map(|id| self.value(id, variants)).collect()
    }

    fn value(&self, id: OptionValueId, variants: &[Pictured]) -> Option<Choice> {
        let value = self.vocabulary.option_values.get(&id)?;
        let option = self.vocabulary.options.get(&value.owner)?;
        let (option, name) = (self.shell.local(&option.name), self.shell.local(&value.name));
        let having = variants.iter().filter(|variant| variant.values.contains(&id));
        let having = having.map(|variant| variant.id).collect();
        Some(choice(&format!("value-{id}"), &format!("{option}: {name}"), having))
    }

    /// `Clay, 250 ml`
    fn variant(&self, variant: &Pictured) -> Choice {
        let known = &self.vocabulary.option_values;
        let names = variant.values.iter().filter_map(|value| known.get(value));
        let names: Vec<&str> = names.map(|value| self.shell.local(&value.name)).collect();
        let text = if names.is_empty() { variant.sku.clone() } else { names.join(", ") };
        choice(&format!("variant-{}", variant.id), &text, BTreeSet::from([variant.id]))
    }
}
