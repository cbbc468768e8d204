//! What is wrong in a file of rules, where it stands, and what would be right.

use std::fmt;

/// How many characters of a value a mistake repeats.
const SHOWN: usize = 40;

/// Where something stands: which of the files, and at which byte of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub file: usize,
    pub byte: usize,
}

/// One thing to correct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// As it was named on the command line.
    pub file: String,
    /// Counted from 1; none when the file as a whole is meant.
    pub line: Option<usize>,
    /// `delivery.zones.jawa.methods.reguler.first`; empty when no key is meant.
    pub key: String,
    /// The text at that place, or the name that the shop does not know; empty where neither tells more.
    pub about: String,
    /// What is wrong and what would be right.
    pub text: String,
}

impl Mistake {
    /// A file that is wrong as a whole.
    pub fn of_file(file: &str, text: impl Into<String>) -> Self {
        let (key, about) = (String::new(), String::new());
        Self { file: file.to_owned(), line: None, key, about, text: text.into() }
    }

    /// The key behind that of the thing at `path`: `percent`, or nothing for the thing itself. `None`
    /// where it is about something else.
    pub fn below(&self, path: &[&str]) -> Option<&str> {
        let own = path.iter().fold(String::new(), |own, key| below(&own, key));
        match self.key.strip_prefix(&own)? {
            "" => Some(""),
            rest => rest.strip_prefix('.'),
        }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}, line {line}: ", self.file)?,
            None => write!(f, "{}: ", self.file)?,
        }
        match self.key.as_str() {
            "" => f.write_str(&self.text),
            key => write!(f, "{key}: {}", self.text),
        }
    }
}

/// A value as a mistake repeats it: in quotes, short, and without anything that moves a terminal.
pub(in crate::rules) fn quoted(value: &str) -> String {
    let short: String = value.chars().take(SHOWN).collect();
    let more = if short.len() < value.len() { "\u{2026}" } else { "" };
    format!("\"{}{more}\"", harmless(&short))
}

/// Without control characters, and without the marks that turn the direction of what follows.
pub(in crate::rules) fn harmless(text: &str) -> String {
    let escaped = |c: char| match is_unseen(c) {
        true => c.escape_unicode().to_string(),
        false => c.to_string(),
    };
    text.chars().map(escaped).collect()
}

/// What a reader does not see, but her screen does.
pub(in crate::rules) fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A key below another: `prices."A 1"`
pub(in crate::rules) fn below(parent: &str, key: &str) -> String {
    let is_bare = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    let plain = !key.is_empty() && key.len() <= 100 && key.bytes().all(is_bare);
    let key = if plain { key.to_owned() } else { quoted(key) };
    if parent.is_empty() { key } else { format!("{parent}.{key}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_names_file_line_and_key() {
        let mut mistake = Mistake::of_file("tax.toml", "cannot be read");
        assert_eq!(mistake.to_string(), "tax.toml: cannot be read");
        (mistake.line, mistake.key) = (Some(3), "tax".into());
        assert_eq!(mistake.to_string(), "tax.toml, line 3: tax: cannot be read");
    }

    #[test]
    fn a_mistake_knows_what_it_is_about() {
        let key = "promotions.\"A 1\".codes[2]".to_owned();
        let mistake = Mistake { key, ..Mistake::of_file("a", "") };
        assert_eq!(mistake.below(&["promotions", "A 1"]), Some("codes[2]"));
        assert_eq!(mistake.below(&["promotions"]), Some("\"A 1\".codes[2]"));
        assert_eq!(mistake.below(&["promotion"]), None);
        assert_eq!(mistake.below(&["promotions", "A"]), None);
    }

    #[test]
    fn a_value_is_repeated_shortly_and_without_harm() {
        assert_eq!(quoted("a\u{1b}[2J\u{202e}"), "\"a\\u{1b}[2J\\u{202e}\"");
        assert_eq!(quoted(&"é".repeat(41)), format!("\"{}…\"", "é".repeat(40)));
    }

    #[test]
    fn keys_that_need_quotes_have_them() {
        assert_eq!(below("", "tax"), "tax");
        assert_eq!(below("prices", "MUG-1"), "prices.MUG-1");
        assert_eq!(below("prices", "A.1"), "prices.\"A.1\"");
        assert_eq!(below("prices", ""), "prices.\"\"");
    }
}
