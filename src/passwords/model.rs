//! Which passwords may be chosen.

use zxcvbn::{Score, zxcvbn};

/// So many characters are read, of any script. Whoever types more is told; nothing is cut.
const MOST: usize = 128;

/// Whose password it is: staff can do more harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Customer,
    Staff,
}

impl Whose {
    /// How many characters it has at least (ASVS 6.2.1).
    pub fn least(self) -> usize {
        match self {
            Self::Customer => 8,
            Self::Staff => 12,
        }
    }

    /// How hard it is to guess. Eight random characters are [`Score::Two`]; nothing among the 30,000
    /// commonest passwords is.
    fn hardness(self) -> Score {
        match self {
            Self::Customer => Score::Two,
            Self::Staff => Score::Three,
        }
    }
}

/// Why a password cannot be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weakness {
    TooShort {
        least: usize,
    },
    TooLong {
        most: usize,
    },
    /// Among the first that somebody would try who knows whose it is.
    TooEasy,
}

/// What is stored of a password. Its text goes into a `password_hash` and nowhere else.
#[derive(Clone, PartialEq, Eq)]
pub struct Hash(pub(super) String);

impl Hash {
    /// As it was stored.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// Whether so much was typed that it is no password: never hashed, so nobody can make us hash much.
pub(super) fn is_too_long(typed: &str) -> bool {
    typed.chars().nth(MOST).is_some()
}

/// What is wrong with a password that somebody wants. Nothing is trimmed, and any characters will
/// do (ASVS 6.2.4, 6.2.5, 6.2.8, 6.2.11).
///
/// `known`: what is known of her: her name, her address, the shop's name.
pub(super) fn weakness(typed: &str, whose: Whose, known: &[String]) -> Option<Weakness> {
    if is_too_long(typed) {
        return Some(Weakness::TooLong { most: MOST });
    }
    if typed.chars().count() < whose.least() {
        return Some(Weakness::TooShort { least: whose.least() });
    }
    let words: Vec<&str> = known.iter().flat_map(|text| words(text)).collect();
    let is_hers = length_beyond(typed, &words) < whose.least();
    let is_easy = zxcvbn(typed, &words).score() < whose.hardness();
    (is_hers || is_easy).then_some(Weakness::TooEasy)
}

/// How long it is when each of these words counts as one letter.
fn length_beyond(typed: &str, words: &[&str]) -> usize {
    let mut words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let left = words.iter().fold(typed.to_lowercase(), |left, word| left.replace(word, "\0"));
    left.chars().count()
}

/// A text and the words in it: of `rani.wijaya@example.com` also `rani` and `wijaya`.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|letter: char| !letter.is_alphanumeric());
    std::iter::once(text).chain(parts).filter(|word| word.chars().count() > 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of_customer(typed: &str) -> Option<Weakness> {
        let known = ["Selasar", "Rani Wijaya", "rani.wijaya@example.com"].map(str::to_owned);
        weakness(typed, Whose::Customer, &known)
    }

    #[test]
    fn the_length_is_counted_in_characters_of_any_script() {
        let too_short = Some(Weakness::TooShort { least: 8 });
        assert_eq!(of_customer(""), too_short);
        assert_eq!(of_customer("zK4 pQx"), too_short);
        assert_eq!(of_customer("zK4 pQxv"), None);
        assert_eq!(of_customer("ꦥꦺꦴꦤ꧀ꦝꦸ 72"), None);
        assert_eq!(of_customer("🦀🐟🪴🎈🧵🛶🏺🧂"), None);
        let longest: String = "🦀🐟🪴🎈🧵🛶🏺🧂".repeat(16);
        assert_ne!(of_customer(&longest), Some(Weakness::TooLong { most: 128 }));
        assert_eq!(of_customer(&format!("{longest}a")), Some(Weakness::TooLong { most: 128 }));
    }

    #[test]
    fn staff_need_longer_ones() {
        assert_eq!(weakness("zK4 pQxv", Whose::Staff, &[]), Some(Weakness::TooShort { least: 12 }));
        assert_eq!(weakness("zK4 pQxv-wma", Whose::Staff, &[]), None);
    }

    #[test]
    fn nothing_but_strength_is_asked_of_a_password() {
        for fine in ["vbqjwzkxpmfoeyt", "batu kali lembayung senja", "  bq wz kx pm  "] {
            assert_eq!(of_customer(fine), None, "{fine}");
        }
    }

    #[test]
    fn what_everybody_tries_first_is_too_easy() {
        let common = [
            "password",
            "12345678",
            "123456789",
            "baseball",
            "football",
            "princess",
            "sunshine",
            "iloveyou",
            "trustno1",
            "superman",
            "11111111",
            "jennifer",
            "starwars",
            "passw0rd",
            "P@ssw0rd",
            "qwertyuiop",
            "1q2w3e4r",
            "abcdefgh",
            "aaaaaaaaaaaaaaa",
            "letmein123",
        ];
        for easy in common {
            assert_eq!(of_customer(easy), Some(Weakness::TooEasy), "{easy}");
        }
    }

    #[test]
    fn what_is_known_of_her_is_too_easy() {
        for easy in [
            "selasar1",
            "Wijaya2024",
            "raniwijaya",
            "rani.wijaya@example.com",
            "Selasar!",
            "raniwijaya1no",
            "WIJAYA-vq7#",
            "rani selasar wijaya",
        ] {
            assert_eq!(of_customer(easy), Some(Weakness::TooEasy), "{easy}");
        }
        for fine in ["rani minum teh tawar", "kopi wijaya subuh"] {
            assert_eq!(of_customer(fine), None, "{fine}");
        }
        assert_eq!(weakness("selasarwijayarani", Whose::Staff, &[]), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn anything_can_be_typed(typed in "\\PC{0,140}", name in "\\PC{0,40}") {
            weakness(&typed, Whose::Customer, &[name]);
        }
    }
}
