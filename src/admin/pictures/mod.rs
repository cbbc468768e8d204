//! The pictures of a product: added, ordered, described, given to variants, removed.

pub mod add;
pub mod edit;
pub mod list;
pub mod order;
pub mod remove;
mod stands_for;

use super::{Allowed, queries};
use crate::error::{Error, Result};
use crate::ids::{MediaId, ProductId};
use crate::staff::to;

type Staff = Allowed<to::ChangeProducts>;

/// Whose pictures they are.
struct Product {
    id: ProductId,
    name: String,
}

/// The product that an address names.
async fn find(staff: &Staff, id: &str) -> Result<Product> {
    let id = ProductId(id.parse().map_err(|_| Error::NotFound)?);
    let visit = staff.visit();
    let languages = [visit.language.code(), visit.frame.own_language().code()];
    let name = visit.shop.db.read(move |conn| queries::product_name(conn, id, languages)).await?;
    Ok(Product { id, name: name.ok_or(Error::NotFound)? })
}

fn picture_id(id: &str) -> Result<MediaId> {
    id.parse().map(MediaId).map_err(|_| Error::NotFound)
}

fn address(product: ProductId) -> String {
    format!("/admin/products/{product}/pictures")
}
