//! What the merchant has decided about her shop. Owns the tables `setting` (a JSON value a key)
//! and `shop_version`. Not to be confused with `config.rs`, which is the operator's.

mod invoicing;
mod paying;

pub use invoicing::{InvoiceAt, Invoicing, NumberPrefix};
pub use paying::CashOnDelivery;

use chrono::NaiveDateTime;
use chrono_tz::Tz;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::audit::{self, Action, Deed, Entity, Who};
use crate::db::Conn;
use crate::db::schema::{setting, shop_version};
use crate::error::{Error, Result};
use crate::language::{Language, LocalText};
use crate::money::Currency;
use crate::pricing::TaxRounding;
use crate::values::{Country, Place};

/// Days in whole years.
pub const LONGEST_DAYS: i64 = 3_650;
/// More is never low.
pub const MOST_LOW_STOCK: i64 = 1_000_000;

/// The shop, as its pages, its bills and its mails speak of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ShopSettings {
    pub name: String,
    /// Whether shoppers may come in; else they see that the shop is closed.
    pub open: bool,
    pub tagline: LocalText,
    pub description: LocalText,
    /// A line above every page; empty for none.
    pub announcement: LocalText,
    /// Where that line leads: a path of the shop or an address elsewhere; empty for nowhere.
    pub announcement_link: String,
    /// When it is shown (UTC); `None` for always.
    pub announcement_from: Option<NaiveDateTime>,
    pub announcement_until: Option<NaiveDateTime>,
    pub email: String,
    /// Who is told of new orders; empty for the shop's own address.
    pub staff_emails: Vec<String>,
    /// Where the shop is: street, city, region and postcode, as they stand on a parcel.
    pub street: String,
    pub city: String,
    pub region: String,
    pub postcode: String,
    /// Where the shop is, and where a new address is assumed to be.
    pub country: Country,
    /// Whose day it is in the shop: promises and cut-off times are by its clock (IANA name).
    pub time_zone: Tz,
    pub currency: Currency,
    /// The first is the shop's own, which texts fall back to and whose addresses have no prefix.
    pub languages: Vec<Language>,
    /// Whether every price of the shop is one with tax; else tax is added at the checkout.
    pub prices_include_tax: bool,
    /// Where a bill rounds its tax.
    pub tax_rounding: TaxRounding,
    /// What the smallest coin is in minor units, where a total is rounded to it; 0 for none.
    pub cash_rounding: i64,
    /// At this many units or fewer a page says how few are left, and the staff are told once.
    pub low_stock: i64,
    pub return_days: i64,
    /// How long after placing it a shopper may cancel an order that is being packed.
    pub cancel_within_hours: i64,
    /// How long an order waits for its bank transfer.
    pub pay_within_days: i64,
    /// How long an order waits for a payment on a gateway's page, its goods held.
    pub hold_minutes: i64,
    pub bank_accounts: Vec<BankAccount>,
    /// The ways to pay that are offered first, by their codes; the others come after them.
    pub payment_order: Vec<String>,
    /// The ways to pay that the merchant does not offer, by their codes.
    pub payments_off: Vec<String>,
    /// Where the courier takes the money; empty switches cash on delivery off.
    pub cash_on_delivery_in: Vec<Country>,
    pub cash_on_delivery: CashOnDelivery,
    pub invoicing: Invoicing,
    /// Whether pages show what a visitor has looked at last, which her browser then keeps.
    pub recently_viewed: bool,
    /// Whether nobody of the staff gets on without a second factor.
    pub second_factor_required: bool,
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
            open: false,
            tagline: LocalText::default(),
            description: LocalText::default(),
            announcement: LocalText::default(),
            announcement_link: String::new(),
            announcement_from: None,
            announcement_until: None,
            email: String::new(),
            staff_emails: Vec::new(),
            street: String::new(),
            city: String::new(),
            region: String::new(),
            postcode: String::new(),
            country: Country::parse("ID").expect("two capital letters"),
            time_zone: Tz::UTC,
            currency: Currency::parse("IDR").expect("an ISO 4217 code"),
            languages: Language::ALL.to_vec(),
            prices_include_tax: true,
            tax_rounding: TaxRounding::Line,
            cash_rounding: 0,
            low_stock: 5,
            return_days: 30,
            cancel_within_hours: 24,
            pay_within_days: 3,
            // Stripe's page is open for half an hour at least, and the order waits a little longer.
            hold_minutes: 40,
            bank_accounts: Vec::new(),
            payment_order: Vec::new(),
            payments_off: Vec::new(),
            cash_on_delivery_in: Vec::new(),
            cash_on_delivery: CashOnDelivery::default(),
            invoicing: Invoicing::default(),
            recently_viewed: true,
            second_factor_required: false,
        }
    }
}

impl ShopSettings {
    /// Who is told of new orders.
    pub fn staff(&self) -> Vec<&str> {
        let staff = self.staff_emails.iter().map(String::as_str).filter(|email| !email.is_empty());
        let staff: Vec<&str> = staff.collect();
        match staff.is_empty() && !self.email.is_empty() {
            true => vec![&self.email],
            false => staff,
        }
    }

    /// The language that texts fall back to.
    pub fn own_language(&self) -> Language {
        self.languages.first().copied().unwrap_or(Language::En)
    }

    /// Where the shop is, for taxes on what is fetched there and for estimates.
    pub fn place(&self) -> Place {
        Place {
            country: self.country,
            region: self.region.clone(),
            postcode: self.postcode.clone(),
        }
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

/// At how many units or fewer something runs low: what a move of stock asks, of all settings.
pub fn low_stock(conn: &mut Conn) -> Result<i64> {
    let value = setting::table.find("low_stock").select(setting::value);
    match value.first::<String>(conn).optional()? {
        Some(text) => serde_json::from_str(&text)
            .map_err(|error| Error::internal(format!("setting low_stock: {error}"))),
        None => Ok(ShopSettings::default().low_stock),
    }
}

/// Stores every setting and tells all instances.
///
/// # Errors
/// `Internal` when invoices and credit notes would have the same numbers.
pub fn save(conn: &mut Conn, settings: &ShopSettings) -> Result<()> {
    if settings.invoicing.prefix == settings.invoicing.credit_note_prefix {
        return Err(Error::internal("invoices and credit notes need prefixes of their own"));
    }
    let values = fields(settings)?;
    diesel::delete(setting::table).execute(conn)?;
    for (key, value) in values {
        diesel::insert_into(setting::table)
            .values((setting::key.eq(key), setting::value.eq(value.to_string())))
            .execute(conn)?;
    }
    announce(conn)
}

/// Changes settings in somebody's name, one after the other: two who change different ones at once
/// both have their way. What `change` refuses is not saved.
///
/// # Errors
/// As for [`save`]; what was refused is the inner result.
pub fn change<E>(
    conn: &mut Conn,
    who: &Who,
    change: impl FnOnce(&mut ShopSettings) -> Result<(), E>,
) -> Result<Result<(), E>> {
    // PostgreSQL holds the row until the end of the transaction.
    announce(conn)?;
    let before = load(conn)?;
    let mut after = before.clone();
    if let Err(refused) = change(&mut after) {
        return Ok(Err(refused));
    }
    let (before, now) = differing(&before, &after)?;
    if !now.is_empty() {
        save(conn, &after)?;
        let (action, entity) = (Action::SettingsChanged, Entity::Shop);
        audit::write(
            conn,
            who,
            &Deed { action, entity, before: before.into(), after: now.into() },
        )?;
    }
    Ok(Ok(()))
}

/// The settings that differ, as they were and as they are.
fn differing(
    before: &ShopSettings,
    after: &ShopSettings,
) -> Result<(Map<String, Value>, Map<String, Value>)> {
    let mut was = fields(before)?;
    let mut is = fields(after)?;
    is.retain(|key, value| was.get(key) != Some(value));
    was.retain(|key, _| is.contains_key(key));
    Ok((was, is))
}

fn fields(settings: &ShopSettings) -> Result<Map<String, Value>> {
    match serde_json::to_value(settings) {
        Ok(Value::Object(fields)) => Ok(fields),
        other => Err(Error::internal(format!("settings are no object: {other:?}"))),
    }
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
