//! What somebody typed into a form, as a file would have it. Whether it is right the reader of
//! files says.

use super::entry::Entry;
use super::read::{decimal, write_text};
use crate::language::Language;

/// A share as it is typed, `12.5` or `12,5` per cent, with or without its sign, in parts per million.
pub fn ppm(text: &str) -> Option<i64> {
    decimal(&text.trim_end_matches('%').trim().replace(',', "."), 4)
}

/// A part of the world as somebody typed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypedArea<'a> {
    /// A country by its two letters, or `anywhere`.
    Whole(&'a str),
    Region(&'a str, &'a str),
    Postcodes(&'a str, &'a str),
}

impl Entry {
    /// The same under another name.
    pub fn under(self, name: &str, path: &[&str]) -> Self {
        Self { fields: self.fields, ..Self::new(self.what, name, path) }
    }

    /// What an empty field says is said by leaving the key out.
    pub fn typed(self, key: &'static str, text: &str) -> Self {
        if text.is_empty() { self } else { self.word(key, text) }
    }

    /// A whole number; what is none is left for the reader to refuse.
    pub fn number(self, key: &'static str, text: &str) -> Self {
        match text.parse::<i64>() {
            Ok(number) => self.raw(key, number.to_string()),
            Err(_) => self.typed(key, text),
        }
    }

    /// `12.5` or `12,5`, with or without its sign.
    pub fn percent(self, key: &'static str, text: &str) -> Self {
        let number = text.trim_end_matches('%').trim_end().replace(',', ".");
        if number.is_empty() { self } else { self.word(key, &format!("{number}%")) }
    }

    /// A whole number, or a list where there are more.
    pub fn numbers(self, key: &'static str, texts: &[&str]) -> Self {
        match texts {
            [text] => self.number(key, text),
            texts => {
                let numbers = texts.iter().map(|text| match text.parse::<i64>() {
                    Ok(number) => number.to_string(),
                    Err(_) => write_text(text),
                });
                self.raw(key, format!("[{}]", numbers.collect::<Vec<_>>().join(", ")))
            }
        }
    }

    pub fn flag(self, key: &'static str, is_set: bool) -> Self {
        self.raw(key, is_set.to_string())
    }

    pub fn list<'a>(self, key: &'static str, texts: impl Iterator<Item = &'a str>) -> Self {
        let texts: Vec<String> = texts.map(write_text).collect();
        self.raw(key, format!("[{}]", texts.join(", ")))
    }

    /// A list of tables.
    pub fn tables(self, key: &'static str, rows: &[Vec<(&'static str, String)>]) -> Self {
        let field = |(key, text): &(&str, String)| format!("{key} = {}", write_text(text));
        let table = |row: &Vec<(&str, String)>| {
            format!("{{ {} }}", row.iter().map(field).collect::<Vec<_>>().join(", "))
        };
        self.raw(key, format!("[{}]", rows.iter().map(table).collect::<Vec<_>>().join(", ")))
    }

    /// The parts of a zone.
    pub fn areas<'a>(self, key: &'static str, areas: impl Iterator<Item = TypedArea<'a>>) -> Self {
        let part = |country: &str, key: &str, text: &str| {
            format!("{{ country = {}, {key} = [{}] }}", write_text(country), write_text(text))
        };
        let areas = areas.map(|area| match area {
            TypedArea::Whole(text) => write_text(text),
            TypedArea::Region(country, name) => part(country, "regions", name),
            TypedArea::Postcodes(country, range) => part(country, "postcodes", range),
        });
        self.raw(key, format!("[{}]", areas.collect::<Vec<_>>().join(", ")))
    }

    /// A text in several languages; those in which it says nothing are left out.
    pub fn local<'a>(
        self,
        key: &'static str,
        texts: impl Iterator<Item = (Language, &'a str)>,
    ) -> Self {
        let texts = texts.filter(|(_, text)| !text.is_empty());
        let texts =
            texts.map(|(language, text)| format!("{} = {}", language.code(), write_text(text)));
        self.raw(key, format!("{{ {} }}", texts.collect::<Vec<_>>().join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_stands_as_a_file_has_it() {
        let entry = Entry::new("promotion", "a", &["promotions", "a"])
            .typed("name", "Say \"hi\"")
            .typed("note", "")
            .number("priority", "-1")
            .number("buy", "two")
            .percent("percent", "12,5 %")
            .list("skus", ["A 1", "B"].into_iter())
            .local("title", [(Language::En, "Off"), (Language::Id, "")].into_iter())
            .numbers("days", &["1", "four"])
            .numbers("day", &["1"])
            .tables("tiers", &[vec![("up_to", "1 kg".into()), ("amount", "5".into())]])
            .areas("where", [TypedArea::Whole("ID"), TypedArea::Region("US", "Ohio")].into_iter())
            .flag("exclusive", true);
        let lines = [
            "\n[promotions.a]",
            r#"name = "Say \"hi\"""#,
            "priority = -1",
            r#"buy = "two""#,
            r#"percent = "12.5%""#,
            r#"skus = ["A 1", "B"]"#,
            r#"title = { en = "Off" }"#,
            r#"days = [1, "four"]"#,
            "day = 1",
            r#"tiers = [{ up_to = "1 kg", amount = "5" }]"#,
            r#"where = ["ID", { country = "US", regions = ["Ohio"] }]"#,
            "exclusive = true\n",
        ];
        assert_eq!(entry.toml(), lines.join("\n"));
    }
}
