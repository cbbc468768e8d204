//! The words of the shop's own pages, from `locales/`, through Fluent.
//!
//! Most messages take no argument: they are formatted once, at the start, and looked up.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::Entry;
use std::collections::HashMap;
use std::sync::LazyLock;

use crate::language::Language;

macro_rules! sources {
    ($language:literal) => {
        [
            include_str!(concat!("../../locales/", $language, "/web.ftl")),
            include_str!(concat!("../../locales/", $language, "/dates.ftl")),
            include_str!(concat!("../../locales/", $language, "/countries.ftl")),
            include_str!(concat!("../../locales/", $language, "/catalog.ftl")),
            include_str!(concat!("../../locales/", $language, "/cart.ftl")),
            include_str!(concat!("../../locales/", $language, "/wishes.ftl")),
            include_str!(concat!("../../locales/", $language, "/alerts.ftl")),
            include_str!(concat!("../../locales/", $language, "/checkout.ftl")),
            include_str!(concat!("../../locales/", $language, "/payments.ftl")),
            include_str!(concat!("../../locales/", $language, "/privacy.ftl")),
            include_str!(concat!("../../locales/", $language, "/orders.ftl")),
            include_str!(concat!("../../locales/", $language, "/uploads.ftl")),
            include_str!(concat!("../../locales/", $language, "/pictures.ftl")),
            include_str!(concat!("../../locales/", $language, "/fulfilment.ftl")),
            include_str!(concat!("../../locales/", $language, "/imports.ftl")),
            include_str!(concat!("../../locales/", $language, "/invoices.ftl")),
            include_str!(concat!("../../locales/", $language, "/mail.ftl")),
            include_str!(concat!("../../locales/", $language, "/admin.ftl")),
            include_str!(concat!("../../locales/", $language, "/products.ftl")),
            include_str!(concat!("../../locales/", $language, "/stock.ftl")),
            include_str!(concat!("../../locales/", $language, "/customers.ftl")),
            include_str!(concat!("../../locales/", $language, "/messages.ftl")),
            include_str!(concat!("../../locales/", $language, "/shelves.ftl")),
            include_str!(concat!("../../locales/", $language, "/bulk.ftl")),
            include_str!(concat!("../../locales/", $language, "/discounts.ftl")),
            include_str!(concat!("../../locales/", $language, "/reports.ftl")),
            include_str!(concat!("../../locales/", $language, "/rules.ftl")),
            include_str!(concat!("../../locales/", $language, "/home.ftl")),
            include_str!(concat!("../../locales/", $language, "/desk.ftl")),
            include_str!(concat!("../../locales/", $language, "/content.ftl")),
            include_str!(concat!("../../locales/", $language, "/drafts.ftl")),
            include_str!(concat!("../../locales/", $language, "/edits.ftl")),
            include_str!(concat!("../../locales/", $language, "/account.ftl")),
            include_str!(concat!("../../locales/", $language, "/start.ftl")),
            include_str!(concat!("../../locales/", $language, "/settings.ftl")),
            include_str!(concat!("../../locales/", $language, "/look.ftl")),
        ]
    };
}

static ENGLISH: LazyLock<Texts> = LazyLock::new(|| Texts::new(Language::En, &sources!("en")));
static INDONESIAN: LazyLock<Texts> = LazyLock::new(|| Texts::new(Language::Id, &sources!("id")));

/// Every text of one language.
pub struct Texts {
    fixed: HashMap<String, String>,
    bundle: FluentBundle<FluentResource>,
}

/// The texts of a language.
pub fn of(language: Language) -> &'static Texts {
    match language {
        Language::En => &ENGLISH,
        Language::Id => &INDONESIAN,
    }
}

impl Texts {
    fn new(language: Language, sources: &[&str]) -> Self {
        let tag = language.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Marks around arguments would end up in attributes and titles.
        bundle.set_use_isolating(false);
        let mut keys = Vec::new();
        for source in sources {
            let resource = parsed(source);
            keys.extend(message_keys(&resource));
            bundle.add_resource_overriding(resource);
        }
        let fixed = keys
            .into_iter()
            .filter_map(|key| without_arguments(&bundle, &key).map(|text| (key, text)))
            .collect();
        Self { fixed, bundle }
    }

    /// A text without arguments. A missing key shows itself, and fails the test of the locales.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.fixed.get(key).map_or(key, String::as_str)
    }

    /// A text with arguments, or without.
    pub fn with<'a>(&self, key: &str, arguments: &[(&'a str, FluentValue<'a>)]) -> String {
        if let Some(text) = self.fixed.get(key) {
            return text.clone();
        }
        let arguments: FluentArgs<'_> = arguments.iter().cloned().collect();
        let pattern = self.bundle.get_message(key).and_then(|message| message.value());
        match pattern {
            Some(pattern) => {
                self.bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
            }
            None => key.to_owned(),
        }
    }
}

/// A resource with a mistake still gives the messages that are right; a test finds the mistake.
fn parsed(source: &str) -> FluentResource {
    FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource)
}

fn message_keys(resource: &FluentResource) -> Vec<String> {
    let messages = resource.entries().filter_map(|entry| match entry {
        Entry::Message(message) => Some(message.id.name.to_owned()),
        _ => None,
    });
    messages.collect()
}

fn without_arguments(bundle: &FluentBundle<FluentResource>, key: &str) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, None, &mut errors).into_owned();
    errors.is_empty().then_some(text)
}
