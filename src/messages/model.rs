//! What somebody writes to the shop, and what becomes of it.

use sha2::{Digest, Sha256};

use crate::ids::CustomerId;
use crate::language::Language;
use crate::promotions::CustomerKey;

/// The most letters of a message, of an answer and of a note.
pub const LONGEST: usize = 4_000;
/// A message with more links than that lies with the spam.
const MOST_LINKS: usize = 3;

/// What a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    Order,
    Product,
    Return,
    Other,
}

impl Topic {
    pub const ALL: [Self; 4] = [Self::Order, Self::Product, Self::Return, Self::Other];

    /// Its name in the database. Its words are `topic-` and this.
    pub fn code(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Product => "product",
            Self::Return => "return",
            Self::Other => "other",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.code() == code)
    }
}

/// How far a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Somebody should see to it.
    Open,
    /// It is answered, or needs no answer.
    Done,
    Spam,
}

impl State {
    pub const ALL: [Self; 3] = [Self::Open, Self::Done, Self::Spam];

    /// Its name in the database. Its words are `message-is-` and this.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Spam => "spam",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// A message that has just been written.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub state: State,
    pub topic: Topic,
    pub name: String,
    pub email: String,
    /// Of an order; empty for none.
    pub number: String,
    pub body: String,
    pub language: Language,
    /// Whose address it is, if she was signed in.
    pub customer: Option<CustomerId>,
}

impl Written {
    /// Of the same person about the same with the same words, however they are spaced.
    pub fn fingerprint(&self) -> String {
        let words: Vec<&str> = self.body.split_whitespace().collect();
        let words = words.join(" ");
        let key = CustomerKey::of(&self.email);
        let parts = [key.as_str(), self.topic.code(), &self.number, &words];
        let digest = Sha256::digest(parts.join("\0"));
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Whether a text leads to more places than somebody names who asks a question. The shop's own pages,
/// which begin with `own`, do not count.
pub(super) fn has_many_links(text: &str, own: &str) -> bool {
    let text = text.to_lowercase().replace(own, "");
    text.matches("://").count() + text.matches(" www.").count() > MOST_LINKS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(email: &str, body: &str) -> Written {
        Written {
            state: State::Open,
            topic: Topic::Order,
            name: String::new(),
            email: email.into(),
            number: String::new(),
            body: body.into(),
            language: Language::En,
            customer: None,
        }
    }

    #[test]
    fn the_same_message_has_the_same_fingerprint() {
        let one = written("ani@example.com", "Where is it?\nAni").fingerprint();
        assert_eq!(written("Ani@Example.com", "Where  is it? Ani\n").fingerprint(), one);
        assert_ne!(written("ani@example.com", "Where is it? Budi").fingerprint(), one);
        let numbered = Written { number: "482-177-305".into(), ..written("ani@example.com", "") };
        assert_ne!(numbered.fingerprint(), written("ani@example.com", "").fingerprint());
    }

    #[test]
    fn links_to_the_shop_do_not_count() {
        let own = "https://shop.example";
        let ours = "https://shop.example/products/cup and ".repeat(9);
        assert!(!has_many_links(&ours, own));
        assert!(!has_many_links(&"see http://a.example ".repeat(3), own));
        assert!(has_many_links(&"see HTTP://a.example ".repeat(4), own));
        assert!(has_many_links(&"see www.a.example ".repeat(4), own));
    }
}
