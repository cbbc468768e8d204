//! A few products of a file: what becomes of them is found out, written down, and done.

use chrono::NaiveDateTime;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::cells::{Ground, picture_names};
use super::columns::Column;
use super::judge::{Against, Verdict};
use super::known;
use super::make::Maker;
use super::model::{Effect, Good, Item};
use super::progress::{Counts, Import, State, Touched};
use super::put::{Hand, Put};
use super::queries;
use super::table::{Dialect, Head, Parsed, whole};
use crate::audit::Who;
use crate::catalog::handle::free_handle;
use crate::db::{Conn, Db};
use crate::error::{Error, Result};
use crate::ids::{ProductId, StaffId};
use crate::staff::{actor, find_account};
use crate::web::frame::Frame;

/// So many products are looked up at once: nobody waits for those that are only judged.
pub(super) const JUDGED_AT_ONCE: usize = 200;
pub(super) const WRITTEN_AT_ONCE: usize = 20;
/// A transaction takes no further product after so long: whoever buys waits for it.
const HOLDS_FOR: Duration = Duration::from_millis(25);

#[derive(Clone)]
pub(super) struct Batch {
    pub import: Import,
    pub head: Arc<Head>,
    pub frame: Arc<Frame>,
    pub items: Vec<Parsed>,
    /// Whether nothing could be done with the first of them just now.
    pub is_again: bool,
    pub now: NaiveDateTime,
}

/// A product, what becomes of it, and the version that it has then.
type Done = (Parsed, Verdict, i64);

/// What the shop knows of the products of a batch.
struct Known {
    goods: BTreeMap<String, Good>,
    owners: BTreeMap<String, ProductId>,
}

impl Batch {
    /// How many products it has done, and the file as it is then; `None` when somebody else has moved
    /// it on, or stopped it.
    pub async fn run(self, db: &Db) -> Result<Option<(usize, Import)>> {
        let batch = self.clone();
        match self.import.state {
            State::Checking => {
                let done = db.read_long(move |conn| self.judge(conn)).await?;
                let write = move |conn: &mut Conn| match batch.hold(conn)? {
                    true => batch.record(conn, &done).map(Some),
                    false => Ok(None),
                };
                db.write(write).await
            }
            _ => {
                let write = move |conn: &mut Conn| match batch.hold(conn)? {
                    true => {
                        let done = batch.put(conn)?;
                        batch.record(conn, &done).map(Some)
                    }
                    false => Ok(None),
                };
                db.write(write).await
            }
        }
    }

    fn hold(&self, conn: &mut Conn) -> Result<bool> {
        queries::hold(conn, &self.import, self.now)
    }

    fn judge(&self, conn: &mut Conn) -> Result<Vec<Done>> {
        let mut ground = Ground::load(conn, &self.frame)?;
        let (items, known) = self.look_up(conn, &mut ground)?;
        let judged = items.into_iter().map(|parsed| {
            let verdict = self.verdict(&ground, &known, &parsed);
            (parsed, verdict, 0)
        });
        Ok(judged.collect())
    }

    /// Writes products until it has taken its time, or one speaks of what was written just now, or
    /// something stands in the way of one that looking it up anew may mend.
    fn put(&self, conn: &mut Conn) -> Result<Vec<Done>> {
        let begin = Instant::now();
        let mut ground = Ground::load(conn, &self.frame)?;
        let (items, known) = self.look_up(conn, &mut ground)?;
        let who = who(conn, self.import.staff, self.now)?;
        let (mut done, mut written) = (Vec::new(), BTreeSet::new());
        for parsed in items {
            let names = names(&parsed.item);
            let is_late =
                begin.elapsed() > HOLDS_FOR || names.iter().any(|it| written.contains(it));
            if is_late && !done.is_empty() {
                break;
            }
            written.extend(names);
            let mut maker = Maker { conn, ground: &mut ground };
            let is_last_try = self.is_again && done.is_empty();
            let put = self.put_one((&mut maker, &who), (&parsed, &known), is_last_try)?;
            let Some((verdict, version)) = put else { break };
            done.push((parsed, verdict, version));
        }
        Ok(done)
    }

    /// What becomes of a product, and its version; `None` for one to be looked up anew first.
    fn put_one(
        &self,
        (maker, who): (&mut Maker<'_>, &Who),
        (parsed, known): (&Parsed, &Known),
        is_last_try: bool,
    ) -> Result<Option<(Verdict, i64)>> {
        let mut verdict = self.verdict(maker.ground, known, parsed);
        if !verdict.effect.is_written() {
            return Ok(Some((verdict, 0)));
        }
        let (line, good) = (parsed.item.line, known.goods.get(&parsed.item.handle));
        let hand = Hand { who, name: &format!("import:{}:{line}", self.import.id) };
        let key = match maker.try_put(&hand, good, &mut verdict)? {
            Put::Done(version) => return Ok(Some((verdict, version))),
            Put::Meanwhile if !is_last_try => return Ok(None),
            Put::Meanwhile => "import-taken-meanwhile",
            Put::Refused => "import-refused",
        };
        verdict.effect = Effect::Wrong;
        verdict.problems.push(whole(line, key));
        Ok(Some((verdict, 0)))
    }

    fn verdict(&self, ground: &Ground, known: &Known, parsed: &Parsed) -> Verdict {
        let against = Against {
            ground,
            known: known.goods.get(&parsed.item.handle),
            owners: &known.owners,
            stock: self.import.stock,
            said: &|column| self.head.said(column),
        };
        let mut verdict = against.judge(&parsed.item);
        if !parsed.problems.is_empty() {
            verdict.effect = Effect::Wrong;
            verdict.problems = parsed.problems.clone();
        }
        verdict
    }

    fn look_up(&self, conn: &mut Conn, ground: &mut Ground) -> Result<(Vec<Parsed>, Known)> {
        let mut items = self.items.clone();
        for parsed in &mut items {
            in_own_spelling(ground, &mut parsed.item);
        }
        let skus: Vec<&str> = items.iter().flat_map(|parsed| skus(&parsed.item)).collect();
        let owners = queries::owners(conn, &skus)?;
        self.by_sku(conn, &mut items, &owners)?;
        let handles: Vec<&str> = items.iter().map(|parsed| parsed.item.handle.as_str()).collect();
        let ids: Vec<ProductId> = queries::find_products(conn, &handles)?.into_values().collect();
        ground.pictures = pictures(conn, items.iter().map(|parsed| &parsed.item))?;
        let goods = known::load(conn, ground, &ids)?.into_iter();
        let goods =
            goods.map(|good| (good.cells.get(&Column::Handle).cloned().unwrap_or_default(), good));
        Ok((items, Known { goods: goods.collect(), owners }))
    }

    /// A product that a file gives no handle is the one that has the first SKU that the shop knows.
    fn by_sku(
        &self,
        conn: &mut Conn,
        items: &mut [Parsed],
        owners: &BTreeMap<String, ProductId>,
    ) -> Result<()> {
        let is_made_up = self.head.dialect == Dialect::WooCommerce;
        let ids: Vec<ProductId> = owners.values().copied().collect();
        let handles = queries::handles(conn, &ids)?;
        for parsed in items.iter_mut().filter(|it| is_made_up || it.item.handle.is_empty()) {
            let owner = skus(&parsed.item).find_map(|sku| owners.get(sku));
            if let Some(handle) = owner.and_then(|id| handles.get(id)) {
                parsed.item.handle = handle.clone();
            } else if is_made_up && skus(&parsed.item).next().is_some() {
                // Another product may have the same name.
                parsed.item.handle = free_handle(conn, &parsed.item.handle)?.to_string();
            }
        }
        Ok(())
    }

    /// Writes down what has become of products, and moves the file on behind them.
    fn record(&self, conn: &mut Conn, done: &[Done]) -> Result<(usize, Import)> {
        let mut counts = Counts::default();
        for (parsed, verdict, version) in done {
            for problem in &verdict.problems {
                let position = self.import.counts.problems + counts.problems;
                queries::note_problem(conn, self.import.id, (position, problem))?;
                counts.problems += 1;
            }
            let before =
                self.import.counts.made + self.import.counts.changed + counts.made + counts.changed;
            match verdict.effect {
                Effect::Made => counts.made += 1,
                Effect::Changed => counts.changed += 1,
                Effect::Same => counts.same += 1,
                Effect::Wrong => counts.wrong += 1,
            }
            if verdict.effect.is_written() {
                let touched = Touched {
                    line: parsed.item.line,
                    handle: parsed.item.handle.clone(),
                    is_made: verdict.effect == Effect::Made,
                    version: *version,
                    changes: verdict.changes.clone(),
                };
                queries::note_touched(conn, (&self.import, before), &touched)?;
            }
        }
        let at = done.last().map_or(self.import.at, |(parsed, ..)| parsed.ends);
        queries::move_on(conn, &self.import, (at, &counts), self.now)?;
        let counts = self.import.counts.plus(&counts);
        Ok((done.len(), Import { at, counts, ..self.import.clone() }))
    }
}

/// Whoever brought the file, as the books know her.
pub(super) fn who(conn: &mut Conn, staff: StaffId, now: NaiveDateTime) -> Result<Who> {
    let account = find_account(conn, staff)?.ok_or(Error::NotFound)?;
    let (address, request) = (String::new(), String::new());
    Ok(Who { actor: actor(&account), address, request, at: now })
}

fn skus(item: &Item) -> impl Iterator<Item = &str> {
    let skus = item.variants.iter().filter_map(|row| row.cells.get(&Column::Sku));
    skus.map(|sku| sku.trim()).filter(|sku| !sku.is_empty())
}

/// What no two products have: handles and SKUs.
fn names(item: &Item) -> Vec<String> {
    let skus = skus(item).map(|sku| format!("sku {sku}"));
    skus.chain([item.handle.clone()]).collect()
}

/// Attributes by the columns that the shop has for them.
fn in_own_spelling(ground: &Ground, item: &mut Item) {
    let cells = std::mem::take(&mut item.product).into_iter();
    let own = |(column, cell)| match column {
        Column::Attribute(feature) => {
            let known = ground.words.as_feature(feature.clone());
            (Column::Attribute(known.unwrap_or(feature)), cell)
        }
        column => (column, cell),
    };
    item.product = cells.map(own).collect();
}

/// The pictures that items speak of, as far as the shop has them.
pub(super) fn pictures<'a>(
    conn: &mut Conn,
    items: impl Iterator<Item = &'a Item>,
) -> Result<BTreeMap<String, crate::ids::MediaId>> {
    let cells = items.flat_map(|item| {
        let of_variants = item.variants.iter().filter_map(|row| row.cells.get(&Column::Picture));
        of_variants.chain(item.product.get(&Column::Pictures))
    });
    let mut names: Vec<&str> = cells.flat_map(|cell| picture_names(cell)).collect();
    names.sort_unstable();
    names.dedup();
    queries::find_pictures(conn, &names)
}
