//! What somebody typed about a block, made into a sheet or into mistakes; and a sheet as fields.

use chrono::NaiveDateTime;
use std::collections::BTreeMap;

use super::fields::ICONS;
use crate::admin::reader::{Mistakes, Reader};
use crate::content::blocks::BlockSheet;
use crate::content::is_link;
use crate::content::model::{BlockKind, BlockLink, BlockWords, Fact, Promise};
use crate::language::Language;
use crate::web::frame::Frame;
use crate::web::{Form, dates};

pub(super) const LONGEST_LINE: usize = 200;
pub(super) const LONGEST_TEXT: usize = 10_000;
/// Facts of a picture with words, and promises of a row of them.
pub(super) const MOST_FACTS: usize = 6;

/// How many facts and promises a kind has a place for.
pub(super) fn places(kind: BlockKind) -> (usize, usize) {
    match kind {
        BlockKind::Split => (MOST_FACTS, 0),
        BlockKind::Promises => (0, MOST_FACTS),
        _ => (0, 0),
    }
}

/// Reads a form about the block `known`.
pub(super) fn read(form: &Form, known: &BlockSheet, frame: &Frame) -> Result<BlockSheet, Mistakes> {
    let mut reader = Reader::of(form);
    let (starts_at, ends_at) =
        (time(&mut reader, "starts_at", frame), time(&mut reader, "ends_at", frame));
    if starts_at.zip(ends_at).is_some_and(|(start, end)| end <= start) {
        reader.wrong("ends_at", "product-ends-before");
    }
    let category = reader.choice("category", |slug| {
        frame.categories.iter().find(|category| category.slug == slug).map(|category| category.id)
    });
    if known.kind == BlockKind::Goods && category.is_none() {
        reader.wrong("category", "form-choose");
    }
    for n in 1..=known.kind.links() {
        let (href, label) = (form.get(&format!("link_{n}")), label_of(n, frame));
        if !href.is_empty() && !is_link(href) {
            reader.wrong(&format!("link_{n}"), "menu-address-wrong");
        }
        if href.is_empty() != form.get(&label).is_empty() {
            let empty = if href.is_empty() { format!("link_{n}") } else { label };
            reader.wrong(&empty, "block-link-halved");
        }
    }
    let hidden = form.get("shown").is_empty();
    let words = words(&mut reader, known, frame);
    reader.end(BlockSheet { kind: known.kind, hidden, starts_at, ends_at, category, words })
}

/// The field for the words of a link in the shop's own language.
fn label_of(n: usize, frame: &Frame) -> String {
    format!("link_label_{n}-{}", frame.own_language().code())
}

fn time(reader: &mut Reader<'_>, name: &str, frame: &Frame) -> Option<NaiveDateTime> {
    let typed = |text: &str| dates::parse_typed(text, frame.settings.time_zone);
    match reader.form.get(name) {
        "" => None,
        _ => reader.ask(name, "product-time-wrong", typed),
    }
}

/// The shop's own language is always there, another one as soon as it says something.
fn words(
    reader: &mut Reader<'_>,
    known: &BlockSheet,
    frame: &Frame,
) -> BTreeMap<Language, BlockWords> {
    let mut all = known.words.clone();
    for language in &frame.settings.languages {
        let code = format!("-{}", language.code());
        let says = reader.form.iter().any(|(name, text)| {
            name.ends_with(&code) && !name.starts_with("alt-") && !text.trim().is_empty()
        });
        match says || *language == frame.own_language() {
            true => all.insert(*language, said(reader, known.kind, *language, frame)),
            false => all.remove(language),
        };
    }
    all
}

fn said(reader: &mut Reader<'_>, kind: BlockKind, language: Language, frame: &Frame) -> BlockWords {
    let name = |field: String| format!("{field}-{}", language.code());
    let (facts, promises) = places(kind);
    let mut words = BlockWords {
        heading: reader.line(&name("heading".to_owned()), LONGEST_LINE),
        text: reader.lines(&name("text".to_owned()), LONGEST_TEXT),
        ..BlockWords::default()
    };
    for n in 1..=kind.links() {
        let href = reader.line(&format!("link_{n}"), LONGEST_LINE);
        let label = reader.line(&name(format!("link_label_{n}")), LONGEST_LINE);
        let own = reader.form.get(&label_of(n, frame));
        let label = if label.is_empty() { own.to_owned() } else { label };
        if !href.is_empty() {
            words.links.push(BlockLink { label, href });
        }
    }
    for n in 1..=facts {
        let label = reader.line(&name(format!("fact_label_{n}")), LONGEST_LINE);
        let value = reader.line(&name(format!("fact_value_{n}")), LONGEST_LINE);
        if !label.is_empty() || !value.is_empty() {
            words.facts.push(Fact { label, value });
        }
    }
    for n in 1..=promises {
        let icon = reader.choice(&format!("icon_{n}"), icon).unwrap_or_default();
        let title = reader.line(&name(format!("promise_title_{n}")), LONGEST_LINE);
        let text = reader.line(&name(format!("promise_text_{n}")), LONGEST_LINE);
        if !title.is_empty() || !text.is_empty() {
            words.promises.push(Promise { icon, title, text });
        }
    }
    words
}

fn icon(code: &str) -> Option<String> {
    ICONS.iter().find(|icon| **icon == code).map(|icon| (*icon).to_owned())
}

/// Each field of a block by its name.
pub(super) fn stored(sheet: &BlockSheet, frame: &Frame) -> Vec<(String, String)> {
    let zone = frame.settings.time_zone;
    let time = |at: Option<NaiveDateTime>| at.map(|at| dates::typed(at, zone)).unwrap_or_default();
    let category = sheet.category.and_then(|id| frame.find_category(id));
    let shown = if sheet.hidden { "" } else { "1" };
    let mut fields = vec![
        ("shown".to_owned(), shown.to_owned()),
        ("starts_at".to_owned(), time(sheet.starts_at)),
        ("ends_at".to_owned(), time(sheet.ends_at)),
        ("category".to_owned(), category.map(|it| it.slug.clone()).unwrap_or_default()),
    ];
    let own = sheet.words.get(&frame.own_language()).cloned().unwrap_or_default();
    for (n, link) in (1..).zip(&own.links) {
        fields.push((format!("link_{n}"), link.href.clone()));
    }
    for (n, promise) in (1..).zip(&own.promises) {
        fields.push((format!("icon_{n}"), promise.icon.clone()));
    }
    for language in &frame.settings.languages {
        let words = sheet.words.get(language).cloned().unwrap_or_default();
        let mut put = |field: String, text: &str| {
            fields.push((format!("{field}-{}", language.code()), text.to_owned()));
        };
        put("heading".to_owned(), &words.heading);
        put("text".to_owned(), &words.text);
        for (n, link) in (1..).zip(&words.links) {
            put(format!("link_label_{n}"), &link.label);
        }
        for (n, fact) in (1..).zip(&words.facts) {
            put(format!("fact_label_{n}"), &fact.label);
            put(format!("fact_value_{n}"), &fact.value);
        }
        for (n, promise) in (1..).zip(&words.promises) {
            put(format!("promise_title_{n}"), &promise.title);
            put(format!("promise_text_{n}"), &promise.text);
        }
    }
    fields
}
