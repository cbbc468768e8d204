//! A line of the cart against what the shop has now.

use crate::ids::{ProductId, VariantId};
use crate::language::LocalText;
use crate::money::Money;
use crate::prices::Prices;
use crate::stock::Supply;
use crate::values::Quantity;
use crate::web::Picture;

use super::model::{Cart, CartLine};

/// A variant as it is now, in words ready to show.
#[derive(Debug, Clone)]
pub struct Goods {
    pub variant: VariantId,
    pub product: ProductId,
    pub sku: String,
    pub slug: String,
    pub name: LocalText,
    /// The chosen values, like "Clay, 350 ml"; empty for a product without options.
    pub options: String,
    pub picture: Option<Picture>,
    /// What one costs, by how many are bought; none when it is not for sale (any more).
    pub prices: Prices,
    pub supply: Supply,
    pub weight_grams: i64,
    pub size_mm: Option<[i64; 3]>,
    pub tax_class: String,
    pub requires_shipping: bool,
}

/// What one costs now, when as many are bought as the line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    pub price: Money,
    /// The regular price, when this one is lower for a while.
    pub compare_at: Option<Money>,
}

impl Goods {
    /// What one costs now when so many are bought; `None` when it is not for sale.
    pub fn offer(&self, quantity: Quantity) -> Option<Offer> {
        let price = self.prices.at(quantity)?;
        Some(Offer { price: price.amount, compare_at: price.compare_at })
    }
}

/// A line of the cart and what it asks for, if that still exists.
#[derive(Debug, Clone)]
pub struct Item {
    pub line: CartLine,
    pub goods: Option<Goods>,
}

/// Why a line cannot be ordered as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    Gone,
    SoldOut,
    Short { left: i64 },
}

impl Item {
    pub fn trouble(&self) -> Option<Trouble> {
        match self.for_sale() {
            None => Some(Trouble::Gone),
            Some((goods, _)) if goods.supply.is_sold_out() => Some(Trouble::SoldOut),
            Some((goods, _)) if goods.supply.sellable() < self.line.quantity.get() => {
                Some(Trouble::Short { left: goods.supply.sellable() })
            }
            Some(_) => None,
        }
    }

    /// How many of the units asked for have yet to come in, where the shop lets one order ahead.
    pub fn waiting(&self) -> Option<i64> {
        let (goods, _) = self.for_sale().filter(|_| self.trouble().is_none())?;
        let there = goods.supply.available.max(0);
        (there < self.line.quantity.get()).then(|| self.line.quantity.get() - there)
    }

    /// The goods with their price, while they are for sale at all.
    pub fn for_sale(&self) -> Option<(&Goods, Offer)> {
        let goods = self.goods.as_ref()?;
        Some((goods, goods.offer(self.line.quantity)?))
    }

    /// What one cost when the shopper last chose how many, where that is not what it costs now.
    ///
    /// Both are prices for this very quantity, so a tier that begins or ends between two
    /// quantities is no change of price.
    pub fn old_price(&self) -> Option<Money> {
        let (_, offer) = self.for_sale()?;
        let was = Money::new(self.line.unit_price, offer.price.currency());
        (was != offer.price).then_some(was)
    }

    /// What goes on the bill: everything but what cannot be had at all.
    pub fn billable(&self) -> Option<(&Goods, Offer, Quantity)> {
        let (goods, offer) = self.for_sale()?;
        (!goods.supply.is_sold_out()).then_some((goods, offer, self.line.quantity))
    }
}

impl Cart {
    /// Takes out what cannot be had and lowers what is short, as the shopper has asked.
    pub fn mend(&mut self, items: &[Item]) {
        for item in items {
            match item.trouble() {
                None => {}
                Some(Trouble::Short { left }) => self.lower(item, left),
                Some(Trouble::Gone | Trouble::SoldOut) => self.remove(item.line.variant),
            }
        }
    }

    /// Leaves so many on a line, at the price that one costs then.
    fn lower(&mut self, item: &Item, left: i64) {
        let known = self.lines.iter_mut().find(|line| line.variant == item.line.variant);
        let (Some(line), Some(quantity)) = (known, Quantity::new(left)) else { return };
        line.quantity = quantity;
        if let Some(offer) = item.goods.as_ref().and_then(|goods| goods.offer(quantity)) {
            line.unit_price = offer.price.minor();
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::money::Currency;
    use crate::prices::Rule;

    fn rule(min_quantity: i64, amount: i64) -> Rule {
        Rule { specificity: 0, min_quantity, amount, compare_at: None, lowest_before: None }
    }

    fn item(quantity: i64, on_hand: i64, price: Option<i64>) -> Item {
        let goods = Goods {
            variant: VariantId(1),
            product: ProductId(1),
            sku: "MUG".into(),
            slug: "mug".into(),
            name: LocalText::default(),
            options: String::new(),
            picture: None,
            prices: Prices::new(
                Currency::IDR,
                price.map(|price| rule(1, price)).into_iter().collect(),
            ),
            supply: Supply { available: on_hand, backorder_limit: 0 },
            weight_grams: 0,
            size_mm: None,
            tax_class: "standard".into(),
            requires_shipping: true,
        };
        let quantity = Quantity::new(quantity).unwrap();
        let line = CartLine { variant: VariantId(1), quantity, unit_price: 100 };
        Item { line, goods: Some(goods) }
    }

    #[test]
    fn a_line_that_cannot_be_ordered_says_why() {
        assert_eq!(item(2, 2, Some(100)).trouble(), None);
        assert_eq!(item(3, 2, Some(100)).trouble(), Some(Trouble::Short { left: 2 }));
        assert_eq!(item(1, 0, Some(100)).trouble(), Some(Trouble::SoldOut));
        assert_eq!(item(1, 5, None).trouble(), Some(Trouble::Gone));
        assert_eq!(Item { goods: None, ..item(1, 5, None) }.trouble(), Some(Trouble::Gone));
    }

    #[test]
    fn a_changed_price_is_remembered() {
        assert_eq!(item(1, 1, Some(100)).old_price(), None);
        assert_eq!(item(1, 1, Some(90)).old_price().map(|was| was.minor()), Some(100));
    }

    #[test]
    fn mending_below_a_tier_is_no_change_of_price() {
        let mut short = item(10, 5, Some(120));
        short.goods.as_mut().unwrap().prices.add(rule(10, 100));
        assert_eq!(short.old_price(), None);
        let mut cart = Cart { lines: vec![short.line], ..Cart::new() };
        cart.mend(std::slice::from_ref(&short));
        let mended = Item { line: cart.lines[0], ..short };
        assert_eq!((mended.line.quantity.get(), mended.line.unit_price), (5, 120));
        assert_eq!(mended.old_price(), None);
    }

    #[test]
    fn mending_takes_what_is_there() {
        let short = item(3, 2, Some(100));
        let mut cart = Cart { lines: vec![short.line], ..Cart::new() };
        cart.mend(&[short]);
        assert_eq!(cart.units(), 2);
        cart.mend(&[item(2, 0, Some(100))]);
        assert!(cart.lines.is_empty());
    }
}
