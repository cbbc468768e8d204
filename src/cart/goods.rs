//! A line of the cart against what the shop has now.

use crate::ids::{ProductId, VariantId};
use crate::language::LocalText;
use crate::money::Money;
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
    /// `None` when it is not for sale (any more).
    pub offer: Option<Offer>,
    pub supply: Supply,
    pub weight_grams: i64,
    pub size_mm: Option<[i64; 3]>,
    pub tax_class: String,
    pub requires_shipping: bool,
}

/// What one costs now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    pub price: Money,
    /// The regular price, when this one is lower for a while.
    pub compare_at: Option<Money>,
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
        Some((goods, goods.offer?))
    }

    /// What one cost when it was added, where that is not what it costs now.
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
                Some(Trouble::Short { left }) => {
                    let known = self.lines.iter_mut().find(|l| l.variant == item.line.variant);
                    if let (Some(line), Some(quantity)) = (known, Quantity::new(left)) {
                        line.quantity = quantity;
                    }
                }
                Some(Trouble::Gone | Trouble::SoldOut) => self.remove(item.line.variant),
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::money::Currency;

    fn item(quantity: i64, on_hand: i64, price: Option<i64>) -> Item {
        let goods = Goods {
            variant: VariantId(1),
            product: ProductId(1),
            sku: "MUG".into(),
            slug: "mug".into(),
            name: LocalText::default(),
            options: String::new(),
            picture: None,
            offer: price
                .map(|price| Offer { price: Money::new(price, Currency::IDR), compare_at: None }),
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
    fn mending_takes_what_is_there() {
        let short = item(3, 2, Some(100));
        let mut cart = Cart { lines: vec![short.line], ..Cart::new() };
        cart.mend(&[short]);
        assert_eq!(cart.units(), 2);
        cart.mend(&[item(2, 0, Some(100))]);
        assert!(cart.lines.is_empty());
    }
}
