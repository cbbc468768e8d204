//! A method as its row has it, and back.

use chrono::{NaiveDateTime, NaiveTime, Timelike};
use diesel::prelude::*;

use super::model::{Kind, Method};
use crate::db::schema::delivery_method;
use crate::language::LocalText;
use crate::money::Currency;
use crate::pricing::{
    FreeOver, FreeOverBasis, Rate, Shipping, TableBy, Text, Tier, WeightSteps, Whole,
};

/// The columns of `delivery_method` that a [`Method`] decides; the rest is where it stands.
#[derive(Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = delivery_method, treat_none_as_null = true)]
pub(super) struct Columns {
    code: String,
    tax_class: String,
    kind: String,
    currency: String,
    rate_kind: String,
    amount: Option<i64>,
    first_g: Option<i64>,
    first_amount: Option<i64>,
    step_g: Option<i64>,
    step_amount: Option<i64>,
    tolerance_g: Option<i64>,
    table_by: Option<String>,
    free_over_amount: Option<i64>,
    free_over_basis: Option<String>,
    volumetric_divisor: Option<i64>,
    min_weight_g: Option<i64>,
    max_weight_g: Option<i64>,
    min_subtotal: Option<i64>,
    max_subtotal: Option<i64>,
    min_days: i64,
    max_days: i64,
    cutoff_minute: Option<i64>,
    active: bool,
    starts_at: Option<NaiveDateTime>,
    ends_at: Option<NaiveDateTime>,
}

/// What stands in other tables.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub name: LocalText,
    pub note: LocalText,
    pub tiers: Vec<(i64, i64)>,
}

/// Why a row is no method.
type Mistake = String;

impl Columns {
    pub fn of(method: &Method) -> Self {
        let shipping = &method.shipping;
        let mut columns = Self {
            code: method.code().to_owned(),
            tax_class: shipping.tax_class.as_str().to_owned(),
            kind: method.kind.code().to_owned(),
            currency: method.currency.code().to_owned(),
            rate_kind: rate_kind(&shipping.rate).to_owned(),
            amount: None,
            first_g: None,
            first_amount: None,
            step_g: None,
            step_amount: None,
            tolerance_g: None,
            table_by: None,
            free_over_amount: shipping.free_over.map(|free| free.amount.get()),
            free_over_basis: shipping.free_over.map(|free| basis_code(free.basis).to_owned()),
            volumetric_divisor: shipping.volumetric_divisor.map(Into::into),
            min_weight_g: shipping.min_weight_g.map(Into::into),
            max_weight_g: shipping.max_weight_g.map(Into::into),
            min_subtotal: shipping.min_subtotal.map(Into::into),
            max_subtotal: shipping.max_subtotal.map(Into::into),
            min_days: method.min_days,
            max_days: method.max_days,
            cutoff_minute: method.cutoff.map(|at| i64::from(at.hour() * 60 + at.minute())),
            active: method.active,
            starts_at: method.starts_at,
            ends_at: method.ends_at,
        };
        columns.price(&shipping.rate);
        columns
    }

    fn price(&mut self, rate: &Rate) {
        match rate {
            Rate::Flat { amount } | Rate::PerItem { amount } => self.amount = Some(amount.get()),
            Rate::WeightSteps(steps) => {
                self.first_g = Some(steps.first_g.get());
                self.first_amount = Some(steps.first_amount.get());
                self.step_g = Some(steps.step_g.get());
                self.step_amount = Some(steps.step_amount.get());
                self.tolerance_g = Some(steps.tolerance_g.get());
            }
            Rate::Table { by, .. } => self.table_by = Some(table_code(*by).to_owned()),
        }
    }

    pub fn method(self, zone: String, words: Words) -> Result<Method, Mistake> {
        let currency = Currency::from_letters(&self.currency).ok_or("an unknown currency")?;
        Ok(Method {
            kind: Kind::parse(&self.kind).ok_or("an unknown kind")?,
            shipping: self.shipping(&words.tiers)?,
            name: words.name,
            note: words.note,
            min_days: self.min_days,
            max_days: self.max_days,
            cutoff: self.cutoff_minute.map(time).transpose()?,
            active: self.active,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            currency,
            zone,
        })
    }

    fn shipping(&self, tiers: &[(i64, i64)]) -> Result<Shipping, Mistake> {
        Ok(Shipping {
            id: text(&self.code)?,
            tax_class: text(&self.tax_class)?,
            volumetric_divisor: self.volumetric_divisor.map(whole).transpose()?,
            rate: self.rate(tiers)?,
            free_over: self.free_over()?,
            min_weight_g: self.min_weight_g.map(whole).transpose()?,
            max_weight_g: self.max_weight_g.map(whole).transpose()?,
            min_subtotal: self.min_subtotal.map(whole).transpose()?,
            max_subtotal: self.max_subtotal.map(whole).transpose()?,
        })
    }

    fn rate(&self, tiers: &[(i64, i64)]) -> Result<Rate, Mistake> {
        Ok(match self.rate_kind.as_str() {
            "flat" => Rate::Flat { amount: given(self.amount)? },
            "per_item" => Rate::PerItem { amount: given(self.amount)? },
            "weight_steps" => Rate::WeightSteps(WeightSteps {
                first_g: given(self.first_g)?,
                first_amount: given(self.first_amount)?,
                step_g: given(self.step_g)?,
                step_amount: given(self.step_amount)?,
                tolerance_g: given(self.tolerance_g)?,
            }),
            _ => Rate::Table {
                by: match self.table_by.as_deref() {
                    Some("weight") => TableBy::Weight,
                    _ => TableBy::Subtotal,
                },
                tiers: tiers.iter().map(|tier| self::tier(*tier)).collect::<Result<_, _>>()?,
            },
        })
    }

    fn free_over(&self) -> Result<Option<FreeOver>, Mistake> {
        let Some(amount) = self.free_over_amount else { return Ok(None) };
        let basis = match self.free_over_basis.as_deref() {
            Some("before_discount") => FreeOverBasis::BeforeDiscount,
            _ => FreeOverBasis::AfterDiscount,
        };
        Ok(Some(FreeOver { amount: whole(amount)?, basis }))
    }
}

/// How a price is reckoned, by its name in the database and on orders.
pub fn rate_kind(rate: &Rate) -> &'static str {
    match rate {
        Rate::Flat { .. } => "flat",
        Rate::PerItem { .. } => "per_item",
        Rate::WeightSteps(_) => "weight_steps",
        Rate::Table { .. } => "table",
    }
}

fn table_code(by: TableBy) -> &'static str {
    match by {
        TableBy::Weight => "weight",
        TableBy::Subtotal => "subtotal",
    }
}

fn basis_code(basis: FreeOverBasis) -> &'static str {
    match basis {
        FreeOverBasis::BeforeDiscount => "before_discount",
        FreeOverBasis::AfterDiscount => "after_discount",
    }
}

fn tier((up_to, amount): (i64, i64)) -> Result<Tier, Mistake> {
    Ok(Tier { up_to: whole(up_to)?, amount: whole(amount)? })
}

fn time(minute: i64) -> Result<NaiveTime, Mistake> {
    let seconds = u32::try_from(minute).ok().and_then(|minute| minute.checked_mul(60));
    let time = seconds.and_then(|s| NaiveTime::from_num_seconds_from_midnight_opt(s, 0));
    time.ok_or_else(|| format!("minute {minute} is in no day"))
}

fn given<T: Whole>(number: Option<i64>) -> Result<T, Mistake> {
    whole(number.ok_or("a number is missing")?)
}

fn whole<T: Whole>(number: i64) -> Result<T, Mistake> {
    T::try_from(number).map_err(|mistake| format!("{number} {mistake}"))
}

fn text(text: &str) -> Result<Text, Mistake> {
    Text::try_from(text).map_err(|mistake| format!("{text:?} {mistake}"))
}
