//! What the shop's legal pages have said: each publication that changed a word is kept for ever, with
//! its day and whoever published it. An order names the edition that it was placed under.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::BTreeMap;

use super::sheet::Sheet;
use crate::audit::Who;
use crate::db::Conn;
use crate::db::schema::{page_edition, page_edition_text};
use crate::error::Result;
use crate::ids::PageId;
use crate::language::Language;

/// How many editions of a page are listed.
const MOST: i64 = 200;

/// A publication of a page.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = page_edition)]
pub struct Edition {
    /// From 1.
    pub number: i64,
    pub published_at: NaiveDateTime,
    /// Who published it; empty for the shop itself.
    pub actor: String,
}

/// Title and body in each language.
pub type Said = BTreeMap<Language, (String, String)>;

/// A page's editions, the newest first.
pub fn of(conn: &mut Conn, page: PageId) -> Result<Vec<Edition>> {
    Ok(page_edition::table
        .filter(page_edition::page_id.eq(page))
        .order(page_edition::number.desc())
        .limit(MOST)
        .select(Edition::as_select())
        .load(conn)?)
}

/// The edition in force.
pub fn last(conn: &mut Conn, page: PageId) -> Result<Option<Edition>> {
    Ok(page_edition::table
        .filter(page_edition::page_id.eq(page))
        .order(page_edition::number.desc())
        .select(Edition::as_select())
        .first(conn)
        .optional()?)
}

pub fn find(conn: &mut Conn, page: PageId, number: i64) -> Result<Option<(Edition, Said)>> {
    let edition = page_edition::table.find((page, number)).select(Edition::as_select());
    match edition.first(conn).optional()? {
        Some(edition) => Ok(Some((edition, said(conn, page, number)?))),
        None => Ok(None),
    }
}

fn said(conn: &mut Conn, page: PageId, number: i64) -> Result<Said> {
    type Row = (String, String, String);
    let rows: Vec<Row> = page_edition_text::table
        .filter(page_edition_text::page_id.eq(page))
        .filter(page_edition_text::number.eq(number))
        .select((page_edition_text::locale, page_edition_text::title, page_edition_text::body))
        .load(conn)?;
    let said = |(locale, title, body): Row| Some((Language::parse(&locale)?, (title, body)));
    Ok(rows.into_iter().filter_map(said).collect())
}

/// Keeps what a legal page says, if shoppers read it and it is not what the last edition says. The
/// page's row is held by the transaction, so numbers follow each other.
pub fn keep(conn: &mut Conn, (page, sheet): (PageId, &Sheet), who: &Who) -> Result<()> {
    if !sheet.kind.is_legal() || !sheet.published {
        return Ok(());
    }
    let texts = sheet.texts.iter();
    let now: Said =
        texts.map(|(l, words)| (*l, (words.title.clone(), words.body.clone()))).collect();
    let last = last(conn, page)?.map_or(0, |edition| edition.number);
    if last > 0 && said(conn, page, last)? == now {
        return Ok(());
    }
    insert(conn, (page, last + 1), &now, who)
}

fn insert(conn: &mut Conn, (page, number): (PageId, i64), said: &Said, who: &Who) -> Result<()> {
    diesel::insert_into(page_edition::table)
        .values((
            page_edition::page_id.eq(page),
            page_edition::number.eq(number),
            page_edition::published_at.eq(who.at),
            page_edition::actor.eq(who.actor.name()),
        ))
        .execute(conn)?;
    for (language, (title, body)) in said {
        diesel::insert_into(page_edition_text::table)
            .values((
                page_edition_text::page_id.eq(page),
                page_edition_text::number.eq(number),
                page_edition_text::locale.eq(language.code()),
                page_edition_text::title.eq(title),
                page_edition_text::body.eq(body),
            ))
            .execute(conn)?;
    }
    Ok(())
}
