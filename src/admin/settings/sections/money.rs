//! In which currency the shop sells, and whether its prices are with tax.

use crate::admin::field::Field;
use crate::admin::reader::Reader;
use crate::admin::settings::section::{Section, Typed};
use crate::money::Currency;
use crate::settings::ShopSettings;

pub const MONEY: Section = Section { stored, fields, read };

const WITH_TAX: &str = "with";
const WITHOUT_TAX: &str = "without";

fn stored(settings: &ShopSettings) -> Vec<(String, String)> {
    let tax = if settings.prices_include_tax { WITH_TAX } else { WITHOUT_TAX };
    vec![
        ("currency".into(), settings.currency.code().to_owned()),
        ("prices".into(), tax.to_owned()),
    ]
}

fn fields(typed: &Typed<'_>) -> Vec<Field> {
    let shell = typed.shell;
    let currencies = Currency::all().map(|currency| currency.code().to_owned());
    let currencies = currencies.map(|code| (code.clone(), code)).collect();
    let prices = [WITH_TAX, WITHOUT_TAX]
        .map(|code| (code.to_owned(), shell.t(&format!("setting-prices-{code}")).to_owned()));
    vec![
        typed.select("currency", currencies).hint(shell.t("setting-currency-hint")),
        typed.select("prices", prices.to_vec()).hint(shell.t("setting-prices-hint")),
    ]
}

fn read(reader: &mut Reader<'_>, settings: &mut ShopSettings) {
    let currency = reader.ask("currency", "form-choose", |code| Currency::parse(code).ok());
    settings.currency = currency.unwrap_or(settings.currency);
    let with_tax = reader.ask("prices", "form-choose", |code| match code {
        WITH_TAX => Some(true),
        WITHOUT_TAX => Some(false),
        _ => None,
    });
    settings.prices_include_tax = with_tax.unwrap_or(settings.prices_include_tax);
}
