//! All SQL of the content.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::{Block, BlockKind, BlockWords};
use crate::db::schema::{home_block, home_block_text, media, media_text, page, page_text};
use crate::db::{Conn, any_of};
use crate::error::{Error, Result};
use crate::ids::{BlockId, CategoryId, PageId};
use crate::language::{Language, LocalText};
use crate::values::Slug;
use crate::web::frame::texts;
use crate::web::{PageKind, Picture, View};

/// How many blocks a home page has at most.
const MOST_BLOCKS: i64 = 40;

/// A page in one language.
pub struct PageText {
    pub id: PageId,
    pub kind: PageKind,
    /// Since when shoppers see it.
    pub publish_at: NaiveDateTime,
    pub title: String,
    pub seo_title: String,
    pub description: String,
    /// Markdown.
    pub body: String,
    /// The language that it is written in: the shop's own where it is not translated.
    pub language: Language,
}

type Texts = (String, String, String, String, String);

/// The page that shoppers see by this name: an article, or any other.
pub fn find_page(conn: &mut Conn, slug: &Slug, view: &View) -> Result<Option<PageText>> {
    let (language, own) = (view.language, view.own_language());
    let texts: Vec<(PageId, String, NaiveDateTime, Texts)> = page::table
        .inner_join(page_text::table)
        .filter(page::slug.eq(slug))
        .filter(page::published.eq(true))
        .filter(page::publish_at.le(view.now))
        .filter(page_text::locale.eq(language.code()).or(page_text::locale.eq(own.code())))
        .select((
            page::id,
            page::kind,
            page::publish_at,
            (
                page_text::locale,
                page_text::title,
                page_text::seo_title,
                page_text::description,
                page_text::body,
            ),
        ))
        .limit(2)
        .load(conn)?;
    let text = prefer(texts, |(.., text)| text.0 == language.code());
    Ok(text.map(|(id, kind, publish_at, (locale, title, seo_title, description, body))| PageText {
        id,
        kind: PageKind::parse(&kind).unwrap_or_default(),
        publish_at,
        title,
        seo_title,
        description,
        body,
        language: Language::parse(&locale).unwrap_or(own),
    }))
}

/// An article in the list of them.
pub struct Teaser {
    pub id: PageId,
    pub slug: String,
    pub publish_at: NaiveDateTime,
    pub updated_at: NaiveDateTime,
    pub title: LocalText,
    pub description: LocalText,
}

/// The articles that shoppers see, the newest first, from behind one on.
pub fn articles(
    conn: &mut Conn,
    now: NaiveDateTime,
    after: Option<(NaiveDateTime, PageId)>,
    most: usize,
) -> Result<Vec<Teaser>> {
    let mut found = page::table
        .filter(page::kind.eq(PageKind::Article.code()))
        .filter(page::published.eq(true))
        .filter(page::publish_at.le(now))
        .into_boxed();
    if let Some((at, id)) = after {
        // The first half is what an index can begin at.
        found = found
            .filter(page::publish_at.le(at))
            .filter(page::publish_at.lt(at).or(page::id.lt(id)));
    }
    let rows: Vec<(PageId, String, NaiveDateTime, NaiveDateTime)> = found
        .order((page::publish_at.desc(), page::id.desc()))
        .limit(i64::try_from(most).unwrap_or(i64::MAX))
        .select((page::id, page::slug, page::publish_at, page::updated_at))
        .load(conn)?;
    let ids: Vec<PageId> = rows.iter().map(|row| row.0).collect();
    let words: Vec<(PageId, String, String, String)> = page_text::table
        .filter(any_of(page_text::page_id, &ids))
        .select((page_text::page_id, page_text::locale, page_text::title, page_text::description))
        .load(conn)?;
    let title = |(id, locale, title, _): &(PageId, String, String, String)| {
        (*id, locale.clone(), title.clone())
    };
    let mut titles = texts(words.iter().map(title).collect());
    let mut descriptions =
        texts(words.into_iter().map(|(id, locale, _, text)| (id, locale, text)).collect());
    let teasers = rows.into_iter().map(|(id, slug, publish_at, updated_at)| Teaser {
        id,
        slug,
        publish_at,
        updated_at,
        title: titles.remove(&id).unwrap_or_default(),
        description: descriptions.remove(&id).unwrap_or_default(),
    });
    Ok(teasers.collect())
}

/// The home page's blocks in their order.
pub fn blocks(conn: &mut Conn, view: &View) -> Result<Vec<Block>> {
    let (language, own) = (view.language, view.own_language());
    type Kind = (BlockId, String, Option<CategoryId>);
    type Row = (Kind, String, String, Option<(String, String, i64, i64)>, Option<String>);
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
        .filter(home_block::hidden.eq(false))
        .filter(home_block::starts_at.is_null().or(home_block::starts_at.le(view.now)))
        .filter(home_block::ends_at.is_null().or(home_block::ends_at.gt(view.now)))
        .order((home_block::position, home_block::id))
        .select((
            (home_block::id, home_block::kind, home_block::category_id),
            home_block_text::locale,
            home_block_text::data,
            (media::name, media::widths, media::width, media::height).nullable(),
            media_text::alt.nullable(),
        ))
        .limit(MOST_BLOCKS * 2)
        .load(conn)?;
    let translated: Vec<BlockId> =
        rows.iter().filter(|row| row.1 == language.code()).map(|row| row.0.0).collect();
    let shown = rows
        .into_iter()
        .filter(|((id, ..), locale, ..)| locale == language.code() || !translated.contains(id));
    shown.map(|(kind, _, data, picture, alt)| block(&kind, &data, picture, alt)).collect()
}

fn block(
    (id, kind, category): &(BlockId, String, Option<CategoryId>),
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
    Ok(Block { id: *id, kind, category: *category, picture, words })
}

/// The first that is preferred, else the first.
fn prefer<T>(mut rows: Vec<T>, is_preferred: impl Fn(&T) -> bool) -> Option<T> {
    rows.sort_by_key(|row| !is_preferred(row));
    rows.into_iter().next()
}
