//! Gives uses back, in the transaction that cancels an order.

use diesel::prelude::*;

use crate::db::Conn;
use crate::db::schema::{promotion, promotion_customer, redemption};
use crate::error::Result;
use crate::ids::{OrderId, PromotionId};

/// What a cancelled order had used may be used again. The order still shows what it was given.
pub fn give_back(conn: &mut Conn, order: OrderId) -> Result<()> {
    let of_order = redemption::table.filter(redemption::order_id.eq(order));
    let used: Vec<(PromotionId, String)> = of_order
        .order(redemption::promotion_id)
        .select((redemption::promotion_id, redemption::customer_key))
        .load(conn)?;
    for (id, customer) in used {
        uncount(conn, id, &customer)?;
    }
    diesel::delete(of_order).execute(conn)?;
    Ok(())
}

/// The same for one promotion of an order.
pub(super) fn give_back_one(conn: &mut Conn, order: OrderId, id: PromotionId) -> Result<()> {
    let customer: String =
        redemption::table.find((id, order)).select(redemption::customer_key).first(conn)?;
    uncount(conn, id, &customer)?;
    diesel::delete(redemption::table.find((id, order))).execute(conn)?;
    Ok(())
}

fn uncount(conn: &mut Conn, id: PromotionId, customer: &str) -> Result<()> {
    let counted = promotion::table
        .find(id)
        .filter(promotion::usage_limit.is_not_null())
        .filter(promotion::used.gt(0));
    diesel::update(counted).set(promotion::used.eq(promotion::used - 1)).execute(conn)?;
    let hers =
        promotion_customer::table.find((id, customer)).filter(promotion_customer::used.gt(0));
    diesel::update(hers)
        .set(promotion_customer::used.eq(promotion_customer::used - 1))
        .execute(conn)?;
    Ok(())
}
