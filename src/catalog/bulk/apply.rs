//! Makes of a product what was planned, through the doors that single changes go through, in the words
//! of the audit log.

use serde_json::{Map, Value, json};

use super::plan::{Numbers, State, Values};
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::catalog::grid::{is_plain, plain};
use crate::catalog::keep::{self, Edit, Saved, move_on};
use crate::catalog::sheet::Sheet;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::ProductId;
use crate::money::{Currency, Money};
use crate::prices::{NewPrice, SkuPrices, find_prices, set_prices};
use crate::stock::{self, Actor, Cause};
use crate::web::frame::Frame;

/// Who does it, and how the ledger of the stock names the cause.
pub(super) struct Doer<'a> {
    pub who: &'a Who,
    pub frame: &'a Frame,
    pub cause: String,
    pub reason: &'a str,
}

/// # Errors
/// `Busy` when somebody else has changed it in this very moment: the whole is tried again.
pub(super) fn apply(
    conn: &mut Conn,
    doer: &Doer<'_>,
    (id, state): (ProductId, &State),
    (from, to): (&Values, &Values),
) -> Result<()> {
    let edit = Edit { who: doer.who, frame: doer.frame, id, version: state.version };
    let saved = match (from, to) {
        (_, Values::Prices(prices)) => set_all(conn, &edit, (state, prices))?,
        (Values::OnHand(from), Values::OnHand(to)) => {
            move_stock(conn, doer, &edit, (state, from, to))?
        }
        _ => {
            let kept = keep::find(conn, id)?.ok_or(Error::NotFound)?;
            keep::save(conn, &edit, &changed(kept.sheet, to, doer))?
        }
    };
    match saved {
        Saved::Done => Ok(()),
        Saved::Meanwhile => Err(Error::Busy),
    }
}

fn changed(sheet: Sheet, to: &Values, doer: &Doer<'_>) -> Sheet {
    match to {
        Values::Status(status) => {
            let publish_at = sheet.shown_since(*status, doer.who.at);
            Sheet { status: *status, publish_at, ..sheet }
        }
        Values::Category(category) => Sheet { category: *category, ..sheet },
        Values::Brand(brand) => Sheet { brand: *brand, ..sheet },
        Values::Tag { tag, has } => {
            let mut tags = sheet.tags;
            match has {
                true => tags.insert(tag.clone()),
                false => tags.remove(tag),
            };
            Sheet { tags, ..sheet }
        }
        Values::Prices(_) | Values::OnHand(_) => sheet,
    }
}

fn set_all(conn: &mut Conn, edit: &Edit<'_>, (state, prices): (&State, &Numbers)) -> Result<Saved> {
    if !move_on(conn, edit)? {
        return Ok(Saved::Meanwhile);
    }
    let skus: Vec<&str> = state.variants.iter().map(|variant| variant.sku.as_str()).collect();
    let known = find_prices(conn, &skus)?;
    let (mut before, mut after) = (Map::new(), Map::new());
    for variant in &state.variants {
        let Some(amount) = prices.get(&variant.id) else { continue };
        let rules = repriced(&known, &variant.sku, Money::new(*amount, state.currency));
        set_prices(conn, variant.id, &rules, edit.who.at)?;
        before.insert(variant.sku.clone(), variant.price.map(|(amount, _)| amount).into());
        after.insert(variant.sku.clone(), (*amount).into());
    }
    told(conn, edit, ("prices", before, after))
}

/// All prices of a variant, that of one for everybody made this.
fn repriced(known: &[SkuPrices], sku: &str, amount: Money) -> Vec<NewPrice> {
    let currency: Currency = amount.currency();
    let known = known.iter().find(|known| known.sku == sku);
    let mut rules = known.map(|known| known.prices.clone()).unwrap_or_default();
    let compare_at = plain(&rules, currency).and_then(|plain| plain.compare_at);
    rules.retain(|price| !is_plain(price, currency));
    rules.push(NewPrice { compare_at, ..NewPrice::plain(amount) });
    rules
}

fn move_stock(
    conn: &mut Conn,
    doer: &Doer<'_>,
    edit: &Edit<'_>,
    (state, from, to): (&State, &Numbers, &Numbers),
) -> Result<Saved> {
    let actor = Actor::of(doer.who);
    let (mut before, mut after) = (Map::new(), Map::new());
    for variant in &state.variants {
        let numbers = from.get(&variant.id).zip(to.get(&variant.id));
        let Some((was, is)) = numbers.filter(|(was, is)| was != is) else { continue };
        let name = format!("{}:{}", doer.cause, variant.id);
        let cause = Cause { name, reason: doer.reason, actor: &actor, at: edit.who.at };
        stock::open_if_new(conn, variant.id, edit.who.at)?;
        if !stock::adjust(conn, variant.id, is - was, &cause)? {
            return Ok(Saved::Meanwhile);
        }
        before.insert(variant.sku.clone(), (*was).into());
        after.insert(variant.sku.clone(), (*is).into());
    }
    told(conn, edit, ("on_hand", before, after))
}

fn told(
    conn: &mut Conn,
    edit: &Edit<'_>,
    (what, before, after): (&str, Map<String, Value>, Map<String, Value>),
) -> Result<Saved> {
    let deed = Deed {
        action: Action::ProductChanged,
        entity: Entity::Product(edit.id),
        before: json!({ what: before }),
        after: json!({ what: after }),
    };
    audit::write(conn, edit.who, &deed)?;
    Ok(Saved::Done)
}
