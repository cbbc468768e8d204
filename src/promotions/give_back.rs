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
    }
    diesel::delete(of_order).execute(conn)?;
    Ok(())
}
