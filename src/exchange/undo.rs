//! Turns back what a file has changed: a cell that still says what the file said says again what it
//! said before. What was made is archived, unless somebody has changed it since.

use chrono::NaiveDateTime;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::batch::{pictures, who};
use super::cells::Ground;
use super::columns::{Cells, Column};
use super::judge::{Against, Stock};
use super::known;
use super::make::Maker;
use super::model::{Effect, Good, Item, Row, Turn};
use super::progress::{Counts, Import, Touched};
use super::put::{Hand, Put};
use super::queries;
use super::table::Place;
use crate::audit::Who;
use crate::catalog::keep::{self, Edit, Saved};
use crate::catalog::model::Status;
use crate::catalog::whole::take_out;
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::web::frame::Frame;

/// So many products in one transaction.
const AT_ONCE: i64 = 8;

/// Undoes some of what a file has changed; `false` when nothing is left.
pub(super) async fn some(
    db: &Db,
    frame: Arc<Frame>,
    import: Import,
    now: NaiveDateTime,
) -> Result<bool> {
    let write = move |conn: &mut Conn| {
        if !queries::hold(conn, &import, now)? {
            return Ok(false);
        }
        let touched = queries::touched(conn, import.id, import.at.line, AT_ONCE)?;
        let Some(last) = touched.last() else {
            return queries::set_state(conn, import.id, (&[import.state], import.state.end()), now)
                .map(|_| false);
        };
        let to = Place { byte: 0, line: last.line };
        let mut undoing = Undoing {
            who: &who(conn, import.staff, now)?,
            ground: &mut Ground::load(conn, &frame)?,
            import: &import,
        };
        let mut counts = Counts::default();
        for touched in &touched {
            match undoing.one(conn, touched)? {
                true => counts.undone += 1,
                false => counts.kept += 1,
            }
        }
        queries::move_on(conn, &import, (to, &counts), now)
    };
    db.write(write).await
}

struct Undoing<'a> {
    who: &'a Who,
    ground: &'a mut Ground,
    import: &'a Import,
}

impl Undoing<'_> {
    /// Whether all that the file has changed of a product is as it was.
    fn one(&mut self, conn: &mut Conn, touched: &Touched) -> Result<bool> {
        let found = queries::find_renamed(conn, &touched.handle)?;
        let good = known::load(conn, self.ground, found.as_slice())?.pop();
        match good {
            None => Ok(false),
            Some(good) if touched.is_made => self.archive(conn, &good, touched),
            Some(good) => self.turn_back(conn, &good, touched),
        }
    }

    /// What was made is archived, unless somebody has changed it.
    fn archive(&self, conn: &mut Conn, good: &Good, touched: &Touched) -> Result<bool> {
        let is_archived = good.cells.get(&Column::Status).is_some_and(|it| it == "archived");
        if good.version != touched.version || is_archived {
            return Ok(is_archived);
        }
        let by = (self.who, &*self.ground.frame);
        keep::set_status(conn, by, good.id, Status::Archived)?;
        Ok(true)
    }

    fn turn_back(&mut self, conn: &mut Conn, good: &Good, touched: &Touched) -> Result<bool> {
        let (item, is_whole) = back(good, touched);
        self.ground.pictures = pictures(conn, std::iter::once(&item))?;
        let against = Against {
            ground: self.ground,
            known: Some(good),
            owners: &BTreeMap::new(),
            stock: Stock::OfAll,
            said: &|column| column.to_string(),
        };
        let mut verdict = against.judge(&item);
        let mut version = good.version;
        match verdict.effect {
            Effect::Wrong => return Ok(false),
            Effect::Changed => {
                let name = format!("undo:{}:{}", self.import.id, touched.line);
                let hand = Hand { who: self.who, name: &name };
                let mut maker = Maker { conn, ground: self.ground };
                match maker.try_put(&hand, Some(good), &mut verdict)? {
                    Put::Done(after) => version = after,
                    Put::Meanwhile | Put::Refused => return Ok(false),
                }
            }
            Effect::Same | Effect::Made => {}
        }
        let is_out = self.put_out(conn, (good, version), &touched.changes.added)?;
        Ok(is_whole && is_out)
    }

    /// Takes out the variants that the file has brought, as long as one is left that it has not.
    fn put_out(
        &self,
        conn: &mut Conn,
        (good, version): (&Good, i64),
        added: &[String],
    ) -> Result<bool> {
        let is_added =
            |cells: &Cells| cells.get(&Column::Sku).is_some_and(|sku| added.contains(sku));
        let sold = || good.variants.iter().filter(|piece| piece.is_sold);
        if !sold().any(|piece| is_added(&piece.cells)) {
            return Ok(true);
        }
        if sold().all(|piece| is_added(&piece.cells)) {
            return Ok(false);
        }
        let frame = &*self.ground.frame;
        let edit = Edit { who: self.who, frame, id: good.id, version };
        Ok(take_out(conn, &edit, added)? == Saved::Done)
    }
}

/// What is to be as it was before, and whether that is all.
fn back(good: &Good, touched: &Touched) -> (Item, bool) {
    let mut is_whole = true;
    let mut turn = |now: &Cells, turns: &BTreeMap<String, Turn>| {
        let mut cells = Cells::new();
        for (name, (before, after)) in turns {
            let Some(column) = Column::parse(name) else { continue };
            match now.get(&column).map_or("", String::as_str) {
                is if is == after => drop(cells.insert(column, before.clone())),
                // Somebody was faster, or it was undone before.
                is if is == before => {}
                _ => is_whole = false,
            }
        }
        cells
    };
    let mut product = turn(&good.cells, &touched.changes.product);
    if product.keys().any(|column| matches!(column, Column::Option(_))) {
        let options = good.cells.iter().filter(|(column, _)| matches!(column, Column::Option(_)));
        for (column, cell) in options {
            product.entry(column.clone()).or_insert_with(|| cell.clone());
        }
    }
    let mut variants = Vec::new();
    for (sku, turns) in &touched.changes.variants {
        let is_it = |cells: &Cells| cells.get(&Column::Sku) == Some(sku);
        let Some(piece) = good.variants.iter().find(|piece| is_it(&piece.cells)) else { continue };
        let mut cells = turn(&piece.cells, turns);
        cells.insert(Column::Sku, sku.clone());
        variants.push(Row { line: touched.line, cells });
    }
    let handle = touched.handle.clone();
    (Item { line: touched.line, handle, product, variants }, is_whole)
}
