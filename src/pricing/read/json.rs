//! JSON as it was written (RFC 8259): numbers keep their text, objects every key.

use std::borrow::Cow;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Json<'a> {
    Null,
    Bool(bool),
    /// The digits as written; RFC 8259 grammar was checked.
    Number(&'a str),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

/// Text that is not JSON, and the byte where that became clear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not JSON: {what} at byte {at}")]
pub(super) struct Malformed {
    what: &'static str,
    at: usize,
}

pub(super) type Result<T> = std::result::Result<T, Malformed>;

/// Nesting beyond this is not read (RFC 8259, section 9, allows a limit); a request needs 7.
const DEEPEST: usize = 128;

/// Reads one JSON value and nothing after it.
pub(super) fn parse(text: &str) -> Result<Json<'_>> {
    let mut reader = Reader { text, at: 0, depth: 0 };
    let json = reader.value()?;
    reader.skip_space();
    if reader.at == text.len() { Ok(json) } else { reader.refuse("something after the value") }
}

/// The text and how far it was read.
pub(super) struct Reader<'a> {
    pub text: &'a str,
    pub at: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn value(&mut self) -> Result<Json<'a>> {
        self.skip_space();
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::list),
            Some(b'"') => self.string().map(Json::Text),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => self.word(),
        }
    }

    fn nested(&mut self, read: impl Fn(&mut Self) -> Result<Json<'a>>) -> Result<Json<'a>> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.refuse("nested too deep");
        }
        self.at += 1;
        let json = read(self);
        self.depth -= 1;
        json
    }

    fn object(&mut self) -> Result<Json<'a>> {
        let mut entries = Vec::new();
        while self.goes_on(b'}', entries.is_empty())? {
            self.skip_space();
            let key = self.string()?;
            self.skip_space();
            self.expect(b':', "no colon after a key")?;
            entries.push((key, self.value()?));
        }
        Ok(Json::Object(entries))
    }

    fn list(&mut self) -> Result<Json<'a>> {
        let mut entries = Vec::new();
        while self.goes_on(b']', entries.is_empty())? {
            entries.push(self.value()?);
        }
        Ok(Json::List(entries))
    }

    /// Is there another entry? Steps over the comma before it, or over the end.
    fn goes_on(&mut self, end: u8, first: bool) -> Result<bool> {
        self.skip_space();
        if self.take(end) {
            Ok(false)
        } else if first {
            Ok(true)
        } else {
            self.expect(b',', "neither comma nor end after an entry").map(|()| true)
        }
    }

    fn word(&mut self) -> Result<Json<'a>> {
        let words =
            [("null", Json::Null), ("true", Json::Bool(true)), ("false", Json::Bool(false))];
        let rest = &self.text[self.at..];
        match words.into_iter().find(|(word, _)| rest.starts_with(word)) {
            Some((word, json)) => {
                self.at += word.len();
                Ok(json)
            }
            None => self.refuse("no value"),
        }
    }

    fn number(&mut self) -> Result<Json<'a>> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            let _signed = self.take(b'+') || self.take(b'-');
            self.digits()?;
        }
        Ok(Json::Number(&self.text[start..self.at]))
    }

    fn digits(&mut self) -> Result<()> {
        let start = self.at;
        self.at += self.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
        if self.at > start { Ok(()) } else { self.refuse("no digit") }
    }

    fn skip_space(&mut self) {
        let space = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        self.at += self.rest().iter().take_while(space).count();
    }

    pub fn rest(&self) -> &'a [u8] {
        &self.text.as_bytes()[self.at..]
    }

    pub fn peek(&self) -> Option<u8> {
        self.rest().first().copied()
    }

    pub fn take(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    pub fn expect(&mut self, byte: u8, otherwise: &'static str) -> Result<()> {
        if self.take(byte) { Ok(()) } else { self.refuse(otherwise) }
    }

    pub fn refuse<T>(&self, what: &'static str) -> Result<T> {
        Err(Malformed { what, at: self.at })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    /// What serde_json makes of the same text, to compare with.
    fn as_value(json: &Json<'_>) -> Value {
        match json {
            Json::Null => Value::Null,
            Json::Bool(truth) => Value::Bool(*truth),
            Json::Number(digits) => serde_json::from_str(digits).expect("a number is a number"),
            Json::Text(text) => Value::String(text.clone().into_owned()),
            Json::List(list) => list.iter().map(as_value).collect(),
            Json::Object(entries) => entries
                .iter()
                .map(|(key, value)| (key.clone().into_owned(), as_value(value)))
                .collect(),
        }
    }

    fn read(text: &str) -> Option<Value> {
        parse(text).ok().as_ref().map(as_value)
    }

    #[test]
    fn numbers_keep_their_text_and_objects_every_key() {
        for digits in ["1.0", "10", "1e5", "1E+5", "-1.25e-5", "0e0"] {
            assert_eq!(parse(digits), Ok(Json::Number(digits)));
        }
        assert_eq!(parse(" -0 "), Ok(Json::Number("-0")));
        let twice = Json::Object(vec![("a".into(), Json::Null), ("a".into(), Json::Bool(true))]);
        assert_eq!(parse(r#"{"a":null,"\u0061":true}"#), Ok(twice));
    }

    #[test]
    fn escapes_are_read() {
        let text = r#""\" \\ \/ \b\f\n\r\t é \u00e9\u20AC\ud83d\ude00!""#;
        assert_eq!(read(text), serde_json::from_str(text).ok());
    }

    #[test]
    fn what_is_no_json_is_refused_as_serde_json_does() {
        for text in [
            "",
            " ",
            "nul",
            "nulll",
            "tru",
            "True",
            "01",
            "-",
            "-a",
            "1.",
            ".5",
            "+1",
            "1e",
            "1e+",
            "0x1",
            "NaN",
            "[",
            "[1",
            "[1,",
            "[1,]",
            "[,1]",
            "[1 2]",
            "]",
            "{",
            "{,}",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{a:1}",
            "{\"a\":1 \"b\":2}",
            "{'a':1}",
            "{\"a\" 1}",
            "{1:2}",
            "\"",
            "\"\\",
            "\"\\x\"",
            "\"\\u\"",
            "\"\\u12\"",
            "\"\\u12g4\"",
            "\"\\u+123\"",
            "\"\\ud800\"",
            "\"\\udc00\"",
            "\"\\ud800\\ud800\"",
            "\"\\ud800x\"",
            "\"\\ud800\\n\"",
            "\"a\nb\"",
            "\"\t\"",
            "1 1",
            "{} {}",
            "\u{feff}{}",
            "\u{a0}1",
            "// 1\n1",
            "\"\\u12é\"",
            "[1]]",
            "[}",
            "{]",
            "[\"a\":1]",
            "\u{0}",
        ] {
            assert!(serde_json::from_str::<Value>(text).is_err(), "{text} is JSON after all");
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn nesting_has_a_limit_and_no_stack_to_run_out_of() {
        let deep = |depth| "[".repeat(depth) + &"]".repeat(depth);
        assert!(parse(&deep(128)).is_ok());
        assert!(parse(&deep(129)).is_err());
        assert!(parse(&"[".repeat(1_000_000)).is_err());
        assert!(parse(&format!("[{}]", "[[]],".repeat(1_000) + "[]")).is_ok());
    }

    #[test]
    fn a_mistake_names_its_byte() {
        let malformed = parse("[1, x]").map_err(|malformed| malformed.to_string());
        assert_eq!(malformed, Err("this is not JSON: no value at byte 4".to_owned()));
    }

    proptest! {
        #[test]
        fn any_text_is_read_as_serde_json_reads_it(
            text in r#"([\[\]{}:, ]|null|true|-?[0-9]{1,3}|0|"[a-bé]?"|"\\\\u00[0-9a-f]{2}"){0,12}"#,
        ) {
            prop_assert_eq!(read(&text), serde_json::from_str(&text).ok());
        }

        #[test]
        fn any_string_is_read_as_it_was_written(text in any::<String>()) {
            let json = serde_json::to_string(&text).expect("a string can be written");
            prop_assert_eq!(parse(&json), Ok(Json::Text(text.into())));
        }
    }
}
