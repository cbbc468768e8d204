//! `[promotions]`: all promotions, each under its own name.

use chrono::NaiveDateTime;

use super::alone::alone;
use super::entry::Entry;
use super::read::{Fields, Ground, Mistake, Read, Spot, Write, Wrong, quoted, word, write_text};
use super::settings::ground;
use crate::pricing::{
    Amount, Benefit, BenefitPpm, Lane, LineBenefit, Quantity, SubtotalBasis, SumBenefit, Target,
    Text,
};
use crate::promotions::{Opens, PromotionCode, Rule};
use crate::settings::ShopSettings;
use crate::values::Slug;

/// How often a promotion may be limited to.
const MOST_USES: i64 = 1_000_000_000;
const LANES: [(&str, Lane); 3] =
    [("line", Lane::Line), ("order", Lane::Order), ("shipping", Lane::Shipping)];
const BASES: [(&str, SubtotalBasis); 2] =
    [("list", SubtotalBasis::List), ("remaining", SubtotalBasis::Remaining)];

/// What can be read of the section; what cannot is written down.
pub(super) fn read(spot: &Spot<'_>) -> Result<Vec<Rule>, Wrong> {
    let fields = Fields::of(spot)?;
    let mut rules = Vec::new();
    for (slug, spot) in fields.all() {
        rules.extend(spot.try_with(|spot| read_rule(slug, spot)));
    }
    rules.sort_by(|a: &Rule, b| a.slug.cmp(&b.slug));
    Ok(rules)
}

fn read_rule(slug: &str, spot: &Spot<'_>) -> Result<Option<Rule>, Wrong> {
    let Some(slug) = Slug::parse(slug) else {
        return Err("a promotion's name has small letters, digits and single hyphens".into());
    };
    let mut fields = Fields::of(spot)?;
    fields.read_currency();
    let benefit = read_benefit(&fields);
    let name = fields.required("name");
    let active = fields.or("active", true);
    let codes = fields.optional::<Vec<PromotionCode>>("codes");
    let priority = fields.or("priority", Default::default());
    let starts_at = fields.optional("starts_at");
    let ends_at = fields.optional("ends_at");
    let exclusive = fields.or("exclusive", false);
    let target = read_target(&fields);
    let min_subtotal = fields.or("min_subtotal", Amount::default());
    let subtotal_basis = fields.or("subtotal_basis", SubtotalBasis::List);
    let min_quantity = fields.or("min_quantity", Default::default());
    let max_discount = fields.optional("max_discount");
    let usage_limit = read_limit(&fields, "usage_limit", 0);
    let per_customer_limit = read_limit(&fields, "per_customer_limit", 1);
    let currency = fields.currency;
    fields.close();
    let rule = || {
        Some(Rule {
            slug,
            is_active: active?,
            name: name?,
            opens: codes?.map_or(Opens::Automatic, Opens::Codes),
            benefit: benefit?,
            priority: priority?,
            starts_at: starts_at?,
            ends_at: ends_at?,
            exclusive: exclusive?,
            target: target?,
            min_subtotal: min_subtotal?,
            subtotal_basis: subtotal_basis?,
            min_quantity: min_quantity?,
            max_discount: max_discount?,
            currency,
            usage_limit: usage_limit?,
            per_customer_limit: per_customer_limit?,
        })
    };
    Ok(rule())
}

/// The lane, and the one of its benefits whose key is there.
fn read_benefit(fields: &Fields<'_>) -> Option<Benefit> {
    match fields.required::<Lane>("lane")? {
        Lane::Line => read_line_benefit(fields).map(Benefit::Line),
        Lane::Order => read_sum_benefit(fields).map(Benefit::Order),
        Lane::Shipping => read_sum_benefit(fields).map(Benefit::Shipping),
    }
}

fn read_line_benefit(fields: &Fields<'_>) -> Option<LineBenefit> {
    if fields.has("buy") || fields.has("get") {
        return read_buy_x_get_y(fields);
    }
    match fields.the_one_of(&["percent", "amount_per_unit", "fixed_price", "buy"])? {
        "percent" => fields.required("percent").map(|ppm| LineBenefit::Percent { ppm }),
        "fixed_price" => {
            fields.required("fixed_price").map(|amount| LineBenefit::FixedPrice { amount })
        }
        _ => fields.required("amount_per_unit").map(|amount| LineBenefit::AmountPerUnit { amount }),
    }
}

/// `percent` off what is got; all of it when nothing is said.
fn read_buy_x_get_y(fields: &Fields<'_>) -> Option<LineBenefit> {
    let buy = fields.required::<Quantity>("buy");
    let get = fields.required::<Quantity>("get");
    let ppm = fields.optional::<BenefitPpm>("percent");
    let whole = BenefitPpm::new(1_000_000)?;
    Some(LineBenefit::BuyXGetY { buy: buy?, get: get?, ppm: ppm?.unwrap_or(whole) })
}

fn read_sum_benefit(fields: &Fields<'_>) -> Option<SumBenefit> {
    match fields.the_one_of(&["percent", "amount"])? {
        "percent" => fields.required("percent").map(|ppm| SumBenefit::Percent { ppm }),
        _ => fields.required("amount").map(|amount| SumBenefit::Amount { amount }),
    }
}

fn read_target(fields: &Fields<'_>) -> Option<Target> {
    let categories = fields.or::<Vec<Text>>("categories", Vec::new());
    let products = fields.or::<Vec<Text>>("products", Vec::new());
    let skus = fields.or::<Vec<Text>>("skus", Vec::new());
    let (mut categories, mut products, mut skus) = (categories?, products?, skus?);
    for names in [&mut categories, &mut products, &mut skus] {
        names.sort();
    }
    // Every product is another thing than none: an empty list is a name that was forgotten.
    for key in ["categories", "products", "skus"] {
        if fields.has(key) && categories.is_empty() && products.is_empty() && skus.is_empty() {
            fields.wrong(key, "names nothing; leave it out for everything");
        }
    }
    Some(Target { skus, products, categories })
}

#[allow(clippy::option_option)]
fn read_limit(fields: &Fields<'_>, key: &'static str, least: i64) -> Option<Option<i64>> {
    let limit = fields.optional::<i64>(key)?;
    if limit.is_some_and(|limit| !(least..=MOST_USES).contains(&limit)) {
        fields.wrong(key, format!("must be a whole number from {least} to {MOST_USES}"));
        return None;
    }
    Some(limit)
}

impl Read for Lane {
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
        word(spot, &LANES)
    }
}

impl Read for SubtotalBasis {
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
        word(spot, &BASES)
    }
}

impl Read for PromotionCode {
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
        let code = String::read(spot)?;
        Self::parse(&code).ok_or_else(|| {
            format!(
                "{} is no code: letters, digits, - _ and . only, at most 40 bytes",
                quoted(&code)
            )
            .into()
        })
    }
}

impl Write for PromotionCode {
    fn write(&self, _: &Ground) -> String {
        write_text(self.as_str())
    }
}

/// The promotion that an entry says, or everything that is wrong with the entry by itself.
pub fn promotion_of(entry: &Entry, shop: &ShopSettings) -> Result<Rule, Vec<Mistake>> {
    alone(entry, shop, |spot, path| match path {
        [_, slug] => read_rule(slug, spot),
        _ => Ok(None),
    })
}

/// A promotion as its file has it.
pub fn promotion_entry(rule: &Rule, shop: &ShopSettings) -> Entry {
    entry(rule, &ground(shop))
}

pub(super) fn entries(rules: &[Rule], ground: &Ground) -> Vec<Entry> {
    let mut rules: Vec<&Rule> = rules.iter().collect();
    rules.sort_by(|a, b| a.slug.cmp(&b.slug));
    let head = Entry::new("promotions", "", &["promotions"]);
    std::iter::once(head).chain(rules.into_iter().map(|rule| entry(rule, ground))).collect()
}

fn entry(rule: &Rule, shop: &Ground) -> Entry {
    let ground = &Ground { currency: rule.currency, ..shop.clone() };
    let Target { skus, products, categories } = &rule.target;
    let none: Vec<Text> = Vec::new();
    let entry = Entry::new("promotion", rule.slug.as_str(), &["promotions", rule.slug.as_str()])
        .with("name", &rule.name, ground)
        .unless("active", &rule.is_active, &true, ground)
        .unless("currency", &rule.currency, &shop.currency, ground)
        .maybe("codes", codes(rule).as_ref(), ground);
    benefit(entry, &rule.benefit, ground)
        .maybe("max_discount", rule.max_discount.as_ref(), ground)
        .unless("categories", categories, &none, ground)
        .unless("products", products, &none, ground)
        .unless("skus", skus, &none, ground)
        .unless("min_subtotal", &rule.min_subtotal, &Amount::default(), ground)
        .unless_word("subtotal_basis", basis(rule), "list")
        .unless("min_quantity", &rule.min_quantity, &Default::default(), ground)
        .unless("priority", &rule.priority, &Default::default(), ground)
        .unless("exclusive", &rule.exclusive, &false, ground)
        .maybe::<NaiveDateTime>("starts_at", rule.starts_at.as_ref(), ground)
        .maybe::<NaiveDateTime>("ends_at", rule.ends_at.as_ref(), ground)
        .maybe("usage_limit", rule.usage_limit.as_ref(), ground)
        .maybe("per_customer_limit", rule.per_customer_limit.as_ref(), ground)
}

fn codes(rule: &Rule) -> Option<Vec<PromotionCode>> {
    match &rule.opens {
        Opens::Automatic => None,
        Opens::Codes(codes) => Some(codes.clone()),
    }
}

fn basis(rule: &Rule) -> &'static str {
    match rule.subtotal_basis {
        SubtotalBasis::List => "list",
        SubtotalBasis::Remaining => "remaining",
    }
}

fn benefit(entry: Entry, benefit: &Benefit, ground: &Ground) -> Entry {
    let entry = entry.word("lane", benefit.lane().code());
    match benefit {
        Benefit::Line(LineBenefit::Percent { ppm })
        | Benefit::Order(SumBenefit::Percent { ppm })
        | Benefit::Shipping(SumBenefit::Percent { ppm }) => entry.with("percent", ppm, ground),
        Benefit::Order(SumBenefit::Amount { amount })
        | Benefit::Shipping(SumBenefit::Amount { amount }) => entry.with("amount", amount, ground),
        Benefit::Line(LineBenefit::AmountPerUnit { amount }) => {
            entry.with("amount_per_unit", amount, ground)
        }
        Benefit::Line(LineBenefit::FixedPrice { amount }) => {
            entry.with("fixed_price", amount, ground)
        }
        Benefit::Line(LineBenefit::BuyXGetY { buy, get, ppm }) => {
            entry.with("buy", buy, ground).with("get", get, ground).with("percent", ppm, ground)
        }
    }
}
