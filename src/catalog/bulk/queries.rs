//! All SQL of changes of many products, but what is done to a product itself.

use chrono::NaiveDateTime;
use diesel::IntoSql;
use diesel::dsl::{count_star, exists};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

use super::model::{Change, Chosen, Problem, Stage, Stand};
use super::plan::{Plan, Values};
use crate::catalog::book;
use crate::db::schema::{brand, bulk_change, bulk_edit, category, product, staff};
use crate::db::{Conn, any_of};
use crate::error::{Error, Result};
use crate::ids::{BulkEditId, ProductId, StaffId};
use crate::search::Products;
use crate::web::View;

/// A change of many products.
#[derive(Debug, Clone)]
pub struct Edit {
    pub id: BulkEditId,
    /// Who began it.
    pub staff: (StaffId, String),
    pub change: Change,
    pub stage: Stage,
    pub made_at: NaiveDateTime,
}

/// A product of it.
#[derive(Debug, Clone)]
pub struct Row {
    pub product: ProductId,
    /// Why it was left alone, or not put back.
    pub problem: Option<Problem>,
    /// What was changed: as it was, and as it became.
    pub values: Option<(Values, Values)>,
}

/// How many products of it stand how.
pub type Counts = BTreeMap<Stand, i64>;

fn products(conn: &mut Conn, view: &View, chosen: &Chosen) -> Result<Products> {
    match chosen {
        Chosen::These(ids) => {
            let all = product::table.select(product::id).into_boxed();
            Ok(all.filter(any_of(product::id, ids)))
        }
        Chosen::Matching(wanted) => book::matching(conn, view, wanted),
    }
}

/// How many products are chosen.
pub fn count(conn: &mut Conn, view: &View, chosen: &Chosen) -> Result<i64> {
    Ok(products(conn, view, chosen)?.select(count_star()).first(conn)?)
}

/// The first of the products that are chosen, in the order in which they are changed.
pub fn first(conn: &mut Conn, view: &View, chosen: &Chosen, most: i64) -> Result<Vec<ProductId>> {
    Ok(products(conn, view, chosen)?.order(product::id).limit(most).load(conn)?)
}

/// What somebody of the staff is called.
pub(super) fn name_of(conn: &mut Conn, id: StaffId) -> Result<String> {
    Ok(staff::table.find(id).select(staff::name).first(conn)?)
}

/// Writes down what is to be done, and to which products: how many they are.
pub(super) fn insert(
    conn: &mut Conn,
    (staff, change, at): (StaffId, &Change, NaiveDateTime),
    (view, chosen): (&View, &Chosen),
) -> Result<(BulkEditId, i64)> {
    let id: BulkEditId = diesel::insert_into(bulk_edit::table)
        .values((
            bulk_edit::staff_id.eq(staff),
            bulk_edit::change.eq(json(change)?),
            bulk_edit::stage.eq(Stage::Doing.code()),
            bulk_edit::made_at.eq(at),
        ))
        .returning(bulk_edit::id)
        .get_result(conn)?;
    let nothing = || "".into_sql::<Text>();
    let rows = products(conn, view, chosen)?.select((
        id.0.into_sql::<BigInt>(),
        product::id,
        Stand::Waiting.code().into_sql::<Text>(),
        nothing(),
        nothing(),
        nothing(),
    ));
    let columns = (
        bulk_change::bulk_edit_id,
        bulk_change::product_id,
        bulk_change::stand,
        bulk_change::before,
        bulk_change::after,
        bulk_change::problem,
    );
    let count = rows.insert_into(bulk_change::table).into_columns(columns).execute(conn)?;
    Ok((id, i64::try_from(count).unwrap_or(i64::MAX)))
}

/// Forgets a change that was never begun.
pub(super) fn forget(conn: &mut Conn, id: BulkEditId) -> Result<()> {
    diesel::delete(bulk_edit::table.find(id)).execute(conn)?;
    Ok(())
}

pub fn find(conn: &mut Conn, id: BulkEditId) -> Result<Option<Edit>> {
    Ok(load(conn, Some(id), 1)?.pop())
}

/// The last changes, the latest first.
pub fn last(conn: &mut Conn, most: i64) -> Result<Vec<Edit>> {
    load(conn, None, most)
}

fn load(conn: &mut Conn, id: Option<BulkEditId>, most: i64) -> Result<Vec<Edit>> {
    type Found = (BulkEditId, (StaffId, String), String, String, NaiveDateTime);
    let all = bulk_edit::table.inner_join(staff::table).select((
        bulk_edit::id,
        (staff::id, staff::name),
        bulk_edit::change,
        bulk_edit::stage,
        bulk_edit::made_at,
    ));
    let rows: Vec<Found> = match id {
        Some(id) => all.filter(bulk_edit::id.eq(id)).load(conn)?,
        None => all.order(bulk_edit::id.desc()).limit(most).load(conn)?,
    };
    let edits = rows.into_iter().map(|(id, staff, change, stage, made_at)| {
        let unreadable = || Error::internal(format!("the change {id} cannot be read"));
        let stage = Stage::parse(&stage).ok_or_else(unreadable)?;
        let change = read(&change).ok_or_else(unreadable)?;
        Ok(Edit { id, staff, change, stage, made_at })
    });
    edits.collect()
}

pub fn counts(conn: &mut Conn, id: BulkEditId) -> Result<Counts> {
    let rows: Vec<(String, i64)> = bulk_change::table
        .filter(bulk_change::bulk_edit_id.eq(id))
        .group_by(bulk_change::stand)
        .select((bulk_change::stand, count_star()))
        .load(conn)?;
    let counts = rows.into_iter().filter_map(|(stand, count)| Some((Stand::parse(&stand)?, count)));
    Ok(counts.collect())
}

/// The first products of a change that stand so, by their numbers.
pub fn settled(conn: &mut Conn, id: BulkEditId, stand: Stand, most: i64) -> Result<Vec<Row>> {
    let rows: Vec<(ProductId, String, String, String)> = bulk_change::table
        .filter(bulk_change::bulk_edit_id.eq(id))
        .filter(bulk_change::stand.eq(stand.code()))
        .order(bulk_change::product_id)
        .limit(most)
        .select((
            bulk_change::product_id,
            bulk_change::problem,
            bulk_change::before,
            bulk_change::after,
        ))
        .load(conn)?;
    let rows = rows.into_iter().map(|(product, problem, before, after)| {
        let values = read(&before).zip(read(&after));
        Row { product, problem: Problem::parse(&problem), values }
    });
    Ok(rows.collect())
}

/// Writes down what has become of a product.
pub(super) fn settle(
    conn: &mut Conn,
    (id, product): (BulkEditId, ProductId),
    plan: &Plan,
) -> Result<()> {
    let (stand, values, problem) = match plan {
        Plan::Same => (Stand::Same, None, ""),
        Plan::To { from, to } => (Stand::Done, Some((json(from)?, json(to)?)), ""),
        Plan::Cannot(problem) => (Stand::Left, None, problem.code()),
    };
    let (before, after) = values.unwrap_or_default();
    diesel::update(bulk_change::table.find((id, product)))
        .set((
            bulk_change::stand.eq(stand.code()),
            bulk_change::before.eq(before),
            bulk_change::after.eq(after),
            bulk_change::problem.eq(problem),
        ))
        .execute(conn)?;
    Ok(())
}

/// Writes down whether a product is as it was. What was there before and after stays.
pub(super) fn settle_back(
    conn: &mut Conn,
    (id, product): (BulkEditId, ProductId),
    plan: &Plan,
) -> Result<()> {
    let (stand, problem) = match plan {
        Plan::Same | Plan::To { .. } => (Stand::Undone, ""),
        Plan::Cannot(problem) => (Stand::Kept, problem.code()),
    };
    diesel::update(bulk_change::table.find((id, product)))
        .set((bulk_change::stand.eq(stand.code()), bulk_change::problem.eq(problem)))
        .execute(conn)?;
    Ok(())
}

/// `false` when it is no longer in the first stage.
pub(super) fn advance(conn: &mut Conn, id: BulkEditId, (from, to): (Stage, Stage)) -> Result<bool> {
    let there = bulk_edit::table.find(id).filter(bulk_edit::stage.eq(from.code()));
    Ok(diesel::update(there).set(bulk_edit::stage.eq(to.code())).execute(conn)? == 1)
}

/// Whether the category or brand that a product would get is there.
pub(super) fn is_there(conn: &mut Conn, wanted: &Values) -> Result<bool> {
    Ok(match wanted {
        Values::Category(Some(id)) => {
            diesel::select(exists(category::table.find(*id))).get_result(conn)?
        }
        Values::Brand(Some(id)) => {
            diesel::select(exists(brand::table.find(*id))).get_result(conn)?
        }
        _ => true,
    })
}

/// Takes away what was changed before an instant, at most so many rows: how many went.
pub(super) fn sweep(conn: &mut Conn, before: NaiveDateTime, most: i64) -> Result<usize> {
    let old = bulk_edit::table.filter(bulk_edit::made_at.lt(before)).order(bulk_edit::made_at);
    let Some(id) = old.select(bulk_edit::id).first::<BulkEditId>(conn).optional()? else {
        return Ok(0);
    };
    let rows = bulk_change::table.filter(bulk_change::bulk_edit_id.eq(id));
    let some: Vec<ProductId> = rows.select(bulk_change::product_id).limit(most).load(conn)?;
    if some.is_empty() {
        return Ok(diesel::delete(bulk_edit::table.find(id)).execute(conn)?);
    }
    Ok(diesel::delete(rows.filter(any_of(bulk_change::product_id, &some))).execute(conn)?)
}

fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::internal(error.to_string()))
}

fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}
