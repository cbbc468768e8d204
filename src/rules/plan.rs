//! What would change: the entries as they are against the entries as they are wanted.

use std::collections::BTreeMap;
use std::fmt;

use super::entry::Entry;
use super::read::harmless;

/// How many characters of a value a plan shows.
const SHOWN: usize = 60;

/// One line of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Added {
        what: &'static str,
        name: String,
    },
    Removed {
        what: &'static str,
        name: String,
    },
    Changed {
        what: &'static str,
        name: String,
        fields: Vec<FieldChange>,
    },
    /// Those that stay come in another order: how they come now.
    Reordered {
        what: &'static str,
        names: Vec<String>,
    },
}

/// A field before and after; none where it is not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    pub key: &'static str,
    pub before: Option<String>,
    pub after: Option<String>,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Added { what, name } => write!(f, "+ {}", titled(what, name)),
            Self::Removed { what, name } => write!(f, "- {}", titled(what, name)),
            Self::Changed { what, name, fields } => {
                let fields: Vec<String> = fields.iter().map(ToString::to_string).collect();
                write!(f, "~ {}: {}", titled(what, name), fields.join(", "))
            }
            Self::Reordered { what, names } => {
                write!(f, "~ order of {what}s: {}", short(&names.join(", ")))
            }
        }
    }
}

impl fmt::Display for FieldChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |value: &Option<String>| value.as_deref().map_or("none".to_owned(), short);
        if !self.key.is_empty() {
            write!(f, "{} ", self.key)?;
        }
        write!(f, "{} \u{2192} {}", shown(&self.before), shown(&self.after))
    }
}

fn titled(what: &str, name: &str) -> String {
    format!("{what} {}", short(name)).trim_end().to_owned()
}

fn short(text: &str) -> String {
    let short: String = text.chars().take(SHOWN).collect();
    let more = if short.len() < text.len() { "\u{2026}" } else { "" };
    harmless(&short) + more
}

/// What must change so that `now` becomes `wanted`, in the order of the wanted; what goes comes last.
pub(super) fn compare(now: &[Entry], wanted: &[Entry]) -> Vec<Change> {
    let known: BTreeMap<&[String], &Entry> =
        now.iter().map(|entry| (entry.path.as_slice(), entry)).collect();
    let mut changes: Vec<Change> = wanted
        .iter()
        .filter_map(|entry| match known.get(entry.path.as_slice()) {
            Some(before) => changed(before, entry),
            None => Some(Change::Added { what: entry.what, name: entry.name.clone() }),
        })
        .collect();
    changes.extend(reordered(now, wanted));
    let stays: BTreeMap<&[String], ()> =
        wanted.iter().map(|entry| (entry.path.as_slice(), ())).collect();
    let gone = now.iter().filter(|entry| !stays.contains_key(entry.path.as_slice()));
    changes
        .extend(gone.map(|entry| Change::Removed { what: entry.what, name: entry.name.clone() }));
    changes
}

fn changed(before: &Entry, after: &Entry) -> Option<Change> {
    let value = |entry: &Entry, key: &str| {
        entry.fields.iter().find(|(known, _)| *known == key).map(|(_, value)| value.clone())
    };
    let mut keys: Vec<&'static str> = after.fields.iter().map(|(key, _)| *key).collect();
    let gone = before.fields.iter().map(|(key, _)| *key).filter(|key| value(after, key).is_none());
    keys.extend(gone);
    let fields: Vec<FieldChange> = keys
        .into_iter()
        .map(|key| FieldChange { key, before: value(before, key), after: value(after, key) })
        .filter(|field| field.before != field.after)
        .collect();
    let (what, name) = (after.what, after.name.clone());
    (!fields.is_empty()).then_some(Change::Changed { what, name, fields })
}

/// Whether the things below one parent that stay come in another order.
fn reordered(now: &[Entry], wanted: &[Entry]) -> Vec<Change> {
    let (before, after) = (by_parent(now), by_parent(wanted));
    let mut changes = Vec::new();
    for (parent, after) in after {
        let Some(before) = before.get(parent) else { continue };
        let both = |list: &[&Entry], other: &[&Entry]| -> Vec<String> {
            let other: std::collections::BTreeSet<&str> =
                other.iter().map(|entry| entry.name.as_str()).collect();
            let stays = list.iter().filter(|entry| other.contains(entry.name.as_str()));
            stays.map(|entry| entry.name.clone()).collect()
        };
        let names = both(&after, before);
        if let Some(first) = after.first()
            && names != both(before, &after)
        {
            changes.push(Change::Reordered { what: first.what, names });
        }
    }
    changes
}

fn by_parent(entries: &[Entry]) -> BTreeMap<&[String], Vec<&Entry>> {
    let mut families: BTreeMap<&[String], Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        let parent = entry.path.split_last().map_or(&[][..], |(_, parent)| parent);
        families.entry(parent).or_default().push(entry);
    }
    families
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, fields: &[(&'static str, &str)]) -> Entry {
        let fields = fields.iter().map(|(key, value)| (*key, (*value).to_owned())).collect();
        Entry { fields, ..Entry::new("promotion", name, &["promotions", name]) }
    }

    fn plan(now: &[Entry], wanted: &[Entry]) -> Vec<String> {
        compare(now, wanted).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_plan_names_what_comes_changes_and_goes() {
        let now = [entry("a", &[("percent", "\"10%\""), ("code", "\"A\"")]), entry("old", &[])];
        let wanted = [entry("new", &[]), entry("a", &[("percent", "\"15%\""), ("priority", "1")])];
        let lines = [
            "+ promotion new",
            "~ promotion a: percent \"10%\" → \"15%\", priority none → 1, code \"A\" → none",
            "- promotion old",
        ];
        assert_eq!(plan(&now, &wanted), lines);
        assert_eq!(plan(&now, &now), [""; 0]);
    }

    #[test]
    fn another_order_of_what_stays_is_a_change() {
        let [a, b, c] = ["a", "b", "c"].map(|name| entry(name, &[]));
        let line = "~ order of promotions: b, a";
        assert_eq!(plan(&[a.clone(), b.clone()], &[b.clone(), a.clone()]), [line]);
        assert_eq!(plan(&[a.clone(), b.clone()], &[c, a, b]), ["+ promotion c"]);
    }

    #[test]
    fn a_long_value_is_shown_in_part() {
        let now = [entry("a", &[("where", "short")])];
        let wanted = [entry("a", &[("where", "é".repeat(70).as_str())])];
        let line = format!("~ promotion a: where short → {}…", "é".repeat(60));
        assert_eq!(plan(&now, &wanted), [line]);
    }
}
