//! The blocks that a home page is composed of, and what becomes of a change.

use serde::{Deserialize, Serialize};

use crate::web::Picture;

/// What becomes of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    Done,
    /// Somebody else has changed it since: nothing was written.
    Meanwhile,
}

/// What a block shows besides its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    Hero,
    Categories,
    Popular,
    Newest,
    Split,
    Promises,
}

impl BlockKind {
    const ALL: [Self; 6] =
        [Self::Hero, Self::Categories, Self::Popular, Self::Newest, Self::Split, Self::Promises];

    pub fn code(self) -> &'static str {
        match self {
            Self::Hero => "hero",
            Self::Categories => "categories",
            Self::Popular => "popular",
            Self::Newest => "newest",
            Self::Split => "split",
            Self::Promises => "promises",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A block in one language.
#[derive(Debug)]
pub struct Block {
    pub kind: BlockKind,
    pub picture: Option<Picture>,
    pub words: BlockWords,
}

/// The words of a block; a kind uses those that it has a place for.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BlockWords {
    pub heading: String,
    pub text: String,
    pub links: Vec<BlockLink>,
    pub facts: Vec<Fact>,
    pub promises: Vec<Promise>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockLink {
    pub label: String,
    /// A path of the shop, without the language's prefix.
    pub href: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    pub label: String,
    pub value: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Promise {
    /// A name in `static/icons.svg`.
    pub icon: String,
    pub title: String,
    pub text: String,
}
