//! What a product costs less for a while: a reduction that begins and ends by itself.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::{Value, json};

use super::grid::plain;
use super::keep::{Edit, Saved, move_on};
use crate::audit::{self, Action, Deed, Entity};
use crate::db::Conn;
use crate::db::schema::variant;
use crate::error::Result;
use crate::ids::{ProductId, VariantId};
use crate::money::{Currency, Money};
use crate::prices::{NewPrice, SkuPrices, find_prices, set_prices};
use crate::values::Quantity;

/// Whole percent that a price is reduced by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PercentOff(i64);

impl PercentOff {
    pub fn parse(text: &str) -> Option<Self> {
        let percent = text.trim_end_matches('%').trim().parse().ok()?;
        (1..=95).contains(&percent).then_some(Self(percent))
    }

    pub fn get(self) -> i64 {
        self.0
    }

    /// What is left of a price, rounded half up to the minor unit.
    pub fn of(self, price: Money) -> Money {
        let left = i128::from(price.minor()) * i128::from(100 - self.0);
        let rounded = i64::try_from((left + 50) / 100).unwrap_or(price.minor());
        Money::new(rounded, price.currency())
    }
}

/// A reduction and its time; it begins or ends at some instant (UTC), or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sale {
    pub percent: PercentOff,
    pub from: Option<NaiveDateTime>,
    pub until: Option<NaiveDateTime>,
}

impl Sale {
    /// The price of one while the sale lasts. `None` where nothing would be reduced.
    fn price(&self, plain: &NewPrice) -> Option<NewPrice> {
        let price = NewPrice {
            compare_at: Some(plain.amount),
            from: self.from,
            until: self.until,
            ..NewPrice::plain(self.percent.of(plain.amount))
        };
        price.check().is_ok().then_some(price)
    }
}

/// The sale prices of a product's variants that have not ended, in the order of the variants.
pub fn of(
    conn: &mut Conn,
    id: ProductId,
    (currency, now): (Currency, NaiveDateTime),
) -> Result<Vec<(VariantId, NewPrice)>> {
    let mut sales = Vec::new();
    for (variant, known) in prices(conn, id)? {
        let sale = known
            .prices
            .into_iter()
            .find(|price| is_sale(price, currency) && price.until.is_none_or(|until| until > now));
        sales.extend(sale.map(|sale| (variant, sale)));
    }
    Ok(sales)
}

/// Puts all variants of a product on sale, or ends the sale. What cost less before counts no more.
pub fn set(conn: &mut Conn, edit: &Edit<'_>, sale: Option<&Sale>) -> Result<Saved> {
    if !move_on(conn, edit)? {
        return Ok(Saved::Meanwhile);
    }
    let currency = edit.frame.settings.currency;
    for (variant, SkuPrices { mut prices, .. }) in prices(conn, edit.id)? {
        prices.retain(|price| !is_sale(price, currency));
        let reduced =
            sale.zip(plain(&prices, currency)).and_then(|(sale, plain)| sale.price(plain));
        prices.extend(reduced);
        set_prices(conn, variant, &prices, edit.who.at)?;
    }
    let entity = Entity::Product(edit.id);
    let (before, after) = (json!({}), json!({ "sale": sale.map_or(Value::Null, told) }));
    let deed = Deed { action: Action::ProductChanged, entity, before, after };
    audit::write(conn, edit.who, &deed)?;
    Ok(Saved::Done)
}

fn told(sale: &Sale) -> Value {
    let instant =
        |at: Option<NaiveDateTime>| at.map(|at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string());
    let (from, until) = (instant(sale.from), instant(sale.until));
    json!({ "percent": sale.percent.get(), "from": from, "until": until })
}

/// The price of one for everybody, for a time.
fn is_sale(price: &NewPrice, currency: Currency) -> bool {
    price.amount.currency() == currency
        && price.min_quantity == Quantity::ONE
        && price.group.is_none()
        && (price.from.is_some() || price.until.is_some())
}

/// All prices of the variants that are sold.
fn prices(conn: &mut Conn, id: ProductId) -> Result<Vec<(VariantId, SkuPrices)>> {
    let variants: Vec<(VariantId, String)> = variant::table
        .filter(variant::product_id.eq(id))
        .filter(variant::active.eq(true))
        .order((variant::position, variant::id))
        .select((variant::id, variant::sku))
        .load(conn)?;
    let skus: Vec<&str> = variants.iter().map(|(_, sku)| sku.as_str()).collect();
    let mut known = find_prices(conn, &skus)?;
    let found = variants.iter().filter_map(|(id, sku)| {
        let at = known.iter().position(|known| known.sku == *sku)?;
        Some((*id, known.swap_remove(at)))
    });
    Ok(found.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reduction_is_rounded_half_up() {
        let of = |percent: &str, minor| {
            let percent = PercentOff::parse(percent).expect("a reduction");
            percent.of(Money::new(minor, Currency::IDR)).minor()
        };
        assert_eq!((of("20", 135_000), of("33%", 10), of("5", 10)), (108_000, 7, 10));
        for nonsense in ["0", "96", "-5", "1.5", ""] {
            assert_eq!(PercentOff::parse(nonsense), None, "{nonsense}");
        }
    }
}
