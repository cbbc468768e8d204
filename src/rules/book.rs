//! A section of the rules as its file has it, with one thing or another changed: that is how a
//! page of the back office changes rules. The whole section is then applied as every file is, so a
//! page refuses what a file refuses, and the next export has what a page has changed.

use super::apply::{Outcome, apply_as};
use super::entry::Entry;
use super::export::{Section, entries};
use super::read::{RuleFile, Tree};
use crate::audit::Who;
use crate::db::Conn;
use crate::error::Result;
use crate::settings;

/// The entries of a section in the order of its file.
pub struct Book(Vec<Entry>);

impl Book {
    /// As the section stands. Until the end of the transaction nobody else changes rules.
    pub fn open(conn: &mut Conn, section: Section) -> Result<Self> {
        settings::announce(conn)?;
        Ok(Self(entries(conn, section)?))
    }

    pub fn has(&self, path: &[&str]) -> bool {
        self.0.iter().any(|entry| entry.path == path)
    }

    /// In the place of the entry with the same path, or behind all others.
    pub fn put(&mut self, entry: Entry) {
        match self.0.iter_mut().find(|known| known.path == entry.path) {
            Some(known) => *known = entry,
            None => self.0.push(entry),
        }
    }

    /// Takes an entry out, with all that is below it.
    pub fn remove(&mut self, path: &[&str]) {
        self.0.retain(|entry| !is_within(entry, path));
    }

    /// Applies the section in somebody's name, and writes down what changed.
    ///
    /// # Errors
    /// The database's. What is wrong with an entry is in the outcome; then nothing was changed.
    pub fn save(&self, conn: &mut Conn, who: &Who) -> Result<Outcome> {
        let text: String = self.0.iter().map(Entry::toml).collect();
        apply_as(conn, who, &Tree::read(&[RuleFile::new("", text)]))
    }
}

fn is_within(entry: &Entry, path: &[&str]) -> bool {
    entry.path.len() >= path.len() && entry.path.iter().zip(path).all(|(own, key)| own == key)
}
