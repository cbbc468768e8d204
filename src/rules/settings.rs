//! `[settings]`: what the merchant has decided about her shop. Only the keys that are there change.

use chrono::NaiveDateTime;
use std::collections::BTreeSet;

use super::entry::Entry;
use super::invoicing;
use super::read::{
    Fields, Ground, Read, Spot, Value, Write, Wrong, amount_in, word, write_amount, write_text,
};
use crate::content::is_link;
use crate::orders::Payment;
use crate::pricing::{CashRounding, TaxRounding};
use crate::settings::{BankAccount, LONGEST_DAYS, MOST_LOW_STOCK, ShopSettings};
use crate::values::Email;

/// Less is no time to pay in, more keeps goods from those who would.
const HOLD_MINUTES: std::ops::RangeInclusive<i64> = 10..=1_440;

/// What a text without currency, zone or language means in this shop.
pub(super) fn ground(settings: &ShopSettings) -> Ground {
    Ground {
        currency: settings.currency,
        time_zone: settings.time_zone,
        language: settings.own_language(),
    }
}

/// The settings as they are wanted: `settings` with every key that the section has.
pub(super) fn read(spot: &Spot<'_>, settings: &mut ShopSettings) -> Result<(), Wrong> {
    let mut fields = Fields::of(spot)?;
    let wanted = settings;
    set(&fields, "name", &mut wanted.name);
    if wanted.name.trim().is_empty() {
        fields.wrong("name", "must not be empty");
    }
    set(&fields, "open", &mut wanted.open);
    set(&fields, "tagline", &mut wanted.tagline);
    set(&fields, "description", &mut wanted.description);
    set(&fields, "announcement", &mut wanted.announcement);
    set(&fields, "announcement_link", &mut wanted.announcement_link);
    if !wanted.announcement_link.is_empty() && !is_link(&wanted.announcement_link) {
        fields.wrong(
            "announcement_link",
            "must be a path such as \"/pages/delivery\", or an address",
        );
    }
    set_time(&fields, "announcement_from", &mut wanted.announcement_from);
    set_time(&fields, "announcement_until", &mut wanted.announcement_until);
    set(&fields, "email", &mut wanted.email);
    if !wanted.email.is_empty() && Email::parse(&wanted.email).is_none() {
        fields.wrong("email", "must be an e-mail address, such as \"hello@shop.example\"");
    }
    set(&fields, "staff_emails", &mut wanted.staff_emails);
    if wanted.staff_emails.iter().any(|email| Email::parse(email).is_none()) {
        fields.wrong("staff_emails", "must be e-mail addresses, such as [\"ani@shop.example\"]");
    }
    set(&fields, "street", &mut wanted.street);
    set(&fields, "city", &mut wanted.city);
    set(&fields, "region", &mut wanted.region);
    set(&fields, "postcode", &mut wanted.postcode);
    set(&fields, "country", &mut wanted.country);
    set(&fields, "time_zone", &mut wanted.time_zone);
    set(&fields, "currency", &mut wanted.currency);
    set(&fields, "languages", &mut wanted.languages);
    let mut languages = wanted.languages.clone();
    languages.sort();
    languages.dedup();
    if languages.is_empty() || languages.len() < wanted.languages.len() {
        fields.wrong("languages", "must name one language or more, each once");
    }
    set(&fields, "prices_include_tax", &mut wanted.prices_include_tax);
    set(&fields, "tax_rounding", &mut wanted.tax_rounding);
    fields.currency = wanted.currency;
    if let Some(Some(CoinInMinorUnits(coin))) = fields.optional("cash_rounding") {
        wanted.cash_rounding = coin;
    }
    set_within(&fields, "low_stock", &mut wanted.low_stock, 0..=MOST_LOW_STOCK);
    set_within(&fields, "return_days", &mut wanted.return_days, 0..=LONGEST_DAYS);
    set_within(
        &fields,
        "cancel_within_hours",
        &mut wanted.cancel_within_hours,
        0..=LONGEST_DAYS * 24,
    );
    set_within(&fields, "pay_within_days", &mut wanted.pay_within_days, 1..=LONGEST_DAYS);
    set_within(&fields, "hold_minutes", &mut wanted.hold_minutes, HOLD_MINUTES);
    set(&fields, "bank_accounts", &mut wanted.bank_accounts);
    set_payments(&fields, "payment_order", &mut wanted.payment_order);
    set_payments(&fields, "payments_off", &mut wanted.payments_off);
    set(&fields, "cash_on_delivery_in", &mut wanted.cash_on_delivery_in);
    let cash = &mut wanted.cash_on_delivery;
    set(&fields, "cash_on_delivery_tax_class", &mut cash.tax_class);
    if let Some(Some(MinorUnits(fee))) = fields.optional("cash_on_delivery_fee") {
        cash.fee = fee;
    }
    if let Some(Some(MinorUnits(most))) = fields.optional("cash_on_delivery_up_to") {
        cash.up_to = most;
    }
    set(&fields, "recently_viewed", &mut wanted.recently_viewed);
    set(&fields, "second_factor_required", &mut wanted.second_factor_required);
    if let Some(spot) = fields.spot("invoicing") {
        spot.told(invoicing::read(&spot, &mut wanted.invoicing));
    }
    fields.close();
    Ok(())
}

pub(super) fn set<T: Read>(fields: &Fields<'_>, key: &'static str, value: &mut T) {
    if let Some(Some(wanted)) = fields.optional(key) {
        *value = wanted;
    }
}

fn set_within(
    fields: &Fields<'_>,
    key: &'static str,
    value: &mut i64,
    range: std::ops::RangeInclusive<i64>,
) {
    set(fields, key, value);
    if !range.contains(value) {
        fields.wrong(
            key,
            format!("must be a whole number from {} to {}", range.start(), range.end()),
        );
    }
}

/// Every setting. A new one is a compile error here until it can be written and read.
pub(super) fn entries(settings: &ShopSettings) -> Vec<Entry> {
    let ground = &ground(settings);
    let ShopSettings {
        name,
        open,
        tagline,
        description,
        announcement,
        announcement_link,
        announcement_from,
        announcement_until,
        email,
        staff_emails,
        street,
        city,
        region,
        postcode,
        country,
        time_zone,
        currency,
        languages,
        prices_include_tax,
        tax_rounding,
        cash_rounding,
        low_stock,
        return_days,
        cancel_within_hours,
        pay_within_days,
        hold_minutes,
        bank_accounts,
        payment_order,
        payments_off,
        cash_on_delivery_in,
        cash_on_delivery: cash,
        invoicing,
        recently_viewed,
        second_factor_required,
    } = settings;
    let entry = Entry::new("settings", "", &["settings"])
        .with("name", name, ground)
        .with("open", open, ground)
        .with("tagline", tagline, ground)
        .with("description", description, ground)
        .with("announcement", announcement, ground)
        .with("announcement_link", announcement_link, ground)
        .with("announcement_from", &Time(*announcement_from), ground)
        .with("announcement_until", &Time(*announcement_until), ground)
        .with("email", email, ground)
        .with("staff_emails", staff_emails, ground)
        .with("street", street, ground)
        .with("city", city, ground)
        .with("region", region, ground)
        .with("postcode", postcode, ground)
        .with("country", country, ground)
        .with("time_zone", time_zone, ground)
        .with("currency", currency, ground)
        .with("languages", languages, ground)
        .with("prices_include_tax", prices_include_tax, ground)
        .with("tax_rounding", tax_rounding, ground)
        .with("cash_rounding", &CoinInMinorUnits(*cash_rounding), ground)
        .with("low_stock", low_stock, ground)
        .with("return_days", return_days, ground)
        .with("cancel_within_hours", cancel_within_hours, ground)
        .with("pay_within_days", pay_within_days, ground)
        .with("hold_minutes", hold_minutes, ground)
        .with("bank_accounts", bank_accounts, ground)
        .with("payment_order", payment_order, ground)
        .with("payments_off", payments_off, ground)
        .with("cash_on_delivery_in", cash_on_delivery_in, ground)
        .with("cash_on_delivery_fee", &MinorUnits(cash.fee), ground)
        .with("cash_on_delivery_tax_class", &cash.tax_class, ground)
        .with("cash_on_delivery_up_to", &MinorUnits(cash.up_to), ground)
        .with("recently_viewed", recently_viewed, ground)
        .with("second_factor_required", second_factor_required, ground);
    vec![entry, invoicing::entry(invoicing, ground)]
}

/// Ways to pay, each once.
fn set_payments(fields: &Fields<'_>, key: &'static str, value: &mut Vec<String>) {
    set(fields, key, value);
    let is_known =
        |code: &String| Payment::parse(code).is_some_and(|payment| payment != Payment::Free);
    let once: BTreeSet<&String> = value.iter().collect();
    if once.len() < value.len() || !value.iter().all(is_known) {
        let known = Payment::ALL.iter().filter(|payment| **payment != Payment::Free);
        let known: Vec<&str> = known.map(|payment| payment.code()).collect();
        fields
            .wrong(key, format!("must be ways to pay, each once; there are {}", known.join(", ")));
    }
}

fn set_time(fields: &Fields<'_>, key: &'static str, value: &mut Option<NaiveDateTime>) {
    if let Some(Some(Time(wanted))) = fields.optional(key) {
        *value = wanted;
    }
}

/// An instant, `""` for none.
struct Time(Option<NaiveDateTime>);

impl Read for Time {
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
        match spot.value() {
            Value::Text(text) if text.is_empty() => Ok(Self(None)),
            _ => NaiveDateTime::read(spot).map(|time| Self(Some(time))),
        }
    }
}

impl Write for Time {
    fn write(&self, ground: &Ground) -> String {
        self.0.map_or_else(|| write_text(""), |time| time.write(ground))
    }
}

/// The smallest coin, written as an amount.
struct CoinInMinorUnits(i64);

impl Read for CoinInMinorUnits {
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
        let coin = amount_in(spot, spot.currency)?.get();
        CashRounding::new(coin).map(|coin| Self(coin.get())).ok_or("is too large for a coin".into())
    }
}

impl Write for CoinInMinorUnits {
    fn write(&self, ground: &Ground) -> String {
        write_amount(self.0, ground.currency)
    }
}

/// An amount, 0 for none.
struct MinorUnits(i64);

impl Read for MinorUnits {
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
        Ok(Self(amount_in(spot, spot.currency)?.get()))
    }
}

impl Write for MinorUnits {
    fn write(&self, ground: &Ground) -> String {
        write_amount(self.0, ground.currency)
    }
}

const ROUNDINGS: [(&str, TaxRounding); 2] =
    [("line", TaxRounding::Line), ("group", TaxRounding::Group)];

impl Read for TaxRounding {
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
        word(spot, &ROUNDINGS)
    }
}

impl Write for TaxRounding {
    fn write(&self, _: &Ground) -> String {
        let known = ROUNDINGS.iter().find(|(_, rounding)| rounding == self);
        write_text(known.map_or("line", |(word, _)| word))
    }
}

impl Read for BankAccount {
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
        let fields = Fields::of(spot)?;
        let bank = fields.required("bank");
        let number = fields.required("number");
        let holder = fields.required("holder");
        fields.close();
        match (bank, number, holder) {
            (Some(bank), Some(number), Some(holder)) => Ok(Self { bank, number, holder }),
            _ => Err(Wrong::Told),
        }
    }
}

impl Write for BankAccount {
    fn write(&self, _: &Ground) -> String {
        let Self { bank, number, holder } = self;
        let [bank, number, holder] = [bank, number, holder].map(|text| write_text(text));
        format!("{{ bank = {bank}, number = {number}, holder = {holder} }}")
    }
}
