//! What a customer has used follows her to another address.

use diesel::prelude::*;

use super::model::CustomerKey;
use crate::db::Conn;
use crate::db::schema::{promotion_customer, redemption};
use crate::error::Result;
use crate::ids::PromotionId;

/// What counted for one address counts for the other from now on: a new address is no new customer.
///
/// # Errors
/// A duplicate (`Error::is_duplicate`) when the new address redeems something at this moment.
pub fn follow(conn: &mut Conn, old: &CustomerKey, new: &CustomerKey) -> Result<()> {
    let redeemed = redemption::table.filter(redemption::customer_key.eq(old.as_str()));
    diesel::update(redeemed).set(redemption::customer_key.eq(new.as_str())).execute(conn)?;
    let counted =
        promotion_customer::table.filter(promotion_customer::customer_key.eq(old.as_str()));
    let uses: Vec<(PromotionId, i64)> = counted
        .order(promotion_customer::promotion_id)
        .select((promotion_customer::promotion_id, promotion_customer::used))
        .load(conn)?;
    for (id, used) in uses {
        add(conn, id, used, new)?;
    }
    diesel::delete(counted).execute(conn)?;
    Ok(())
}

fn add(conn: &mut Conn, id: PromotionId, used: i64, customer: &CustomerKey) -> Result<()> {
    let known = promotion_customer::table.find((id, customer.as_str()));
    let added = diesel::update(known)
        .set(promotion_customer::used.eq(promotion_customer::used + used))
        .execute(conn)?;
    if added == 0 {
        diesel::insert_into(promotion_customer::table)
            .values((
                promotion_customer::promotion_id.eq(id),
                promotion_customer::customer_key.eq(customer.as_str()),
                promotion_customer::used.eq(used),
            ))
            .execute(conn)?;
    }
    Ok(())
}
