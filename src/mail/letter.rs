//! A mail as it is written, before it has a row.

use askama::Template;

use crate::error::{Error, Result};
use crate::ids::OrderId;
use crate::language::Language;

pub(super) struct Letter {
    /// The name of its templates: of one event each goes to a recipient once.
    pub template: &'static str,
    pub recipient: String,
    pub language: Language,
    pub order: Option<OrderId>,
    /// Whom an answer reaches; empty for the shop.
    pub reply_to: String,
    pub body: Body,
}

/// What a recipient reads.
#[derive(Clone)]
pub(super) struct Body {
    pub subject: String,
    pub text: String,
    pub html: String,
}

impl Body {
    /// # Errors
    /// `Internal` when a value cannot be shown.
    pub fn render(subject: &str, html: &impl Template, text: &impl Template) -> Result<Self> {
        let failed = |error| Error::internal(format!("cannot render a mail: {error}"));
        Ok(Self {
            subject: one_line(subject),
            text: text.render().map_err(failed)?,
            html: html.render().map_err(failed)?,
        })
    }
}

/// What stands in a header is one line, whatever a shopper has typed.
pub(super) fn one_line(text: &str) -> String {
    let spaced = text.replace(|letter: char| letter.is_control(), " ");
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_one_line() {
        assert_eq!(
            one_line("Order 1\r\nBcc: all@shop.example\t\u{85}!"),
            "Order 1 Bcc: all@shop.example !"
        );
    }
}
