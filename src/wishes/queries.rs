//! All SQL of the room. Whoever changes a list moves its `updated_at` on first: that locks its row,
//! so that two changes of one list come after each other.

use chrono::NaiveDateTime;
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::model::{KEPT, Kept, MOST_WISHES, Owner, Wish, Wishlist};
use crate::cart::CartLine;
use crate::db::schema::{wish, wishlist};
use crate::db::{Conn, any_of};
use crate::error::{Error, Result};
use crate::ids::{CustomerId, ShareToken, VariantId, WishlistId};
use crate::values::Quantity;

pub(super) fn find(conn: &mut Conn, owner: &Owner) -> Result<Option<Wishlist>> {
    let row: Option<(WishlistId, Option<String>)> = wishlist::table
        .filter(of(owner))
        .select((wishlist::id, wishlist::share_token))
        .first(conn)
        .optional()?;
    Ok(row.map(|(id, token)| Wishlist {
        id,
        shared_by: token.as_deref().and_then(ShareToken::parse),
    }))
}

/// The list that a link shows.
pub(super) fn find_shared(conn: &mut Conn, token: &ShareToken) -> Result<Option<WishlistId>> {
    let shared = wishlist::table.filter(wishlist::share_token.eq(token.as_str()));
    Ok(shared.select(wishlist::id).first(conn).optional()?)
}

/// What is on a list, the latest first, each as a cart line of one at the price of then.
pub(super) fn wishes(conn: &mut Conn, list: WishlistId) -> Result<Vec<CartLine>> {
    let rows: Vec<(VariantId, i64)> = wish::table
        .filter(wish::wishlist_id.eq(list))
        .order((wish::added_at.desc(), wish::variant_id))
        .limit(MOST_WISHES)
        .select((wish::variant_id, wish::unit_price))
        .load(conn)?;
    let line = |(variant, unit_price)| CartLine { variant, quantity: Quantity::ONE, unit_price };
    Ok(rows.into_iter().map(line).collect())
}

/// Puts a wish onto somebody's list, which begins with it if she has none. What is there already
/// stays as it was.
pub(super) fn put(conn: &mut Conn, owner: &Owner, new: Wish, now: NaiveDateTime) -> Result<Kept> {
    let list = open(conn, owner, now)?;
    let of_list = || wish::table.filter(wish::wishlist_id.eq(list));
    let known = of_list().filter(wish::variant_id.eq(new.variant));
    if diesel::select(exists(known)).get_result(conn)? {
        return Ok(Kept::Yes);
    }
    if of_list().count().get_result::<i64>(conn)? >= MOST_WISHES {
        return Ok(Kept::Full);
    }
    diesel::insert_into(wish::table)
        .values((
            wish::wishlist_id.eq(list),
            wish::variant_id.eq(new.variant),
            wish::unit_price.eq(new.unit_price),
            wish::added_at.eq(now),
        ))
        .execute(conn)?;
    Ok(Kept::Yes)
}

/// Her list, made if there is none.
fn open(conn: &mut Conn, owner: &Owner, now: NaiveDateTime) -> Result<WishlistId> {
    if let Some(list) = touch(conn, owner, now)? {
        return Ok(list);
    }
    let values = (
        wishlist::customer_id.eq(owner.customer()),
        wishlist::guest_key.eq(owner.guest()),
        wishlist::updated_at.eq(now),
    );
    let insert = diesel::insert_into(wishlist::table).values(values).returning(wishlist::id);
    // A savepoint: PostgreSQL would give up the caller's transaction.
    match conn.transaction(|conn| Ok(insert.get_result(conn)?)) {
        Err(error) if Error::is_duplicate(&error) => touch(conn, owner, now)?.ok_or(error),
        made => made,
    }
}

/// Her list, changed now.
pub(super) fn touch(
    conn: &mut Conn,
    owner: &Owner,
    now: NaiveDateTime,
) -> Result<Option<WishlistId>> {
    Ok(diesel::update(wishlist::table.filter(of(owner)))
        .set(wishlist::updated_at.eq(now))
        .returning(wishlist::id)
        .get_result(conn)
        .optional()?)
}

/// Takes a wish off her list.
pub(super) fn remove(
    conn: &mut Conn,
    owner: &Owner,
    variant: VariantId,
    now: NaiveDateTime,
) -> Result<()> {
    let Some(list) = touch(conn, owner, now)? else { return Ok(()) };
    diesel::delete(wish::table.find((list, variant))).execute(conn)?;
    Ok(())
}

/// Forgets a list on which nothing is left, unless others have its link; whether it is gone.
pub(super) fn forget_empty(conn: &mut Conn, owner: &Owner) -> Result<bool> {
    let left = wish::table.filter(wish::wishlist_id.eq(wishlist::id));
    let empty = wishlist::table.filter(of(owner)).filter(wishlist::share_token.is_null());
    Ok(diesel::delete(empty.filter(not(exists(left)))).execute(conn)? == 1)
}

/// Lets whoever gets the link see the list; one that is shared keeps the link that it has.
pub(super) fn share(conn: &mut Conn, owner: &Owner) -> Result<()> {
    let unshared = wishlist::table.filter(of(owner)).filter(wishlist::share_token.is_null());
    diesel::update(unshared)
        .set(wishlist::share_token.eq(ShareToken::random().as_str()))
        .execute(conn)?;
    Ok(())
}

/// From now on the link shows nothing, for good.
pub(super) fn stop_sharing(conn: &mut Conn, owner: &Owner) -> Result<()> {
    diesel::update(wishlist::table.filter(of(owner)))
        .set(wishlist::share_token.eq(None::<String>))
        .execute(conn)?;
    Ok(())
}

/// Makes a guest's list a customer's, who has none.
pub(super) fn give(conn: &mut Conn, list: WishlistId, to: CustomerId) -> Result<()> {
    diesel::update(wishlist::table.find(list))
        .set((wishlist::customer_id.eq(to), wishlist::guest_key.eq(None::<String>)))
        .execute(conn)?;
    Ok(())
}

/// Moves what one list has and the other has not, and forgets the first with its link. Of more
/// than a list holds the oldest go.
pub(super) fn pour(conn: &mut Conn, from: WishlistId, into: WishlistId) -> Result<()> {
    let known: Vec<VariantId> = wish::table
        .filter(wish::wishlist_id.eq(into))
        .limit(MOST_WISHES)
        .select(wish::variant_id)
        .load(conn)?;
    let new = wish::table
        .filter(wish::wishlist_id.eq(from))
        .filter(not(any_of(wish::variant_id, &known)));
    diesel::update(new).set(wish::wishlist_id.eq(into)).execute(conn)?;
    diesel::delete(wishlist::table.find(from)).execute(conn)?;
    let oldest: Vec<VariantId> = wish::table
        .filter(wish::wishlist_id.eq(into))
        .order((wish::added_at.desc(), wish::variant_id))
        .offset(MOST_WISHES)
        .limit(MOST_WISHES)
        .select(wish::variant_id)
        .load(conn)?;
    let beyond = wish::table.filter(wish::wishlist_id.eq(into));
    diesel::delete(beyond.filter(any_of(wish::variant_id, &oldest))).execute(conn)?;
    Ok(())
}

/// Forgets so many at most of the guests' lists that nobody has changed for long; how many.
pub(super) fn sweep(conn: &mut Conn, now: NaiveDateTime, most: i64) -> Result<usize> {
    let old: Vec<WishlistId> = wishlist::table
        .filter(wishlist::guest_key.is_not_null())
        .filter(wishlist::updated_at.lt(now - KEPT))
        .limit(most)
        .select(wishlist::id)
        .load(conn)?;
    Ok(diesel::delete(wishlist::table.filter(any_of(wishlist::id, &old))).execute(conn)?)
}

/// A column that holds nothing is equal to nothing: one of the two decides.
#[diesel::dsl::auto_type(no_type_alias)]
fn of<'a>(owner: &'a Owner) -> _ {
    let customer: Option<CustomerId> = owner.customer();
    let guest: Option<&'a str> = owner.guest();
    wishlist::customer_id.eq(customer).or(wishlist::guest_key.eq(guest))
}
