//! Product cards: what a list shows of a product, loaded for a whole page at once.

use chrono::{NaiveDateTime, TimeDelta};

use super::price::Offer;
use super::queries::{self, CardRow};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::{OptionValueId, ProductId};
use crate::money::Money;
use crate::web::{Picture, View};

/// So many days a product is new.
const NEW_DAYS: i64 = 30;
/// More dots than this a card has no room for.
const MOST_DOTS: usize = 6;

/// A product in a list, ready to show.
#[derive(Debug)]
pub struct Card {
    pub href: String,
    pub name: String,
    pub subtitle: String,
    pub picture: Option<Picture>,
    pub price: PriceTag,
    /// The colours that it comes in.
    pub swatches: Vec<Swatch>,
    pub is_new: bool,
    pub is_sold_out: bool,
}

/// A price as a page says it, in minor units of the shop's currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceTag {
    pub now: Money,
    /// Variants have several prices: this is the lowest.
    pub is_from: bool,
    /// The price before, when all variants are reduced alike.
    pub was: Option<Money>,
    /// The lowest of the 30 days before the reduction, where it is known.
    ///
    /// Source: directive 98/6/EC, article 6a: whoever announces a reduction says what it reduces.
    pub lowest_before: Option<Money>,
}

impl PriceTag {
    /// The reduction in whole percent, rounded down: never more than it is.
    ///
    /// Source: Court of Justice of the EU, C-330/23: percentages are those of the lowest price of
    /// the 30 days before, not of another one that stands beside it.
    pub fn percent_off(&self) -> Option<i64> {
        let was = self.lowest_before.or(self.was)?.minor();
        Some((was - self.now.minor()).checked_mul(100)?.checked_div(was)?).filter(|p| *p > 0)
    }

    /// The tag of a product from the offers of its variants.
    pub fn of(offers: &[Offer]) -> Option<Self> {
        let lowest = offers.iter().min_by_key(|offer| offer.amount.minor())?;
        let same = offers.iter().all(|offer| offer.amount == lowest.amount);
        let alike = same && offers.iter().all(|offer| offer.compare_at == lowest.compare_at);
        let was = lowest.compare_at.filter(|_| alike);
        let before = offers.iter().filter_map(|offer| offer.lowest_before);
        let lowest_before = before.min_by_key(Money::minor).filter(|_| was.is_some());
        Some(Self { now: lowest.amount, is_from: !same, was, lowest_before })
    }
}

#[derive(Debug, Clone)]
pub struct Swatch {
    /// `#rrggbb`
    pub colour: String,
    pub name: String,
}

/// The cards of `products`, in their order. Three queries, however many they are. A product
/// without a price cannot be bought and has no card.
pub fn load(conn: &mut Conn, view: &View, products: &[ProductId]) -> Result<Vec<Card>> {
    let mut rows = queries::card_rows(conn, view, products)?;
    let mut offers = queries::offers_of(conn, view, products)?;
    let mut swatches = queries::swatches_of(conn, products)?;
    let cards = products.iter().filter_map(|id| {
        let offers = offers.remove(id).unwrap_or_default();
        let swatches = swatches.remove(id).unwrap_or_default();
        card(view, rows.remove(id)?, &offers, &swatches)
    });
    Ok(cards.collect())
}

fn card(view: &View, row: CardRow, offers: &[Offer], swatches: &[OptionValueId]) -> Option<Card> {
    Some(Card {
        price: PriceTag::of(offers)?,
        href: view.href(&format!("/products/{}", row.slug)),
        is_new: is_new(row.publish_at, view.now),
        is_sold_out: offers.iter().all(|offer| offer.supply.is_sold_out()),
        swatches: named(view, swatches),
        name: row.name,
        subtitle: row.subtitle,
        picture: row.picture,
    })
}

fn is_new(publish_at: NaiveDateTime, now: NaiveDateTime) -> bool {
    now - publish_at < TimeDelta::days(NEW_DAYS)
}

fn named(view: &View, swatches: &[OptionValueId]) -> Vec<Swatch> {
    let known = &view.frame.vocabulary.option_values;
    let values = swatches.iter().filter_map(|id| known.get(id)).take(MOST_DOTS);
    let swatches = values.filter_map(|value| {
        Some(Swatch { colour: value.swatch.clone()?, name: view.local(&value.name).to_owned() })
    });
    swatches.collect()
}

impl Card {
    /// The colours in words, for those who do not see dots.
    pub fn colours(&self) -> String {
        let names: Vec<&str> = self.swatches.iter().map(|swatch| swatch.name.as_str()).collect();
        names.join(", ")
    }
}
