//! What the merchant has decided about her shop. Owns the tables `setting` (a JSON value a key)
//! and `shop_version`. Not to be confused with `config.rs`, which is the operator's.

mod invoicing;

pub use invoicing::{InvoiceAt, Invoicing, NumberPrefix};

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::db::Conn;
use crate::db::schema::{setting, shop_version};
use crate::error::{Error, Result};
use crate::language::{Language, LocalText};
use crate::money::Currency;
use crate::values::Country;

/// The shop, as its pages, its bills and its mails speak of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ShopSettings {
    pub name: String,
    pub tagline: LocalText,
    pub description: LocalText,
    /// A line above every page; empty for none.
    pub announcement: LocalText,
    pub email: String,
    pub city: String,
    /// Where the shop is, and where a new address is assumed to be.
    pub country: Country,
    pub currency: Currency,
    /// The first is the shop's own, which texts fall back to and whose addresses have no prefix.
    pub languages: Vec<Language>,
    pub prices_include_tax: bool,
    pub tax_name: String,
    /// Parts per million: 110000 is 11 %.
    pub tax_ppm: i64,
    /// At this many units or fewer a page says how few are left.
    pub low_stock: i64,
    pub return_days: i64,
    /// How long an order waits for its bank transfer.
    pub pay_within_days: i64,
    pub bank_accounts: Vec<BankAccount>,
    /// Where the courier takes the money; empty switches cash on delivery off.
    pub cash_on_delivery_in: Vec<Country>,
    pub invoicing: Invoicing,
}

/// Where a bank transfer goes.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BankAccount {
    pub bank: String,
    pub number: String,
    pub holder: String,
}

impl Default for ShopSettings {
    fn default() -> Self {
        Self {
            name: "Etalase".into(),
            tagline: LocalText::default(),
            description: LocalText::default(),
            announcement: LocalText::default(),
            email: String::new(),
            city: String::new(),
            country: Country::parse("ID").expect("two capital letters"),
            currency: Currency::parse("IDR").expect("an ISO 4217 code"),
            languages: Language::ALL.to_vec(),
            prices_include_tax: true,
            tax_name: String::new(),
            tax_ppm: 0,
            low_stock: 5,
            return_days: 30,
            pay_within_days: 3,
            bank_accounts: Vec::new(),
            cash_on_delivery_in: Vec::new(),
            invoicing: Invoicing::default(),
        }
    }
}

impl ShopSettings {
    /// The language that texts fall back to.
    pub fn own_language(&self) -> Language {
        self.languages.first().copied().unwrap_or(Language::En)
    }
}

/// The settings as they stand; what the merchant has not set has its default.
///
/// # Errors
/// `Internal` when a stored value is not what its key promises.
pub fn load(conn: &mut Conn) -> Result<ShopSettings> {
    let rows: Vec<(String, String)> = setting::table.load(conn)?;
    let mut values = serde_json::Map::new();
    for (key, text) in rows {
        let value = serde_json::from_str(&text)
            .map_err(|error| Error::internal(format!("setting {key}: {error}")))?;
        values.insert(key, value);
    }
    serde_json::from_value(values.into())
        .map_err(|error| Error::internal(format!("settings: {error}")))
}

/// Stores every setting and tells all instances.
///
/// # Errors
/// `Internal` when invoices and credit notes would have the same numbers.
pub fn save(conn: &mut Conn, settings: &ShopSettings) -> Result<()> {
    if settings.invoicing.prefix == settings.invoicing.credit_note_prefix {
        return Err(Error::internal("invoices and credit notes need prefixes of their own"));
    }
    let values =
        serde_json::to_value(settings).map_err(|error| Error::internal(error.to_string()))?;
    diesel::delete(setting::table).execute(conn)?;
    for (key, value) in values.as_object().into_iter().flatten() {
        diesel::insert_into(setting::table)
            .values((setting::key.eq(key), setting::value.eq(value.to_string())))
            .execute(conn)?;
    }
    announce(conn)
}

/// Moves the shop's version on, so that every instance reads anew what it keeps in memory.
pub fn announce(conn: &mut Conn) -> Result<()> {
    diesel::update(shop_version::table)
        .set(shop_version::version.eq(shop_version::version + 1))
        .execute(conn)?;
    Ok(())
}

/// The version that [`announce`] moves on.
pub fn version(conn: &mut Conn) -> Result<i64> {
    Ok(shop_version::table.select(shop_version::version).first(conn)?)
}
