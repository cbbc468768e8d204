//! What goes out of the catalogue without a trace, as if it had never been there. What somebody has
//! ordered, and what something else still names, stays: the database's own keys say so.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::model::Status;
use super::writes;
use crate::db::Conn;
use crate::db::schema::{
    attribute, brand, category, option_type, option_value, order_line, product, variant,
};
use crate::error::{Error, Result};
use crate::ids::{AttributeId, BrandId, CategoryId, OptionTypeId, ProductId};

/// What became of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Discarded {
    Gone,
    /// Somebody has ordered it.
    Archived,
    /// Something else names it, such as a promotion.
    Kept,
}

/// Takes a product out with its variants, prices, stock and words.
pub fn discard_product(conn: &mut Conn, id: ProductId) -> Result<Discarded> {
    let ordered = order_line::table
        .inner_join(variant::table.on(order_line::variant_id.eq(variant::id.nullable())))
        .filter(variant::product_id.eq(id));
    if diesel::select(exists(ordered)).get_result(conn)? {
        return writes::set_status(conn, id, Status::Archived).map(|()| Discarded::Archived);
    }
    let delete = |conn: &mut Conn| Ok(diesel::delete(product::table.find(id)).execute(conn)?);
    Ok(if unless_in_use(conn, delete)? { Discarded::Gone } else { Discarded::Kept })
}

/// Takes a category out, unless something stands in it or below it.
pub fn discard_category(conn: &mut Conn, id: CategoryId) -> Result<()> {
    unless_in_use(conn, |conn| Ok(diesel::delete(category::table.find(id)).execute(conn)?))?;
    Ok(())
}

/// Takes a brand out that no product has.
pub fn discard_brand(conn: &mut Conn, id: BrandId) -> Result<()> {
    unless_in_use(conn, |conn| Ok(diesel::delete(brand::table.find(id)).execute(conn)?))?;
    Ok(())
}

/// Takes an attribute out that no product has, with its choices.
pub fn discard_attribute(conn: &mut Conn, id: AttributeId) -> Result<()> {
    unless_in_use(conn, |conn| Ok(diesel::delete(attribute::table.find(id)).execute(conn)?))?;
    Ok(())
}

/// Takes an option out that no product has, with its values.
pub fn discard_option(conn: &mut Conn, id: OptionTypeId) -> Result<()> {
    unless_in_use(conn, |conn| {
        let values = option_value::table.filter(option_value::option_type_id.eq(id));
        diesel::delete(values).execute(conn)?;
        Ok(diesel::delete(option_type::table.find(id)).execute(conn)?)
    })?;
    Ok(())
}

/// Deletes, all of it or nothing; `false` when something still names it.
fn unless_in_use(conn: &mut Conn, delete: impl FnOnce(&mut Conn) -> Result<usize>) -> Result<bool> {
    match conn.transaction::<_, Error, _>(delete) {
        Err(error) if error.is_in_use() => Ok(false),
        deleted => deleted.map(|_| true),
    }
}
