//! The options of a product as the staff change them: what it comes in, and the variants that follow.
//!
//! A variant that is taken out keeps its row, its ledger and its SKU: orders name it, and it comes
//! back when its values do.

use diesel::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;

use super::choice::Chosen;
use super::handle::{free_sku, handle_of};
use super::keep::{Edit, Saved, move_on};
use super::matrix::{Axis, Combination, Known, Plan};
use super::model::NewVariant;
use super::writes::{self, option_key, put_values};
use crate::audit::{self, Action, Deed, Entity};
use crate::db::schema::{
    option_type, option_value, order_line, orders, product_option, stock, variant, variant_option,
};
use crate::db::{Conn, any_of};
use crate::error::Result;
use crate::ids::{OptionTypeId, OptionValueId, ProductId, VariantId};
use crate::language::LocalText;
use crate::prices::find_prices;
use crate::settings;
use crate::web::frame::Frame;

/// An option as it is wanted, with its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    pub option: Named<OptionTypeId>,
    pub values: Vec<Named<OptionValueId>>,
}

/// Something that the shop has, or that is to be made by this name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named<Id> {
    Known(Id),
    New(String),
}

/// What hangs on a variant that is to be taken out.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Use {
    pub id: VariantId,
    pub sku: String,
    pub on_hand: Option<i64>,
    /// Lines of orders that are not done yet.
    pub open_lines: Option<i64>,
}

/// The options that a product has, in their order.
pub fn of(conn: &mut Conn, id: ProductId) -> Result<Vec<OptionTypeId>> {
    let options = product_option::table.filter(product_option::product_id.eq(id));
    let ordered = options.order(product_option::position).select(product_option::option_type_id);
    Ok(ordered.load(conn)?)
}

/// All variants that a product has or had, in their order.
pub fn known(conn: &mut Conn, id: ProductId) -> Result<Vec<Known>> {
    let rows: Vec<(VariantId, bool)> = variant::table
        .filter(variant::product_id.eq(id))
        .order((variant::position, variant::id))
        .select((variant::id, variant::active))
        .load(conn)?;
    let mut values: BTreeMap<VariantId, Chosen> = BTreeMap::new();
    let chosen: Vec<(VariantId, OptionTypeId, OptionValueId)> = variant_option::table
        .inner_join(variant::table)
        .filter(variant::product_id.eq(id))
        .select((
            variant_option::variant_id,
            variant_option::option_type_id,
            variant_option::option_value_id,
        ))
        .load(conn)?;
    for (variant, option, value) in chosen {
        values.entry(variant).or_default().insert(option, value);
    }
    let known = rows.into_iter().map(|(id, active)| {
        let values = values.remove(&id).unwrap_or_default();
        Known { id, active, values }
    });
    Ok(known.collect())
}

/// What uses these variants.
pub fn uses(conn: &mut Conn, variants: &[VariantId]) -> Result<Vec<Use>> {
    let open = order_line::table
        .inner_join(orders::table)
        .filter(order_line::variant_id.eq(variant::id.nullable()))
        .filter(orders::status.eq("placed").or(orders::status.eq("pending")))
        .count()
        .single_value();
    Ok(variant::table
        .left_join(stock::table)
        .filter(any_of(variant::id, variants))
        .order((variant::position, variant::id))
        .select((variant::id, variant::sku, stock::on_hand.nullable(), open))
        .load(conn)?)
}

/// The wish with numbers for what is yet to be made, below those that the database gives.
pub fn foreseen(wishes: &[Wish]) -> Vec<Axis> {
    let mut next = 0;
    let mut number = || {
        next -= 1;
        next
    };
    let axes = wishes.iter().map(|wish| {
        let option = match &wish.option {
            Named::Known(id) => *id,
            Named::New(_) => OptionTypeId(number()),
        };
        let values = wish.values.iter().map(|value| match value {
            Named::Known(id) => *id,
            Named::New(_) => OptionValueId(number()),
        });
        (option, values.collect())
    });
    axes.collect()
}

/// Gives a product these options and the variants that follow, unless somebody has changed it since.
pub fn save(conn: &mut Conn, edit: &Edit<'_>, wishes: &[Wish]) -> Result<Saved> {
    if !move_on(conn, edit)? {
        return Ok(Saved::Meanwhile);
    }
    let mut axes: Vec<Axis> = Vec::new();
    for wish in wishes {
        axes.push(made(conn, edit.frame, wish)?);
    }
    let known = known(conn, edit.id)?;
    let plan = Plan::new(&known, &axes);
    put_options(conn, edit.id, &axes)?;
    put_aside(conn, edit.id)?;
    let model = model(conn, edit.id)?;
    for (position, (combination, owner)) in (0..).zip(&plan.combinations) {
        match owner {
            Some(id) => put_back(conn, *id, (position, combination))?,
            None => {
                let new = NewVariant {
                    sku: sku(conn, &model.sku, combination)?,
                    values: combination.clone(),
                    ..model.clone()
                };
                writes::insert_variant(conn, edit.id, (position, &new), edit.who.at)?;
            }
        }
    }
    writes::gather_option_values(conn, edit.id)?;
    writes::index(conn, edit.id)?;
    settings::announce(conn)?;
    told(conn, edit, (known.iter().filter(|known| known.active).count(), &plan))?;
    Ok(Saved::Done)
}

/// The option and its values, those that are new made first.
fn made(conn: &mut Conn, frame: &Frame, wish: &Wish) -> Result<Axis> {
    let option = match &wish.option {
        Named::Known(id) => *id,
        Named::New(name) => make_option(conn, frame, name)?,
    };
    let mut values = Vec::new();
    for value in &wish.values {
        values.push(match value {
            Named::Known(id) => *id,
            Named::New(name) => make_value(conn, frame, (option, name))?,
        });
    }
    Ok((option, values))
}

fn make_option(conn: &mut Conn, frame: &Frame, name: &str) -> Result<OptionTypeId> {
    let known: Vec<(String, i64)> =
        option_type::table.select((option_type::code, option_type::position)).load(conn)?;
    let (code, position) = next(&known, name);
    writes::insert_option_type(conn, &code, position, &own(frame, name))
}

fn make_value(
    conn: &mut Conn,
    frame: &Frame,
    (option, name): (OptionTypeId, &str),
) -> Result<OptionValueId> {
    let known: Vec<(String, i64)> = option_value::table
        .filter(option_value::option_type_id.eq(option))
        .select((option_value::code, option_value::position))
        .load(conn)?;
    let (code, position) = next(&known, name);
    writes::insert_option_value(conn, option, (&code, position), None, &own(frame, name))
}

/// A code that none of these has, and the place behind them.
fn next(known: &[(String, i64)], name: &str) -> (String, i64) {
    let base = handle_of(name);
    let is_free = |code: &String| !known.iter().any(|(known, _)| known == code);
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    let code = std::iter::once(base.clone()).chain(numbered).find(is_free);
    let last = known.iter().map(|(_, position)| *position).max();
    (code.unwrap_or(base), last.map_or(0, |last| last + 1))
}

fn own(frame: &Frame, name: &str) -> LocalText {
    let mut text = LocalText::default();
    text.set(frame.own_language(), name.to_owned());
    text
}

fn put_options(conn: &mut Conn, id: ProductId, axes: &[Axis]) -> Result<()> {
    let before = product_option::table.filter(product_option::product_id.eq(id));
    diesel::delete(before).execute(conn)?;
    let options: Vec<OptionTypeId> = axes.iter().map(|(option, _)| *option).collect();
    writes::insert_options(conn, id, &options)
}

/// Takes all variants out: those that stay are put back, and no two are alike meanwhile.
fn put_aside(conn: &mut Conn, id: ProductId) -> Result<()> {
    let all: Vec<VariantId> =
        variant::table.filter(variant::product_id.eq(id)).select(variant::id).load(conn)?;
    for id in all {
        diesel::update(variant::table.find(id))
            .set((variant::active.eq(false), variant::option_key.eq(format!("out:{id}"))))
            .execute(conn)?;
    }
    Ok(())
}

fn put_back(
    conn: &mut Conn,
    id: VariantId,
    (position, combination): (i64, &Combination),
) -> Result<()> {
    diesel::update(variant::table.find(id))
        .set((
            variant::active.eq(true),
            variant::option_key.eq(option_key(combination)),
            variant::position.eq(position),
        ))
        .execute(conn)?;
    let before = variant_option::table.filter(variant_option::variant_id.eq(id));
    diesel::delete(before).execute(conn)?;
    put_values(conn, id, combination)
}

/// What a new variant is like: the product's first one, of which nothing is there.
fn model(conn: &mut Conn, id: ProductId) -> Result<NewVariant> {
    let (sku, weight_grams): (String, i64) = variant::table
        .filter(variant::product_id.eq(id))
        .order((variant::position, variant::id))
        .select((variant::sku, variant::weight_grams))
        .first(conn)?;
    let prices = find_prices(conn, &[sku.as_str()])?.pop();
    let prices = prices.map(|known| known.prices).unwrap_or_default();
    Ok(NewVariant { sku, values: Vec::new(), prices, weight_grams, on_hand: 0, media: None })
}

/// The SKU of the model with the values behind it.
fn sku(conn: &mut Conn, model: &str, combination: &Combination) -> Result<String> {
    let ids: Vec<OptionValueId> = combination.iter().map(|(_, value)| *value).collect();
    let codes: Vec<(OptionValueId, String)> = option_value::table
        .filter(any_of(option_value::id, &ids))
        .select((option_value::id, option_value::code))
        .load(conn)?;
    let codes: BTreeMap<OptionValueId, String> = codes.into_iter().collect();
    let parts = ids.iter().filter_map(|id| codes.get(id)).map(|code| code.to_uppercase());
    let sku = std::iter::once(model.to_owned()).chain(parts).collect::<Vec<_>>().join("-");
    free_sku(conn, &sku.chars().take(80).collect::<String>())
}

fn told(conn: &mut Conn, edit: &Edit<'_>, (before, plan): (usize, &Plan)) -> Result<()> {
    let after = plan.combinations.len();
    let (added, taken_out) = (plan.added(), plan.taken_out.len());
    let deed = Deed {
        action: Action::ProductChanged,
        entity: Entity::Product(edit.id),
        before: json!({ "variants": before }),
        after: json!({ "variants": after, "added": added, "taken_out": taken_out }),
    };
    audit::write(conn, edit.who, &deed)
}
