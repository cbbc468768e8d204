//! The values of an attribute as lines of its form: names, places, what is taken away, and what is new.

use crate::admin::listing::Pages;
use crate::admin::reader::Reader;
use crate::admin::typed::Typed;
use crate::catalog::shelves::choices::{self, Changes, Choice};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::AttributeId;
use crate::language::{Language, LocalText};
use crate::web::frame::Frame;

/// Lines of a page: a form has at most 200 fields.
const PAGE: i64 = 25;
/// Empty lines for new values.
const NEW: std::ops::RangeInclusive<usize> = 1..=3;

/// A page of the values.
pub(super) struct Page {
    pub number: i64,
    choices: Vec<Choice>,
    has_next: bool,
}

/// The values, ready to print.
pub(super) struct ChoicesView {
    pub heads: Vec<String>,
    pub lines: Vec<LineView>,
    pub pages: Pages,
}

pub(super) struct LineView {
    pub cells: Vec<Cell>,
    /// Name of the box that takes the value away; empty for one that is new.
    pub drop: String,
    pub is_dropped: bool,
    pub products: String,
}

pub(super) struct Cell {
    pub name: String,
    pub label: String,
    pub value: String,
    pub error: String,
    pub lang: &'static str,
    pub is_place: bool,
}

impl Page {
    pub fn load(conn: &mut Conn, of: AttributeId, number: i64) -> Result<Self> {
        let number = number.clamp(0, 1_000);
        let mut choices = choices::list(conn, of, (number * PAGE, PAGE + 1))?;
        let has_next = choices.len() as i64 > PAGE;
        choices.truncate(PAGE as usize);
        Ok(Self { number, choices, has_next })
    }

    /// Each field by its name, as it stands.
    pub fn fields(&self, frame: &Frame) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        for Choice { id, place, name, .. } in &self.choices {
            fields.push((format!("place{id}"), place.to_string()));
            for language in &frame.settings.languages {
                let text = name.iter().find(|(known, _)| known == language).map(|(_, text)| text);
                let field = format!("choice{id}-{}", language.code());
                fields.push((field, text.unwrap_or_default().to_owned()));
            }
        }
        fields
    }
}

/// What the lines want. A value whose line is not in the form stays.
pub(super) fn read(reader: &mut Reader<'_>, page: &Page, frame: &Frame) -> Changes {
    let mut changes = Changes::default();
    let own = frame.own_language().code();
    for Choice { id, .. } in &page.choices {
        if reader.form.find(&format!("choice{id}-{own}")).is_none() {
            continue;
        }
        if !reader.form.get(&format!("drop{id}")).is_empty() {
            changes.gone.push(*id);
            continue;
        }
        let name = super::name(reader, &format!("choice{id}"), frame);
        let place = |text: &str| text.parse().ok().filter(|place| (1..=20_000).contains(place));
        let place = reader.ask(&format!("place{id}"), "attribute-place-wrong", place);
        changes.kept.push((*id, name, place.unwrap_or(1)));
    }
    for line in NEW {
        changes.new.extend(new_one(reader, line, frame));
    }
    changes
}

/// A line for a new value; `None` where nothing was typed.
fn new_one(reader: &mut Reader<'_>, line: usize, frame: &Frame) -> Option<LocalText> {
    let languages = &frame.settings.languages;
    let is_empty = |code: &str| reader.form.get(&format!("new{line}-{code}")).is_empty();
    if languages.iter().all(|language| is_empty(language.code())) {
        return None;
    }
    Some(super::name(reader, &format!("new{line}"), frame))
}

pub(super) fn view(typed: &Typed<'_>, page: &Page, path: &str) -> ChoicesView {
    let shell = typed.shell;
    let languages = shell.settings().languages.iter();
    let heads = languages.map(|language| language.own_name().to_owned());
    let ends = ["attribute-place", "attribute-choice-drop"].map(|key| shell.t(key).to_owned());
    let to = |number: i64| format!("{path}?page={number}");
    let mut lines: Vec<LineView> =
        page.choices.iter().map(|choice| known_line(typed, choice)).collect();
    lines.extend(NEW.map(|line| new_line(typed, line)));
    ChoicesView {
        heads: heads.chain(ends).collect(),
        lines,
        pages: Pages {
            first: if page.number > 0 { to(0) } else { String::new() },
            next: if page.has_next { to(page.number + 1) } else { String::new() },
        },
    }
}

fn known_line(typed: &Typed<'_>, choice: &Choice) -> LineView {
    let Choice { id, name, products, .. } = choice;
    let name = typed.shell.local(name).to_owned();
    let mut cells = names(typed, &format!("choice{id}"), &name);
    let words = typed.shell.t("attribute-place");
    let place = cell(typed, format!("place{id}"), format!("{words}: {name}"), "");
    cells.push(Cell { is_place: true, ..place });
    let drop = format!("drop{id}");
    LineView {
        cells,
        is_dropped: !typed.form.get(&drop).is_empty(),
        drop,
        products: typed.shell.count("product-count", *products),
    }
}

fn new_line(typed: &Typed<'_>, line: usize) -> LineView {
    let words = typed.shell.t("attribute-choice-new").to_owned();
    let cells = names(typed, &format!("new{line}"), &format!("{words} {line}"));
    LineView { cells, drop: String::new(), is_dropped: false, products: String::new() }
}

/// One field for each language.
fn names(typed: &Typed<'_>, field: &str, of: &str) -> Vec<Cell> {
    let languages = typed.shell.settings().languages.iter();
    let cell = |language: &Language| {
        let label = format!("{of} ({})", language.own_name());
        cell(typed, format!("{field}-{}", language.code()), label, language.code())
    };
    languages.map(cell).collect()
}

fn cell(typed: &Typed<'_>, name: String, label: String, lang: &'static str) -> Cell {
    let (value, error) = (typed.form.get(&name).to_owned(), typed.error(&name));
    Cell { name, label, value, error, lang, is_place: false }
}
