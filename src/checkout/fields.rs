//! Reading fields of a form: each gives its value or a mistake that says what to do.

use crate::values::{Country, Email, is_unprintable};
use crate::web::Form;

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The field's name, which is also its id on the page.
    pub field: String,
    /// The message in `locales/`.
    pub key: String,
    /// What a right value looks like, where the message says so.
    pub example: &'static str,
    /// The most characters, where the message says so.
    pub most: usize,
}

impl Mistake {
    /// With a message that says all.
    pub fn new(field: &str, key: &str) -> Self {
        Self { field: field.to_owned(), key: key.to_owned(), example: "", most: 0 }
    }
}

/// What a text has to be.
#[derive(Debug, Clone, Copy)]
pub struct TextRule {
    /// The message when nothing was typed; `None` where nothing is fine.
    pub missing: Option<&'static str>,
    pub most: usize,
}

/// Reads fields one by one and gathers what is wrong.
pub struct Reader<'a> {
    form: &'a Form,
    pub mistakes: Vec<Mistake>,
}

impl<'a> Reader<'a> {
    pub fn new(form: &'a Form) -> Self {
        Self { form, mistakes: Vec::new() }
    }

    pub fn form(&self) -> &'a Form {
        self.form
    }

    pub fn wrong(&mut self, field: &str, key: impl Into<String>) {
        self.wrong_like(field, key, "");
    }

    pub fn wrong_like(&mut self, field: &str, key: impl Into<String>, example: &'static str) {
        let (field, key) = (field.to_owned(), key.into());
        self.mistakes.push(Mistake { field, key, example, most: 0 });
    }

    /// One line of text.
    pub fn text(&mut self, field: &str, rule: TextRule) -> String {
        let text = self.form.get(field);
        if let (true, Some(missing)) = (text.is_empty(), rule.missing) {
            self.wrong(field, missing);
        } else if text.chars().any(is_unprintable) {
            self.wrong(field, "wrong-characters");
        } else if text.chars().count() > rule.most {
            self.too_long(field, rule.most);
        }
        text.to_owned()
    }

    /// Text of several lines; always optional.
    pub fn long_text(&mut self, field: &str, most: usize) -> String {
        let text = self.form.get(field).replace("\r\n", "\n");
        if text.chars().any(|c| c != '\n' && is_unprintable(c)) {
            self.wrong(field, "wrong-characters");
        } else if text.chars().count() > most {
            self.too_long(field, most);
        }
        text
    }

    pub fn email(&mut self, field: &str) -> String {
        match (Email::parse(self.form.get(field)), self.form.get(field)) {
            (Some(email), _) => return email.as_str().to_owned(),
            (None, "") => self.wrong(field, "missing-email"),
            (None, _) => self.wrong(field, "wrong-email"),
        }
        String::new()
    }

    /// A telephone number, of `country` unless it begins with another country's code.
    pub fn phone(&mut self, field: &str, country: Country) -> String {
        match (full_phone(self.form.get(field), country), self.form.get(field)) {
            (Some(phone), _) => return phone,
            (None, "") => self.wrong(field, "missing-phone"),
            (None, _) => self.wrong(field, "wrong-phone"),
        }
        String::new()
    }

    fn too_long(&mut self, field: &str, most: usize) {
        let (field, key) = (field.to_owned(), "too-long".to_owned());
        self.mistakes.push(Mistake { field, key, example: "", most });
    }
}

/// `+` and 7 to 15 digits (ITU-T E.164) where the country is known, else the digits as typed.
/// Spaces, dots, hyphens, slashes and brackets do not matter.
pub fn full_phone(typed: &str, country: Country) -> Option<String> {
    let plain: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && !"-./()\u{2011}\u{2013}".contains(*c))
        .collect();
    let (is_full, digits) = match (plain.strip_prefix('+'), plain.strip_prefix("00")) {
        (Some(digits), _) | (None, Some(digits)) => (true, digits),
        (None, None) => (false, plain.as_str()),
    };
    let fits = (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let calling_code = match country.code() {
        "ID" => "62",
        "MY" => "60",
        "SG" => "65",
        "US" => "1",
        _ => "",
    };
    let full = match (is_full, digits.strip_prefix('0')) {
        (true, _) => format!("+{digits}"),
        (false, _) if calling_code.is_empty() => digits.to_owned(),
        (false, Some(national)) => format!("+{calling_code}{national}"),
        (false, None) if digits.starts_with(calling_code) && digits.len() > 9 => {
            format!("+{digits}")
        }
        (false, None) => format!("+{calling_code}{digits}"),
    };
    fits.then_some(full)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn indonesian(typed: &str) -> Option<String> {
        full_phone(typed, Country::parse("ID").unwrap())
    }

    #[test]
    fn a_phone_number_is_taken_as_people_write_it() {
        for typed in [
            "0812 3456 7890",
            "+62 812-3456-7890",
            "62812 34567890",
            "(0812) 3456.7890",
            "0062 81234567890",
        ] {
            assert_eq!(indonesian(typed).as_deref(), Some("+6281234567890"), "{typed}");
        }
        for bad in ["", "12345", "0812 abc 7890", "+62 812 3456 7890 1234 5678", "++62812345678"] {
            assert_eq!(indonesian(bad), None, "{bad}");
        }
        let singapore = Country::parse("SG").unwrap();
        let states = Country::parse("US").unwrap();
        for typed in ["(415) 555-0100", "1 415 555 0100", "+1 415-555-0100"] {
            assert_eq!(full_phone(typed, states).as_deref(), Some("+14155550100"), "{typed}");
        }
        assert_eq!(full_phone("9123 4567", singapore).as_deref(), Some("+6591234567"));
        let elsewhere = Country::parse("DE").unwrap();
        assert_eq!(full_phone("030 123456", elsewhere).as_deref(), Some("030123456"));
    }

    #[test]
    fn a_text_is_trimmed_bounded_and_printable() {
        let form = Form::parse("name=%20Nguy%E1%BB%85n%20%20&bad=a%0Ab&long=abcdef".as_bytes());
        let form = form.unwrap();
        let mut reader = Reader::new(&form);
        let rule = TextRule { missing: Some("missing-name"), most: 5 };
        assert_eq!(reader.text("name", TextRule { most: 50, ..rule }), "Nguyễn");
        assert!(reader.mistakes.is_empty());
        for field in ["bad", "long", "none"] {
            reader.text(field, rule);
        }
        let keys: Vec<&str> = reader.mistakes.iter().map(|m| m.key.as_str()).collect();
        assert_eq!(keys, ["wrong-characters", "too-long", "missing-name"]);
    }

    #[test]
    fn a_note_may_have_several_lines() {
        let form = Form::parse(b"note=Ring%0D%0Atwice").unwrap();
        let mut reader = Reader::new(&form);
        assert_eq!(reader.long_text("note", 500), "Ring\ntwice");
        assert!(reader.mistakes.is_empty());
    }
}
