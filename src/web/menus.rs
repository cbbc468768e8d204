//! What header and footer lead to, where the merchant has said so.

use chrono::{NaiveDateTime, Utc};
use diesel::prelude::*;
use std::collections::BTreeMap;

use super::frame::{MenuCategory, texts};
use super::pages::PageKind;
use crate::db::schema::{menu_item, menu_item_text, page, page_text};
use crate::db::{Conn, any_of};
use crate::error::Result;
use crate::ids::{CategoryId, MenuItemId, PageId};
use crate::language::{Language, LocalText};

/// Where somebody writes to the shop.
pub const CONTACT: &str = "/contact";
/// How many entries both menus have at most.
const MOST: i64 = 200;

/// Each empty where the shop's own is shown: categories, and all pages.
#[derive(Debug, Clone, Default)]
pub struct Menus {
    pub header: Vec<MenuEntry>,
    pub footer: Vec<MenuEntry>,
}

#[derive(Debug, Clone)]
pub struct MenuEntry {
    pub label: LocalText,
    /// A path of the shop or an address elsewhere; empty for a heading.
    pub address: String,
    pub below: Vec<MenuEntry>,
}

type PageRow = (PageId, String, String, bool, NaiveDateTime);
type Row = (MenuItemId, String, Option<MenuItemId>, Option<CategoryId>, String, Option<PageRow>);

impl Menus {
    /// Whether the footer leads there by an entry of its own.
    pub fn footer_leads_to(&self, address: &str) -> bool {
        let mut all =
            self.footer.iter().flat_map(|entry| std::iter::once(entry).chain(&entry.below));
        all.any(|entry| entry.address == address)
    }

    /// What leads to something that shoppers do not see is left out, with all below it.
    pub(super) fn load(conn: &mut Conn, categories: &[MenuCategory]) -> Result<Self> {
        let rows: Vec<Row> = menu_item::table
            .left_join(page::table)
            .order((menu_item::position, menu_item::id))
            .limit(MOST)
            .select((
                menu_item::id,
                menu_item::menu,
                menu_item::parent_id,
                menu_item::category_id,
                menu_item::address,
                (page::id, page::kind, page::slug, page::published, page::publish_at).nullable(),
            ))
            .load(conn)?;
        let names = Names::load(conn, &rows, categories)?;
        let now = Utc::now().naive_utc();
        let of = |menu| entries(&rows, (menu, None), &|row| names.entry(row, now));
        Ok(Self { header: of("header"), footer: of("footer") })
    }
}

/// The entries of a menu below one of it, or the topmost.
fn entries(
    rows: &[Row],
    (menu, above): (&str, Option<MenuItemId>),
    entry: &impl Fn(&Row) -> Option<MenuEntry>,
) -> Vec<MenuEntry> {
    let own = rows.iter().filter(|row| row.1 == menu && row.2 == above);
    let found = own.filter_map(|row| {
        let found = entry(row)?;
        // One level below the topmost, and no more.
        let below =
            if above.is_none() { entries(rows, (menu, Some(row.0)), entry) } else { vec![] };
        Some(MenuEntry { below, ..found })
    });
    found.collect()
}

/// What entries are called, and what they lead to is called.
struct Names<'a> {
    categories: &'a [MenuCategory],
    pages: BTreeMap<PageId, LocalText>,
    labels: BTreeMap<MenuItemId, LocalText>,
}

impl<'a> Names<'a> {
    fn load(conn: &mut Conn, rows: &[Row], categories: &'a [MenuCategory]) -> Result<Self> {
        let ids: Vec<PageId> = rows.iter().filter_map(|row| Some(row.5.as_ref()?.0)).collect();
        let titles = page_text::table.filter(any_of(page_text::page_id, &ids));
        let titles = titles.select((page_text::page_id, page_text::locale, page_text::title));
        let labels = menu_item_text::table
            .select((menu_item_text::menu_item_id, menu_item_text::locale, menu_item_text::label))
            .limit(MOST * 10);
        let (pages, labels) = (texts(titles.load(conn)?), texts(labels.load(conn)?));
        Ok(Self { categories, pages, labels })
    }

    fn entry(&self, row: &Row, now: NaiveDateTime) -> Option<MenuEntry> {
        let (name, address) = match (row.3, &row.5) {
            (Some(id), _) => {
                let category = self.categories.iter().find(|category| category.id == id)?;
                (category.name.clone(), format!("/categories/{}", category.slug))
            }
            (None, Some((id, kind, slug, published, publish_at))) => {
                let is_seen = *published && *publish_at <= now;
                let kind = PageKind::parse(kind).filter(|_| is_seen)?;
                (self.pages.get(id).cloned().unwrap_or_default(), kind.path(slug))
            }
            (None, None) if row.4 == CONTACT => (contact(), row.4.clone()),
            (None, None) => (LocalText::default(), row.4.clone()),
        };
        let mut label = name;
        for (language, text) in self.labels.get(&row.0).into_iter().flat_map(LocalText::iter) {
            label.set(language, text.to_owned());
        }
        Some(MenuEntry { label, address, below: Vec::new() })
    }
}

/// What the contact form is called.
fn contact() -> LocalText {
    let mut name = LocalText::default();
    for language in Language::ALL {
        name.set(language, super::texts::of(language).get("contact-heading").to_owned());
    }
    name
}
