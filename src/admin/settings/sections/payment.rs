//! Ways to pay that need nobody else: a transfer to the shop's first account, cash to the courier.

use crate::admin::field::Field;
use crate::admin::reader::Reader;
use crate::admin::settings::section::{Section, Typed, ticked};
use crate::settings::{BankAccount, ShopSettings};
use crate::web::countries;

pub const PAYMENT: Section = Section { stored, fields, read };

const LONGEST: usize = 100;

fn stored(settings: &ShopSettings) -> Vec<(String, String)> {
    let none = BankAccount { bank: String::new(), number: String::new(), holder: String::new() };
    let account = settings.bank_accounts.first().unwrap_or(&none);
    vec![
        ("bank".into(), account.bank.clone()),
        ("number".into(), account.number.clone()),
        ("holder".into(), account.holder.clone()),
        ("cash".into(), ticked(settings.cash_on_delivery_in.contains(&settings.country))),
    ]
}

fn fields(typed: &Typed<'_>) -> Vec<Field> {
    let shell = typed.shell;
    let country = countries::name(shell, shell.settings().country);
    let number = Field { inputmode: "numeric", ..typed.text("number", LONGEST) };
    vec![
        typed.text("bank", LONGEST).hint(shell.t("setting-bank-hint")),
        number,
        typed.text("holder", LONGEST),
        typed.check("cash").hint(shell.with("setting-cash-hint", "country", country)),
    ]
}

/// An account is whole, or none.
fn read(reader: &mut Reader<'_>, settings: &mut ShopSettings) {
    let [bank, number, holder] =
        ["bank", "number", "holder"].map(|name| reader.line(name, LONGEST));
    let given = [("bank", &bank), ("number", &number), ("holder", &holder)];
    let missing: Vec<&str> =
        given.iter().filter(|(_, text)| text.is_empty()).map(|(name, _)| *name).collect();
    let rest = settings.bank_accounts.iter().skip(1).cloned();
    match missing.len() {
        0 => {
            let first = BankAccount { bank, number, holder };
            settings.bank_accounts = std::iter::once(first).chain(rest).collect();
        }
        3 => settings.bank_accounts = rest.collect(),
        _ => missing.into_iter().for_each(|name| reader.wrong(name, "setting-account-whole")),
    }
    let country = settings.country;
    settings.cash_on_delivery_in.retain(|known| *known != country);
    if !reader.form.get("cash").is_empty() {
        settings.cash_on_delivery_in.push(country);
    }
}
