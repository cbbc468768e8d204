//! How a search engine would show a page.

use super::desk::Desk;
use crate::language::Language;

/// How long a title and a description may be before search engines cut them.
const SHOWN_TITLE: usize = 60;
const SHOWN_TEXT: usize = 160;

/// A page in one language, as it is found.
pub struct Found {
    pub lang: &'static str,
    pub address: String,
    pub title: String,
    pub text: String,
    /// How much of title and description is shown, in words.
    pub lengths: (String, String),
}

impl Found {
    /// `path` is the page's own, `title` and `text` what it tells search engines.
    pub fn of(
        shell: &Desk,
        (language, path): (Language, &str),
        (title, text): (&str, &str),
    ) -> Self {
        let length = |text: &str, most: usize| {
            let of = [("count", text.chars().count().into()), ("most", most.into())];
            shell.texts().with("found-length", &of)
        };
        Self {
            lang: language.code(),
            address: shell.full(&shell.frame().href(language, path)),
            title: cut(&format!("{title} | {}", shell.shop_name()), SHOWN_TITLE),
            text: cut(text, SHOWN_TEXT),
            lengths: (length(title, SHOWN_TITLE), length(text, SHOWN_TEXT)),
        }
    }
}

/// As a search engine cuts it.
fn cut(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.chars().count() > most {
        true => format!("{}…", line.chars().take(most).collect::<String>().trim_end()),
        false => line,
    }
}
