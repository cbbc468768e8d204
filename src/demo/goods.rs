//! The demo's goods in a shop of somebody's own: put in to try things out, and taken out again.

use serde_json::json;

use super::import::{Import, file};
use super::queries::{Kind, forget, has_goods, remember, remembered};
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::catalog::discard::{self, Discarded};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::{AttributeId, BrandId, CategoryId, OptionTypeId, ProductId};
use crate::money::Currency;
use crate::settings;

/// What became of the goods when they were taken out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Removed {
    pub gone: usize,
    /// Those that somebody has ordered: they are archived.
    pub archived: usize,
    /// Those that were changed since, or that a promotion names: they are the shop's own now.
    pub kept: usize,
}

/// Puts the goods in with their categories, brands and options, priced in the shop's currency; does
/// nothing where they are already.
///
/// # Errors
/// A duplicate (`Error::is_duplicate`) when something of the shop's own has one of their names.
pub fn add_goods(conn: &mut Conn, who: &Who) -> Result<()> {
    settings::announce(conn)?;
    if has_goods(conn)? {
        return Ok(());
    }
    let file = file()?;
    let mut import = Import::new(settings::load(conn)?.currency, who.at);
    import.goods(conn, &file)?;
    remember(conn, Kind::Product, import.products.values().map(|id| id.0))?;
    remember(conn, Kind::Category, import.categories.values().map(|id| id.0))?;
    remember(conn, Kind::Brand, import.brands.values().map(|id| id.0))?;
    remember(conn, Kind::Attribute, import.attributes.values().map(|(_, id)| id.0))?;
    remember(conn, Kind::Option, import.options.values().map(|id| id.0))?;
    told(conn, who, Action::DemoGoodsAdded, json!({ "products": import.products.len() }))
}

/// Takes them out again. What the owner has made, changed, or put among them stays, with the groups
/// that it stands in.
pub fn remove_goods(conn: &mut Conn, who: &Who) -> Result<Removed> {
    settings::announce(conn)?;
    let mut removed = Removed::default();
    for id in remembered(conn, Kind::Product)? {
        let id = ProductId(id);
        if audit::last_of(conn, &Entity::Product(id))?.is_some() {
            removed.kept += 1;
            continue;
        }
        match discard::discard_product(conn, id)? {
            Discarded::Gone => removed.gone += 1,
            Discarded::Archived => removed.archived += 1,
            Discarded::Kept => removed.kept += 1,
        }
    }
    remove_groups(conn)?;
    forget(conn)?;
    let after = json!({ "gone": removed.gone, "archived": removed.archived, "kept": removed.kept });
    told(conn, who, Action::DemoGoodsRemoved, after)?;
    Ok(removed)
}

fn remove_groups(conn: &mut Conn) -> Result<()> {
    for id in remembered(conn, Kind::Category)? {
        discard::discard_category(conn, CategoryId(id))?;
    }
    for id in remembered(conn, Kind::Brand)? {
        discard::discard_brand(conn, BrandId(id))?;
    }
    for id in remembered(conn, Kind::Attribute)? {
        discard::discard_attribute(conn, AttributeId(id))?;
    }
    for id in remembered(conn, Kind::Option)? {
        discard::discard_option(conn, OptionTypeId(id))?;
    }
    Ok(())
}

fn told(conn: &mut Conn, who: &Who, action: Action, after: serde_json::Value) -> Result<()> {
    let (entity, before) = (Entity::Shop, json!({}));
    audit::write(conn, who, &Deed { action, entity, before, after })
}

/// An amount of the demo's rupiah in another currency, roughly: what costs Rp 135.000 costs $9.00,
/// ¥900, or 9.000 dinar.
pub(super) fn in_currency(rupiah: i64, currency: Currency) -> i64 {
    match (currency, currency.exponent()) {
        (Currency::IDR, _) => rupiah,
        (_, exponent) => (rupiah / 150 * 10_i64.pow(exponent.max(2) - 2)).max(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demos_prices_make_sense_in_other_currencies() {
        let cup = |code| Currency::parse(code).map(|currency| in_currency(135_000, currency));
        assert_eq!(cup("IDR"), Ok(135_000));
        assert_eq!(cup("USD"), Ok(900));
        assert_eq!(cup("JPY"), Ok(900));
        assert_eq!(cup("KWD"), Ok(9_000));
        assert_eq!(in_currency(1, Currency::USD), 1);
    }
}
