//! Files of rules as one tree: every value knows its place, and the same key stands in it once.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::mistake::{Mistake, Place, below, harmless};

/// How large a file of rules may be, in bytes.
pub const LARGEST_FILE: usize = 10_000_000;

/// A file of rules: how it is named in mistakes, and what it says.
#[derive(Clone, Debug)]
pub struct RuleFile {
    pub name: String,
    pub text: String,
}

impl RuleFile {
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(in crate::rules) struct Node {
    pub place: Place,
    pub value: Value,
}

#[derive(Clone, Debug)]
pub(in crate::rules) enum Value {
    Text(String),
    Whole(i64),
    /// A number with a point or beyond 64 bits, as it was written.
    Number(String),
    Truth(bool),
    /// As RFC 3339 writes it, with or without offset; or a day or a time of day alone.
    Time(String),
    List(Vec<Node>),
    Table(Table),
}

impl Value {
    /// What it is, for whoever should have written something else.
    pub fn what(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Whole(_) => "a whole number",
            Self::Number(_) => "a number with a point",
            Self::Truth(_) => "true or false",
            Self::Time(_) => "a time",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

/// Values by key.
pub(in crate::rules) type Table = BTreeMap<String, Item>;

/// What a key of a table has.
#[derive(Clone, Debug)]
pub(in crate::rules) struct Item {
    /// Of the key, where it stands first.
    pub place: Place,
    pub node: Node,
}

/// The entries of a table in the order in which they were written.
pub(in crate::rules) fn in_order(table: &Table) -> Vec<(&str, &Item)> {
    let mut entries: Vec<(&str, &Item)> =
        table.iter().map(|(key, item)| (key.as_str(), item)).collect();
    entries.sort_by_key(|(_, item)| item.place);
    entries
}

/// Files of rules, read and joined.
#[derive(Debug)]
pub struct Tree {
    pub(in crate::rules) root: Table,
    pub(in crate::rules) sources: Sources,
    /// What cannot be read as TOML, and keys that stand twice.
    pub(in crate::rules) mistakes: Vec<(Place, Mistake)>,
    /// Files that hold such mistakes: what they seem to lack may be there.
    pub(in crate::rules) broken: Vec<usize>,
}

impl Tree {
    /// Reads and joins the files. A table may be spread over several of them, a value stands once.
    pub fn read(files: &[RuleFile]) -> Self {
        let sources = Sources::of(files);
        let mut tree = Self { root: Table::new(), sources, mistakes: vec![], broken: vec![] };
        for (number, file) in files.iter().enumerate() {
            tree.add(number, file);
        }
        tree
    }

    fn add(&mut self, file: usize, RuleFile { name, text }: &RuleFile) {
        if text.len() > LARGEST_FILE {
            let most = LARGEST_FILE / 1_000_000;
            self.broken.push(file);
            let text = format!("is larger than {most} MB; spread it over several files");
            return self.mistakes.push((Place { file, byte: 0 }, Mistake::of_file(name, text)));
        }
        let (table, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            self.broken.push(file);
        }
        for error in errors {
            self.mistakes.push(self.sources.unreadable(file, text, &error));
        }
        let mut root = std::mem::take(&mut self.root);
        self.join(&mut root, own_table(table.get_ref(), file), "");
        self.root = root;
    }

    fn join(&mut self, into: &mut Table, from: Table, key: &str) {
        for (name, item) in from {
            match into.entry(name) {
                Entry::Vacant(free) => {
                    free.insert(item);
                }
                Entry::Occupied(mut taken) => {
                    let key = below(key, taken.key());
                    self.join_item(taken.get_mut(), item, &key);
                }
            }
        }
    }

    fn join_item(&mut self, first: &mut Item, second: Item, key: &str) {
        match (&mut first.node.value, second.node.value) {
            (Value::Table(into), Value::Table(from)) => self.join(into, from, key),
            _ => {
                let there = self.sources.shown(first.place);
                let text = format!("stands in {there} already; keep one of them");
                let mistake = self.sources.mistake(second.place, key.to_owned(), text);
                self.mistakes.push((second.place, mistake));
            }
        }
    }

    /// Where a path of keys stands, or as much of it as there is.
    pub(in crate::rules) fn place(&self, path: &[&str]) -> Option<Place> {
        let mut place = None;
        let mut table = &self.root;
        for key in path {
            let Some(item) = table.get(*key) else { break };
            place = Some(item.place);
            let Value::Table(next) = &item.node.value else { break };
            table = next;
        }
        place
    }
}

fn own_table(table: &DeTable<'_>, file: usize) -> Table {
    let own = |(key, node): (&Spanned<DeString<'_>>, &Spanned<DeValue<'_>>)| {
        let place = Place { file, byte: key.span().start };
        (key.get_ref().to_string(), Item { place, node: own_node(node, file) })
    };
    table.iter().map(own).collect()
}

fn own_node(node: &Spanned<DeValue<'_>>, file: usize) -> Node {
    let value = match node.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(whole) => Value::Whole(whole),
            Err(_) => Value::Number(number.to_string()),
        },
        DeValue::Float(number) => Value::Number(number.to_string()),
        DeValue::Boolean(truth) => Value::Truth(*truth),
        DeValue::Datetime(time) => Value::Time(time.to_string()),
        DeValue::Array(list) => Value::List(list.iter().map(|node| own_node(node, file)).collect()),
        DeValue::Table(table) => Value::Table(own_table(table, file)),
    };
    Node { place: Place { file, byte: node.span().start }, value }
}

/// The files' names and where their lines begin.
#[derive(Debug)]
pub(in crate::rules) struct Sources(Vec<Source>);

#[derive(Debug)]
struct Source {
    name: String,
    /// At which byte each line ends.
    ends: Vec<usize>,
}

impl Sources {
    fn of(files: &[RuleFile]) -> Self {
        let ends = |text: &str| text.match_indices('\n').map(|(at, _)| at).collect();
        let source = |file: &RuleFile| Source { name: file.name.clone(), ends: ends(&file.text) };
        Self(files.iter().map(source).collect())
    }

    /// Only the message of the error: its full display would repeat the line.
    fn unreadable(&self, file: usize, text: &str, error: &toml::de::Error) -> (Place, Mistake) {
        let span = error.span().unwrap_or_default();
        let place = Place { file, byte: span.start };
        let mistake = match error.message() {
            "duplicate key" => {
                let key: String = text.get(span).unwrap_or_default().chars().take(100).collect();
                let text = "stands in this table already; keep one of them";
                self.mistake(place, harmless(&key), text.to_owned())
            }
            message => self.mistake(place, String::new(), harmless(message)),
        };
        (place, mistake)
    }

    pub fn mistake(&self, place: Place, key: String, text: String) -> Mistake {
        let (file, line) = self.line(place);
        Mistake { file: file.to_owned(), line: Some(line), key, about: String::new(), text }
    }

    /// `tax.toml, line 3`
    pub fn shown(&self, place: Place) -> String {
        let (file, line) = self.line(place);
        format!("{file}, line {line}")
    }

    fn line(&self, place: Place) -> (&str, usize) {
        let source = self.0.get(place.file);
        let line = |source: &Source| source.ends.partition_point(|end| *end < place.byte) + 1;
        (source.map_or("", |source| &source.name), source.map_or(1, line))
    }
}
