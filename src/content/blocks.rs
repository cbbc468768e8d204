//! The blocks of the home page as the staff keep them.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;

use super::model::{BlockKind, BlockWords, Saved, Step};
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::db::Conn;
use crate::db::schema::{home_block, home_block_text};
use crate::error::{Error, Result};
use crate::ids::{BlockId, CategoryId, MediaId};
use crate::language::Language;
use crate::pictures;

/// How many blocks a home page has at most, and how many of them ask for goods of a category.
const MOST: usize = 30;
const MOST_GOODS: usize = 8;

/// What the staff say of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockSheet {
    /// Never changes.
    pub kind: BlockKind,
    pub hidden: bool,
    /// When it is shown (UTC); `None` for always.
    pub starts_at: Option<NaiveDateTime>,
    pub ends_at: Option<NaiveDateTime>,
    /// Whose goods it shows.
    pub category: Option<CategoryId>,
    pub words: BTreeMap<Language, BlockWords>,
}

/// A block as it stands.
#[derive(Debug, Clone)]
pub struct Kept {
    pub id: BlockId,
    /// Moves on with every change of what it says.
    pub version: i64,
    pub picture: Option<MediaId>,
    pub sheet: BlockSheet,
}

impl BlockSheet {
    /// Nothing said yet, in the shop's own language.
    pub fn new(kind: BlockKind, own: Language) -> Self {
        let words = BTreeMap::from([(own, BlockWords::default())]);
        Self { kind, hidden: true, starts_at: None, ends_at: None, category: None, words }
    }
}

/// Every block, in the order of the page.
pub fn list(conn: &mut Conn) -> Result<Vec<Kept>> {
    type Times = (Option<NaiveDateTime>, Option<NaiveDateTime>);
    type Row = (BlockId, String, bool, Times, Option<CategoryId>, Option<MediaId>, i64);
    let rows: Vec<Row> = home_block::table
        .order((home_block::position, home_block::id))
        .limit(i64::try_from(MOST).unwrap_or(i64::MAX))
        .select((
            home_block::id,
            home_block::kind,
            home_block::hidden,
            (home_block::starts_at, home_block::ends_at),
            home_block::category_id,
            home_block::media_id,
            home_block::version,
        ))
        .load(conn)?;
    let mut words = words(conn)?;
    let kept = rows.into_iter().map(|(id, kind, hidden, times, category, picture, version)| {
        let kind = BlockKind::parse(&kind)
            .ok_or_else(|| Error::internal(format!("home block of unknown kind {kind}")))?;
        let (starts_at, ends_at) = times;
        let words = words.remove(&id).unwrap_or_default();
        let sheet = BlockSheet { kind, hidden, starts_at, ends_at, category, words };
        Ok(Kept { id, version, picture, sheet })
    });
    kept.collect()
}

fn words(conn: &mut Conn) -> Result<BTreeMap<BlockId, BTreeMap<Language, BlockWords>>> {
    let rows: Vec<(BlockId, String, String)> = home_block_text::table.load(conn)?;
    let mut words: BTreeMap<BlockId, BTreeMap<Language, BlockWords>> = BTreeMap::new();
    for (id, locale, data) in rows {
        let said = serde_json::from_str(&data)
            .map_err(|error| Error::internal(format!("words of a home block: {error}")))?;
        if let Some(language) = Language::parse(&locale) {
            words.entry(id).or_default().insert(language, said);
        }
    }
    Ok(words)
}

pub fn find(conn: &mut Conn, id: BlockId) -> Result<Option<Kept>> {
    Ok(list(conn)?.into_iter().find(|kept| kept.id == id))
}

/// Writes a hidden block behind all others; `None` when the page has no place for one more.
pub fn make(conn: &mut Conn, who: &Who, sheet: &BlockSheet) -> Result<Option<BlockId>> {
    let known = list(conn)?;
    let alike = known.iter().filter(|kept| kept.sheet.kind == sheet.kind).count();
    let most = match sheet.kind {
        kind if kind.is_single() => 1,
        BlockKind::Goods => MOST_GOODS,
        _ => MOST,
    };
    if known.len() >= MOST || alike >= most {
        return Ok(None);
    }
    let id = insert(conn, sheet, None)?;
    let after = json!({ "kind": sheet.kind.code() });
    let (action, entity) = (Action::BlockMade, Entity::Block(id));
    audit::write(conn, who, &Deed { after, ..Deed::of(action, entity) })?;
    Ok(Some(id))
}

/// Writes a block behind all others.
pub fn insert(conn: &mut Conn, sheet: &BlockSheet, picture: Option<MediaId>) -> Result<BlockId> {
    let last: Option<i64> =
        home_block::table.select(diesel::dsl::max(home_block::position)).first(conn)?;
    let id: BlockId = diesel::insert_into(home_block::table)
        .values((
            home_block::kind.eq(sheet.kind.code()),
            home_block::position.eq(last.unwrap_or_default() + 1),
            home_block::media_id.eq(picture),
            home_block::hidden.eq(sheet.hidden),
            home_block::starts_at.eq(sheet.starts_at),
            home_block::ends_at.eq(sheet.ends_at),
            home_block::category_id.eq(sheet.category),
        ))
        .returning(home_block::id)
        .get_result(conn)?;
    put_words(conn, id, &sheet.words)?;
    Ok(id)
}

fn put_words(conn: &mut Conn, id: BlockId, words: &BTreeMap<Language, BlockWords>) -> Result<()> {
    let old = home_block_text::table.filter(home_block_text::home_block_id.eq(id));
    diesel::delete(old).execute(conn)?;
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

/// What changes of a block: the block as it was seen, what it says now, and each as fields.
pub struct Change<'a> {
    pub id: BlockId,
    pub version: i64,
    pub sheet: &'a BlockSheet,
    pub before: &'a [(String, String)],
    pub after: &'a [(String, String)],
}

/// Changes what a block says, unless somebody has changed it since.
pub fn save(conn: &mut Conn, who: &Who, change: &Change<'_>) -> Result<Saved> {
    let sheet = change.sheet;
    let seen = home_block::table.filter(home_block::id.eq(change.id));
    let moved = diesel::update(seen.filter(home_block::version.eq(change.version)))
        .set((
            home_block::version.eq(change.version + 1),
            home_block::hidden.eq(sheet.hidden),
            home_block::starts_at.eq(sheet.starts_at),
            home_block::ends_at.eq(sheet.ends_at),
            home_block::category_id.eq(sheet.category),
        ))
        .execute(conn)?;
    if moved == 0 {
        return Ok(Saved::Meanwhile);
    }
    put_words(conn, change.id, &sheet.words)?;
    let (before, after) = audit::differing(change.before, change.after);
    let (action, entity) = (Action::BlockChanged, Entity::Block(change.id));
    audit::write(conn, who, &Deed { action, entity, before, after })?;
    Ok(Saved::Done)
}

/// Gives a block another picture, or none; the one that it had goes if nobody else shows it.
pub fn set_picture(
    conn: &mut Conn,
    who: &Who,
    (id, picture): (BlockId, Option<MediaId>),
) -> Result<()> {
    let before = find(conn, id)?.ok_or(Error::NotFound)?.picture;
    diesel::update(home_block::table.find(id))
        .set((home_block::media_id.eq(picture), home_block::version.eq(home_block::version + 1)))
        .execute(conn)?;
    if let Some(before) = before {
        pictures::let_go(conn, before, who.at)?;
    }
    let (before, after) = (json!({ "picture": before }), json!({ "picture": picture }));
    let (action, entity) = (Action::BlockChanged, Entity::Block(id));
    audit::write(conn, who, &Deed { action, entity, before, after })
}

/// Moves a block by one place.
pub fn shift(conn: &mut Conn, who: &Who, id: BlockId, step: Step) -> Result<()> {
    let mut order: Vec<BlockId> = list(conn)?.into_iter().map(|kept| kept.id).collect();
    let at = order.iter().position(|it| *it == id).ok_or(Error::NotFound)?;
    let to = step.from(at, order.len());
    if at == to {
        return Ok(());
    }
    order.swap(at, to);
    for (position, id) in (0_i64..).zip(&order) {
        diesel::update(home_block::table.find(*id))
            .set(home_block::position.eq(position))
            .execute(conn)?;
    }
    let (before, after) = (json!({ "place": at + 1 }), json!({ "place": to + 1 }));
    let (action, entity) = (Action::BlockChanged, Entity::Block(id));
    audit::write(conn, who, &Deed { action, entity, before, after })
}

/// Takes a block off the page for good.
pub fn remove(conn: &mut Conn, who: &Who, id: BlockId) -> Result<()> {
    let kept = find(conn, id)?.ok_or(Error::NotFound)?;
    diesel::delete(home_block::table.find(id)).execute(conn)?;
    if let Some(picture) = kept.picture {
        pictures::let_go(conn, picture, who.at)?;
    }
    let before = json!({ "kind": kept.sheet.kind.code(), "words": kept.sheet.words });
    let (action, entity) = (Action::BlockRemoved, Entity::Block(id));
    audit::write(conn, who, &Deed { before, ..Deed::of(action, entity) })
}
