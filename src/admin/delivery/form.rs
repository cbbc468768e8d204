//! The form of a way of delivery: what stands in it for a method, and what a file would say.

use crate::admin::desk::Desk;
use crate::admin::rulebook::{
    local, local_fields, named, shown_amount, shown_time, typed_amount, typed_time, typed_weight,
};
use crate::admin::zones::path_of;
use crate::money::{Currency, Money};
use crate::pricing::{Amount, FreeOverBasis, Rate, TableBy, Tier, WeightLimit};
use crate::rules::Entry;
use crate::shipping::Method;
use crate::web::Form;
use crate::zones::Kind;

/// The ways of pricing a parcel, by the word of a file.
pub(super) const RATES: [&str; 5] =
    ["flat", "per_item", "weight_steps", "weight_table", "subtotal_table"];

pub(super) fn rate_of(method: &Method) -> &'static str {
    match method.shipping.rate {
        Rate::Flat { .. } => "flat",
        Rate::PerItem { .. } => "per_item",
        Rate::WeightSteps(_) => "weight_steps",
        Rate::Table { by: TableBy::Weight, .. } => "weight_table",
        Rate::Table { by: TableBy::Subtotal, .. } => "subtotal_table",
    }
}

/// A method as the fields of the form have it.
pub(super) fn fields(shell: &Desk, method: &Method) -> Vec<(String, String)> {
    let shipping = &method.shipping;
    let limit = |limit: Option<WeightLimit>| {
        limit.map(|limit| shell.weight(limit.get())).unwrap_or_default()
    };
    let sum = |amount: Option<Amount>| {
        amount.map(|amount| shown_amount(shell, amount, method.currency)).unwrap_or_default()
    };
    let basis = match shipping.free_over.map(|free| free.basis) {
        Some(FreeOverBasis::BeforeDiscount) => "before_discount",
        _ => "after_discount",
    };
    let cutoff = method.cutoff.map(|time| time.format("%H:%M").to_string());
    let divisor = shipping.volumetric_divisor.map(|divisor| divisor.get().to_string());
    let mut fields = named([
        ("kind", method.kind.code().to_owned()),
        ("class", shipping.tax_class.as_str().to_owned()),
        ("days", days(method)),
        ("cutoff", cutoff.unwrap_or_default()),
        ("starts_at", shown_time(shell, method.starts_at)),
        ("ends_at", shown_time(shell, method.ends_at)),
        ("free_over", sum(shipping.free_over.map(|free| free.amount))),
        ("free_over_basis", basis.to_owned()),
        ("volumetric_divisor", divisor.unwrap_or_default()),
        ("min_weight", limit(shipping.min_weight_g)),
        ("max_weight", limit(shipping.max_weight_g)),
        ("min_subtotal", sum(shipping.min_subtotal)),
        ("max_subtotal", sum(shipping.max_subtotal)),
    ]);
    fields.extend(local_fields(shell, "name", &method.name));
    fields.extend(local_fields(shell, "note", &method.note));
    fields.extend(priced(shell, method));
    fields
}

fn days(method: &Method) -> String {
    match (method.min_days, method.max_days) {
        (first, last) if first == last => first.to_string(),
        (first, last) => format!("{first}-{last}"),
    }
}

/// What a parcel costs.
fn priced(shell: &Desk, method: &Method) -> Vec<(String, String)> {
    let money = |amount: Amount| shown_amount(shell, amount, method.currency);
    match &method.shipping.rate {
        Rate::Flat { amount } | Rate::PerItem { amount } => named([("amount", money(*amount))]),
        Rate::WeightSteps(steps) => named([
            ("first", shell.weight(steps.first_g.get())),
            ("first_amount", money(steps.first_amount)),
            ("step", shell.weight(steps.step_g.get())),
            ("step_amount", money(steps.step_amount)),
            (
                "tolerance",
                match steps.tolerance_g.get() {
                    0 => String::new(),
                    grams => shell.weight(grams),
                },
            ),
        ]),
        Rate::Table { by, tiers } => {
            let up_to = |tier: &Tier| match by {
                TableBy::Weight => shell.weight(tier.up_to.get()),
                TableBy::Subtotal => {
                    Money::new(tier.up_to.get(), method.currency).typed(shell.lang())
                }
            };
            let line = |tier: &Tier| format!("{} = {}", up_to(tier), money(tier.amount));
            named([("tiers", tiers.iter().map(line).collect::<Vec<_>>().join("\n"))])
        }
    }
}

/// What was typed about a method of this code, priced in this way, as a file has it.
pub(super) fn entry(
    shell: &Desk,
    form: &Form,
    (zone, code, rate): (&str, &str, &str),
    known: Option<&Method>,
) -> Entry {
    let (shops, clock) = (shell.settings().currency, shell.settings().time_zone);
    let currency = known.map_or(shops, |method| method.currency);
    let money = |name: &str| typed_amount(form.get(name), currency, shell.lang());
    let grams = |name: &str| typed_weight(form.get(name));
    let time = |name, known| typed_time(form.get(name), known, clock);
    let days: Vec<&str> = form.get("days").split(['-', '\u{2013}']).map(str::trim).collect();
    let path = path_of(Kind::Delivery, zone, code);
    let mut entry = Entry::new("delivery method", &format!("{zone}/{code}"), &path)
        .local("note", local(form, "note", known.map(|method| &method.note)))
        .typed("kind", form.get("kind"))
        .typed("class", form.get("class"))
        .numbers("days", &days)
        .typed("cutoff", form.get("cutoff"))
        .flag("active", known.is_none_or(|method| method.active))
        .typed("starts_at", &time("starts_at", known.and_then(|method| method.starts_at)))
        .typed("ends_at", &time("ends_at", known.and_then(|method| method.ends_at)));
    // Of one without a name the reader says that it is missing.
    let mut names = local(form, "name", known.map(|method| &method.name));
    if names.any(|(_, name)| !name.is_empty()) {
        entry = entry.local("name", local(form, "name", known.map(|method| &method.name)));
    }
    if currency != shops {
        entry = entry.typed("currency", currency.code());
    }
    entry = price(entry.typed("rate", rate), form, rate, (currency, shell.lang()));
    if !form.get("free_over").is_empty() {
        entry = entry
            .typed("free_over", &money("free_over"))
            .typed("free_over_basis", form.get("free_over_basis"));
    }
    entry
        .number("volumetric_divisor", form.get("volumetric_divisor"))
        .typed("min_weight", &grams("min_weight"))
        .typed("max_weight", &grams("max_weight"))
        .typed("min_subtotal", &money("min_subtotal"))
        .typed("max_subtotal", &money("max_subtotal"))
}

/// What a parcel costs, as it was typed.
fn price(entry: Entry, form: &Form, rate: &str, (currency, language): (Currency, &str)) -> Entry {
    let money = |name: &str| typed_amount(form.get(name), currency, language);
    let grams = |name: &str| typed_weight(form.get(name));
    match rate {
        "weight_steps" => entry
            .typed("first", &grams("first"))
            .typed("first_amount", &money("first_amount"))
            .typed("step", &grams("step"))
            .typed("step_amount", &money("step_amount"))
            .typed("tolerance", &grams("tolerance")),
        "weight_table" | "subtotal_table" => {
            let tier = |line: &str| {
                let (up_to, amount) = line.split_once('=').unwrap_or((line, ""));
                let up_to = match rate {
                    "weight_table" => typed_weight(up_to.trim()),
                    _ => typed_amount(up_to.trim(), currency, language),
                };
                let amount = typed_amount(amount.trim(), currency, language);
                vec![("up_to", up_to), ("amount", amount)]
            };
            entry.tables("tiers", &tiers(form).map(tier).collect::<Vec<_>>())
        }
        _ => entry.typed("amount", &money("amount")),
    }
}

/// The lines of a table, `1 kg = 15.000`: up to where, and what it costs.
fn tiers(form: &Form) -> impl Iterator<Item = &str> {
    form.get("tiers").lines().map(str::trim).filter(|line| !line.is_empty())
}

/// The field of a key, and what is wrong with it.
pub(super) fn say(shell: &Desk, form: &Form, key: &str) -> Option<(String, String)> {
    let (field, rest) = key.split_once(['[', '.']).unwrap_or((key, ""));
    let words = match field {
        "tiers" => {
            let at = rest.split(']').next().and_then(|at| at.parse::<usize>().ok());
            let line = at.and_then(|at| tiers(form).nth(at)).unwrap_or_default();
            let words = shell.with("method-wrong-tier", "line", line);
            return Some((field.to_owned(), words));
        }
        "days" => "method-wrong-days",
        "cutoff" => "method-wrong-cutoff",
        "first" | "step" | "tolerance" | "min_weight" | "max_weight" => "method-wrong-weight",
        "volumetric_divisor" => "method-wrong-divisor",
        "amount" | "first_amount" | "step_amount" | "free_over" | "min_subtotal"
        | "max_subtotal" => "discount-wrong-amount",
        "starts_at" => "discount-wrong-time",
        "ends_at" => "discount-wrong-end",
        "class" => "rate-wrong-class",
        "name" | "note" => "method-wrong-name",
        _ => return None,
    };
    let own = shell.frame().own_language().code();
    let field = match field {
        "name" | "note" => format!("{field}-{}", if rest.is_empty() { own } else { rest }),
        field => field.to_owned(),
    };
    Some((field, shell.t(words).to_owned()))
}
