//! Pages as the staff keep them: made, read whole, changed, listed. Every change moves the page's
//! version on and stands in the audit log.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;

use super::model::Saved;
use super::sheet::{Sheet, Words};
use super::{editions, redirects};
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::db::schema::{page, page_edition, page_text};
use crate::db::{Conn, any_of};
use crate::error::{Error, Result};
use crate::ids::PageId;
use crate::language::{Language, LocalText};
use crate::search::{free_handle, handle_of};
use crate::settings;
use crate::values::Slug;
use crate::web::PageKind;
use crate::web::frame::Frame;

/// A page as it stands.
#[derive(Debug, Clone)]
pub struct Kept {
    pub id: PageId,
    /// Moves on with every change.
    pub version: i64,
    pub updated_at: NaiveDateTime,
    pub sheet: Sheet,
}

/// Who changes which page, and as which version she has seen it.
#[derive(Clone)]
pub struct Edit<'a> {
    pub who: &'a Who,
    pub frame: &'a Frame,
    pub id: PageId,
    pub version: i64,
}

/// A page by its number.
pub fn find(conn: &mut Conn, id: PageId) -> Result<Option<Kept>> {
    type Row = (String, String, bool, NaiveDateTime, i64, NaiveDateTime);
    let row: Option<Row> = page::table
        .find(id)
        .select((
            page::kind,
            page::slug,
            page::published,
            page::publish_at,
            page::version,
            page::updated_at,
        ))
        .first(conn)
        .optional()?;
    let Some((kind, slug, published, publish_at, version, updated_at)) = row else {
        return Ok(None);
    };
    let unreadable = || Error::internal(format!("page {id} cannot be read"));
    let sheet = Sheet {
        kind: PageKind::parse(&kind).ok_or_else(unreadable)?,
        slug: Slug::parse(&slug).ok_or_else(unreadable)?,
        published,
        publish_at,
        texts: texts(conn, id)?,
    };
    Ok(Some(Kept { id, version, updated_at, sheet }))
}

fn texts(conn: &mut Conn, id: PageId) -> Result<BTreeMap<Language, Words>> {
    let texts = page_text::table.filter(page_text::page_id.eq(id)).select((
        page_text::locale,
        page_text::title,
        page_text::body,
        page_text::seo_title,
        page_text::description,
    ));
    let rows: Vec<(String, String, String, String, String)> = texts.load(conn)?;
    let words = |(locale, title, body, seo_title, description): (String, _, _, _, _)| {
        let words = Words { title, body, seo_title, description };
        Some((Language::parse(&locale)?, words))
    };
    Ok(rows.into_iter().filter_map(words).collect())
}

/// Makes a draft with a title in the shop's own language.
///
/// # Errors
/// A duplicate (`Error::is_duplicate`) when the shop has its one page of that kind.
pub fn make(
    conn: &mut Conn,
    (who, frame): (&Who, &Frame),
    (kind, title): (PageKind, &str),
) -> Result<PageId> {
    let words = Words { title: title.to_owned(), ..Words::default() };
    let sheet = Sheet {
        kind,
        slug: free_slug(conn, title)?,
        published: false,
        publish_at: who.at,
        texts: BTreeMap::from([(frame.own_language(), words)]),
    };
    let id = insert(conn, &sheet, who.at)?;
    told(conn, (who, frame), (Action::PageMade, id), None)?;
    Ok(id)
}

fn free_slug(conn: &mut Conn, title: &str) -> Result<Slug> {
    free_handle(conn, &handle_of(title, "page"), |conn, slug| {
        let taken = page::table.filter(page::slug.eq(slug));
        Ok(diesel::select(diesel::dsl::exists(taken)).get_result(conn)?)
    })
}

/// Writes a page behind all others.
pub fn insert(conn: &mut Conn, sheet: &Sheet, now: NaiveDateTime) -> Result<PageId> {
    let last: Option<i64> = page::table.select(diesel::dsl::max(page::position)).first(conn)?;
    let id: PageId = diesel::insert_into(page::table)
        .values((
            page::kind.eq(sheet.kind.code()),
            page::slug.eq(&sheet.slug),
            page::position.eq(last.unwrap_or_default() + 1),
            page::published.eq(sheet.published),
            page::publish_at.eq(sheet.publish_at),
            page::updated_at.eq(now),
        ))
        .returning(page::id)
        .get_result(conn)?;
    put_texts(conn, id, &sheet.texts)?;
    Ok(id)
}

/// Changes a page to what the sheet says, unless somebody has changed it since. Its old address leads
/// to the new one; what a legal page says is kept as an edition as soon as it is published.
///
/// # Errors
/// A duplicate (`Error::is_duplicate`) when another page has the handle.
pub fn save(conn: &mut Conn, edit: &Edit<'_>, sheet: &Sheet) -> Result<Saved> {
    let before = find(conn, edit.id)?.ok_or(Error::NotFound)?.sheet;
    let seen = page::table.filter(page::id.eq(edit.id)).filter(page::version.eq(edit.version));
    let moved = diesel::update(seen)
        .set((
            page::version.eq(edit.version + 1),
            page::slug.eq(&sheet.slug),
            page::published.eq(sheet.published),
            page::publish_at.eq(sheet.publish_at),
            page::updated_at.eq(edit.who.at),
        ))
        .execute(conn)?;
    if moved == 0 {
        return Ok(Saved::Meanwhile);
    }
    put_texts(conn, edit.id, &sheet.texts)?;
    if sheet.slug != before.slug {
        redirects::rename(conn, (&before.path(), &sheet.path()), edit.who.at)?;
    }
    editions::keep(conn, (edit.id, sheet), edit.who)?;
    told(conn, (edit.who, edit.frame), (Action::PageChanged, edit.id), Some(&before))?;
    settings::announce(conn)?;
    Ok(Saved::Done)
}

fn put_texts(conn: &mut Conn, id: PageId, texts: &BTreeMap<Language, Words>) -> Result<()> {
    diesel::delete(page_text::table.filter(page_text::page_id.eq(id))).execute(conn)?;
    for (language, words) in texts {
        diesel::insert_into(page_text::table)
            .values((
                page_text::page_id.eq(id),
                page_text::locale.eq(language.code()),
                page_text::title.eq(&words.title),
                page_text::body.eq(&words.body),
                page_text::seo_title.eq(&words.seo_title),
                page_text::description.eq(&words.description),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Takes away a page that shoppers do not see; `false` for one that they do, or that has editions.
pub fn remove(conn: &mut Conn, who: &Who, id: PageId) -> Result<bool> {
    let kept = find(conn, id)?.ok_or(Error::NotFound)?;
    let editions = page_edition::table.filter(page_edition::page_id.eq(id));
    let has_editions: bool = diesel::select(diesel::dsl::exists(editions)).get_result(conn)?;
    let draft = page::table.filter(page::id.eq(id)).filter(page::published.eq(false));
    if has_editions || diesel::delete(draft).execute(conn)? == 0 {
        return Ok(false);
    }
    let before = json!({ "handle": kept.sheet.slug });
    let deed = Deed::of(Action::PageRemoved, Entity::Page(id));
    audit::write(conn, who, &Deed { before, ..deed })?;
    Ok(true)
}

/// Writes down what has changed of a page, field by field; all of one that is new.
fn told(
    conn: &mut Conn,
    (who, frame): (&Who, &Frame),
    (action, id): (Action, PageId),
    before: Option<&Sheet>,
) -> Result<()> {
    let after = find(conn, id)?.ok_or(Error::NotFound)?.sheet.fields(frame);
    let before = before.map(|sheet| sheet.fields(frame)).unwrap_or_default();
    let (before, after) = audit::differing(&before, &after);
    audit::write(conn, who, &Deed { action, entity: Entity::Page(id), before, after })
}

/// Which pages are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Listed {
    /// All but articles.
    #[default]
    Pages,
    Articles,
}

/// A page in the list of the staff.
#[derive(Debug, Clone)]
pub struct Entry {
    pub id: PageId,
    pub kind: PageKind,
    pub published: bool,
    pub publish_at: NaiveDateTime,
    pub updated_at: NaiveDateTime,
    pub title: LocalText,
}

/// Where a list goes on: behind the page that was changed then.
pub type After = Option<(NaiveDateTime, PageId)>;

/// Pages, what was changed last first.
pub fn list(conn: &mut Conn, listed: Listed, after: After, most: usize) -> Result<Vec<Entry>> {
    let article = PageKind::Article.code();
    let mut found = match listed {
        Listed::Pages => page::table.filter(page::kind.ne(article)).into_boxed(),
        Listed::Articles => page::table.filter(page::kind.eq(article)).into_boxed(),
    };
    if let Some((at, id)) = after {
        // The first half is what an index can begin at.
        found = found
            .filter(page::updated_at.le(at))
            .filter(page::updated_at.lt(at).or(page::id.lt(id)));
    }
    type Row = (PageId, String, bool, NaiveDateTime, NaiveDateTime);
    let rows: Vec<Row> = found
        .order((page::updated_at.desc(), page::id.desc()))
        .limit(i64::try_from(most).unwrap_or(i64::MAX))
        .select((page::id, page::kind, page::published, page::publish_at, page::updated_at))
        .load(conn)?;
    let ids: Vec<PageId> = rows.iter().map(|row| row.0).collect();
    let mut titles = titles(conn, &ids)?;
    let entries = rows.into_iter().map(|(id, kind, published, publish_at, updated_at)| Entry {
        id,
        kind: PageKind::parse(&kind).unwrap_or_default(),
        published,
        publish_at,
        updated_at,
        title: titles.remove(&id).unwrap_or_default(),
    });
    Ok(entries.collect())
}

fn titles(conn: &mut Conn, ids: &[PageId]) -> Result<BTreeMap<PageId, LocalText>> {
    let texts = page_text::table.filter(any_of(page_text::page_id, ids));
    let columns = (page_text::page_id, page_text::locale, page_text::title);
    Ok(crate::web::frame::texts(texts.select(columns).load(conn)?))
}
