//! The lines of an order that is changed: those that stay, at the price that they were sold for, and
//! those that are added, at today's.

use std::collections::BTreeMap;

use super::model::{Halt, Refused, Wish};
use super::sold::Sold;
use crate::cart::{self, CartLine, Item};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::{ProductId, VariantId};
use crate::orders::NewLine;
use crate::pricing;
use crate::promotions::categories_for;
use crate::stock::find_sku;
use crate::values::Quantity;
use crate::web::View;

/// A line to be written, and as it is priced.
pub(super) type Line = (NewLine, pricing::Line);

/// Units of a variant that are added.
struct Added {
    variant: VariantId,
    sku: String,
    quantity: Quantity,
}

/// All lines that there are to be, without sums.
pub(super) fn lines(
    conn: &mut Conn,
    sold: &Sold,
    wish: &Wish,
    view: &View,
) -> Result<Vec<Line>, Halt> {
    let added = find_added(conn, wish)?;
    let mut lines = kept(sold, wish, &added)?;
    let is_new = |added: &&Added| sold.lines.iter().all(|l| l.variant_id != Some(added.variant));
    let new: Vec<&Added> = added.iter().filter(is_new).collect();
    lines.extend(fresh(conn, sold, &new, view)?);
    Ok(lines)
}

/// What was typed twice is added together.
fn find_added(conn: &mut Conn, wish: &Wish) -> Result<Vec<Added>, Halt> {
    let mut found: Vec<Added> = Vec::new();
    for (sku, quantity) in &wish.added {
        let variant = find_sku(conn, sku)?.ok_or_else(|| Refused::NoSuch(sku.clone()))?;
        match found.iter_mut().find(|known| known.variant == variant) {
            Some(known) => {
                let sum = known.quantity.plus(*quantity);
                known.quantity = sum.ok_or_else(|| Refused::TooMany(sku.clone()))?;
            }
            None => found.push(Added { variant, sku: sku.clone(), quantity: *quantity }),
        }
    }
    Ok(found)
}

fn kept(sold: &Sold, wish: &Wish, added: &[Added]) -> Result<Vec<Line>, Refused> {
    let mut kept = Vec::new();
    for (line, priced) in sold.lines.iter().zip(&sold.request.lines) {
        let more = added.iter().find(|added| line.variant_id == Some(added.variant));
        let more = more.map_or(0, |added| added.quantity.get());
        let units = wish.units_of(line.position, line.quantity) + more;
        if units == 0 {
            continue;
        }
        let quantity = Quantity::new(units).and_then(|fits| fits.get().try_into().ok());
        let quantity = quantity.ok_or_else(|| Refused::TooMany(line.sku.clone()))?;
        let priced = pricing::Line { quantity, ..priced.clone() };
        kept.push((NewLine { quantity: units, ..line.clone() }, priced));
    }
    Ok(kept)
}

fn fresh(conn: &mut Conn, sold: &Sold, new: &[&Added], view: &View) -> Result<Vec<Line>, Halt> {
    let wanted: Vec<CartLine> = new
        .iter()
        .map(|added| CartLine { variant: added.variant, quantity: added.quantity, unit_price: 0 })
        .collect();
    let items = cart::items(conn, &wanted, view)?;
    let products: Vec<ProductId> =
        items.iter().filter_map(|item| Some(item.goods.as_ref()?.product)).collect();
    let mut categories = categories_for(conn, &sold.request, &products)?;
    let mut lines = Vec::new();
    for (item, added) in items.iter().zip(new) {
        let gone = || Refused::NotForSale(added.sku.clone());
        let (goods, offer) = item.for_sale().ok_or_else(gone)?;
        let own = categories.remove(&goods.product).unwrap_or_default();
        let priced = cart::line((goods, offer, added.quantity), own);
        let line = NewLine::of((goods, view.local(&goods.name)), (offer.price, added.quantity));
        lines.push((line, priced.map_err(|_| Refused::Unpriceable)?));
    }
    Ok(lines)
}

/// What moves on the shelf: of each variant, by its id, the units that are held more or, below 0, less.
pub(super) fn moves(sold: &Sold, lines: &[Line]) -> Vec<(VariantId, String, i64)> {
    let mut moves: BTreeMap<VariantId, (String, i64)> = BTreeMap::new();
    let before = sold.lines.iter().map(|line| (line, -line.quantity));
    let after = lines.iter().map(|(line, _)| (line, line.quantity));
    for (line, units) in before.chain(after) {
        if let Some(variant) = line.variant_id {
            moves.entry(variant).or_insert_with(|| (line.sku.clone(), 0)).1 += units;
        }
    }
    let moved = moves.into_iter().filter(|(_, (_, units))| *units != 0);
    moved.map(|(variant, (sku, units))| (variant, sku, units)).collect()
}

/// # Errors
/// `Short` when more is wanted of something than can be had.
pub(super) fn check_supply(
    conn: &mut Conn,
    moves: &[(VariantId, String, i64)],
    view: &View,
) -> Result<(), Halt> {
    let more = moves.iter().filter(|(.., units)| *units > 0);
    let wanted: Vec<CartLine> = more
        .clone()
        .map(|(variant, ..)| CartLine { variant: *variant, quantity: Quantity::ONE, unit_price: 0 })
        .collect();
    let left = |item: Item| item.goods.map_or(0, |goods| goods.supply.sellable());
    for (item, (_, sku, units)) in cart::items(conn, &wanted, view)?.into_iter().zip(more) {
        let left = left(item);
        if left < *units {
            return Err(Refused::Short { sku: sku.clone(), left }.into());
        }
    }
    Ok(())
}
