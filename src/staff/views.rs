//! Lists of the back office as somebody of the staff has narrowed them, each under a name of hers. Nobody
//! else sees them and nothing of the shop changes by them, so the audit log does not know them.

use diesel::prelude::*;

use crate::db::Conn;
use crate::db::schema::saved_view;
use crate::error::{Error, Result};
use crate::ids::{SavedViewId, StaffId};

/// So many of one list somebody has at most.
pub const MOST_VIEWS: i64 = 20;

/// A list that can be narrowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    Products,
    Orders,
}

impl List {
    const ALL: [Self; 2] = [Self::Products, Self::Orders];

    /// Its name in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Products => "products",
            Self::Orders => "orders",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.code() == code)
    }

    pub fn path(self) -> &'static str {
        match self {
            Self::Products => "/admin/products",
            Self::Orders => "/admin/orders",
        }
    }

    /// What is kept of the query of its address. Words by which orders were found may name a shopper,
    /// who wants to be forgotten one day.
    pub fn kept(self, query: &str) -> String {
        let pairs = form_urlencoded::parse(query.as_bytes());
        let kept = pairs.filter(|(name, _)| !(self == Self::Orders && name == "q"));
        form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish()
    }
}

/// A list as somebody has narrowed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    pub id: SavedViewId,
    pub list: List,
    pub name: String,
    /// What stands after the `?` of its address.
    pub query: String,
}

/// What somebody has of a list, by name.
pub fn views(conn: &mut Conn, staff: StaffId, list: List) -> Result<Vec<SavedView>> {
    let rows: Vec<(SavedViewId, String, String)> = saved_view::table
        .filter(saved_view::staff_id.eq(staff))
        .filter(saved_view::list.eq(list.code()))
        .order(saved_view::name)
        .limit(MOST_VIEWS)
        .select((saved_view::id, saved_view::name, saved_view::query))
        .load(conn)?;
    let views = rows.into_iter().map(|(id, name, query)| SavedView { id, list, name, query });
    Ok(views.collect())
}

/// One of hers.
pub fn find_view(conn: &mut Conn, staff: StaffId, id: SavedViewId) -> Result<Option<SavedView>> {
    let row: Option<(String, String, String)> = saved_view::table
        .find(id)
        .filter(saved_view::staff_id.eq(staff))
        .select((saved_view::list, saved_view::name, saved_view::query))
        .first(conn)
        .optional()?;
    Ok(row.and_then(|(list, name, query)| {
        Some(SavedView { id, list: List::parse(&list)?, name, query })
    }))
}

/// Keeps a list as it is narrowed; `false` when she has as many as there is room for.
///
/// # Errors
/// A duplicate (`Error::is_duplicate`) when she has one of that name.
pub fn save_view(
    conn: &mut Conn,
    staff: StaffId,
    (list, name, query): (List, &str, &str),
) -> Result<bool> {
    if views(conn, staff, list)?.len() as i64 >= MOST_VIEWS {
        return Ok(false);
    }
    diesel::insert_into(saved_view::table)
        .values((
            saved_view::staff_id.eq(staff),
            saved_view::list.eq(list.code()),
            saved_view::name.eq(name),
            saved_view::query.eq(list.kept(query)),
        ))
        .execute(conn)?;
    Ok(true)
}

/// # Errors
/// A duplicate when she has another of that name.
pub fn rename_view(conn: &mut Conn, staff: StaffId, (id, name): (SavedViewId, &str)) -> Result<()> {
    let hers = saved_view::table.find(id).filter(saved_view::staff_id.eq(staff));
    match diesel::update(hers).set(saved_view::name.eq(name)).execute(conn)? {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}

pub fn remove_view(conn: &mut Conn, staff: StaffId, id: SavedViewId) -> Result<()> {
    let hers = saved_view::table.find(id).filter(saved_view::staff_id.eq(staff));
    diesel::delete(hers).execute(conn)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_name_a_shopper_is_not_kept() {
        let query = "payment=due&q=rani%40shop.example";
        assert_eq!(List::Orders.kept(query), "payment=due");
        assert_eq!(List::Products.kept("q=a+b&status=draft"), "q=a+b&status=draft");
    }
}
