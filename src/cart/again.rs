//! `POST /orders/{token}/again`: puts what was ordered back into the cart, at the prices of now.
//!
//! Of what is there already the larger quantity stays, so who presses twice buys nothing twice. The
//! cart page compares the order with the cart and names what is missing, whatever the reason.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

use super::goods::{Goods, Item};
use super::model::{Cart, CartLine, MOST_LINES};
use super::queries::{self, Ordered};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::{OrderToken, VariantId};
use crate::tally::Tally;
use crate::values::Quantity;
use crate::web::{Shell, Visit, see_other};

pub async fn again(visit: Visit, token: Path<String>, tally: Data<Tally>) -> Result<HttpResponse> {
    let token = OrderToken::parse(&token).ok_or(Error::NotFound)?;
    let cart = Cart::read(&visit).unwrap_or_default();
    let (wanted, cart_id, view) = (token.clone(), cart.id.clone(), visit.view());
    let load = move |conn: &mut Conn| {
        let ordered = queries::find_ordered(conn, &wanted)?.ok_or(Error::NotFound)?;
        let ids: Vec<VariantId> = ordered.iter().filter_map(|line| line.variant).collect();
        let goods = queries::goods(conn, &ids, &view)?;
        Ok((ordered, goods, queries::find_order_of(conn, &cart_id)?))
    };
    let (ordered, goods, order) = visit.shop.db.read(load).await?;
    // What has been ordered already is not ordered once more: a new cart begins.
    let mut cart = order.map_or(cart, |_| Cart::default());
    let is_new = cart.lines.is_empty();
    for line in &ordered {
        let goods = goods.iter().find(|goods| Some(goods.variant) == line.variant);
        if let Some(line) = goods.and_then(|goods| line_of(goods, line, &cart)) {
            // A cart that is full is named with what finds no place.
            let _ = cart.set(line);
        }
    }
    if is_new && !cart.lines.is_empty() {
        tally.cart(&visit);
    }
    cart.keep(&visit).await?;
    Ok(see_other(&visit.href(&format!("/cart?again={}", token.as_str()))))
}

/// As many as were ordered and can be had; `None` for none.
fn line_of(goods: &Goods, ordered: &Ordered, cart: &Cart) -> Option<CartLine> {
    if goods.supply.is_sold_out() {
        return None;
    }
    let there = cart.find(goods.variant).map_or(0, |line| line.quantity.get());
    let left = ordered.quantity.min(goods.supply.sellable());
    let quantity = Quantity::new(left.max(there).min(Quantity::MAX))?;
    let unit_price = goods.offer(quantity)?.price.minor();
    Some(CartLine { variant: goods.variant, quantity, unit_price })
}

/// What came back, and each thing that did not.
pub(super) struct Again {
    pub text: String,
    pub missing: Vec<String>,
}

pub(super) fn compare(shell: &Shell, ordered: &[Ordered], cart: &[Item]) -> Again {
    let missing: Vec<String> =
        ordered.iter().filter_map(|line| missing(shell, line, cart)).collect();
    let text = match missing.is_empty() {
        true => shell.t("cart-again"),
        false => shell.t("cart-again-but"),
    };
    Again { text: text.to_owned(), missing }
}

fn missing(shell: &Shell, ordered: &Ordered, cart: &[Item]) -> Option<String> {
    let line = cart.iter().map(|item| item.line).find(|line| Some(line.variant) == ordered.variant);
    let there = line.map_or(0, |line| line.quantity.get());
    let name = match ordered.options.as_str() {
        "" => ordered.name.clone(),
        options => format!("{}, {options}", ordered.name),
    };
    let key = match there {
        _ if there >= ordered.quantity => return None,
        0 if cart.len() >= MOST_LINES => "cart-again-full",
        0 => "cart-again-gone",
        _ => "cart-again-short",
    };
    let arguments =
        [("name", name.into()), ("count", there.into()), ("wanted", ordered.quantity.into())];
    Some(shell.texts().with(key, &arguments))
}
