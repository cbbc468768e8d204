//! Where products stand: in their own category and, derived, in every one above it. What follows
//! when a category goes elsewhere, a whole subtree at once.

use chrono::NaiveDateTime;
use diesel::IntoSql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};
use std::collections::BTreeMap;

use crate::db::schema::{category, product, product_category};
use crate::db::{Conn, any_of, within};
use crate::error::Result;
use crate::ids::CategoryId;

/// The shop's categories, each with the one that it stands in.
pub(super) struct Tree(BTreeMap<CategoryId, Option<CategoryId>>);

impl Tree {
    pub fn load(conn: &mut Conn) -> Result<Self> {
        let rows: Vec<(CategoryId, Option<CategoryId>)> =
            category::table.select((category::id, category::parent_id)).load(conn)?;
        Ok(Self(rows.into_iter().collect()))
    }

    /// A category and every one above it; none of none.
    pub fn upwards(&self, from: Option<CategoryId>) -> Vec<CategoryId> {
        let above = |id: &CategoryId| self.0.get(id).copied().flatten();
        std::iter::successors(from, above).take(self.0.len()).collect()
    }

    /// A category and every one below it.
    fn subtree(&self, top: CategoryId) -> Vec<CategoryId> {
        let all = self.0.keys().copied();
        all.filter(|id| self.upwards(Some(*id)).contains(&top)).collect()
    }
}

/// Takes the products of a subtree out of the categories that are no longer above it, and puts them
/// into those that are. To be called while the tree is still as it was.
pub(super) fn replant(
    conn: &mut Conn,
    (tree, id): (&Tree, CategoryId),
    (from, to): (Option<CategoryId>, Option<CategoryId>),
) -> Result<()> {
    let (left, entered) = (tree.upwards(from), tree.upwards(to));
    let subtree = tree.subtree(id);
    for gone in left.iter().filter(|id| !entered.contains(id)) {
        let members = product::table.filter(any_of(product::category_id, &subtree));
        let members = members.select(product::id);
        let rows = product_category::table.filter(product_category::category_id.eq(gone));
        diesel::delete(rows.filter(within(product_category::product_id, members))).execute(conn)?;
    }
    for new in entered.iter().filter(|id| !left.contains(id)) {
        product::table
            .filter(any_of(product::category_id, &subtree))
            .select((product::id, new.0.into_sql::<BigInt>(), false.into_sql::<Bool>()))
            .insert_into(product_category::table)
            .into_columns((
                product_category::product_id,
                product_category::category_id,
                product_category::direct,
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Lets the products of a category go one level up, before it is deleted.
pub(super) fn hand_up(
    conn: &mut Conn,
    id: CategoryId,
    parent: Option<CategoryId>,
    at: NaiveDateTime,
) -> Result<()> {
    diesel::delete(product_category::table.filter(product_category::category_id.eq(id)))
        .execute(conn)?;
    if let Some(parent) = parent {
        let own = product::table.filter(product::category_id.eq(id)).select(product::id);
        let rows = product_category::table.filter(product_category::category_id.eq(parent));
        diesel::update(rows.filter(within(product_category::product_id, own)))
            .set(product_category::direct.eq(true))
            .execute(conn)?;
    }
    diesel::update(product::table.filter(product::category_id.eq(id)))
        .set((
            product::category_id.eq(parent),
            product::version.eq(product::version + 1),
            product::updated_at.eq(at),
        ))
        .execute(conn)?;
    Ok(())
}

/// How many products stand in a category itself.
pub(super) fn count_own(conn: &mut Conn, id: CategoryId) -> Result<i64> {
    Ok(product::table.filter(product::category_id.eq(id)).count().get_result(conn)?)
}
