//! What a link opens with stands in a mail until it has gone, and never after: a table of mails that
//! somebody else reads opens nothing.

/// What stands in its place.
const MASK: &str = "********";
/// So many hexadecimal digits is a [`crate::ids::LinkToken`], and nothing else that is mailed.
const LENGTH: usize = 64;

/// The text without what its links open with; the rest of it word for word.
pub(super) fn masked(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(is_digit) {
        let (before, word) = rest.split_at(at);
        let (word, after) =
            word.split_at(word.find(|letter| !is_digit(letter)).unwrap_or(word.len()));
        masked.push_str(before);
        masked.push_str(if word.len() == LENGTH { MASK } else { word });
        rest = after;
    }
    masked + rest
}

/// Whether something was taken out of it.
pub(super) fn is_masked(text: &str) -> bool {
    text.contains(&format!("/{MASK}"))
}

fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit() || ('a'..='f').contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{LinkToken, OrderToken};
    use proptest::prelude::*;

    #[test]
    fn what_a_link_opens_with_is_taken_out() {
        let (token, order) = (LinkToken::random(), OrderToken::random());
        let text = |secret: &str| {
            format!(
                "Hello:\nhttps://shop.example/account/links/{secret}\n<a href=\"/a/{secret}\">Öl</a> {}",
                order.as_str()
            )
        };
        assert_eq!(masked(&text(token.expose())), text(MASK));
        assert!(is_masked(&masked(&text(token.expose()))) && !is_masked(&text("")));
    }

    proptest! {
        #[test]
        fn nothing_else_is_changed(text in "\\PC{0,60}[0-9a-f]{0,63}\\PC{0,60}") {
            prop_assume!(!text.split(|letter| !is_digit(letter)).any(|word| word.len() == LENGTH));
            prop_assert_eq!(masked(&text), text);
        }
    }
}
