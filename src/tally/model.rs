//! Words that may be kept.

use crate::search::words;

/// So many words of a search are kept, as they are searched.
const MOST_WORDS: usize = 6;
/// So many digits make a phone number, an order's or that of a card.
const MANY_DIGITS: usize = 6;

/// What was searched, folded. Nothing by which somebody is found: no address with an `@`, and nothing with as
/// many digits as a number of hers has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Words(String);

impl Words {
    /// `None` for what may not be kept, and for nothing.
    pub fn of(typed: &str) -> Option<Self> {
        let digits = typed.chars().filter(|c| c.is_numeric()).count();
        let words = words(typed).into_iter().take(MOST_WORDS).collect::<Vec<_>>().join(" ");
        let may = !typed.contains(['@', '＠']) && digits < MANY_DIGITS && !words.is_empty();
        may.then_some(Self(words))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn words_are_kept_as_they_are_searched() {
        let kept = |typed| Words::of(typed).map(|words| words.as_str().to_owned());
        assert_eq!(kept("  Cangkir KOPI! ").as_deref(), Some("cangkir kopi"));
        assert_eq!(kept("mug 350 ml").as_deref(), Some("mug 350 ml"));
        assert_eq!(kept("a b c d e f g").as_deref(), Some("a b c d e f"));
    }

    #[test]
    fn that_by_which_somebody_is_found_is_not_kept() {
        for typed in
            ["", " - ", "sari@example.com", "0812-3456-7890", "order 20 26 11", "ＳＡＲＩ＠x"]
        {
            assert_eq!(Words::of(typed), None, "{typed}");
        }
    }
}
