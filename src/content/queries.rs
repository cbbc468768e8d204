//! All SQL of the content.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::{Block, BlockKind, BlockWords};
use crate::db::Conn;
use crate::db::schema::{home_block, home_block_text, media, media_text, page, page_text};
use crate::error::{Error, Result};
use crate::ids::{MediaId, PageId};
use crate::language::{Language, LocalText};
use crate::values::Slug;
use crate::web::Picture;

/// How many blocks a home page has at most.
const MOST_BLOCKS: i64 = 40;

/// A static page in one language.
pub struct PageText {
    pub title: String,
    pub description: String,
    /// HTML that staff wrote.
    pub body: String,
    /// The language that it is written in: the shop's own where it is not translated.
    pub language: Language,
}

pub fn find_page(
    conn: &mut Conn,
    slug: &Slug,
    language: Language,
    own: Language,
) -> Result<Option<PageText>> {
    let texts: Vec<(String, String, String, String)> = page::table
        .inner_join(page_text::table)
        .filter(page::slug.eq(slug))
        .filter(page::published.eq(true))
        .filter(page_text::locale.eq(language.code()).or(page_text::locale.eq(own.code())))
        .select((page_text::locale, page_text::title, page_text::description, page_text::body))
        .limit(2)
        .load(conn)?;
    let text = prefer(texts, |text| text.0 == language.code());
    Ok(text.map(|(locale, title, description, body)| PageText {
        title,
        description,
        body,
        language: Language::parse(&locale).unwrap_or(own),
    }))
}

/// The home page's blocks in their order.
pub fn blocks(conn: &mut Conn, language: Language, own: Language) -> Result<Vec<Block>> {
    type Row = (i64, String, String, String, Option<(String, String, i64, i64)>, Option<String>);
    let rows: Vec<Row> = home_block::table
        .inner_join(home_block_text::table)
        .left_join(media::table)
        .left_join(
            media_text::table.on(media_text::media_id
                .nullable()
                .eq(home_block::media_id)
                .and(media_text::locale.eq(home_block_text::locale))),
        )
        .filter(
            home_block_text::locale.eq(language.code()).or(home_block_text::locale.eq(own.code())),
        )
        .order((home_block::position, home_block::id))
        .select((
            home_block::id,
            home_block::kind,
            home_block_text::locale,
            home_block_text::data,
            (media::name, media::widths, media::width, media::height).nullable(),
            media_text::alt.nullable(),
        ))
        .limit(MOST_BLOCKS * 2)
        .load(conn)?;
    let translated: Vec<i64> =
        rows.iter().filter(|row| row.2 == language.code()).map(|row| row.0).collect();
    let shown = rows
        .into_iter()
        .filter(|(id, _, locale, ..)| locale == language.code() || !translated.contains(id));
    shown.map(|(_, kind, _, data, picture, alt)| block(&kind, &data, picture, alt)).collect()
}

fn block(
    kind: &str,
    data: &str,
    picture: Option<(String, String, i64, i64)>,
    alt: Option<String>,
) -> Result<Block> {
    let kind = BlockKind::parse(kind)
        .ok_or_else(|| Error::internal(format!("home block of unknown kind {kind}")))?;
    let words: BlockWords = serde_json::from_str(data)
        .map_err(|error| Error::internal(format!("words of a home block: {error}")))?;
    let picture = picture.map(|(name, widths, width, height)| {
        Picture::new(name, &widths, width, height).with_alt(alt.unwrap_or_default())
    });
    Ok(Block { kind, picture, words })
}

/// The first that is preferred, else the first.
fn prefer<T>(mut rows: Vec<T>, is_preferred: impl Fn(&T) -> bool) -> Option<T> {
    rows.sort_by_key(|row| !is_preferred(row));
    rows.into_iter().next()
}

pub struct NewPage<'a> {
    pub slug: &'a Slug,
    pub position: i64,
    pub title: &'a LocalText,
    pub description: &'a LocalText,
    pub body: &'a LocalText,
}

pub fn insert_page(conn: &mut Conn, new: &NewPage<'_>, now: NaiveDateTime) -> Result<PageId> {
    let id: PageId = diesel::insert_into(page::table)
        .values((
            page::slug.eq(new.slug),
            page::position.eq(new.position),
            page::published.eq(true),
            page::updated_at.eq(now),
        ))
        .returning(page::id)
        .get_result(conn)?;
    for (language, title) in new.title.iter() {
        diesel::insert_into(page_text::table)
            .values((
                page_text::page_id.eq(id),
                page_text::locale.eq(language.code()),
                page_text::title.eq(title),
                page_text::description.eq(new.description.get(language, language)),
                page_text::body.eq(new.body.get(language, language)),
            ))
            .execute(conn)?;
    }
    Ok(id)
}

pub fn insert_block(
    conn: &mut Conn,
    kind: BlockKind,
    position: i64,
    media: Option<MediaId>,
    words: &[(Language, BlockWords)],
) -> Result<()> {
    let id: i64 = diesel::insert_into(home_block::table)
        .values((
            home_block::kind.eq(kind.code()),
            home_block::position.eq(position),
            home_block::media_id.eq(media),
        ))
        .returning(home_block::id)
        .get_result(conn)?;
    for (language, words) in words {
        let data = serde_json::to_string(words).map_err(|e| Error::internal(e.to_string()))?;
        diesel::insert_into(home_block_text::table)
            .values((
                home_block_text::home_block_id.eq(id),
                home_block_text::locale.eq(language.code()),
                home_block_text::data.eq(data),
            ))
            .execute(conn)?;
    }
    Ok(())
}
