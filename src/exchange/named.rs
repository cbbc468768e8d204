//! Things that have a name and a code, in one cell: `Clay`, or `Clay [clay-2]` where the name alone
//! does not give the code. Several stand behind each other: `Kitchen > Mugs`.

use crate::catalog::handle::handle_of;

/// What stands between the categories of a path.
pub(super) const BELOW: char = '>';
/// What stands between the choices of an attribute.
pub(super) const ALSO: char = ';';

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub name: String,
    /// Only where the cell says it.
    pub code: Option<String>,
}

impl Named {
    /// `None` for what has no name.
    pub fn parse(cell: &str) -> Option<Self> {
        let cell = cell.trim();
        let with_code = cell.strip_suffix(']').and_then(|rest| rest.rsplit_once('['));
        let named = match with_code.filter(|(_, code)| is_code(code)) {
            Some((name, code)) => Self { name: name.trim().into(), code: Some(code.into()) },
            None => Self { name: cell.into(), code: None },
        };
        (!named.name.is_empty()).then_some(named)
    }

    /// The code that it says, or that its name gives.
    pub fn code(&self) -> String {
        self.code.clone().unwrap_or_else(|| handle_of(&self.name))
    }

    pub fn cell(&self) -> String {
        cell(&self.name, &self.code())
    }
}

/// Handles, and the codes of attributes and their choices, which have underscores, too.
fn is_code(text: &str) -> bool {
    let is_of_code = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(&b);
    !text.is_empty() && text.bytes().all(is_of_code)
}

/// A cell of this name and code.
pub(super) fn cell(name: &str, code: &str) -> String {
    let plain = Named { name: name.to_owned(), code: None };
    let is_plain = Named::parse(name) == Some(plain) && handle_of(name) == code;
    if is_plain { name.to_owned() } else { format!("{} [{code}]", name.trim()) }
}

/// Parts in one cell; what stands between them stands in one of them behind a backslash.
pub(super) fn joined<'a>(parts: impl IntoIterator<Item = &'a str>, between: char) -> String {
    let escape = |part: &str| part.replace('\\', "\\\\").replace(between, &format!("\\{between}"));
    let parts: Vec<String> = parts.into_iter().map(escape).collect();
    let space = if between == BELOW { " " } else { "" };
    parts.join(&format!("{space}{between} "))
}

/// What [`joined`] was given, without the spaces around each part; what is empty is left out.
pub(super) fn parts(cell: &str, between: char) -> Vec<String> {
    let (mut parts, mut part, mut is_escaped) = (Vec::new(), String::new(), false);
    for letter in cell.chars() {
        match letter {
            _ if is_escaped => part.push(letter),
            '\\' => {}
            _ if letter == between => parts.push(std::mem::take(&mut part)),
            _ => part.push(letter),
        }
        is_escaped = letter == '\\' && !is_escaped;
    }
    parts.push(part);
    let trimmed = parts.into_iter().map(|part| part.trim().to_owned());
    trimmed.filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_stands_beside_a_name_that_does_not_give_it() {
        assert_eq!(cell("Clay", "clay"), "Clay");
        assert_eq!(cell("350 ml", "350ml"), "350 ml [350ml]");
        let named = Named::parse("350 ml [350ml]").expect("it has a name");
        assert_eq!((named.name.as_str(), named.code()), ("350 ml", "350ml".to_owned()));
        assert_eq!(cell("Dishwasher safe", "dishwasher_safe"), "Dishwasher safe [dishwasher_safe]");
        assert_eq!(Named::parse("Box [XL]").expect("it has a name").name, "Box [XL]");
        assert_eq!(Named::parse("  "), None);
    }

    proptest! {
        #[test]
        fn a_name_and_its_code_come_back(name in "[A-Za-z][ -~]{0,12}[a-z\\]]", code in "[a-z0-9_-]{1,8}") {
            let named = Named::parse(&cell(&name, &code)).expect("it has a name");
            prop_assert_eq!((named.code(), named.name), (code, name));
        }

        #[test]
        fn parts_come_back(words in proptest::collection::vec("[a-z\\\\>;]{1,6}", 0..4)) {
            for between in [BELOW, ALSO] {
                let cell = joined(words.iter().map(String::as_str), between);
                prop_assert_eq!(&parts(&cell, between), &words);
            }
        }
    }
}
