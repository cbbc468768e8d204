//! The form of a discount: what stands in it for a rule, and what a file would say for what was typed.

use super::kind::Kind;
use super::path;
use crate::admin::desk::Desk;
use crate::admin::rulebook::{
    local, local_fields, shown_amount, shown_time, typed_amount, typed_time,
};
use crate::pricing::{Amount, Benefit, LineBenefit, SubtotalBasis, SumBenefit};
use crate::promotions::Rule;
use crate::rules::Entry;
use crate::web::Form;

/// A rule as the fields of the form have it.
pub(super) fn fields(shell: &Desk, rule: &Rule) -> Vec<(String, String)> {
    let money = |amount: Amount| shown_amount(shell, amount, rule.currency);
    let unless_zero =
        |amount: Amount| if amount.get() == 0 { String::new() } else { money(amount) };
    let number = |number: i64| if number == 0 { String::new() } else { number.to_string() };
    let limit = |limit: Option<i64>| limit.map(|limit| limit.to_string()).unwrap_or_default();
    let lines = |texts: &[crate::pricing::Text]| {
        texts.iter().map(|text| text.as_str()).collect::<Vec<_>>().join("\n")
    };
    let codes: Vec<&str> = rule.codes().iter().map(|code| code.as_str()).collect();
    let mut fields = gives(shell, rule);
    for (name, text) in [
        ("max_discount", rule.max_discount.map(money).unwrap_or_default()),
        ("opens", if rule.is_automatic() { "automatic" } else { "codes" }.to_owned()),
        ("codes", codes.join("\n")),
        ("products", lines(&rule.target.products)),
        ("skus", lines(&rule.target.skus)),
        ("min_subtotal", unless_zero(rule.min_subtotal)),
        ("subtotal_basis", basis(rule.subtotal_basis).to_owned()),
        ("min_quantity", number(rule.min_quantity.get())),
        ("starts_at", shown_time(shell, rule.starts_at)),
        ("ends_at", shown_time(shell, rule.ends_at)),
        ("usage_limit", limit(rule.usage_limit)),
        ("per_customer_limit", limit(rule.per_customer_limit)),
        ("priority", rule.priority.get().to_string()),
        ("exclusive", if rule.exclusive { "1" } else { "" }.to_owned()),
    ] {
        fields.push((name.to_owned(), text));
    }
    fields.extend(shell.frame().categories.iter().map(|category| {
        let is_on = rule.target.categories.iter().any(|slug| slug.as_str() == category.slug);
        (category_field(&category.slug), if is_on { "1" } else { "" }.to_owned())
    }));
    fields
}

/// What it is called, and how much it gives.
fn gives(shell: &Desk, rule: &Rule) -> Vec<(String, String)> {
    let mut fields = local_fields(shell, "name", &rule.name);
    let mut add = |name: &str, text: String| fields.push((name.to_owned(), text));
    match rule.benefit {
        Benefit::Line(LineBenefit::BuyXGetY { buy, get, ppm }) => {
            add("buy", buy.get().to_string());
            add("get", get.get().to_string());
            add("percent", shell.percent(ppm.into()));
        }
        Benefit::Line(LineBenefit::Percent { ppm })
        | Benefit::Order(SumBenefit::Percent { ppm })
        | Benefit::Shipping(SumBenefit::Percent { ppm }) => {
            add("percent", shell.percent(ppm.into()))
        }
        Benefit::Line(
            LineBenefit::AmountPerUnit { amount } | LineBenefit::FixedPrice { amount },
        )
        | Benefit::Order(SumBenefit::Amount { amount })
        | Benefit::Shipping(SumBenefit::Amount { amount }) => {
            add("amount", shown_amount(shell, amount, rule.currency));
        }
    }
    fields
}

fn basis(basis: SubtotalBasis) -> &'static str {
    match basis {
        SubtotalBasis::List => "list",
        SubtotalBasis::Remaining => "remaining",
    }
}

pub(super) fn category_field(slug: &str) -> String {
    format!("category-{slug}")
}

/// What was typed about a discount of this kind, as a file has it under this lasting name; `known`
/// is the rule that it was, with what the form does not ask.
pub(super) fn entry(
    shell: &Desk,
    form: &Form,
    (kind, slug): (Kind, &str),
    known: Option<&Rule>,
) -> Entry {
    let zone = shell.settings().time_zone;
    let shops = shell.settings().currency;
    let currency = known.map_or(shops, |rule| rule.currency);
    let amount = |name: &str| typed_amount(form.get(name), currency, shell.lang());
    let mut entry = Entry::new("promotion", slug, &path(slug))
        .local("name", local(form, "name", known.map(|rule| &rule.name)))
        .flag("active", known.is_none_or(|rule| rule.is_active));
    if currency != shops {
        entry = entry.typed("currency", currency.code());
    }
    if form.get("opens") == "codes" {
        entry = entry.list("codes", form.get("codes").split_whitespace());
    }
    let time = |name, known| typed_time(form.get(name), known, zone);
    let entry = kind
        .write(entry, form, &amount("amount"))
        .typed("max_discount", &amount("max_discount"))
        .typed("min_subtotal", &amount("min_subtotal"))
        .typed("subtotal_basis", form.get("subtotal_basis"))
        .number("min_quantity", form.get("min_quantity"))
        .number("priority", form.get("priority"))
        .flag("exclusive", !form.get("exclusive").is_empty())
        .typed("starts_at", &time("starts_at", known.and_then(|rule| rule.starts_at)))
        .typed("ends_at", &time("ends_at", known.and_then(|rule| rule.ends_at)))
        .number("usage_limit", form.get("usage_limit"))
        .number("per_customer_limit", form.get("per_customer_limit"));
    target(shell, form, entry)
}

/// A list that names nothing is left out: that is everything.
fn target(shell: &Desk, form: &Form, entry: Entry) -> Entry {
    let categories = shell.frame().categories.iter().map(|category| category.slug.as_str());
    let categories = categories.filter(|slug| !form.get(&category_field(slug)).is_empty());
    let lines = |name| form.get(name).lines().flat_map(|line| line.split(',')).map(str::trim);
    [
        ("categories", categories.collect::<Vec<_>>()),
        ("products", lines("products").filter(|name| !name.is_empty()).collect()),
        ("skus", lines("skus").filter(|name| !name.is_empty()).collect()),
    ]
    .into_iter()
    .filter(|(_, names)| !names.is_empty())
    .fold(entry, |entry, (key, names)| entry.list(key, names.into_iter()))
}
