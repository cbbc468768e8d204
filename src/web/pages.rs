//! The static pages that every page leads to.

use diesel::dsl::max;
use diesel::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;

use super::frame::texts;
use crate::db::Conn;
use crate::db::schema::{page, page_edition, page_text};
use crate::error::Result;
use crate::ids::PageId;
use crate::language::LocalText;

/// How many static pages the footer links to at most.
const MOST: i64 = 30;

/// What the shop or the law expects of a page. Of each that the law asks for there is one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PageKind {
    #[default]
    Page,
    /// One of many that bear a day.
    Article,
    Terms,
    Privacy,
    Withdrawal,
    Imprint,
}

impl PageKind {
    pub const ALL: [Self; 6] =
        [Self::Page, Self::Article, Self::Terms, Self::Privacy, Self::Withdrawal, Self::Imprint];

    pub fn code(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Article => "article",
            Self::Terms => "terms",
            Self::Privacy => "privacy",
            Self::Withdrawal => "withdrawal",
            Self::Imprint => "imprint",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether each of its editions is kept.
    pub fn is_legal(self) -> bool {
        !matches!(self, Self::Page | Self::Article)
    }

    /// The path of such a page.
    pub fn path(self, slug: &str) -> String {
        match self {
            Self::Article => format!("/articles/{slug}"),
            _ => format!("/pages/{slug}"),
        }
    }
}

#[derive(Debug, Clone)]
pub struct MenuPage {
    pub id: PageId,
    pub kind: PageKind,
    pub slug: String,
    pub title: LocalText,
    /// The edition of a legal page that is in force.
    pub edition: Option<i64>,
}

/// The pages in their order, without articles.
pub(super) fn load(conn: &mut Conn) -> Result<Vec<MenuPage>> {
    let pages = page::table.filter(page::kind.ne(PageKind::Article.code()));
    let titles = pages.inner_join(page_text::table).select((
        page_text::page_id,
        page_text::locale,
        page_text::title,
    ));
    let mut titles = texts::<PageId>(titles.load(conn)?);
    let editions = page_edition::table
        .group_by(page_edition::page_id)
        .select((page_edition::page_id, max(page_edition::number)));
    let editions: Vec<(PageId, Option<i64>)> = editions.load(conn)?;
    let mut editions: BTreeMap<PageId, Option<i64>> = editions.into_iter().collect();
    let rows: Vec<(PageId, String, String)> = pages
        .filter(page::published.eq(true))
        .order((page::position, page::id))
        .limit(MOST)
        .select((page::id, page::slug, page::kind))
        .load(conn)?;
    let pages = rows.into_iter().map(|(id, slug, kind)| MenuPage {
        id,
        kind: PageKind::parse(&kind).unwrap_or_default(),
        title: titles.remove(&id).unwrap_or_default(),
        edition: editions.remove(&id).flatten(),
        slug,
    });
    Ok(pages.collect())
}
