//! The demo's promotions: one of itself for each lane, and two codes.

use chrono::NaiveDateTime;

use crate::db::Conn;
use crate::error::{Error, Result};
use crate::language::Language::{En, Id};
use crate::money::Currency;
use crate::pricing::{Benefit, LineBenefit, SumBenefit, Text, Whole};
use crate::promotions::{Opens, PromotionCode, Rule, save_rules};
use crate::values::Slug;

pub(super) fn fill(conn: &mut Conn, currency: Currency, now: NaiveDateTime) -> Result<()> {
    let rules = [
        three_bags_of_coffee(currency)?,
        large_order(currency)?,
        hemat10(currency)?,
        gratis_ongkir(currency)?,
    ];
    let mistakes = save_rules(conn, &rules, now)?;
    match mistakes.first() {
        None => Ok(()),
        Some(mistake) => Err(Error::internal(format!("the demo's promotions: {mistake}"))),
    }
}

/// Of each three bags the cheapest costs nothing.
fn three_bags_of_coffee(currency: Currency) -> Result<Rule> {
    let third = LineBenefit::BuyXGetY { buy: of(2)?, get: of(1)?, ppm: of(1_000_000)? };
    let mut rule = rule("three-coffees", currency, Benefit::Line(third))?;
    rule.name = [(En, "Three coffees for two"), (Id, "Beli 3 kopi, bayar 2")].into();
    rule.target.categories = vec![text("single-origin")?, text("blends")?];
    Ok(rule)
}

fn large_order(currency: Currency) -> Result<Rule> {
    let off = SumBenefit::Amount { amount: of(150_000)? };
    let mut rule = rule("large-order", currency, Benefit::Order(off))?;
    rule.name = [(En, "Rp 150.000 off large orders"), (Id, "Potongan belanja besar")].into();
    rule.min_subtotal = of(2_500_000)?;
    Ok(rule)
}

fn hemat10(currency: Currency) -> Result<Rule> {
    let off = SumBenefit::Percent { ppm: of(100_000)? };
    let mut rule = rule("hemat10", currency, Benefit::Order(off))?;
    rule.name = [(En, "10% off your order"), (Id, "Hemat 10%")].into();
    rule.opens = code("HEMAT10");
    rule.min_subtotal = of(200_000)?;
    rule.max_discount = Some(of(50_000)?);
    Ok(rule)
}

fn gratis_ongkir(currency: Currency) -> Result<Rule> {
    let off = SumBenefit::Percent { ppm: of(1_000_000)? };
    let mut rule = rule("gratis-ongkir", currency, Benefit::Shipping(off))?;
    rule.name = [(En, "Free delivery"), (Id, "Gratis ongkir")].into();
    rule.opens = code("GRATISONGKIR");
    rule.min_subtotal = of(150_000)?;
    rule.max_discount = Some(of(40_000)?);
    rule.per_customer_limit = Some(3);
    Ok(rule)
}

fn rule(slug: &str, currency: Currency, benefit: Benefit) -> Result<Rule> {
    let slug = Slug::parse(slug).ok_or_else(|| Error::internal(format!("{slug} is no slug")))?;
    Ok(Rule::new(slug, currency, benefit))
}

fn code(code: &str) -> Opens {
    Opens::Codes(PromotionCode::parse(code).into_iter().collect())
}

fn of<T: Whole>(number: i64) -> Result<T> {
    T::try_from(number).map_err(|error| Error::internal(error.to_string()))
}

fn text(name: &str) -> Result<Text> {
    Text::try_from(name).map_err(|error| Error::internal(error.to_string()))
}
