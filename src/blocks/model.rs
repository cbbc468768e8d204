//! An address, or many.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::schema::block;
use crate::values::is_unprintable;

/// Of an address in small letters, in which `*` stands for any letters, or for none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(String);

impl Pattern {
    /// `None` for what is neither an address nor a part of one, or would stand for nearly everybody:
    /// beside the `*` there are an `@` and three letters at least.
    pub fn parse(typed: &str) -> Option<Self> {
        let pattern = typed.trim().to_lowercase();
        let is_plain = !pattern.contains(|c: char| c.is_whitespace() || is_unprintable(c));
        let letters = pattern.chars().filter(|c| c.is_alphanumeric()).count();
        let fits = pattern.chars().count() <= 254 && pattern.matches('@').count() == 1;
        (is_plain && fits && letters >= 3).then_some(Self(pattern))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_many(&self) -> bool {
        self.0.contains('*')
    }
}

/// Whether a pattern stands for an address, both in small letters.
pub(super) fn fits(pattern: &str, email: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = email.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

/// Who is shut out, why, by whom and when.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = block)]
pub struct Block {
    pub pattern: String,
    pub reason: String,
    pub actor: String,
    pub blocked_at: NaiveDateTime,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_stands_for_what_it_says() {
        for (pattern, email) in [
            ("ani@example.com", "ani@example.com"),
            ("*@spam.example", "who@spam.example"),
            ("*@*.spam.example", "a@b.spam.example"),
            ("ani+*@example.com", "ani+1@example.com"),
            ("a*b*c@x.example", "axbybc@x.example"),
        ] {
            assert!(fits(pattern, email), "{pattern} {email}");
        }
        for (pattern, email) in [
            ("ani@example.com", "ani@example.com.my"),
            ("*@spam.example", "who@notspam.example.com"),
            ("*@spam.example", "who@mail.spam.example"),
            ("aa*aa@x.example", "aaa@x.example"),
        ] {
            assert!(!fits(pattern, email), "{pattern} {email}");
        }
    }

    #[test]
    fn nobody_shuts_out_nearly_everybody() {
        for wrong in ["", "*", "*@*", "*@*.*", "ani", "a b@example.com", "a@b@example.com", "*@a."]
        {
            assert_eq!(Pattern::parse(wrong), None, "{wrong}");
        }
        let many = Pattern::parse(" *@SPAM.example ").expect("it is one");
        assert_eq!((many.as_str(), many.is_many()), ("*@spam.example", true));
        assert!(!Pattern::parse("ani@example.com").expect("it is one").is_many());
    }
}
