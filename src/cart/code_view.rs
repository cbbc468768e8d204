//! The codes that a cart keeps, each with what it is good for, in words.

use super::quote::Quote;
use crate::money::Money;
use crate::pricing::{Verdict, why};
use crate::promotions::{CodeState, Offers};
use crate::web::Shell;

/// A code with a word about it.
#[derive(Debug)]
pub struct CodeView {
    pub code: String,
    pub text: String,
    /// Whether it takes something off.
    pub is_applied: bool,
}

/// The codes of a cart; what a quote cannot tell is left to the page that has none.
pub fn code_views(shell: &Shell, offers: &Offers, quote: Option<&Quote>) -> Vec<CodeView> {
    if offers.typed.is_empty() {
        return Vec::new();
    }
    let verdicts = quote.and_then(|quote| why(&quote.request).ok()).unwrap_or_default();
    let views = offers.typed.iter().map(|typed| {
        let (text, is_applied) = match &typed.state {
            CodeState::Opens { at } => match verdicts.get(*at) {
                Some(Verdict::Applied { .. }) => {
                    let name = offers.name(*at).map(|name| shell.local(name));
                    (name.unwrap_or_default().to_owned(), true)
                }
                Some(verdict) => (reason(shell, *verdict), false),
                None => (String::new(), false),
            },
            state => (shell.t(unusable(state)).to_owned(), false),
        };
        CodeView { code: typed.code.as_str().to_owned(), text, is_applied }
    });
    views.collect()
}

/// The message about a code that opens nothing.
pub fn unusable(state: &CodeState) -> &'static str {
    match state {
        CodeState::Opens { .. } | CodeState::Doubled => "code-doubled",
        CodeState::Unknown => "code-unknown",
        CodeState::NotBegun => "code-not-begun",
        CodeState::Over => "code-over",
        CodeState::UsedUp => "code-used-up",
        CodeState::UsedByCustomer => "code-used-by-you",
    }
}

fn reason(shell: &Shell, verdict: Verdict) -> String {
    let key = match verdict {
        Verdict::SubtotalShort { missing } => {
            let missing = Money::new(missing, shell.settings().currency);
            return shell.with("code-subtotal-short", "amount", shell.money(&missing));
        }
        Verdict::TooFewUnits { missing } => return shell.count("code-too-few", missing),
        Verdict::NoLine => "code-no-line",
        Verdict::Outdone => "code-outdone",
        Verdict::NoDelivery => "code-no-delivery",
        Verdict::NotBegun => "code-not-begun",
        Verdict::Over => "code-over",
        Verdict::Applied { .. } | Verdict::NothingLeft | Verdict::CodeMissing => {
            "code-nothing-left"
        }
    };
    shell.t(key).to_owned()
}
