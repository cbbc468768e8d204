//! Uses promotions up, in the transaction that writes the order.

use diesel::prelude::*;

use super::model::CustomerKey;
use super::offers::Offers;
use crate::db::schema::{promotion, promotion_customer, redemption};
use crate::db::{Conn, any_of};
use crate::error::Result;
use crate::ids::{OrderId, PromotionId};
use crate::pricing::Bill;

/// Writes down that an order used the promotions of its bill. `false` when one of them has been
/// used up meanwhile: then the caller undoes the order.
///
/// Limits are those of now, not of the frame in memory. The counters of two orders are taken in
/// the same order, by id, so that they do not wait for each other in a circle.
///
/// # Errors
/// A duplicate (`Error::is_duplicate`) when the same customer's first two uses meet: whoever comes
/// second tries again.
pub fn redeem(
    conn: &mut Conn,
    order: OrderId,
    bill: &Bill,
    offers: &Offers,
    customer: &CustomerKey,
) -> Result<bool> {
    let used = offers.used(bill);
    if used.is_empty() {
        return Ok(true);
    }
    let ids: Vec<PromotionId> = used.keys().copied().collect();
    let limits: Vec<(PromotionId, Option<i64>, Option<i64>)> = promotion::table
        .filter(any_of(promotion::id, &ids))
        .order(promotion::id)
        .select((promotion::id, promotion::usage_limit, promotion::per_customer_limit))
        .load(conn)?;
    for (id, in_all, by_customer) in limits {
        let is_left = (in_all.is_none() || count(conn, id)?)
            && (match by_customer {
                Some(limit) => count_for(conn, id, customer, limit)?,
                None => true,
            });
        if !is_left {
            return Ok(false);
        }
        diesel::insert_into(redemption::table)
            .values((
                redemption::promotion_id.eq(id),
                redemption::order_id.eq(order),
                redemption::customer_key.eq(customer.as_str()),
                redemption::amount.eq(used.get(&id).copied().unwrap_or(0)),
            ))
            .execute(conn)?;
    }
    Ok(true)
}

/// One use more, if the limit leaves one.
fn count(conn: &mut Conn, id: PromotionId) -> Result<bool> {
    let left = promotion::table.find(id).filter(
        promotion::usage_limit.is_null().or(promotion::usage_limit.gt(promotion::used.nullable())),
    );
    let counted =
        diesel::update(left).set(promotion::used.eq(promotion::used + 1)).execute(conn)?;
    Ok(counted == 1)
}

/// One use more of this customer, if her limit leaves one. Her counter begins with what she has
/// redeemed, as the promotion may have had no such limit before.
fn count_for(conn: &mut Conn, id: PromotionId, customer: &CustomerKey, limit: i64) -> Result<bool> {
    let counter = promotion_customer::table.find((id, customer.as_str()));
    let left = counter.filter(promotion_customer::used.lt(limit));
    let counted = diesel::update(left)
        .set(promotion_customer::used.eq(promotion_customer::used + 1))
        .execute(conn)?;
    if counted == 1 {
        return Ok(true);
    }
    let known: i64 = counter.count().get_result(conn)?;
    let redeemed: i64 = redemption::table
        .filter(redemption::promotion_id.eq(id))
        .filter(redemption::customer_key.eq(customer.as_str()))
        .count()
        .get_result(conn)?;
    if known > 0 || redeemed >= limit {
        return Ok(false);
    }
    diesel::insert_into(promotion_customer::table)
        .values((
            promotion_customer::promotion_id.eq(id),
            promotion_customer::customer_key.eq(customer.as_str()),
            promotion_customer::used.eq(redeemed + 1),
        ))
        .execute(conn)?;
    Ok(true)
}
