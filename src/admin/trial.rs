//! A cart that somebody of the staff makes up, priced as a shopper's would be.

use std::sync::Arc;

use super::queries;
use crate::cart::{CartLine, Deliveries, Item, Quote, Terms, items, quote};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::{CategoryId, ProductId};
use crate::pricing::{Refusal, Target};
use crate::promotions::{Asking, CustomerKey, Offers, PromotionCode, Running, find_offers};
use crate::values::{Place, Quantity};
use crate::web::View;
use crate::web::frame::Frame;
use crate::web::rules::Rules;

/// How many lines a made-up cart has at most.
const MOST_LINES: usize = 20;

/// SKUs and how many of each.
pub type Basket = Vec<(String, Quantity)>;

/// Reads a line for each SKU, `MUG-1 2`; one of it when nothing is said. Else the line that is wrong.
pub fn parse(text: &str) -> std::result::Result<Basket, String> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if let Some(line) = lines.get(MOST_LINES) {
        return Err((*line).to_owned());
    }
    lines.into_iter().map(|line| parse_line(line).ok_or_else(|| line.to_owned())).collect()
}

fn parse_line(line: &str) -> Option<(String, Quantity)> {
    match line.rsplit_once(char::is_whitespace) {
        Some((sku, count)) if count.bytes().all(|b| b.is_ascii_digit()) => {
            Some((sku.trim_end().to_owned(), Quantity::parse(count)?))
        }
        _ => Some((line.to_owned(), Quantity::ONE)),
    }
}

/// As it was read.
pub fn written(basket: &Basket) -> String {
    let lines = basket.iter().map(|(sku, quantity)| format!("{sku} {}", quantity.get()));
    lines.collect::<Vec<_>>().join("\n")
}

/// The goods of a cart, and the SKUs among them that nobody can buy.
pub struct Cart {
    pub items: Vec<Item>,
    pub missing: Vec<String>,
}

pub fn cart(conn: &mut Conn, basket: &Basket, view: &View) -> Result<Cart> {
    let skus: Vec<&str> = basket.iter().map(|(sku, _)| sku.as_str()).collect();
    let known = queries::variants(conn, &skus)?;
    let lines: Vec<CartLine> = basket
        .iter()
        .filter_map(|(sku, quantity)| {
            Some(CartLine { variant: *known.get(sku)?, quantity: *quantity, unit_price: 0 })
        })
        .collect();
    let items = items(conn, &lines, view)?;
    let is_billed =
        |sku: &str| items.iter().filter_map(Item::billable).any(|(goods, ..)| goods.sku == sku);
    let missing = skus.into_iter().filter(|sku| !is_billed(sku)).map(ToOwned::to_owned);
    Ok(Cart { missing: missing.collect(), items })
}

/// What the cart comes to at a place, by its usual way of delivery.
pub fn priced(
    cart: &Cart,
    offers: &Offers,
    place: &Place,
    view: &View,
) -> std::result::Result<Quote, Refusal> {
    let deliveries = Deliveries::of(&cart.items, place, offers, view);
    match deliveries.usual().or(deliveries.offered.first()) {
        Some(delivery) => Ok(delivery.quote.clone()),
        None => {
            let terms = Terms::of(view, place, None).with(offers);
            quote(cart.items.iter().filter_map(Item::billable), terms, view)
        }
    }
}

/// The promotions that may speak about a cart, of these automatic ones and those that codes open.
pub fn offers(
    conn: &mut Conn,
    cart: &Cart,
    automatic: &[Arc<Running>],
    (codes, customer): (&[PromotionCode], Option<&CustomerKey>),
    view: &View,
) -> Result<Offers> {
    let goods = cart.items.iter().filter_map(|item| item.goods.as_ref());
    let products: Vec<ProductId> = goods.map(|goods| goods.product).collect();
    let currency = view.frame.settings.currency;
    let asking = Asking { now: view.now, currency, codes, customer, products: &products };
    find_offers(conn, automatic, &asking)
}

/// The shop as it would be with these rules.
pub fn under(view: &View, rules: Rules) -> View {
    View { frame: Arc::new(Frame { rules, ..Frame::clone(&view.frame) }), ..view.clone() }
}

/// One of each of a few goods that can be bought.
pub fn some_goods(conn: &mut Conn) -> Result<Basket> {
    let skus = queries::goods_of(conn, &Target::default(), &[])?;
    Ok(skus.into_iter().map(|sku| (sku, Quantity::ONE)).collect())
}

/// The categories with these slugs.
pub fn categories(frame: &Frame, slugs: &[crate::pricing::Text]) -> Vec<CategoryId> {
    let named = |slug: &str| slugs.iter().any(|known| known.as_str() == slug);
    let known = frame.categories.iter().filter(|category| named(&category.slug));
    known.map(|category| category.id).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_cart_is_typed_line_by_line() {
        let basket = parse(" MUG-1 2\r\n\nBOWL\nOld cup  3").unwrap();
        assert_eq!(written(&basket), "MUG-1 2\nBOWL 1\nOld cup 3");
        assert_eq!(parse("MUG 0"), Err("MUG 0".to_owned()));
        let long = "MUG 1\n".repeat(21);
        assert_eq!(parse(&long), Err("MUG 1".to_owned()));
    }
}
