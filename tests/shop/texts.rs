//! The words of the shop's own pages: complete in every language, and each of them in use.

use std::collections::{BTreeMap, BTreeSet};

use etalase::audit::Action;

use crate::kit::source::{Source, files};

/// What a text needs to be said: the names of its arguments.
type Texts = BTreeMap<String, BTreeSet<String>>;

#[test]
fn every_text_can_be_read() {
    for file in files("locales", ".ftl") {
        if let Err((_, errors)) = fluent_syntax::parser::parse(file.text.as_str()) {
            panic!("{}: {errors:?}", file.path);
        }
    }
}

#[test]
fn every_language_has_the_same_texts_with_the_same_arguments() {
    let (english, indonesian) = (texts("en"), texts("id"));
    let different: Vec<&String> = english
        .keys()
        .chain(indonesian.keys())
        .filter(|key| english.get(*key) != indonesian.get(*key))
        .collect();
    assert_eq!(different, [""; 0]);
}

#[test]
fn every_text_that_a_page_says_exists_and_gets_its_arguments() {
    let texts = texts("en");
    for file in pages() {
        for (key, given) in said(&file) {
            let Some(needed) = texts.get(key) else { panic!("{}: no text {key}", file.path) };
            assert_eq!(*needed, given, "{}: the arguments of {key}", file.path);
        }
    }
}

#[test]
fn all_that_happens_to_an_order_has_words_for_the_staff() {
    let texts = texts("en");
    let [timeline] = &files("src/orders", "timeline.rs")[..] else { panic!("one timeline") };
    let kinds: Vec<&str> = timeline.between(" => \"", '"').collect();
    assert!(kinds.contains(&"placed"));
    let unsaid = kinds.into_iter().filter(|kind| !texts.contains_key(&format!("event-{kind}")));
    assert_eq!(unsaid.collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn all_that_stands_in_the_audit_log_has_words() {
    let texts = texts("en");
    let codes = Action::ALL.iter().map(|action| action.code());
    let unsaid = codes.filter(|code| !texts.contains_key(&format!("deed-{code}")));
    assert_eq!(unsaid.collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn no_text_is_left_that_nobody_says() {
    let pages = pages();
    let is_said = |key: &str| {
        let literal = format!("\"{key}\"");
        pages.iter().any(|file| file.text.contains(&literal) || composes(file, key))
    };
    let unused: Vec<String> = texts("en").into_keys().filter(|key| !is_said(key)).collect();
    assert_eq!(unused, [""; 0]);
}

/// Keys and arguments of one language; a key that comes twice is a slip.
fn texts(language: &str) -> Texts {
    let mut texts = Texts::new();
    for file in files(&format!("locales/{language}"), ".ftl") {
        let mut last = String::new();
        for line in file.text.lines().filter(|line| !line.starts_with('#')) {
            if let Some((key, _)) = line.split_once(" =").filter(|_| starts_a_text(line)) {
                key.clone_into(&mut last);
                assert!(texts.insert(last.clone(), BTreeSet::new()).is_none(), "{key} twice");
            }
            texts.entry(last.clone()).or_default().extend(arguments(line));
        }
    }
    texts.remove("");
    texts
}

fn starts_a_text(line: &str) -> bool {
    line.starts_with(|c: char| c.is_ascii_lowercase())
}

fn arguments(line: &str) -> impl Iterator<Item = String> {
    line.split('$').skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-');
        rest[..end.unwrap_or(rest.len())].to_owned()
    })
}

fn pages() -> Vec<Source> {
    let mut pages = files("src", ".rs");
    pages.extend(files("templates", ".html"));
    pages.extend(files("templates", ".txt"));
    pages
}

/// The texts that are named where they are said, with the arguments that they get there.
fn said(file: &Source) -> Vec<(&str, BTreeSet<String>)> {
    let mut said = Vec::new();
    for (call, arguments) in
        [(".t(", &[][..]), (".count(", &["count"]), (".days(", &["min", "max"])]
    {
        for (key, _) in calls(file, call) {
            said.push((key, arguments.iter().map(|name| (*name).to_owned()).collect()));
        }
    }
    // Like `shell.with("results-for", "words", …)`; with several arguments it takes a list.
    for (key, rest) in calls(file, ".with(") {
        let name = rest.trim_start_matches([',', ' ', '\n']).strip_prefix('"');
        if let Some((name, _)) = name.and_then(|name| name.split_once('"')) {
            said.push((key, BTreeSet::from([name.to_owned()])));
        }
    }
    said
}

/// The literal that a call begins with, and what follows.
fn calls<'a>(file: &'a Source, call: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    file.text.match_indices(call).filter_map(move |(at, _)| {
        let argument = file.text[at + call.len()..].trim_start().strip_prefix('"')?;
        argument.split_once('"')
    })
}

/// Whether a file puts the key together: `format!("error-{name}-heading")`.
fn composes(file: &Source, key: &str) -> bool {
    file.between("format!(\"", '"').filter(|text| text.contains('{')).any(|text| {
        let (before, rest) = text.split_once('{').unwrap_or((text, ""));
        let after = rest.split_once('}').map_or("", |(_, after)| after);
        let is_composed = !before.is_empty() && before.ends_with('-');
        is_composed && key.starts_with(before) && key.ends_with(after)
    })
}
