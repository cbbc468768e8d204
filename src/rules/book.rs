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

    /// Puts an entry, with all that is below it, before or behind the next one beside it; the first
    /// stays first, and the last stays last.
    pub fn shift(&mut self, path: &[&str], is_up: bool) {
        let above = &path[..path.len().saturating_sub(1)];
        let is_beside = |entry: &Entry| entry.path.len() == path.len() && is_within(entry, above);
        let starts = (0..self.0.len()).filter(|at| is_beside(&self.0[*at]));
        let starts: Vec<usize> = starts.collect();
        let Some(own) = starts.iter().position(|at| self.0[*at].path == path) else { return };
        let first = if is_up { own.checked_sub(1) } else { Some(own) };
        let Some((first, second)) = first.and_then(|at| Some((starts[at], *starts.get(at + 1)?)))
        else {
            return;
        };
        let below = self.0[second..].iter().take_while(|entry| is_within(entry, above));
        let end = starts.iter().find(|at| **at > second);
        let end = end.copied().unwrap_or(second + below.count());
        self.0[first..end].rotate_left(second - first);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn book() -> Book {
        let paths: [&[&str]; 6] = [
            &["tax"],
            &["tax", "zones", "a"],
            &["tax", "zones", "a", "rates", "x"],
            &["tax", "zones", "a", "rates", "y"],
            &["tax", "zones", "b"],
            &["tax", "zones", "b", "rates", "x"],
        ];
        Book(paths.map(|path| Entry::new("", "", path)).into())
    }

    fn after(path: &[&str], is_up: bool) -> Vec<String> {
        let mut book = book();
        book.shift(path, is_up);
        book.0.iter().map(|entry| entry.path.join("/").replace("tax/zones/", "")).collect()
    }

    #[test]
    fn what_is_below_an_entry_goes_with_it() {
        let turned = ["tax", "b", "b/rates/x", "a", "a/rates/x", "a/rates/y"];
        assert_eq!(after(&["tax", "zones", "b"], true), turned);
        assert_eq!(after(&["tax", "zones", "a"], false), turned);
        let turned = ["tax", "a", "a/rates/y", "a/rates/x", "b", "b/rates/x"];
        assert_eq!(after(&["tax", "zones", "a", "rates", "y"], true), turned);
        assert_eq!(after(&["tax", "zones", "a", "rates", "x"], false), turned);
    }

    #[test]
    fn the_first_stays_first_and_the_last_last() {
        let same = after(&["tax", "zones", "c"], true);
        assert_eq!(after(&["tax", "zones", "a"], true), same);
        assert_eq!(after(&["tax", "zones", "b"], false), same);
        assert_eq!(after(&["tax", "zones", "b", "rates", "x"], true), same);
        assert_eq!(after(&["tax", "zones", "a", "rates", "y"], false), same);
    }
}
