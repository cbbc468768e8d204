//! What of every variant lies on the shelf and what can be had of it, as whoever runs the shop looks
//! it up: by words, by category, and by what is scarce.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::db::schema::{product, stock, variant};
use crate::db::{Conn, any_of, within};
use crate::error::Result;
use crate::ids::{CategoryId, ProductId, VariantId};
use crate::search::{MORE_THAN_FEW, Products, Scope, few, keep_in_scope};
use crate::stock::{Limits, available};

/// Which levels are wanted; `None` for any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Words of the product, or a SKU, as typed; empty for any.
    pub text: String,
    /// Also in those below it.
    pub category: Option<CategoryId>,
    pub state: Option<State>,
    pub after: Option<After>,
}

/// What is scarce.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// On sale, and of it can be had what it calls few, or what the shop does.
    Low { few: i64 },
    /// On sale, and none can be ordered.
    Out,
    /// More is promised than lies there.
    Owed,
    /// Only so many can be had, whether it is on sale or not.
    AtMost(i64),
}

/// Where a list goes on: everything is listed by SKU, what is scarce with the scarcest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum After {
    Sku(String),
    Scarce { available: i64, id: VariantId },
}

impl After {
    /// As [`Entry::after`] wrote it.
    pub fn parse(text: &str, state: Option<State>) -> Option<Self> {
        if text.is_empty() || state.is_none() {
            return (!text.is_empty()).then(|| Self::Sku(text.to_owned()));
        }
        let (available, id) = text.split_once('_')?;
        Some(Self::Scarce { available: available.parse().ok()?, id: VariantId(id.parse().ok()?) })
    }
}

/// A level in a list.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Entry {
    pub id: VariantId,
    pub product: ProductId,
    pub sku: String,
    pub on_hand: i64,
    pub reserved: i64,
    pub limits: Limits,
}

impl Entry {
    /// Below zero while something is on backorder.
    pub fn available(&self) -> i64 {
        self.on_hand - self.reserved
    }

    /// Where the list goes on after it, as an address says it.
    pub fn after(&self, state: Option<State>) -> String {
        match state {
            Some(_) => format!("{}_{}", self.available(), self.id),
            None => self.sku.clone(),
        }
    }
}

/// Levels, at most `most`: of all by SKU, of what is scarce the scarcest first.
pub fn list(conn: &mut Conn, wanted: &Wanted, most: i64) -> Result<Vec<Entry>> {
    match wanted.state {
        Some(State::Low { few }) => low(conn, wanted, (few, most)),
        Some(State::Out) => {
            let found = find(conn, wanted)?.filter(is_on_sale()).filter(available().le(0));
            scarcest(conn, found.filter((available() + stock::backorder_limit).le(0)), most)
        }
        Some(State::Owed) => {
            let found = find(conn, wanted)?;
            scarcest(conn, found.filter(available().lt(0)), most)
        }
        Some(State::AtMost(few)) => {
            let found = find(conn, wanted)?;
            scarcest(conn, found.filter(available().le(few)), most)
        }
        None => Ok(find(conn, wanted)?.order(variant::sku).limit(most).load(conn)?),
    }
}

/// How many variants run low, counted up to `most`.
pub fn count_low(conn: &mut Conn, few: i64, most: i64) -> Result<i64> {
    let wanted = Wanted { state: Some(State::Low { few }), ..Wanted::default() };
    Ok(i64::try_from(list(conn, &wanted, most)?.len()).unwrap_or(most))
}

/// Where a list goes on after a SKU; nowhere in particular when there is none such.
pub fn after_sku(conn: &mut Conn, sku: &str, is_scarce: bool) -> Result<Option<After>> {
    if sku.is_empty() || !is_scarce {
        return Ok((!sku.is_empty()).then(|| After::Sku(sku.to_owned())));
    }
    let the_one = stock::table.inner_join(variant::table).filter(variant::sku.eq(sku));
    let found: Option<(i64, VariantId)> =
        the_one.select((available(), stock::variant_id)).first(conn).optional()?;
    Ok(found.map(|(available, id)| After::Scarce { available, id }))
}

/// Two questions, each with an index: what has a word of its own for few, and what has none.
fn low(conn: &mut Conn, wanted: &Wanted, (few, most): (i64, i64)) -> Result<Vec<Entry>> {
    let own = available().nullable().le(stock::low_at);
    let found = find(conn, wanted)?.filter(is_on_sale());
    let mut low = scarcest(conn, found.filter(own), most)?;
    let found = find(conn, wanted)?.filter(is_on_sale());
    let usual = found.filter(stock::low_at.is_null()).filter(available().le(few));
    low.extend(scarcest(conn, usual, most)?);
    low.sort_by_key(|entry| (entry.available(), entry.id));
    low.truncate(usize::try_from(most).unwrap_or_default());
    Ok(low)
}

type Shelves =
    diesel::dsl::InnerJoin<stock::table, diesel::dsl::InnerJoin<variant::table, product::table>>;
type Columns = (
    stock::variant_id,
    variant::product_id,
    variant::sku,
    stock::on_hand,
    stock::reserved,
    (stock::backorder_limit, stock::low_at),
);
type Found<'a> = diesel::dsl::IntoBoxed<
    'a,
    diesel::dsl::Select<Shelves, Columns>,
    <Conn as diesel::Connection>::Backend,
>;

fn find<'a>(conn: &mut Conn, wanted: &'a Wanted) -> Result<Found<'a>> {
    let columns: Columns = (
        stock::variant_id,
        variant::product_id,
        variant::sku,
        stock::on_hand,
        stock::reserved,
        (stock::backorder_limit, stock::low_at),
    );
    let shelves = stock::table.inner_join(variant::table.inner_join(product::table));
    let mut found = shelves.select(columns).into_boxed();
    found = of_wanted(conn, found, wanted)?;
    Ok(match &wanted.after {
        Some(After::Sku(sku)) => found.filter(variant::sku.gt(sku)),
        Some(After::Scarce { available: left, id }) => {
            let is_later = available().gt(*left).or(stock::variant_id.gt(*id));
            // The first half is what an index can begin at.
            found.filter(available().ge(*left)).filter(is_later)
        }
        None => found,
    })
}

/// Of few products the variants are looked up; of many each variant is asked in the order of the list, which ends
/// soon then.
fn of_wanted<'a>(conn: &mut Conn, found: Found<'a>, wanted: &Wanted) -> Result<Found<'a>> {
    let Some(fitting) = products(conn, wanted)? else { return Ok(found) };
    let first: Vec<ProductId> = fitting.limit(MORE_THAN_FEW).load(conn)?;
    if let Some(ids) = few(first) {
        return Ok(found.filter(any_of(variant::product_id, &ids)));
    }
    let own = sql::<Bool>("product.id = variant.product_id");
    let Some(its_own) = products(conn, wanted)?.map(|fitting| fitting.filter(own)) else {
        return Ok(found);
    };
    Ok(found.filter(within(variant::product_id, its_own)))
}

/// Whose variants are looked at; `None` for all.
fn products(conn: &mut Conn, wanted: &Wanted) -> Result<Option<Products>> {
    let scope = Scope::words(&wanted.text);
    if matches!(scope, Scope::Everything) && wanted.category.is_none() {
        return Ok(None);
    }
    let mut found = product::table.select(product::id).into_boxed();
    if let Some(category) = wanted.category {
        found = keep_in_scope(conn, found, &Scope::Category(category))?;
    }
    keep_in_scope(conn, found, &scope).map(Some)
}

#[diesel::dsl::auto_type(no_type_alias)]
fn is_on_sale() -> _ {
    variant::active.eq(true).and(product::status.eq("active"))
}

fn scarcest(conn: &mut Conn, found: Found<'_>, most: i64) -> Result<Vec<Entry>> {
    Ok(found.order((available(), stock::variant_id)).limit(most).load(conn)?)
}
