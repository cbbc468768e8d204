//! What required, optional and unknown mean, and how a mistake is written down without stopping.

use chrono_tz::Tz;
use std::cell::RefCell;

use super::mistake::{Mistake, Place, below, quoted};
use super::tree::{Item, Node, Table, Tree, Value, in_order};
use crate::config;
use crate::language::Language;
use crate::money::Currency;

/// What the shop has decided and a text leaves out: an amount's currency, a time's zone, a name's
/// language.
#[derive(Debug, Clone)]
pub(in crate::rules) struct Ground {
    pub currency: Currency,
    pub time_zone: Tz,
    pub language: Language,
}

/// Why a value was not read.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::rules) enum Wrong {
    /// What would be right at this place.
    Here(String),
    /// It stands deeper, and is written down already.
    Told,
}

impl<T: ToString> From<T> for Wrong {
    fn from(text: T) -> Self {
        Self::Here(text.to_string())
    }
}

/// One pass over the tree, gathering mistakes.
pub(in crate::rules) struct Reading<'a> {
    pub tree: &'a Tree,
    pub ground: Ground,
    mistakes: RefCell<Vec<(Place, Mistake)>>,
}

impl<'a> Reading<'a> {
    pub fn of(tree: &'a Tree, ground: Ground) -> Self {
        Self { tree, ground, mistakes: RefCell::default() }
    }

    /// The next pass, on other ground; what was wrong stays wrong.
    pub fn after(first: Self, ground: Ground) -> Self {
        Self { ground, ..first }
    }

    /// Something that the rules name and the shop does not take. A path to it, as deep as it goes.
    pub fn unknown(&self, path: &[&str], about: &str, text: impl Into<String>) {
        let place = self.tree.place(path).unwrap_or(Place { file: 0, byte: 0 });
        let key = path.iter().fold(String::new(), |key, part| below(&key, part));
        self.wrong_about(place, (&key, about), text);
    }

    pub fn wrong(&self, place: Place, key: &str, text: impl Into<String>) {
        self.wrong_about(place, (key, ""), text);
    }

    fn wrong_about(&self, place: Place, (key, about): (&str, &str), text: impl Into<String>) {
        let mistake = self.tree.sources.mistake(place, key.to_owned(), text.into());
        let mistake = Mistake { about: about.to_owned(), ..mistake };
        self.mistakes.borrow_mut().push((place, mistake));
    }

    /// Something is not there. In a file that could not be read whole it may be, so nothing is said.
    fn lacks(&self, place: Place, key: &str, text: String) {
        if !self.tree.broken.contains(&place.file) {
            self.wrong(place, key, text);
        }
    }

    /// All mistakes, in the order of files and lines.
    pub fn mistakes(self) -> Vec<Mistake> {
        let mut found = self.mistakes.into_inner();
        found.extend(self.tree.mistakes.iter().cloned());
        found.sort_by_key(|(place, _)| *place);
        found.into_iter().map(|(_, mistake)| mistake).collect()
    }
}

/// A value at its place.
pub(in crate::rules) struct Spot<'a> {
    pub reading: &'a Reading<'a>,
    pub node: &'a Node,
    /// The whole path: `tax.zones.eu.where`
    pub key: String,
    /// Of the amounts in it.
    pub currency: Currency,
}

impl<'a> Spot<'a> {
    pub fn value(&self) -> &'a Value {
        &self.node.value
    }

    pub fn ground(&self) -> &'a Ground {
        &self.reading.ground
    }

    pub fn wrong(&self, text: impl Into<String>) {
        let about = if let Value::Text(text) = self.value() { text } else { "" };
        self.reading.wrong_about(self.node.place, (&self.key, about), text);
    }

    /// Reads it, or writes down why not.
    pub fn read<T: Read>(&self) -> Option<T> {
        self.told(T::read(self))
    }

    /// Like [`Spot::read`], by a function that may have written down the mistake itself.
    pub fn try_with<T>(&self, read: impl FnOnce(&Self) -> Result<Option<T>, Wrong>) -> Option<T> {
        self.told(read(self)).flatten()
    }

    /// What was read, or its mistake written down.
    pub fn told<T>(&self, read: Result<T, Wrong>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(Wrong::Told) => None,
            Err(Wrong::Here(text)) => {
                self.wrong(text);
                None
            }
        }
    }

    /// The entries of a list, each at its own place.
    pub fn entries(&self) -> Result<Vec<Spot<'a>>, Wrong> {
        let Value::List(nodes) = self.value() else {
            return Err(format!(
                "must be a list, as in [\"\u{2026}\"]; this is {}",
                self.value().what()
            )
            .into());
        };
        let entry = |(at, node)| Spot {
            reading: self.reading,
            node,
            key: format!("{}[{at}]", self.key),
            currency: self.currency,
        };
        Ok(nodes.iter().enumerate().map(entry).collect())
    }
}

/// Something that can be read from a value.
pub(in crate::rules) trait Read: Sized {
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong>;
}

impl<T: Read> Read for Vec<T> {
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
        let entries = spot.entries()?;
        let read: Vec<T> = entries.iter().filter_map(Spot::read).collect();
        if read.len() == entries.len() { Ok(read) } else { Err(Wrong::Told) }
    }
}

/// The fields of a table. What is asked for is known; `close` names the rest.
pub(in crate::rules) struct Fields<'a> {
    pub reading: &'a Reading<'a>,
    pub table: &'a Table,
    pub place: Place,
    pub key: String,
    /// Of the amounts in it.
    pub currency: Currency,
    known: RefCell<Vec<&'static str>>,
}

impl<'a> Fields<'a> {
    pub fn of(spot: &Spot<'a>) -> Result<Self, Wrong> {
        match spot.value() {
            Value::Table(table) => Ok(Self {
                reading: spot.reading,
                table,
                place: spot.node.place,
                key: spot.key.clone(),
                currency: spot.currency,
                known: RefCell::default(),
            }),
            other => {
                Err(format!("must be a table, with keys of its own; this is {}", other.what())
                    .into())
            }
        }
    }

    /// The whole tree.
    pub fn root(reading: &'a Reading<'a>) -> Self {
        Self {
            reading,
            table: &reading.tree.root,
            place: Place { file: 0, byte: 0 },
            key: String::new(),
            currency: reading.ground.currency,
            known: RefCell::default(),
        }
    }

    /// A field that must be there.
    pub fn required<T: Read>(&self, key: &'static str) -> Option<T> {
        self.required_spot(key)?.read()
    }

    pub fn required_spot(&self, key: &'static str) -> Option<Spot<'a>> {
        let spot = self.spot(key);
        if spot.is_none() {
            self.lacks(key, "is missing");
        }
        spot
    }

    /// A field that may be left out: `Some(None)`. `None` when it is wrong.
    #[allow(clippy::option_option)]
    pub fn optional<T: Read>(&self, key: &'static str) -> Option<Option<T>> {
        match self.spot(key) {
            Some(spot) => spot.read().map(Some),
            None => Some(None),
        }
    }

    /// A field that has a default.
    pub fn or<T: Read>(&self, key: &'static str, default: T) -> Option<T> {
        self.optional(key).map(|value| value.unwrap_or(default))
    }

    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    pub fn spot(&self, key: &'static str) -> Option<Spot<'a>> {
        self.known.borrow_mut().push(key);
        let Item { node, .. } = self.table.get(key)?;
        Some(self.below(key, node))
    }

    /// Something about a field that is there or should be.
    pub fn wrong(&self, key: &str, text: impl Into<String>) {
        let place = self.table.get(key).map_or(self.place, |item| item.place);
        self.reading.wrong(place, &below(&self.key, key), text);
    }

    fn lacks(&self, key: &str, text: &str) {
        let key = if key.is_empty() { self.key.clone() } else { below(&self.key, key) };
        self.reading.lacks(self.place, &key, text.to_owned());
    }

    /// The tables under names of the merchant's choice, in the order in which they were written.
    pub fn named(&self, key: &'static str) -> Vec<(&'a str, Spot<'a>)> {
        let Some(spot) = self.spot(key) else { return Vec::new() };
        match spot.value() {
            Value::Table(_) => Fields::of(&spot).map(|fields| fields.all()).unwrap_or_default(),
            other => {
                spot.wrong(format!(
                    "must be tables with names of their own; this is {}",
                    other.what()
                ));
                Vec::new()
            }
        }
    }

    /// Every entry under a name of the merchant's choice.
    pub fn all(&self) -> Vec<(&'a str, Spot<'a>)> {
        let entries = in_order(self.table).into_iter();
        entries.map(|(key, item)| (key, self.below(key, &item.node))).collect()
    }

    /// What stands at the end of a path.
    pub fn at(&self, path: &[String]) -> Option<Spot<'a>> {
        let (first, rest) = path.split_first()?;
        let spot = self.below(first, &self.table.get(first.as_str())?.node);
        if rest.is_empty() { Some(spot) } else { Fields::of(&spot).ok()?.at(rest) }
    }

    fn below(&self, key: &str, node: &'a Node) -> Spot<'a> {
        let key = below(&self.key, key);
        Spot { reading: self.reading, node, key, currency: self.currency }
    }

    /// Takes another currency than the shop's for the amounts here, when the table names one.
    pub fn read_currency(&mut self) {
        if let Some(Some(currency)) = self.optional("currency") {
            self.currency = currency;
        }
    }

    /// The only one of these keys that is there.
    pub fn the_one_of(&self, keys: &[&'static str]) -> Option<&'static str> {
        self.known.borrow_mut().extend(keys);
        let there: Vec<&'static str> = keys.iter().copied().filter(|key| self.has(key)).collect();
        match there.as_slice() {
            [key] => return Some(key),
            [] => self.lacks("", &format!("one of {} is missing", keys.join(", "))),
            [.., last] => self.wrong(last, format!("only one of {} can be given", keys.join(", "))),
        }
        None
    }

    /// Names every key that nobody has asked for.
    pub fn close(&self) {
        let known = self.known.borrow();
        for (key, item) in in_order(self.table) {
            if !known.contains(&key) {
                let text = format!("there is no such key here; {}", nearest(key, &known));
                self.reading.wrong(item.place, &below(&self.key, key), text);
            }
        }
    }
}

/// `did you mean "rate"?`, or what there is when nothing is near.
pub(in crate::rules) fn nearest(name: &str, known: &[&str]) -> String {
    match config::near(name, known.iter().copied()) {
        Some(near) => format!("did you mean {near}?"),
        None => {
            let mut names = known.to_vec();
            names.sort_unstable();
            names.dedup();
            format!("there are {}", names.join(", "))
        }
    }
}

/// One of a few words.
pub(in crate::rules) fn word<T: Copy>(spot: &Spot<'_>, words: &[(&str, T)]) -> Result<T, Wrong> {
    let written = match spot.value() {
        Value::Text(text) => words.iter().find(|(word, _)| word == text),
        _ => None,
    };
    written.map(|(_, value)| *value).ok_or_else(|| {
        let words: Vec<String> = words.iter().map(|(word, _)| quoted(word)).collect();
        format!("must be one of {}", words.join(", ")).into()
    })
}
