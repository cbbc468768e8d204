//! `[prices]`: what variants cost, by SKU; all prices of those that are named, and of no others.

use std::collections::BTreeMap;

use super::entry::{Entry, written_key};
use super::read::Write as _;
use super::read::{Fields, Ground, Read, Spot, Value, Wrong, amount_in, write_amount};
use crate::db::Conn;
use crate::error::{Error, Result as ShopResult};
use crate::money::Money;
use crate::prices::{NewPrice, SkuPrices, find_prices};
use crate::pricing::Amount;
use crate::values::{Quantity, Slug};

/// How many prices a variant has at most.
const MOST_PRICES: usize = 500;

/// Prices by SKU.
pub(super) type Prices = BTreeMap<String, Vec<NewPrice>>;

/// What can be read of the section; what cannot is written down.
pub(super) fn read(spot: &Spot<'_>) -> Result<Prices, Wrong> {
    let fields = Fields::of(spot)?;
    let mut prices = Prices::new();
    for (sku, spot) in fields.all() {
        if let Some(read) = spot.told(read_prices(&spot)) {
            prices.insert(sku.to_owned(), read);
        }
    }
    Ok(prices)
}

/// `135000`, `{ amount = 135000 }`, or a list of such.
fn read_prices(spot: &Spot<'_>) -> Result<Vec<NewPrice>, Wrong> {
    let Value::List(_) = spot.value() else { return Ok(vec![NewPrice::read(spot)?]) };
    let prices = Vec::<NewPrice>::read(spot)?;
    match prices.len() {
        many if many > MOST_PRICES => {
            Err(format!("must have at most {MOST_PRICES} entries").into())
        }
        _ => Ok(prices),
    }
}

impl Read for NewPrice {
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
        let Value::Table(_) = spot.value() else {
            let amount = amount_in(spot, spot.currency)?;
            return Ok(Self::plain(Money::new(amount.get(), spot.currency)));
        };
        let mut fields = Fields::of(spot)?;
        fields.read_currency();
        let amount = fields.required::<Amount>("amount");
        let compare_at = fields.optional::<Amount>("compare_at");
        let min_quantity = fields.or("from_quantity", Count(Quantity::ONE));
        let group = fields.optional::<Slug>("group");
        let (from, until) = (fields.optional("starts_at"), fields.optional("ends_at"));
        let money = |amount: Amount| Money::new(amount.get(), fields.currency);
        fields.close();
        let price = || {
            Some(Self {
                amount: money(amount?),
                compare_at: compare_at?.map(money),
                min_quantity: min_quantity?.0,
                group: group?,
                from: from?,
                until: until?,
            })
        };
        let price = price().ok_or(Wrong::Told)?;
        price.check()?;
        Ok(price)
    }
}

/// From how many on.
struct Count(Quantity);

impl Read for Count {
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
        let count = Quantity::new(i64::read(spot)?);
        count.map(Self).ok_or_else(|| format!("must be from 1 to {}", Quantity::MAX).into())
    }
}

/// As they stand, those of the named SKUs that the shop has.
pub(super) fn load(conn: &mut Conn, wanted: &Prices) -> ShopResult<Prices> {
    let skus: Vec<&str> = wanted.keys().map(String::as_str).collect();
    let found = find_prices(conn, &skus)?;
    Ok(found.into_iter().map(|SkuPrices { sku, prices }| (sku, prices)).collect())
}

/// One for each SKU, for a plan.
pub(super) fn entries(prices: &Prices, ground: &Ground) -> Vec<Entry> {
    let entry = |(sku, prices): (&String, &Vec<NewPrice>)| {
        Entry::new("price", sku, &["prices", sku]).raw("", written(prices, ground))
    };
    prices.iter().map(entry).collect()
}

/// A line of a file.
pub(super) fn line(SkuPrices { sku, prices }: &SkuPrices, ground: &Ground) -> String {
    format!("{} = {}\n", written_key(sku), written(prices, ground))
}

fn written(prices: &[NewPrice], ground: &Ground) -> String {
    let prices: Vec<String> = prices.iter().map(|price| written_price(price, ground)).collect();
    match prices.as_slice() {
        [price] => price.clone(),
        _ => format!("[{}]", prices.join(", ")),
    }
}

fn written_price(price: &NewPrice, ground: &Ground) -> String {
    let currency = price.amount.currency();
    let amount = |money: &Money| write_amount(money.minor(), currency);
    if *price == NewPrice::plain(Money::new(price.amount.minor(), ground.currency)) {
        return amount(&price.amount);
    }
    let mut fields = vec![format!("amount = {}", amount(&price.amount))];
    let mut add = |key: &str, value: Option<String>| {
        fields.extend(value.map(|value| format!("{key} = {value}")));
    };
    add("compare_at", price.compare_at.as_ref().map(amount));
    add(
        "currency",
        Some(currency).filter(|own| *own != ground.currency).map(|own| own.write(ground)),
    );
    let count = Some(price.min_quantity).filter(|count| *count != Quantity::ONE);
    add("from_quantity", count.map(|count| count.to_string()));
    add("group", price.group.as_ref().map(|group| group.write(ground)));
    add("starts_at", price.from.map(|from| from.write(ground)));
    add("ends_at", price.until.map(|until| until.write(ground)));
    format!("{{ {} }}", fields.join(", "))
}

/// Saves what is checked already: every SKU is known, every price makes sense.
pub(super) fn save(conn: &mut Conn, wanted: &Prices, now: chrono::NaiveDateTime) -> ShopResult<()> {
    match crate::prices::save_prices(conn, wanted, now) {
        Ok(_) => Ok(()),
        Err(crate::prices::SaveError::Error(error)) => Err(error),
        Err(other) => Err(Error::internal(other.to_string())),
    }
}
