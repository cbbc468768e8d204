//! What the lists of the back office share: views as tabs, filters that stand in the address, and
//! pages that go on after the last row of the one before.

use super::desk::Desk;
use super::field::Choices;

/// Things that are often looked for together.
pub struct Tab {
    pub href: String,
    pub text: String,
    pub is_current: bool,
}

/// Something that a list can be narrowed by.
pub struct Filter {
    pub name: &'static str,
    pub label: String,
    /// Value, text, chosen.
    pub choices: Vec<(String, String, bool)>,
}

/// With the choice of nothing in front.
pub fn with_any(shell: &Desk, choices: Choices) -> Choices {
    let any = (String::new(), shell.t("list-any").to_owned());
    std::iter::once(any).chain(choices).collect()
}

/// Addresses of the first page and of the next; empty for none.
pub struct Pages {
    pub first: String,
    pub next: String,
}

/// An address with its query; what is empty is left out.
pub fn address(path: &str, query: &[(&str, &str)]) -> String {
    let mut written = form_urlencoded::Serializer::new(String::new());
    written.extend_pairs(query.iter().filter(|(_, value)| !value.is_empty()));
    match written.finish() {
        query if query.is_empty() => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_only_what_is_asked() {
        assert_eq!(address("/admin/products", &[("q", ""), ("status", "")]), "/admin/products");
        let asked = address("/admin/products", &[("q", "a b&c"), ("status", "draft")]);
        assert_eq!(asked, "/admin/products?q=a+b%26c&status=draft");
    }
}
