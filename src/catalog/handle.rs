//! Handles of products, and SKUs.

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::schema::{product, variant};
use crate::error::Result;
use crate::search::{self, free};
use crate::values::Slug;

/// The words of a name, as an address writes them; `product` for a name without a Latin letter.
pub fn handle_of(name: &str) -> String {
    search::handle_of(name, "product")
}

/// Whether a handle is what a name gives, with a number behind it or not.
pub(super) fn is_of(slug: &Slug, name: &str) -> bool {
    let rest = slug.as_str().strip_prefix(&handle_of(name));
    rest.is_some_and(|rest| match rest.strip_prefix('-') {
        Some(number) => number.bytes().all(|b| b.is_ascii_hexdigit()),
        None => rest.is_empty(),
    })
}

/// The handle of a name, with a number behind it where another product has it.
pub fn free_handle(conn: &mut Conn, name: &str) -> Result<Slug> {
    search::free_handle(conn, &handle_of(name), |conn, handle| {
        let taken = product::table.filter(product::slug.eq(handle));
        Ok(diesel::select(exists(taken)).get_result(conn)?)
    })
}

/// A SKU like this one that no variant has.
pub fn free_sku(conn: &mut Conn, like: &str) -> Result<String> {
    free(conn, like, |conn, sku| {
        let taken = variant::table.filter(variant::sku.eq(sku));
        Ok(diesel::select(exists(taken)).get_result(conn)?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_is_known_by_its_name() {
        let is_of = |slug, name| is_of(&Slug::parse(slug).expect("a slug"), name);
        assert!(is_of("blue-mug", "Blue mug") && is_of("blue-mug-2", "Blue mug"));
        assert!(!is_of("blue-mug-large", "Blue mug") && !is_of("my-mug", "Blue mug"));
    }
}
