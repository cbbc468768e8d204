//! Products as whoever runs the shop looks them up: whatever their status, and with what she asks
//! of them.

use chrono::{DateTime, NaiveDateTime};
use diesel::dsl::{auto_type, exists, not};
use diesel::prelude::*;
use std::collections::BTreeMap;

use super::card::PriceTag;
use super::model::Status;
use super::queries::{CardRow, card_rows, offers_of};
use crate::db::schema::{product, stock, variant};
use crate::db::{Conn, any_of};
use crate::error::Result;
use crate::ids::{BrandId, CategoryId, ProductId, VariantId};
use crate::search::{self, MORE_THAN_FEW, Products, Scope, keep, keep_in_scope};
use crate::stock::available;
use crate::web::{Picture, View};

/// Which products are wanted; `None` for any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    pub status: Option<Status>,
    /// Also in those below it.
    pub category: Option<CategoryId>,
    pub brand: Option<BrandId>,
    pub shelf: Option<Shelf>,
    /// Words of the product, or a SKU, as typed; empty for any.
    pub text: String,
    pub sorted: Sorted,
}

impl Wanted {
    /// The same products, from the first on.
    pub fn from_the_first(self) -> Self {
        Self { sorted: self.sorted.start(), ..self }
    }
}

/// How much of a product there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// One of it can be had.
    In,
    /// Of a variant few can be had, or none.
    Low,
    /// Nothing of it can be had.
    Out,
}

impl Shelf {
    pub const ALL: [Self; 3] = [Self::In, Self::Low, Self::Out];

    pub fn code(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Low => "low",
            Self::Out => "out",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shelf| shelf.code() == code)
    }
}

/// The order of the list, and after what it goes on; `None` for its beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sorted {
    /// What was changed last first.
    Changed(Option<(NaiveDateTime, ProductId)>),
    Newest(Option<ProductId>),
    /// By handle, which every product has and most have of their name.
    Handle(Option<String>),
}

impl Default for Sorted {
    fn default() -> Self {
        Self::Changed(None)
    }
}

impl Sorted {
    pub const ALL: [Self; 3] = [Self::Changed(None), Self::Newest(None), Self::Handle(None)];

    /// The name of the order in an address.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Changed(_) => "changed",
            Self::Newest(_) => "newest",
            Self::Handle(_) => "handle",
        }
    }

    /// An order by its name, going on after what [`Sorted::after`] wrote; what is neither is the
    /// beginning of the usual one.
    pub fn parse(code: &str, after: &str) -> Self {
        match code {
            "newest" => Self::Newest(after.parse().ok().map(ProductId)),
            "handle" => Self::Handle(Some(after.to_owned()).filter(|slug| !slug.is_empty())),
            _ => Self::Changed(instant(after)),
        }
    }

    /// The same order from its beginning.
    pub fn start(&self) -> Self {
        Self::parse(self.code(), "")
    }

    pub fn is_start(&self) -> bool {
        *self == self.start()
    }

    /// Where the list goes on after `last`, as an address says it.
    pub fn after(&self, last: &Entry) -> String {
        match self {
            Self::Changed(_) => {
                format!("{}_{}", last.updated_at.and_utc().timestamp_micros(), last.id)
            }
            Self::Newest(_) => last.id.to_string(),
            Self::Handle(_) => last.slug.clone(),
        }
    }
}

fn instant(after: &str) -> Option<(NaiveDateTime, ProductId)> {
    let (micros, id) = after.split_once('_')?;
    let at = DateTime::from_timestamp_micros(micros.parse().ok()?)?.naive_utc();
    Some((at, ProductId(id.parse().ok()?)))
}

/// A product in a list.
#[derive(Debug)]
pub struct Entry {
    pub id: ProductId,
    pub slug: String,
    pub status: Status,
    pub publish_at: NaiveDateTime,
    pub unpublish_at: Option<NaiveDateTime>,
    pub updated_at: NaiveDateTime,
    pub category: Option<CategoryId>,
    /// Its handle where it has no name in the reader's language nor in the shop's.
    pub name: String,
    pub picture: Option<Picture>,
    /// `None` while it has no price.
    pub price: Option<PriceTag>,
    /// Of those that are sold.
    pub variants: i64,
    /// How many can be had of all variants; below zero while more is promised than there is.
    pub available: i64,
}

/// A page of a list.
#[derive(Debug)]
pub struct Found {
    pub entries: Vec<Entry>,
    /// How many there are in all, counted no further than [`COUNTED`]; `None` behind the first page.
    pub count: Option<usize>,
}

/// Beyond this nobody counts.
pub const COUNTED: usize = 1_000;

/// Products in the wanted order, at most `most`. A number of queries that does not grow with them.
pub fn list(conn: &mut Conn, view: &View, wanted: &Wanted, most: usize) -> Result<Found> {
    let is_first = wanted.sorted.is_start();
    let limit = if is_first { COUNTED + 1 } else { most };
    let found = matching(conn, view, wanted)?;
    let ids = in_order(conn, found, &wanted.sorted, limit as i64)?;
    let page = &ids[..most.min(ids.len())];
    Ok(Found { entries: entries(conn, view, page)?, count: is_first.then_some(ids.len()) })
}

fn in_order(
    conn: &mut Conn,
    found: Products,
    sorted: &Sorted,
    limit: i64,
) -> Result<Vec<ProductId>> {
    Ok(match sorted {
        Sorted::Changed(after) => {
            let found = match *after {
                // The first half is what an index can begin at.
                Some((at, id)) => found
                    .filter(product::updated_at.le(at))
                    .filter(product::updated_at.lt(at).or(product::id.lt(id))),
                None => found,
            };
            found.order((product::updated_at.desc(), product::id.desc())).limit(limit).load(conn)?
        }
        Sorted::Newest(after) => {
            let found = match *after {
                Some(id) => found.filter(product::id.lt(id)),
                None => found,
            };
            found.order(product::id.desc()).limit(limit).load(conn)?
        }
        Sorted::Handle(after) => {
            let found = found.filter(product::slug.gt(after.clone().unwrap_or_default()));
            found.order(product::slug).limit(limit).load(conn)?
        }
    })
}

pub(super) fn matching(conn: &mut Conn, view: &View, wanted: &Wanted) -> Result<Products> {
    let mut found = product::table.select(product::id).into_boxed();
    if let Some(status) = wanted.status {
        found = found.filter(product::status.eq(status.code()));
    }
    if let Some(brand) = wanted.brand {
        found = found.filter(product::brand_id.eq(brand));
    }
    if let Some(category) = wanted.category {
        found = keep_in_scope(conn, found, &Scope::Category(category))?;
    }
    if let Some(shelf) = wanted.shelf {
        found = on_shelf(conn, found, (shelf, view.frame.settings.low_stock))?;
    }
    keep_in_scope(conn, found, &Scope::words(&wanted.text))
}

fn on_shelf(conn: &mut Conn, found: Products, (shelf, few): (Shelf, i64)) -> Result<Products> {
    Ok(match shelf {
        Shelf::In => found.filter(exists(sellable())),
        Shelf::Low => with_at_most(conn, found, few)?,
        // What can be ordered all the same is not sold out.
        Shelf::Out => with_at_most(conn, found, 0)?.filter(not(exists(sellable()))),
    })
}

/// Products of which a variant has so few.
fn with_at_most(conn: &mut Conn, found: Products, few: i64) -> Result<Products> {
    let low = stock::table.filter(available().le(few)).select(stock::variant_id);
    let low: Vec<VariantId> = low.limit(MORE_THAN_FEW).load(conn)?;
    let sold = variant::table.filter(variant::active.eq(true));
    let ids = match search::few(low) {
        Some(low) => {
            let owners = sold.filter(any_of(variant::id, &low)).select(variant::product_id);
            Some(owners.load(conn)?)
        }
        None => None,
    };
    let shelves = sold.inner_join(stock::table).filter(available().le(few));
    Ok(keep(found, ids, |found| {
        found.filter(exists(shelves.filter(variant::product_id.eq(product::id))))
    }))
}

/// Variants of the product that can be had.
#[auto_type(no_type_alias)]
fn sellable() -> _ {
    let sold: diesel::dsl::Eq<variant::active, bool> = variant::active.eq(true);
    variant::table
        .inner_join(stock::table)
        .filter(variant::product_id.eq(product::id))
        .filter(sold)
        .filter((available() + stock::backorder_limit).gt(0_i64))
}

/// These products in this order, those of them that there are. A number of queries that does not grow
/// with them.
pub fn entries(conn: &mut Conn, view: &View, ids: &[ProductId]) -> Result<Vec<Entry>> {
    let mut cards = card_rows(conn, view, ids)?;
    let mut offers = offers_of(conn, view, ids)?;
    let shelves = shelves(conn, ids)?;
    let mut rows = rows(conn, ids)?;
    let entries = ids.iter().filter_map(|id| {
        let row = rows.remove(id)?;
        let price = PriceTag::of(&offers.remove(id).unwrap_or_default());
        let shelf = shelves.get(id).copied().unwrap_or_default();
        Some(row.entry(*id, cards.remove(id), price, shelf))
    });
    Ok(entries.collect())
}

#[derive(Queryable)]
struct Row {
    slug: String,
    status: String,
    publish_at: NaiveDateTime,
    unpublish_at: Option<NaiveDateTime>,
    updated_at: NaiveDateTime,
    category: Option<CategoryId>,
}

impl Row {
    fn entry(
        self,
        id: ProductId,
        card: Option<CardRow>,
        price: Option<PriceTag>,
        (variants, available): (i64, i64),
    ) -> Entry {
        let (name, picture) = match card {
            Some(card) => (card.name, card.picture),
            None => (self.slug.clone(), None),
        };
        Entry {
            id,
            status: Status::parse(&self.status).unwrap_or(Status::Draft),
            slug: self.slug,
            publish_at: self.publish_at,
            unpublish_at: self.unpublish_at,
            updated_at: self.updated_at,
            category: self.category,
            name,
            picture,
            price,
            variants,
            available,
        }
    }
}

fn rows(conn: &mut Conn, ids: &[ProductId]) -> Result<BTreeMap<ProductId, Row>> {
    let rows: Vec<(ProductId, Row)> = product::table
        .filter(any_of(product::id, ids))
        .select((
            product::id,
            (
                product::slug,
                product::status,
                product::publish_at,
                product::unpublish_at,
                product::updated_at,
                product::category_id,
            ),
        ))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// How many variants of each are sold, and how many units of them can be had.
fn shelves(conn: &mut Conn, ids: &[ProductId]) -> Result<BTreeMap<ProductId, (i64, i64)>> {
    // A sum of whole numbers is no whole number on PostgreSQL: what is there is added up here.
    let rows: Vec<(ProductId, Option<i64>)> = variant::table
        .left_join(stock::table)
        .filter(any_of(variant::product_id, ids))
        .filter(variant::active.eq(true))
        .select((variant::product_id, available().nullable()))
        .load(conn)?;
    let mut shelves: BTreeMap<ProductId, (i64, i64)> = BTreeMap::new();
    for (product, available) in rows {
        let (variants, units) = shelves.entry(product).or_default();
        *variants += 1;
        *units += available.unwrap_or_default();
    }
    Ok(shelves)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_where_a_list_goes_on() {
        let at = DateTime::from_timestamp_micros(1_800_000_000_123_456).expect("it exists");
        let changed = Sorted::Changed(Some((at.naive_utc(), ProductId(7))));
        assert_eq!(Sorted::parse("changed", "1800000000123456_7"), changed);
        assert_eq!(Sorted::parse("newest", "7"), Sorted::Newest(Some(ProductId(7))));
        assert_eq!(Sorted::parse("handle", "mug"), Sorted::Handle(Some("mug".into())));
        for nonsense in ["x", "_", "1_x", "99999999999999999999_1"] {
            assert_eq!(Sorted::parse("", nonsense), Sorted::default(), "{nonsense}");
        }
    }
}
