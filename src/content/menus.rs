//! The menus as the staff keep them: entries one below another, two levels of them.

use diesel::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;

use crate::audit::{self, Action, Deed, Entity, Who};
use crate::db::Conn;
use crate::db::schema::{menu_item, menu_item_text};
use crate::error::{Error, Result};
use crate::ids::{CategoryId, MenuItemId, PageId};
use crate::language::LocalText;
use crate::settings;
use crate::web::frame::texts;

use super::model::{Saved, Step};

/// How many entries a menu has at most.
const MOST: usize = 60;

/// Where a menu stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Menu {
    Header,
    Footer,
}

impl Menu {
    pub const ALL: [Self; 2] = [Self::Header, Self::Footer];

    pub fn code(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Footer => "footer",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|menu| menu.code() == code)
    }
}

/// What an entry leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Category(CategoryId),
    Page(PageId),
    /// A path of the shop or an address elsewhere; empty for a heading.
    Address(String),
}

/// What the staff say of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemSheet {
    pub menu: Menu,
    /// What it stands below: a topmost entry of the same menu.
    pub parent: Option<MenuItemId>,
    pub target: Target,
    /// Empty for the name of what it leads to.
    pub label: LocalText,
}

/// An entry as it stands.
#[derive(Debug, Clone)]
pub struct Item {
    pub id: MenuItemId,
    /// Moves on with every change of what it says.
    pub version: i64,
    pub sheet: ItemSheet,
}

/// Every entry, in the order of its menu and of those beside it.
pub fn list(conn: &mut Conn) -> Result<Vec<Item>> {
    type Row =
        (MenuItemId, i64, String, Option<MenuItemId>, Option<CategoryId>, Option<PageId>, String);
    let most = i64::try_from(MOST * Menu::ALL.len()).unwrap_or(i64::MAX);
    let rows: Vec<Row> = menu_item::table
        .order((menu_item::menu, menu_item::position, menu_item::id))
        .limit(most)
        .select((
            menu_item::id,
            menu_item::version,
            menu_item::menu,
            menu_item::parent_id,
            menu_item::category_id,
            menu_item::page_id,
            menu_item::address,
        ))
        .load(conn)?;
    let labels = menu_item_text::table.select((
        menu_item_text::menu_item_id,
        menu_item_text::locale,
        menu_item_text::label,
    ));
    let mut labels: BTreeMap<MenuItemId, LocalText> = texts(labels.load(conn)?);
    let items = rows.into_iter().filter_map(|(id, version, menu, parent, category, page, to)| {
        let target = match (category, page) {
            (Some(id), _) => Target::Category(id),
            (None, Some(id)) => Target::Page(id),
            (None, None) => Target::Address(to),
        };
        let label = labels.remove(&id).unwrap_or_default();
        Some(Item {
            id,
            version,
            sheet: ItemSheet { menu: Menu::parse(&menu)?, parent, target, label },
        })
    });
    Ok(items.collect())
}

pub fn find(conn: &mut Conn, id: MenuItemId) -> Result<Option<Item>> {
    Ok(list(conn)?.into_iter().find(|item| item.id == id))
}

/// Writes an entry behind those beside it; `None` when the menu is full or there is no such place.
pub fn make(conn: &mut Conn, who: &Who, sheet: &ItemSheet) -> Result<Option<MenuItemId>> {
    let known = list(conn)?;
    let many = known.iter().filter(|item| item.sheet.menu == sheet.menu).count();
    if many >= MOST || !is_place(&known, None, sheet) {
        return Ok(None);
    }
    let (category, page, address) = columns(&sheet.target);
    let id: MenuItemId = diesel::insert_into(menu_item::table)
        .values((
            menu_item::menu.eq(sheet.menu.code()),
            menu_item::parent_id.eq(sheet.parent),
            menu_item::position.eq(last(conn)? + 1),
            menu_item::category_id.eq(category),
            menu_item::page_id.eq(page),
            menu_item::address.eq(address),
        ))
        .returning(menu_item::id)
        .get_result(conn)?;
    put_label(conn, id, &sheet.label)?;
    told(conn, who, (json!({}), told_of(sheet)))?;
    Ok(Some(id))
}

fn last(conn: &mut Conn) -> Result<i64> {
    let last: Option<i64> =
        menu_item::table.select(diesel::dsl::max(menu_item::position)).first(conn)?;
    Ok(last.unwrap_or_default())
}

/// Whether an entry may stand there: below a topmost one of its menu, with nothing below itself.
fn is_place(known: &[Item], own: Option<MenuItemId>, sheet: &ItemSheet) -> bool {
    let Some(parent) = sheet.parent else { return true };
    let is_above = |item: &Item| {
        item.id == parent && item.sheet.parent.is_none() && item.sheet.menu == sheet.menu
    };
    let has_below = own.is_some() && known.iter().any(|item| item.sheet.parent == own);
    Some(parent) != own && !has_below && known.iter().any(is_above)
}

/// Changes what an entry says, unless somebody has changed it since.
///
/// # Errors
/// `NotFound` when it or its place has gone.
pub fn save(
    conn: &mut Conn,
    who: &Who,
    (id, version): (MenuItemId, i64),
    sheet: &ItemSheet,
) -> Result<Saved> {
    let known = list(conn)?;
    let before = known.iter().find(|item| item.id == id).ok_or(Error::NotFound)?;
    if !is_place(&known, Some(id), sheet) {
        return Err(Error::NotFound);
    }
    let (category, page, address) = columns(&sheet.target);
    let seen = menu_item::table.filter(menu_item::id.eq(id)).filter(menu_item::version.eq(version));
    let moved = diesel::update(seen)
        .set((
            menu_item::version.eq(version + 1),
            menu_item::parent_id.eq(sheet.parent),
            menu_item::category_id.eq(category),
            menu_item::page_id.eq(page),
            menu_item::address.eq(address),
        ))
        .execute(conn)?;
    if moved == 0 {
        return Ok(Saved::Meanwhile);
    }
    put_label(conn, id, &sheet.label)?;
    told(conn, who, (told_of(&before.sheet), told_of(sheet)))?;
    Ok(Saved::Done)
}

fn columns(target: &Target) -> (Option<CategoryId>, Option<PageId>, &str) {
    match target {
        Target::Category(id) => (Some(*id), None, ""),
        Target::Page(id) => (None, Some(*id), ""),
        Target::Address(address) => (None, None, address),
    }
}

fn put_label(conn: &mut Conn, id: MenuItemId, label: &LocalText) -> Result<()> {
    let old = menu_item_text::table.filter(menu_item_text::menu_item_id.eq(id));
    diesel::delete(old).execute(conn)?;
    for (language, text) in label.iter().filter(|(_, text)| !text.is_empty()) {
        diesel::insert_into(menu_item_text::table)
            .values((
                menu_item_text::menu_item_id.eq(id),
                menu_item_text::locale.eq(language.code()),
                menu_item_text::label.eq(text),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Moves an entry before the one above it, or behind the one below.
pub fn shift(conn: &mut Conn, who: &Who, id: MenuItemId, step: Step) -> Result<()> {
    let known = list(conn)?;
    let own = known.iter().find(|item| item.id == id).ok_or(Error::NotFound)?;
    let is_beside =
        |item: &&Item| (item.sheet.menu, item.sheet.parent) == (own.sheet.menu, own.sheet.parent);
    let mut order: Vec<MenuItemId> = known.iter().filter(is_beside).map(|item| item.id).collect();
    let at = order.iter().position(|it| *it == id).unwrap_or_default();
    let to = step.from(at, order.len());
    if at == to {
        return Ok(());
    }
    order.swap(at, to);
    for (position, id) in (0_i64..).zip(&order) {
        diesel::update(menu_item::table.find(*id))
            .set(menu_item::position.eq(position))
            .execute(conn)?;
    }
    let (before, after) = (json!({ "place": at + 1 }), json!({ "place": to + 1 }));
    told(conn, who, (before, after))
}

/// Takes an entry out of its menu, with those below it.
pub fn remove(conn: &mut Conn, who: &Who, id: MenuItemId) -> Result<()> {
    let item = find(conn, id)?.ok_or(Error::NotFound)?;
    diesel::delete(menu_item::table.find(id)).execute(conn)?;
    told(conn, who, (told_of(&item.sheet), json!({})))
}

fn told(conn: &mut Conn, who: &Who, (before, after): (Value, Value)) -> Result<()> {
    let (action, entity) = (Action::MenuChanged, Entity::Shop);
    audit::write(conn, who, &Deed { action, entity, before, after })?;
    settings::announce(conn)
}

/// An entry for the audit log.
fn told_of(sheet: &ItemSheet) -> Value {
    let leads_to = match &sheet.target {
        Target::Category(id) => format!("category {id}"),
        Target::Page(id) => format!("page {id}"),
        Target::Address(address) => address.clone(),
    };
    json!({ "menu": sheet.menu.code(), "leads_to": leads_to, "label": sheet.label })
}
