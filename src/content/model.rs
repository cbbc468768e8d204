//! The blocks that a home page is composed of, and what becomes of a change.

use serde::{Deserialize, Serialize};

use crate::ids::{BlockId, CategoryId};
use crate::web::Picture;

/// What becomes of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    Done,
    /// Somebody else has changed it since: nothing was written.
    Meanwhile,
}

/// By one place among others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Up,
    Down,
}

impl Step {
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "up" => Some(Self::Up),
            "down" => Some(Self::Down),
            _ => None,
        }
    }

    /// The place of what stands at `at` among `many`, after the step.
    pub fn from(self, at: usize, many: usize) -> usize {
        match self {
            Self::Up => at.saturating_sub(1),
            Self::Down => (at + 1).min(many.saturating_sub(1)),
        }
    }
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
    /// Goods of a category.
    Goods,
    Banner,
    /// Markdown.
    Text,
}

impl BlockKind {
    pub const ALL: [Self; 9] = [
        Self::Hero,
        Self::Categories,
        Self::Popular,
        Self::Newest,
        Self::Goods,
        Self::Split,
        Self::Banner,
        Self::Text,
        Self::Promises,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Hero => "hero",
            Self::Categories => "categories",
            Self::Popular => "popular",
            Self::Newest => "newest",
            Self::Split => "split",
            Self::Promises => "promises",
            Self::Goods => "goods",
            Self::Banner => "banner",
            Self::Text => "text",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether a page has no more than one of it.
    pub fn is_single(self) -> bool {
        matches!(self, Self::Hero | Self::Categories | Self::Popular | Self::Newest)
    }

    pub fn has_picture(self) -> bool {
        matches!(self, Self::Hero | Self::Split | Self::Banner)
    }

    /// Whether it has a heading and a text.
    pub fn has_words(self) -> bool {
        !matches!(self, Self::Categories | Self::Promises)
    }

    /// How many links it has a place for.
    pub fn links(self) -> usize {
        match self {
            Self::Hero => 2,
            Self::Split | Self::Banner => 1,
            _ => 0,
        }
    }
}

/// A block in one language.
#[derive(Debug)]
pub struct Block {
    pub id: BlockId,
    pub kind: BlockKind,
    /// Whose goods it shows.
    pub category: Option<CategoryId>,
    pub picture: Option<Picture>,
    pub words: BlockWords,
}

/// The words of a block; a kind uses those that it has a place for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BlockWords {
    pub heading: String,
    pub text: String,
    pub links: Vec<BlockLink>,
    pub facts: Vec<Fact>,
    pub promises: Vec<Promise>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockLink {
    pub label: String,
    /// A path of the shop, without the language's prefix.
    pub href: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    pub label: String,
    pub value: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Promise {
    /// A name in `static/icons.svg`.
    pub icon: String,
    pub title: String,
    pub text: String,
}
