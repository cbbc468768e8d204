//! Handles: the names of products in addresses, made of what people call them.

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::schema::{product, variant};
use crate::error::{Error, Result};
use crate::search::fold;
use crate::values::Slug;

/// How many letters of a name a handle takes: a number may follow.
const LONGEST: usize = 80;
/// How many numbers are tried before chance decides.
const TRIES: u32 = 50;

/// The words of a name, as an address writes them; `product` for a name without a Latin letter.
pub fn handle_of(name: &str) -> String {
    let folded = fold(name);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut handle = words.collect::<Vec<_>>().join("-");
    handle.truncate(LONGEST);
    match handle.trim_end_matches('-') {
        "" => "product".to_owned(),
        handle => handle.to_owned(),
    }
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
pub(super) fn free_handle(conn: &mut Conn, name: &str) -> Result<Slug> {
    let slug = free(conn, &handle_of(name), |conn, handle| {
        let taken = product::table.filter(product::slug.eq(handle));
        Ok(diesel::select(exists(taken)).get_result(conn)?)
    })?;
    Slug::parse(&slug).ok_or_else(|| Error::internal(format!("{slug:?} is no handle")))
}

/// A SKU like this one that no variant has.
pub(super) fn free_sku(conn: &mut Conn, like: &str) -> Result<String> {
    free(conn, like, |conn, sku| {
        let taken = variant::table.filter(variant::sku.eq(sku));
        Ok(diesel::select(exists(taken)).get_result(conn)?)
    })
}

fn free(
    conn: &mut Conn,
    wanted: &str,
    is_taken: impl Fn(&mut Conn, &str) -> Result<bool>,
) -> Result<String> {
    if !is_taken(conn, wanted)? {
        return Ok(wanted.to_owned());
    }
    for number in 2..TRIES {
        let numbered = format!("{wanted}-{number}");
        if !is_taken(conn, &numbered)? {
            return Ok(numbered);
        }
    }
    Ok(format!("{wanted}-{:08x}", rand::random::<u32>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_is_made_of_the_words_of_a_name() {
        assert_eq!(handle_of("Bumi Stoneware Mug, 250 ml"), "bumi-stoneware-mug-250-ml");
        assert_eq!(handle_of("  Crème brûlée! "), "creme-brulee");
        assert_eq!(handle_of("杯子"), "product");
        assert_eq!(handle_of(&"long ".repeat(40)).len(), 79);
    }

    #[test]
    fn a_handle_is_known_by_its_name() {
        let is_of = |slug, name| is_of(&Slug::parse(slug).expect("a slug"), name);
        assert!(is_of("blue-mug", "Blue mug") && is_of("blue-mug-2", "Blue mug"));
        assert!(!is_of("blue-mug-large", "Blue mug") && !is_of("my-mug", "Blue mug"));
    }
}
