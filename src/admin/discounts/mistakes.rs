//! What the rules refuse about a discount, in words at the field where it was typed.

use crate::admin::desk::Desk;
use crate::admin::rulebook;
use crate::admin::sent::Told;
use crate::rules::Mistake;

/// Whatever is wrong is about what was typed: two discounts with one code may be told of either.
pub(super) fn told(shell: &Desk, mistakes: &[Mistake]) -> Told {
    rulebook::told(shell, (&["promotions"], mistakes), |key, about| {
        let (_, key) = key.split_once('.').unwrap_or_default();
        say(shell, key, about)
    })
}

fn say(shell: &Desk, key: &str, about: &str) -> Option<(String, String)> {
    let key = key.split('[').next().unwrap_or_default();
    let whole = |words| Some((String::new(), shell.t(words).to_owned()));
    let field = match key {
        "" | "slug" => return None,
        "automatic" => return whole("discount-too-many-automatic"),
        "rules" => return whole("discount-too-many"),
        "name" => format!("name-{}", shell.frame().own_language().code()),
        "amount_per_unit" | "fixed_price" => "amount".to_owned(),
        key => key.replace('.', "-"),
    };
    let words = words(shell, &field, about);
    Some((field, words))
}

fn words(shell: &Desk, field: &str, about: &str) -> String {
    let key = match field {
        "amount" | "max_discount" | "min_subtotal" => "discount-wrong-amount",
        "buy" | "get" | "min_quantity" => "discount-wrong-units",
        "percent" => "discount-wrong-percent",
        "priority" => "discount-wrong-priority",
        "starts_at" => "discount-wrong-time",
        "ends_at" => "discount-wrong-end",
        "usage_limit" | "per_customer_limit" => "discount-wrong-limit",
        "codes" if about.is_empty() => "discount-too-many-codes",
        "codes" => return shell.with("discount-wrong-code", "code", about),
        "products" => return shell.with("discount-wrong-product", "name", about),
        "skus" => return shell.with("discount-wrong-sku", "name", about),
        name if name.starts_with("name-") => "discount-wrong-name",
        _ => "rules-wrong",
    };
    shell.t(key).to_owned()
}
