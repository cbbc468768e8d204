//! What a discount does to a cart: the bill without it and with it, by the function that prices
//! every cart. The goods can be exchanged for others, and the discount need not be saved yet.

use std::sync::Arc;

use super::verdicts;
use crate::admin::desk::Desk;
use crate::admin::example::{self, Asked};
use crate::admin::field::Field;
use crate::admin::queries;
use crate::admin::trial::{self, Basket, Cart};
use crate::cart::{Item, Quote, TotalRow};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::PromotionId;
use crate::pricing::{Benefit, LineBenefit, Refusal, Verdict, why};
use crate::promotions::{Opens, Rule, Running};
use crate::values::Quantity;
use crate::web::{Form, View};

/// The example, ready to print.
pub(super) struct Example {
    pub fields: Vec<Field>,
    /// Why there is none, or what is left out of it.
    pub problem: String,
    /// Goods, and what the discount takes off them.
    pub lines: Vec<(String, String)>,
    pub without: Vec<TotalRow>,
    pub with: Vec<TotalRow>,
    pub verdict: String,
}

/// What was tried, and what came of it.
pub(super) struct Tried {
    basket: Basket,
    cart: Cart,
    /// Without and with the discount; of a cart that cannot be priced nothing.
    bills: std::result::Result<(Quote, Quote), Refusal>,
    verdict: Option<Verdict>,
}

/// Prices a cart with a discount as if it ran now and its code had been typed. Without goods it
/// takes some that the discount looks at.
pub(super) fn reckon(
    conn: &mut Conn,
    (id, rule): (PromotionId, &Rule),
    asked: &Asked,
    view: &View,
) -> Result<Option<Tried>> {
    let categories = trial::categories(&view.frame, &rule.target.categories);
    let Some(running) = open(id, rule, &categories) else { return Ok(None) };
    let mut basket = asked.basket.clone();
    if basket.is_empty() {
        let skus = queries::goods_of(conn, &rule.target, &categories)?;
        let count = usual_count(rule);
        basket = skus.into_iter().map(|sku| (sku, count)).collect();
    }
    let place = asked.place.clone();
    let cart = trial::cart(conn, &basket, view)?;
    let others = view.frame.promotions.iter().filter(|other| other.id != id).cloned();
    let mut automatic: Vec<Arc<Running>> = others.collect();
    let without = trial::offers(conn, &cart, &automatic, (&[], None), view)?;
    automatic.push(Arc::new(running));
    let with = trial::offers(conn, &cart, &automatic, (&[], None), view)?;
    let bills = trial::priced(&cart, &without, &place, view)
        .and_then(|before| Ok((before, trial::priced(&cart, &with, &place, view)?)));
    let verdict = bills.as_ref().ok().and_then(|(_, quote)| verdict(quote, rule));
    Ok(Some(Tried { basket, cart, bills, verdict }))
}

/// The same, open to everybody at every time.
fn open(id: PromotionId, rule: &Rule, categories: &[crate::ids::CategoryId]) -> Option<Running> {
    let rule = Rule {
        opens: Opens::Automatic,
        starts_at: None,
        ends_at: None,
        usage_limit: None,
        per_customer_limit: None,
        ..rule.clone()
    };
    let priced = rule.priced(None)?;
    Some(Running { id, priced, rule, categories: categories.to_vec() })
}

/// As many as the discount asks for.
fn usual_count(rule: &Rule) -> Quantity {
    let asked = match rule.benefit {
        Benefit::Line(LineBenefit::BuyXGetY { buy, get, .. }) => buy.get() + get.get(),
        _ => 1,
    };
    let count = asked.max(rule.min_quantity.get());
    Quantity::new(count).unwrap_or(Quantity::ONE)
}

fn verdict(quote: &Quote, rule: &Rule) -> Option<Verdict> {
    let at = quote.request.promotions.iter().position(|one| one.id.as_str() == rule.slug.as_str());
    why(&quote.request).ok()?.get(at?).copied()
}

/// The example on its page; `error` is what was wrong with the goods that were asked for.
pub(super) fn show(shell: &Desk, tried: Option<Tried>, form: &Form, error: String) -> Example {
    let none = Basket::new();
    let basket = tried.as_ref().map_or(&none, |tried| &tried.basket);
    let place = example::place(form, &shell.settings().place());
    let mut example = Example {
        fields: example::fields(shell, (form, basket), &place, error),
        problem: String::new(),
        lines: Vec::new(),
        without: Vec::new(),
        with: Vec::new(),
        verdict: String::new(),
    };
    match tried {
        Some(tried) => fill(shell, &mut example, &tried),
        None => shell.t("example-none").clone_into(&mut example.problem),
    }
    example
}

fn fill(shell: &Desk, shown: &mut Example, tried: &Tried) {
    shown.problem = example::missing(shell, &tried.cart.missing);
    let Ok((without, with)) = &tried.bills else {
        if shown.problem.is_empty() {
            shell.t("example-none").clone_into(&mut shown.problem);
        }
        return;
    };
    let billed = tried.cart.items.iter().filter_map(Item::billable).zip(&with.bill.lines);
    shown.lines = billed
        .map(|((goods, _, quantity), line)| {
            let name = format!("{} × {}", quantity.get(), shell.local(&goods.name));
            let off = shell.money(&with.bill.money(-line.discount));
            (name, if line.discount == 0 { String::new() } else { off })
        })
        .collect();
    shown.without = example::totals(shell, without);
    shown.with = example::totals(shell, with);
    let currency = shell.settings().currency;
    let verdict = tried.verdict.map(|verdict| verdicts::words(shell, verdict, currency));
    shown.verdict = verdict.unwrap_or_default();
}
