//! Tags: words that products share. One is there as long as a product has it.

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::reindex::{Of, ask};
use super::told;
use crate::audit::{Action, Entity, Who};
use crate::db::schema::{product, product_tag};
use crate::db::{Conn, any_of, within};
use crate::error::{Error, Result};
use crate::ids::ProductId;

/// Tags after one in the order of the alphabet, at most `most`, each with how many products have it.
/// Empty for from the first on.
pub fn list(
    conn: &mut Conn,
    (begins, after): (&str, &str),
    most: i64,
) -> Result<Vec<(String, i64)>> {
    Ok(product_tag::table
        .filter(product_tag::tag.ge(begins))
        .filter(product_tag::tag.lt(format!("{begins}\u{10ffff}")))
        .filter(product_tag::tag.gt(after))
        .group_by(product_tag::tag)
        .order(product_tag::tag)
        .limit(most)
        .select((product_tag::tag, count_star()))
        .load(conn)?)
}

/// How many products have a tag.
pub fn count(conn: &mut Conn, tag: &str) -> Result<i64> {
    Ok(product_tag::table.filter(product_tag::tag.eq(tag)).count().get_result(conn)?)
}

/// Calls a tag something else. Products that have that tag already have it once.
pub fn rename(conn: &mut Conn, who: &Who, (old, new): (&str, &str)) -> Result<()> {
    touch(conn, who, old)?;
    let both = product_tag::table.filter(product_tag::tag.eq(new));
    let old_ones = product_tag::table.filter(product_tag::tag.eq(old));
    let having: Vec<ProductId> = both.select(product_tag::product_id).load(conn)?;
    diesel::delete(old_ones.filter(any_of(product_tag::product_id, &having))).execute(conn)?;
    diesel::update(old_ones).set(product_tag::tag.eq(new)).execute(conn)?;
    let fields = |tag: &str| vec![("tag".to_owned(), tag.to_owned())];
    let deed = (Action::TagRenamed, Entity::Tag(old.to_owned()));
    told(conn, who, deed, (&fields(old), &fields(new)))
}

/// Takes a tag off all products.
pub fn remove(conn: &mut Conn, who: &Who, tag: &str) -> Result<()> {
    touch(conn, who, tag)?;
    diesel::delete(product_tag::table.filter(product_tag::tag.eq(tag))).execute(conn)?;
    told(conn, who, (Action::TagRemoved, Entity::Tag(tag.to_owned())), (&[], &[]))
}

/// Lets whoever edits one of the products know that somebody else has changed it.
fn touch(conn: &mut Conn, who: &Who, tag: &str) -> Result<()> {
    let having = product_tag::table.filter(product_tag::tag.eq(tag));
    let having = having.select(product_tag::product_id);
    let touched = diesel::update(product::table.filter(within(product::id, having)))
        .set((product::version.eq(product::version + 1), product::updated_at.eq(who.at)))
        .execute(conn)?;
    if touched == 0 {
        return Err(Error::NotFound);
    }
    ask(conn, Of::changed_at(who.at), who.at)
}
