//! What somebody typed about a product, made into a sheet or into mistakes, all of them at once.

use chrono::NaiveDateTime;
use std::collections::{BTreeMap, BTreeSet};

use super::brand_at;
use crate::admin::reader::{Mistakes, Reader};
use crate::admin::typed::{LONGEST_NAME, LONGEST_SEO, LONGEST_TEXT};
use crate::catalog::model::Status;
use crate::catalog::sheet::{MOST_TAGS, Sheet, Words};
use crate::language::Language;
use crate::values::{Slug, is_unprintable};
use crate::web::frame::Frame;
use crate::web::{Form, dates};

pub const LONGEST_TAG: usize = 40;

/// Reads a form about the product `known`, which keeps what the form does not ask.
pub(super) fn read(
    form: &Form,
    known: &Sheet,
    (frame, now): (&Frame, NaiveDateTime),
) -> Result<Sheet, Mistakes> {
    let mut reader = Reader::of(form);
    let status = reader.ask("status", "form-choose", Status::parse);
    let status = status.unwrap_or(known.status);
    let publish_at = reader.publish_at((known, status), (frame, now));
    let sheet = Sheet {
        slug: reader
            .ask("handle", "product-handle-wrong", Slug::parse)
            .unwrap_or(known.slug.clone()),
        status,
        publish_at,
        unpublish_at: reader.unpublish_at(publish_at, frame),
        category: reader.choice("category", |slug| frame.category_at(slug).map(|known| known.id)),
        brand: reader.choice("brand", |slug| brand_at(frame, slug)),
        tax_class: reader
            .ask("tax_class", "form-choose", |class| {
                tax_classes(frame, known).into_iter().find(|known| known == class)
            })
            .unwrap_or_default(),
        requires_shipping: !form.get("requires_shipping").is_empty(),
        tags: reader.tags(),
        texts: reader.texts(known, frame),
    };
    reader.end(sheet)
}

/// The tax classes that the shop has rates for, and the one that the product has.
pub(super) fn tax_classes(frame: &Frame, known: &Sheet) -> BTreeSet<String> {
    let rates = frame.rules.tax_rates.iter();
    let classes = rates.map(|rate| rate.rate.tax_class.as_str().to_owned());
    classes.chain(["standard".to_owned(), known.tax_class.clone()]).collect()
}

/// Whether it can be a tag: a few words in one line. A comma stands between two of them.
pub fn is_tag(text: &str) -> bool {
    (1..=LONGEST_TAG).contains(&text.chars().count())
        && !text.contains(|c: char| c == ',' || is_unprintable(c))
}

impl Reader<'_> {
    /// As it was, unless somebody says otherwise.
    fn publish_at(
        &mut self,
        (known, status): (&Sheet, Status),
        (frame, now): (&Frame, NaiveDateTime),
    ) -> NaiveDateTime {
        let zone = frame.settings.time_zone;
        match self.form.get("publish_at") {
            "" => now,
            same if same == dates::typed(known.publish_at, zone) => known.shown_since(status, now),
            _ => {
                let typed = |text: &str| dates::parse_typed(text, zone);
                self.ask("publish_at", "product-time-wrong", typed).unwrap_or(now)
            }
        }
    }

    fn unpublish_at(&mut self, publish_at: NaiveDateTime, frame: &Frame) -> Option<NaiveDateTime> {
        if self.form.get("unpublish_at").is_empty() {
            return None;
        }
        let typed = |text: &str| dates::parse_typed(text, frame.settings.time_zone);
        let end = self.ask("unpublish_at", "product-time-wrong", typed)?;
        if end <= publish_at {
            self.wrong("unpublish_at", "product-ends-before");
        }
        Some(end)
    }

    fn tags(&mut self) -> BTreeSet<String> {
        let typed = self.form.get("tags").split(',').map(str::trim);
        let tags: BTreeSet<String> =
            typed.filter(|tag| !tag.is_empty()).map(ToOwned::to_owned).collect();
        if tags.len() > MOST_TAGS || !tags.iter().all(|tag| is_tag(tag)) {
            self.wrong("tags", "product-tags-wrong");
        }
        tags
    }

    /// The shop's own language always has a name; another has one as soon as it has any text.
    fn texts(&mut self, known: &Sheet, frame: &Frame) -> BTreeMap<Language, Words> {
        let mut texts = known.texts.clone();
        for language in &frame.settings.languages {
            let words = self.words(*language);
            let is_wanted = *language == frame.own_language() || !words.is_empty();
            if is_wanted && words.name.is_empty() {
                self.wrong(&format!("name-{}", language.code()), "product-name-missing");
            }
            match is_wanted {
                true => texts.insert(*language, words),
                false => texts.remove(language),
            };
        }
        texts
    }

    fn words(&mut self, language: Language) -> Words {
        let name = |field: &str| format!("{field}-{}", language.code());
        Words {
            name: self.line(&name("name"), LONGEST_NAME),
            subtitle: self.line(&name("subtitle"), LONGEST_NAME),
            description: self.lines(&name("description"), LONGEST_TEXT),
            seo_title: self.line(&name("seo_title"), LONGEST_NAME),
            seo_description: self.line(&name("seo_description"), LONGEST_SEO),
        }
    }
}
