//! What the rules refuse, in words at the field where it was typed.

use std::collections::BTreeMap;

use crate::admin::desk::Desk;
use crate::rules::Mistake;

/// What is wrong with a form.
#[derive(Debug, Default)]
pub(super) struct Wrong {
    /// By field.
    pub fields: BTreeMap<String, String>,
    /// What is about no field.
    pub rest: Vec<String>,
}

impl Wrong {
    pub fn of(shell: &Desk, mistakes: &[Mistake]) -> Self {
        let mut wrong = Self::default();
        for mistake in mistakes {
            // `promotions.hemat10.percent`
            match field(shell, mistake.key.splitn(3, '.').nth(2).unwrap_or_default()) {
                Some(field) => {
                    let words = words(shell, &field, &mistake.about);
                    wrong.fields.entry(field).or_insert(words);
                }
                None => wrong.rest.push(rest(shell, &mistake.key)),
            }
        }
        wrong
    }

    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.rest.is_empty()
    }

    pub fn at(&self, field: &str) -> String {
        self.fields.get(field).cloned().unwrap_or_default()
    }
}

/// The field whose key this is, if it is one's.
fn field(shell: &Desk, key: &str) -> Option<String> {
    let key = key.split('[').next().unwrap_or_default();
    Some(match key {
        "" | "automatic" | "rules" | "slug" => return None,
        "name" => format!("name-{}", shell.frame().own_language().code()),
        "amount_per_unit" | "fixed_price" => "amount".to_owned(),
        key => key.replace('.', "-"),
    })
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
        _ => "discount-wrong",
    };
    shell.t(key).to_owned()
}

fn rest(shell: &Desk, key: &str) -> String {
    let key = match key.rsplit('.').next() {
        Some("automatic") => "discount-too-many-automatic",
        Some("rules") => "discount-too-many",
        _ => "discount-wrong",
    };
    shell.t(key).to_owned()
}
