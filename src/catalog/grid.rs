//! A product's variants as lines that are edited together: SKU, price, weight and what lies there.

use diesel::prelude::*;
use serde_json::{Map, Value};

use super::choice::Chosen;
use super::keep::{Edit, move_on};
use super::options::known;
use super::writes;
use crate::audit::{self, Action, Deed, Entity};
use crate::db::Conn;
use crate::db::schema::{stock, variant};
use crate::error::{Error, Result};
use crate::ids::{ProductId, VariantId};
use crate::money::{Currency, Money};
use crate::prices::{NewPrice, find_prices, set_prices};
use crate::stock::{self as shelf, Actor, Cause, Count};
use crate::values::Quantity;

/// A variant that is sold, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub id: VariantId,
    pub values: Chosen,
    pub sku: String,
    pub weight_grams: i64,
    pub on_hand: i64,
    pub reserved: i64,
    /// What one costs everybody when nothing more special applies.
    pub price: Option<Money>,
    /// The price before, shown struck through.
    pub compare_at: Option<Money>,
}

/// A line as it is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub id: VariantId,
    pub sku: String,
    pub weight_grams: i64,
    pub price: NewPrice,
    /// What lay there when the line was shown, and what was counted.
    pub on_hand: (i64, i64),
}

/// What becomes of the lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// Somebody else has changed the product since.
    Meanwhile,
    /// Other variants have these SKUs.
    Taken(Vec<VariantId>),
    /// Something was sent or has come since: so many lie there now.
    Moved(Vec<(VariantId, i64)>),
}

/// So many lines from one on, in their order.
pub fn lines(
    conn: &mut Conn,
    id: ProductId,
    currency: Currency,
    (offset, most): (i64, i64),
) -> Result<Vec<Line>> {
    type Row = (VariantId, String, i64, Option<(i64, i64)>);
    let rows: Vec<Row> = variant::table
        .left_join(stock::table)
        .filter(variant::product_id.eq(id))
        .filter(variant::active.eq(true))
        .order((variant::position, variant::id))
        .offset(offset)
        .limit(most)
        .select((
            variant::id,
            variant::sku,
            variant::weight_grams,
            (stock::on_hand, stock::reserved).nullable(),
        ))
        .load(conn)?;
    let mut known = known(conn, id)?;
    let skus: Vec<&str> = rows.iter().map(|(_, sku, ..)| sku.as_str()).collect();
    let prices = find_prices(conn, &skus)?;
    let lines = rows.into_iter().map(|(id, sku, weight_grams, level)| {
        let own = prices.iter().find(|known| known.sku == sku);
        let own = own.and_then(|own| plain(&own.prices, currency));
        let (on_hand, reserved) = level.unwrap_or_default();
        let at = known.iter().position(|known| known.id == id);
        Line {
            values: at.map(|at| known.swap_remove(at).values).unwrap_or_default(),
            id,
            sku,
            weight_grams,
            on_hand,
            reserved,
            price: own.map(|price| price.amount),
            compare_at: own.and_then(|price| price.compare_at),
        }
    });
    Ok(lines.collect())
}

/// The price of one for everybody at all times.
pub fn plain(prices: &[NewPrice], currency: Currency) -> Option<&NewPrice> {
    let plain = prices.iter().filter(|price| is_plain(price, currency));
    plain.min_by_key(|price| price.amount.minor())
}

pub(super) fn is_plain(price: &NewPrice, currency: Currency) -> bool {
    price.amount.currency() == currency
        && price.min_quantity == Quantity::ONE
        && price.group.is_none()
        && price.from.is_none()
        && price.until.is_none()
}

/// Changes lines to what is wanted, all of them or none. Stock is corrected in the ledger, for the
/// reason that is given.
pub fn save(
    conn: &mut Conn,
    edit: &Edit<'_>,
    (before, wanted, reason): (&[Line], &[Wanted], &str),
) -> Result<Outcome> {
    let taken = taken(conn, wanted)?;
    if !taken.is_empty() {
        return Ok(Outcome::Taken(taken));
    }
    let moved = moved(conn, wanted)?;
    if !moved.is_empty() {
        return Ok(Outcome::Moved(moved));
    }
    if !move_on(conn, edit)? {
        return Ok(Outcome::Meanwhile);
    }
    for line in wanted {
        let Some(before) = before.iter().find(|before| before.id == line.id) else { continue };
        let (old, new) = differing(before, line);
        if new.is_empty() {
            continue;
        }
        put(conn, edit, (before, line))?;
        count(conn, edit, (line, reason))?;
        let (entity, old, new) = (Entity::Variant(line.sku.clone()), old.into(), new.into());
        let deed = Deed { action: Action::VariantChanged, entity, before: old, after: new };
        audit::write(conn, edit.who, &deed)?;
    }
    writes::index(conn, edit.id)?;
    Ok(Outcome::Done)
}

fn taken(conn: &mut Conn, wanted: &[Wanted]) -> Result<Vec<VariantId>> {
    let skus: Vec<&str> = wanted.iter().map(|line| line.sku.as_str()).collect();
    let owners: Vec<(String, VariantId)> = variant::table
        .filter(variant::sku.eq_any(skus))
        .select((variant::sku, variant::id))
        .load(conn)?;
    let is_taken = |line: &&Wanted| {
        let mut others = wanted.iter().filter(|other| other.id != line.id);
        others.any(|other| other.sku == line.sku)
            || owners.iter().any(|(sku, id)| *sku == line.sku && *id != line.id)
    };
    Ok(wanted.iter().filter(is_taken).map(|line| line.id).collect())
}

fn moved(conn: &mut Conn, wanted: &[Wanted]) -> Result<Vec<(VariantId, i64)>> {
    let mut moved = Vec::new();
    for line in wanted.iter().filter(|line| line.on_hand.0 != line.on_hand.1) {
        if let Count::Moved { now } = shelf::compare(conn, line.id, line.on_hand)? {
            moved.push((line.id, now));
        }
    }
    Ok(moved)
}

fn put(conn: &mut Conn, edit: &Edit<'_>, (before, line): (&Line, &Wanted)) -> Result<()> {
    let currency = line.price.amount.currency();
    let known = find_prices(conn, &[before.sku.as_str()])?.pop();
    let mut prices = known.map(|known| known.prices).unwrap_or_default();
    prices.retain(|price| !is_plain(price, currency));
    prices.push(line.price.clone());
    set_prices(conn, line.id, &prices, edit.who.at)?;
    diesel::update(variant::table.find(line.id))
        .set((variant::sku.eq(&line.sku), variant::weight_grams.eq(line.weight_grams)))
        .execute(conn)?;
    Ok(())
}

fn count(conn: &mut Conn, edit: &Edit<'_>, (line, reason): (&Wanted, &str)) -> Result<()> {
    if line.on_hand.0 == line.on_hand.1 {
        return Ok(());
    }
    shelf::open_if_new(conn, line.id, edit.who.at)?;
    let (actor, name) = (Actor::of(edit.who), format!("grid:{}:{}", line.id, edit.version));
    let cause = Cause { name, reason, actor: &actor, at: edit.who.at };
    match shelf::correct(conn, line.id, line.on_hand, &cause)? {
        // Between the look and the count: the whole is tried again.
        Count::Moved { .. } => Err(Error::Busy),
        Count::Same | Count::Differs { .. } => Ok(()),
    }
}

/// What has changed of a line, as it was and as it is.
fn differing(before: &Line, line: &Wanted) -> (Map<String, Value>, Map<String, Value>) {
    let minor = |money: Option<Money>| money.map(|money| money.minor());
    let told: [(&str, Value, Value); 5] = [
        ("sku", before.sku.as_str().into(), line.sku.as_str().into()),
        ("weight_grams", before.weight_grams.into(), line.weight_grams.into()),
        ("price", minor(before.price).into(), line.price.amount.minor().into()),
        ("compare_at", minor(before.compare_at).into(), minor(line.price.compare_at).into()),
        ("on_hand", line.on_hand.0.into(), line.on_hand.1.into()),
    ];
    let (mut old, mut new) = (Map::new(), Map::new());
    for (name, was, is) in told.into_iter().filter(|(_, was, is)| was != is) {
        old.insert(name.to_owned(), was);
        new.insert(name.to_owned(), is);
    }
    (old, new)
}
