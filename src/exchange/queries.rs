//! All SQL of the room but what reads goods (`known.rs`).

use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::BTreeMap;

use super::model::{Changes, Effect, Problem};
use super::progress::{Brought, Counts, Import, State, Touched};
use super::table::Place;
use super::words::Shelf;
use crate::catalog::model::Kind;
use crate::db::schema::{
    attribute, category, category_text, goods_import, goods_import_item, goods_import_problem,
    media, product, product_old_slug, staff, variant,
};
use crate::db::{Conn, any_of};
use crate::error::{Error, Result};
use crate::ids::{AttributeId, CategoryId, ImportId, MediaId, ProductId, StaffId};
use crate::language::{Language, LocalText};

/// So many problems of a file are kept; all are counted.
pub const MOST_PROBLEMS: i64 = 1_000;
/// A product may have thousands of variants, and a statement may not have so many arguments.
const SKUS_AT_ONCE: usize = 500;
/// So many effects of a dry run are kept.
const MOST_EXAMPLES: i64 = 100;

pub(super) fn categories(conn: &mut Conn) -> Result<BTreeMap<CategoryId, Shelf>> {
    let mut names: BTreeMap<CategoryId, LocalText> = BTreeMap::new();
    let texts: Vec<(CategoryId, String, String)> = category_text::table
        .select((category_text::category_id, category_text::locale, category_text::name))
        .load(conn)?;
    for (id, locale, name) in texts {
        if let Some(language) = Language::parse(&locale) {
            names.entry(id).or_default().set(language, name);
        }
    }
    let rows: Vec<(CategoryId, Option<CategoryId>, String)> =
        category::table.select((category::id, category::parent_id, category::slug)).load(conn)?;
    let shelf = |(id, parent, slug)| {
        (id, Shelf { parent, slug, name: names.remove(&id).unwrap_or_default() })
    };
    Ok(rows.into_iter().map(shelf).collect())
}

pub(super) fn kinds(conn: &mut Conn) -> Result<BTreeMap<AttributeId, &'static str>> {
    let rows: Vec<(AttributeId, String)> =
        attribute::table.select((attribute::id, attribute::kind)).load(conn)?;
    let kinds = [Kind::Choice, Kind::Text, Kind::Number, Kind::Bool, Kind::Date].map(Kind::code);
    let known = |code: &str| kinds.into_iter().find(|kind| *kind == code).unwrap_or_default();
    Ok(rows.into_iter().map(|(id, kind)| (id, known(&kind))).collect())
}

/// The place behind the last category below a parent.
pub(super) fn next_place(conn: &mut Conn, parent: Option<CategoryId>) -> Result<i64> {
    let last = category::table.select(diesel::dsl::max(category::position));
    let last: Option<i64> = match parent {
        Some(parent) => last.filter(category::parent_id.eq(parent)).first(conn)?,
        None => last.filter(category::parent_id.is_null()).first(conn)?,
    };
    Ok(last.map_or(0, |last| last + 1))
}

pub(super) fn find_products(
    conn: &mut Conn,
    handles: &[&str],
) -> Result<BTreeMap<String, ProductId>> {
    let found = product::table.filter(product::slug.eq_any(handles.to_vec()));
    let rows: Vec<(String, ProductId)> = found.select((product::slug, product::id)).load(conn)?;
    Ok(rows.into_iter().collect())
}

/// The product that has this handle, or had it.
pub(super) fn find_renamed(conn: &mut Conn, handle: &str) -> Result<Option<ProductId>> {
    let own = find_products(conn, &[handle])?.into_values().next();
    let old = product_old_slug::table.find(handle).select(product_old_slug::product_id);
    match own {
        None => Ok(old.first(conn).optional()?),
        own => Ok(own),
    }
}

/// Whose these SKUs are.
pub(super) fn owners(conn: &mut Conn, skus: &[&str]) -> Result<BTreeMap<String, ProductId>> {
    let mut owners = BTreeMap::new();
    for some in skus.chunks(SKUS_AT_ONCE) {
        let found = variant::table.filter(variant::sku.eq_any(some.to_vec()));
        let rows: Vec<(String, ProductId)> =
            found.select((variant::sku, variant::product_id)).load(conn)?;
        owners.extend(rows);
    }
    Ok(owners)
}

/// The handles of these products.
pub(super) fn handles(conn: &mut Conn, ids: &[ProductId]) -> Result<BTreeMap<ProductId, String>> {
    let found = product::table.filter(any_of(product::id, ids));
    let rows: Vec<(ProductId, String)> = found.select((product::id, product::slug)).load(conn)?;
    Ok(rows.into_iter().collect())
}

pub(super) fn find_pictures(conn: &mut Conn, names: &[&str]) -> Result<BTreeMap<String, MediaId>> {
    if names.is_empty() {
        return Ok(BTreeMap::new());
    }
    let found = media::table.filter(media::name.eq_any(names.to_vec()));
    let rows: Vec<(String, MediaId)> = found.select((media::name, media::id)).load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Products from one on, in the order in which they came into the shop.
pub(super) fn products_after(
    conn: &mut Conn,
    after: Option<ProductId>,
    most: i64,
) -> Result<Vec<ProductId>> {
    let all = product::table.order(product::id).limit(most).select(product::id);
    Ok(match after {
        Some(after) => all.filter(product::id.gt(after)).load(conn)?,
        None => all.load(conn)?,
    })
}

/// Whether a variant has an option of this number.
pub(super) fn most_options(conn: &mut Conn) -> Result<u8> {
    use crate::db::schema::product_option;
    let last: Option<i64> =
        product_option::table.select(diesel::dsl::max(product_option::position)).first(conn)?;
    Ok(last.map_or(0, |last| u8::try_from(last + 1).unwrap_or(u8::MAX)))
}

pub(super) fn insert(conn: &mut Conn, new: &Brought, now: NaiveDateTime) -> Result<ImportId> {
    Ok(diesel::insert_into(goods_import::table)
        .values((
            (
                goods_import::staff_id.eq(new.staff),
                goods_import::name.eq(&new.name),
                goods_import::file.eq(&new.file),
                goods_import::size.eq(new.size),
                goods_import::dialect.eq(new.dialect.code()),
                goods_import::ignored.eq(&new.ignored),
                goods_import::stock.eq(new.stock.code()),
                goods_import::state.eq(State::Checking.code()),
            ),
            (
                goods_import::at_byte.eq(0),
                goods_import::at_line.eq(0),
                goods_import::made.eq(0),
                goods_import::changed.eq(0),
                goods_import::same.eq(0),
                goods_import::wrong.eq(0),
                goods_import::problems.eq(0),
                goods_import::undone.eq(0),
                goods_import::kept.eq(0),
                goods_import::created_at.eq(now),
                goods_import::changed_at.eq(now),
            ),
        ))
        .returning(goods_import::id)
        .get_result(conn)?)
}

macro_rules! columns {
    () => {
        (
            (goods_import::id, goods_import::staff_id, staff::name),
            (goods_import::name, goods_import::file, goods_import::size),
            (goods_import::dialect, goods_import::ignored, goods_import::stock),
            (goods_import::state, goods_import::at_byte, goods_import::at_line),
            (
                goods_import::made,
                goods_import::changed,
                goods_import::same,
                goods_import::wrong,
                goods_import::problems,
                goods_import::undone,
                goods_import::kept,
            ),
            (goods_import::created_at, goods_import::changed_at),
        )
    };
}

pub fn find(conn: &mut Conn, id: ImportId) -> Result<Option<Import>> {
    let found = goods_import::table.inner_join(staff::table).filter(goods_import::id.eq(id));
    Ok(found.select(columns!()).first(conn).optional()?.map(Import::of))
}

/// The last files that somebody brought.
pub fn list(conn: &mut Conn, most: i64) -> Result<Vec<Import>> {
    let all = goods_import::table.inner_join(staff::table);
    let newest = all.order((goods_import::created_at.desc(), goods_import::id.desc())).limit(most);
    let rows = newest.select(columns!()).load(conn)?;
    Ok(rows.into_iter().map(Import::of).collect())
}

/// What is wrong with a file, so many, row by row.
pub fn problems(conn: &mut Conn, id: ImportId, most: i64) -> Result<Vec<Problem>> {
    type Row = (i64, String, String, String, bool);
    let rows: Vec<Row> = goods_import_problem::table
        .filter(goods_import_problem::import_id.eq(id))
        .order(goods_import_problem::position)
        .limit(most)
        .select((
            goods_import_problem::line,
            goods_import_problem::column_name,
            goods_import_problem::cell,
            goods_import_problem::message,
            goods_import_problem::is_note,
        ))
        .load(conn)?;
    let problem =
        |(line, column, cell, key, is_note): Row| Problem { line, column, cell, key, is_note };
    Ok(rows.into_iter().map(problem).collect())
}

/// What a file has changed, or would, behind a line; so many.
pub fn touched(conn: &mut Conn, id: ImportId, after: i64, most: i64) -> Result<Vec<Touched>> {
    type Row = (i64, String, String, i64, String);
    let rows: Vec<Row> = goods_import_item::table
        .filter(goods_import_item::import_id.eq(id))
        .filter(goods_import_item::line.gt(after))
        .order(goods_import_item::line)
        .limit(most)
        .select((
            goods_import_item::line,
            goods_import_item::handle,
            goods_import_item::effect,
            goods_import_item::version,
            goods_import_item::changes,
        ))
        .load(conn)?;
    let touched = |(line, handle, effect, version, changes): Row| {
        let changes: Changes = serde_json::from_str(&changes)
            .map_err(|error| Error::internal(format!("changes of an import: {error}")))?;
        Ok(Touched { line, handle, is_made: effect == Effect::Made.code(), version, changes })
    };
    rows.into_iter().map(touched).collect()
}

/// Keeps everybody else from a file until the end of the transaction; `false` when somebody has moved
/// it on, or stopped it.
pub(super) fn hold(conn: &mut Conn, import: &Import, now: NaiveDateTime) -> Result<bool> {
    move_on(conn, import, (import.at, &Counts::default()), now)
}

/// Moves a file on from one place to the next, with what was counted on the way; `false` when
/// somebody else has, or it is stopped.
pub(super) fn move_on(
    conn: &mut Conn,
    import: &Import,
    (to, counts): (Place, &Counts),
    now: NaiveDateTime,
) -> Result<bool> {
    let here = goods_import::table
        .filter(goods_import::id.eq(import.id))
        .filter(goods_import::state.eq(import.state.code()))
        .filter(goods_import::at_line.eq(import.at.line))
        .filter(goods_import::at_byte.eq(byte(import.at)));
    let moved = diesel::update(here).set((
        goods_import::at_byte.eq(byte(to)),
        goods_import::at_line.eq(to.line),
        goods_import::made.eq(goods_import::made + counts.made),
        goods_import::changed.eq(goods_import::changed + counts.changed),
        goods_import::same.eq(goods_import::same + counts.same),
        goods_import::wrong.eq(goods_import::wrong + counts.wrong),
        goods_import::problems.eq(goods_import::problems + counts.problems),
        goods_import::undone.eq(goods_import::undone + counts.undone),
        goods_import::kept.eq(goods_import::kept + counts.kept),
        goods_import::changed_at.eq(now),
    ));
    Ok(moved.execute(conn)? == 1)
}

fn byte(place: Place) -> i64 {
    i64::try_from(place.byte).unwrap_or(i64::MAX)
}

pub(super) fn note_problem(
    conn: &mut Conn,
    id: ImportId,
    (position, problem): (i64, &Problem),
) -> Result<()> {
    if position >= MOST_PROBLEMS {
        return Ok(());
    }
    diesel::insert_into(goods_import_problem::table)
        .values((
            goods_import_problem::import_id.eq(id),
            goods_import_problem::position.eq(position),
            goods_import_problem::line.eq(problem.line),
            goods_import_problem::column_name.eq(&problem.column),
            goods_import_problem::cell.eq(&problem.cell),
            goods_import_problem::message.eq(&problem.key),
            goods_import_problem::is_note.eq(problem.is_note),
        ))
        .execute(conn)?;
    Ok(())
}

/// Keeps what a product's rows have changed; of a dry run the first few, `count` being how many
/// there are already.
pub(super) fn note_touched(
    conn: &mut Conn,
    (import, count): (&Import, i64),
    touched: &Touched,
) -> Result<()> {
    if import.state == State::Checking && count >= MOST_EXAMPLES {
        return Ok(());
    }
    let effect = if touched.is_made { Effect::Made } else { Effect::Changed };
    let changes = serde_json::to_string(&touched.changes)
        .map_err(|error| Error::internal(error.to_string()))?;
    diesel::insert_into(goods_import_item::table)
        .values((
            goods_import_item::import_id.eq(import.id),
            goods_import_item::line.eq(touched.line),
            goods_import_item::handle.eq(&touched.handle),
            goods_import_item::effect.eq(effect.code()),
            goods_import_item::version.eq(touched.version),
            goods_import_item::changes.eq(changes),
        ))
        .execute(conn)?;
    Ok(())
}

/// Moves a file from one of these states to another; `false` when it is in none of them.
pub(super) fn set_state(
    conn: &mut Conn,
    id: ImportId,
    (from, to): (&[State], State),
    now: NaiveDateTime,
) -> Result<bool> {
    let codes: Vec<&str> = from.iter().map(|state| state.code()).collect();
    let own = goods_import::table.filter(goods_import::id.eq(id));
    let moved = diesel::update(own.filter(goods_import::state.eq_any(codes)))
        .set((goods_import::state.eq(to.code()), goods_import::changed_at.eq(now)));
    Ok(moved.execute(conn)? == 1)
}

/// Begins a file anew, with nothing counted and nothing known of it.
pub(super) fn begin(conn: &mut Conn, id: ImportId, stock: &str) -> Result<()> {
    diesel::update(goods_import::table.find(id))
        .set((
            goods_import::stock.eq(stock),
            goods_import::at_byte.eq(0),
            goods_import::at_line.eq(0),
            goods_import::made.eq(0),
            goods_import::changed.eq(0),
            goods_import::same.eq(0),
            goods_import::wrong.eq(0),
            goods_import::problems.eq(0),
        ))
        .execute(conn)?;
    let problems = goods_import_problem::table.filter(goods_import_problem::import_id.eq(id));
    diesel::delete(problems).execute(conn)?;
    let items = goods_import_item::table.filter(goods_import_item::import_id.eq(id));
    diesel::delete(items).execute(conn)?;
    Ok(())
}

/// Begins to undo a file, from its first row on.
pub(super) fn begin_undoing(conn: &mut Conn, id: ImportId) -> Result<()> {
    diesel::update(goods_import::table.find(id))
        .set((
            goods_import::at_byte.eq(0),
            goods_import::at_line.eq(0),
            goods_import::undone.eq(0),
            goods_import::kept.eq(0),
        ))
        .execute(conn)?;
    Ok(())
}

/// Whoever says what is done with a file answers for it.
pub(super) fn hand_over(conn: &mut Conn, id: ImportId, staff: StaffId) -> Result<()> {
    let own = diesel::update(goods_import::table.find(id));
    own.set(goods_import::staff_id.eq(staff)).execute(conn)?;
    Ok(())
}

/// Lets a file that is not begun lie under another name; `false` when it is begun, or lies there.
pub(super) fn move_file(
    conn: &mut Conn,
    import: &Import,
    (name, size): (&str, i64),
    now: NaiveDateTime,
) -> Result<bool> {
    if !hold(conn, import, now)? {
        return Ok(false);
    }
    let own = goods_import::table.find(import.id).filter(goods_import::file.eq(&import.file));
    let moved = (goods_import::file.eq(name), goods_import::size.eq(size));
    Ok(diesel::update(own).set(moved).execute(conn)? == 1)
}

/// Files that nothing was done with since an instant, so many.
pub(super) fn old(
    conn: &mut Conn,
    before: NaiveDateTime,
    most: i64,
) -> Result<Vec<(ImportId, String)>> {
    let old = goods_import::table.filter(goods_import::changed_at.lt(before)).limit(most);
    Ok(old.select((goods_import::id, goods_import::file)).load(conn)?)
}

pub(super) fn forget(conn: &mut Conn, id: ImportId) -> Result<()> {
    diesel::delete(goods_import::table.find(id)).execute(conn)?;
    Ok(())
}

/// Which of these files are an import's.
pub(super) fn known_files(conn: &mut Conn, names: &[String]) -> Result<Vec<String>> {
    let known = goods_import::table.filter(goods_import::file.eq_any(names));
    Ok(known.select(goods_import::file).load(conn)?)
}
