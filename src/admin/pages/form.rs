//! What somebody typed about a page, made into a sheet or into mistakes, all of them at once.

use std::collections::BTreeMap;

use crate::admin::reader::{Mistakes, Reader};
use crate::content::sheet::{Sheet, Words};
use crate::language::Language;
use crate::values::Slug;
use crate::web::frame::Frame;
use crate::web::{Form, PageKind, dates};

/// The most letters of a title.
pub(super) const LONGEST_TITLE: usize = 200;
/// The most letters of a page in one language.
pub(super) const LONGEST_BODY: usize = 60_000;
pub(super) const LONGEST_SEO: usize = 400;

/// Reads a form about the page `known`, which keeps what the form does not ask.
pub(super) fn read(form: &Form, known: &Sheet, frame: &Frame) -> Result<Sheet, Mistakes> {
    let mut reader = Reader::of(form);
    let slug = reader.ask("handle", "product-handle-wrong", Slug::parse);
    let zone = frame.settings.time_zone;
    let publish_at = match form.get("publish_at") {
        // A field has no seconds.
        same if same == dates::typed(known.publish_at, zone) => known.publish_at,
        _ if known.kind != PageKind::Article => known.publish_at,
        _ => {
            let typed = |text: &str| dates::parse_typed(text, zone);
            reader.ask("publish_at", "product-time-wrong", typed).unwrap_or(known.publish_at)
        }
    };
    let sheet = Sheet {
        kind: known.kind,
        slug: slug.unwrap_or_else(|| known.slug.clone()),
        published: !form.get("published").is_empty(),
        publish_at,
        texts: texts(&mut reader, known, frame),
    };
    reader.end(sheet)
}

/// The shop's own language always has a title; another has one as soon as it has any text.
fn texts(reader: &mut Reader<'_>, known: &Sheet, frame: &Frame) -> BTreeMap<Language, Words> {
    let mut texts = known.texts.clone();
    for language in &frame.settings.languages {
        let words = words(reader, *language);
        let is_wanted = *language == frame.own_language() || !words.is_empty();
        if is_wanted && words.title.is_empty() {
            reader.wrong(&format!("title-{}", language.code()), "page-title-missing");
        }
        match is_wanted {
            true => texts.insert(*language, words),
            false => texts.remove(language),
        };
    }
    texts
}

fn words(reader: &mut Reader<'_>, language: Language) -> Words {
    let name = |field: &str| format!("{field}-{}", language.code());
    Words {
        title: reader.line(&name("title"), LONGEST_TITLE),
        body: reader.lines(&name("body"), LONGEST_BODY),
        seo_title: reader.line(&name("seo_title"), LONGEST_TITLE),
        description: reader.line(&name("description"), LONGEST_SEO),
    }
}

/// What was typed in one language, however wrong, to be looked at.
pub(super) fn typed(form: &Form, language: Language) -> Words {
    words(&mut Reader::of(form), language)
}
