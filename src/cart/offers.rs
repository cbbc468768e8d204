//! The promotions that may speak about a cart.

use super::goods::Item;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::ProductId;
use crate::promotions::{Asking, CustomerKey, Offers, PromotionCode, find_offers};
use crate::web::View;

/// The automatic promotions and those that the codes open. Who the shopper is counts only for
/// promotions that one customer may use so many times.
pub fn offers(
    conn: &mut Conn,
    items: &[Item],
    codes: &[PromotionCode],
    customer: Option<&CustomerKey>,
    view: &View,
) -> Result<Offers> {
    let goods = items.iter().filter_map(|item| item.goods.as_ref());
    let products: Vec<ProductId> = goods.map(|goods| goods.product).collect();
    let currency = view.frame.settings.currency;
    let asking = Asking { now: view.now, currency, codes, customer, products: &products };
    find_offers(conn, &view.frame.promotions, &asking)
}
