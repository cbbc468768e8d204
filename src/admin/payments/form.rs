//! The form of the terms on which one pays: what stands in it, and what a file would say.

use super::ways::ACCOUNT;
use crate::admin::desk::Desk;
use crate::admin::field::Field;
use crate::admin::rulebook::{named, typed_amount};
use crate::admin::tax::classes_of;
use crate::admin::typed::Typed;
use crate::admin::zones::code;
use crate::money::Money;
use crate::rules::Entry;
use crate::settings::{BankAccount, ShopSettings};
use crate::web::{Form, countries};

/// Empty rows for more bank accounts.
const MORE_ACCOUNTS: usize = 2;
const MOST_ACCOUNTS: usize = 20;

/// The settings as the fields of the form have them.
pub(super) fn fields(shell: &Desk, settings: &ShopSettings) -> Vec<(String, String)> {
    let cash = &settings.cash_on_delivery;
    let money = |minor: i64| match minor {
        0 => String::new(),
        minor => Money::new(minor, settings.currency).typed(shell.lang()),
    };
    let places = settings.cash_on_delivery_in.iter();
    let places: Vec<String> = places.map(|country| countries::name(shell, *country)).collect();
    let mut fields = named([
        ("pay_within_days", settings.pay_within_days.to_string()),
        ("hold_minutes", settings.hold_minutes.to_string()),
        ("cash_on_delivery_in", places.join("\n")),
        ("cash_on_delivery_fee", money(cash.fee)),
        ("cash_on_delivery_tax_class", cash.tax_class.clone()),
        ("cash_on_delivery_up_to", money(cash.up_to)),
    ]);
    let rows = settings.bank_accounts.len() + MORE_ACCOUNTS;
    let accounts = settings.bank_accounts.iter().map(Some).chain(std::iter::repeat(None));
    for (row, account) in accounts.take(rows.min(MOST_ACCOUNTS)).enumerate() {
        let texts = match account {
            Some(BankAccount { bank, number, holder }) => [bank, number, holder].map(Clone::clone),
            None => Default::default(),
        };
        fields
            .extend(ACCOUNT.iter().zip(texts).map(|(name, text)| (format!("{name}-{row}"), text)));
    }
    fields
}

/// In which rows something was typed about a bank account.
pub(super) fn rows(form: &Form) -> Vec<usize> {
    (0..MOST_ACCOUNTS).filter(|row| !account(form, *row).is_empty()).collect()
}

fn account(form: &Form, row: usize) -> Vec<(&'static str, String)> {
    let typed = ACCOUNT.map(|name| (name, form.get(&format!("{name}-{row}")).to_owned()));
    typed.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}

/// What was typed as a file has it.
pub(super) fn entry(shell: &Desk, form: &Form) -> Entry {
    let (currency, language) = (shell.settings().currency, shell.lang());
    let money = |name: &str| match form.get(name) {
        "" => "0".to_owned(),
        typed => typed_amount(typed, currency, language),
    };
    let accounts: Vec<_> = rows(form).into_iter().map(|row| account(form, row)).collect();
    let named = countries::by_name(shell);
    let places: Vec<String> = places(form).map(|line| code(&named, line)).collect();
    Entry::new("settings", "", &["settings"])
        .tables("bank_accounts", &accounts)
        .number("pay_within_days", form.get("pay_within_days"))
        .number("hold_minutes", form.get("hold_minutes"))
        .list("cash_on_delivery_in", places.iter().map(String::as_str))
        .typed("cash_on_delivery_fee", &money("cash_on_delivery_fee"))
        .typed("cash_on_delivery_tax_class", form.get("cash_on_delivery_tax_class"))
        .typed("cash_on_delivery_up_to", &money("cash_on_delivery_up_to"))
}

fn places(form: &Form) -> impl Iterator<Item = &str> {
    form.get("cash_on_delivery_in").lines().map(str::trim).filter(|line| !line.is_empty())
}

/// The field of a key, `bank_accounts[1].holder`, and what is wrong with it.
pub(super) fn say(shell: &Desk, form: &Form, key: &str) -> Option<(String, String)> {
    let (field, rest) = key.split_once('[').unwrap_or((key, ""));
    let words = match field {
        "bank_accounts" => {
            let (at, name) = rest.split_once("].")?;
            let row = *rows(form).get(at.parse::<usize>().ok()?)?;
            return Some((format!("{name}-{row}"), shell.t("payments-wrong-account").to_owned()));
        }
        "cash_on_delivery_in" => {
            let at = rest.split(']').next().and_then(|at| at.parse::<usize>().ok());
            let line = at.and_then(|at| places(form).nth(at)).unwrap_or_default();
            shell.with("zone-wrong-countries", "line", line)
        }
        "pay_within_days" => shell.t("payments-wrong-days").to_owned(),
        "hold_minutes" => shell.t("payments-wrong-minutes").to_owned(),
        "cash_on_delivery_fee" | "cash_on_delivery_up_to" => {
            shell.t("discount-wrong-amount").to_owned()
        }
        _ => return None,
    };
    Some((field.to_owned(), words))
}

pub(super) fn label(name: &str) -> String {
    format!("payments-{name}")
}

/// The rows for bank accounts, as many as the form has.
pub(super) fn accounts(typed: &Typed<'_>) -> Vec<Vec<Field>> {
    let rows = typed.form.iter().filter(|(name, _)| name.starts_with("bank-")).count();
    let field =
        |row: usize| ACCOUNT.iter().map(|name| typed.field(format!("{name}-{row}"), 100)).collect();
    (0..rows.min(MOST_ACCOUNTS)).map(field).collect()
}

pub(super) fn number(typed: &Typed<'_>, name: &'static str) -> Field {
    Field { inputmode: "numeric", is_optional: false, ..typed.hinted(name, 6) }
}

/// The terms of cash on delivery.
pub(super) fn cash(typed: &Typed<'_>) -> Vec<Field> {
    let amount = |name: &'static str| Field { inputmode: "decimal", ..typed.hinted(name, 30) };
    vec![
        Field { kind: "textarea", ..typed.hinted("cash_on_delivery_in", 10_000) },
        amount("cash_on_delivery_fee"),
        classes_of(typed, "cash_on_delivery_tax_class"),
        amount("cash_on_delivery_up_to"),
    ]
}
