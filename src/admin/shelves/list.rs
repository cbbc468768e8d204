//! What the lists of categories, brands, attributes and tags share.

use askama::Template;

use crate::admin::desk::Desk;
use crate::admin::listing::{Filter, Pages, Tab};

#[derive(Template)]
#[template(path = "admin/shelves/list.html")]
pub(super) struct ListPage {
    pub shell: Desk,
    pub shelves: Vec<Tab>,
    pub lead: String,
    pub notice: String,
    /// Address and words of the button that makes another one; empty for none.
    pub new: (String, String),
    /// Where the list is searched, and what was typed; `None` for a list that is seen at once.
    pub search: Option<(String, String)>,
    pub rows: Vec<Row>,
    pub pages: Pages,
    /// Heading and advice of the empty list.
    pub empty: (String, String),
}

/// A line of the list.
#[derive(Default)]
pub(super) struct Row {
    /// Unique on the page.
    pub anchor: String,
    pub href: String,
    pub name: String,
    pub detail: String,
    pub badge: String,
    /// How many levels it stands below the topmost.
    pub depth: usize,
    /// Where it is moved up and down; empty where it cannot be.
    pub order: String,
    pub is_first: bool,
    pub is_last: bool,
}

impl ListPage {
    /// No search has more to narrow it by than words.
    fn filters(&self) -> [Filter; 0] {
        []
    }
}
