//! A row of `promotion`, there and back: a benefit is spread over the columns of its kind.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::{Opens, Rule};
use crate::db::schema::promotion;
use crate::error::{Error, Result};
use crate::ids::PromotionId;
use crate::language::LocalText;
use crate::money::Currency;
use crate::pricing::{Benefit, LineBenefit, OutOfRange, SubtotalBasis, SumBenefit, Target};
use crate::values::Slug;

#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = promotion)]
pub(super) struct Row {
    pub id: PromotionId,
    #[diesel(embed)]
    pub columns: Columns,
}

/// What a rule decides; not its id and its counter. A `None` is written as NULL.
#[derive(Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = promotion, treat_none_as_null = true)]
pub(super) struct Columns {
    pub slug: String,
    pub status: String,
    pub automatic: bool,
    pub lane: String,
    pub kind: String,
    pub amount: Option<i64>,
    pub ppm: Option<i64>,
    pub buy_quantity: Option<i64>,
    pub get_quantity: Option<i64>,
    pub priority: i64,
    pub starts_at: Option<NaiveDateTime>,
    pub ends_at: Option<NaiveDateTime>,
    pub exclusive: bool,
    pub min_subtotal: i64,
    pub subtotal_basis: String,
    pub min_quantity: i64,
    pub max_discount: Option<i64>,
    pub currency: String,
    pub per_customer_limit: Option<i64>,
    pub usage_limit: Option<i64>,
}

/// The columns that hold what a promotion gives.
struct Given {
    kind: &'static str,
    amount: Option<i64>,
    ppm: Option<i64>,
    buy: Option<i64>,
    get: Option<i64>,
}

impl Columns {
    pub fn of(rule: &Rule) -> Self {
        let given = Given::of(rule.benefit);
        Self {
            slug: rule.slug.as_str().to_owned(),
            status: if rule.is_active { "active" } else { "stopped" }.to_owned(),
            automatic: rule.is_automatic(),
            lane: rule.benefit.lane().code().to_owned(),
            kind: given.kind.to_owned(),
            amount: given.amount,
            ppm: given.ppm,
            buy_quantity: given.buy,
            get_quantity: given.get,
            priority: rule.priority.get(),
            starts_at: rule.starts_at,
            ends_at: rule.ends_at,
            exclusive: rule.exclusive,
            min_subtotal: rule.min_subtotal.get(),
            subtotal_basis: match rule.subtotal_basis {
                SubtotalBasis::List => "list".to_owned(),
                SubtotalBasis::Remaining => "remaining".to_owned(),
            },
            min_quantity: rule.min_quantity.get(),
            max_discount: rule.max_discount.map(|most| most.get()),
            currency: rule.currency.code().to_owned(),
            per_customer_limit: rule.per_customer_limit,
            usage_limit: rule.usage_limit,
        }
    }

    /// The rule, still without names, targets and codes.
    ///
    /// # Errors
    /// `Internal` when a value is none that a rule can have, which the table's CHECKs forbid.
    pub fn rule(self) -> Result<Rule> {
        self.read().ok_or_else(|| Error::internal("a stored promotion cannot be read"))
    }

    fn read(self) -> Option<Rule> {
        let benefit = self.benefit()?;
        Some(Rule {
            slug: Slug::parse(&self.slug)?,
            is_active: self.status == "active",
            name: LocalText::default(),
            opens: if self.automatic { Opens::Automatic } else { Opens::Codes(Vec::new()) },
            benefit,
            priority: whole(self.priority)?,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            exclusive: self.exclusive,
            target: Target::default(),
            min_subtotal: whole(self.min_subtotal)?,
            subtotal_basis: match self.subtotal_basis.as_str() {
                "remaining" => SubtotalBasis::Remaining,
                _ => SubtotalBasis::List,
            },
            min_quantity: whole(self.min_quantity)?,
            max_discount: match self.max_discount {
                Some(most) => Some(whole(most)?),
                None => None,
            },
            currency: Currency::from_letters(&self.currency)?,
            usage_limit: self.usage_limit,
            per_customer_limit: self.per_customer_limit,
        })
    }

    fn benefit(&self) -> Option<Benefit> {
        let (amount, ppm) = (self.amount, self.ppm);
        Some(match (self.lane.as_str(), self.kind.as_str()) {
            ("line", "percent") => Benefit::Line(LineBenefit::Percent { ppm: whole(ppm?)? }),
            ("line", "amount_per_unit") => {
                Benefit::Line(LineBenefit::AmountPerUnit { amount: whole(amount?)? })
            }
            ("line", "fixed_price") => {
                Benefit::Line(LineBenefit::FixedPrice { amount: whole(amount?)? })
            }
            ("line", _) => Benefit::Line(LineBenefit::BuyXGetY {
                buy: whole(self.buy_quantity?)?,
                get: whole(self.get_quantity?)?,
                ppm: whole(ppm?)?,
            }),
            ("order", _) => Benefit::Order(self.off_a_sum()?),
            _ => Benefit::Shipping(self.off_a_sum()?),
        })
    }

    fn off_a_sum(&self) -> Option<SumBenefit> {
        Some(match self.kind.as_str() {
            "percent" => SumBenefit::Percent { ppm: whole(self.ppm?)? },
            _ => SumBenefit::Amount { amount: whole(self.amount?)? },
        })
    }
}

impl Given {
    fn of(benefit: Benefit) -> Self {
        let none = Self { kind: "percent", amount: None, ppm: None, buy: None, get: None };
        let amount = |kind, amount: i64| Self { kind, amount: Some(amount), ..none };
        let percent = |ppm: i64| Self { ppm: Some(ppm), ..none };
        match benefit {
            Benefit::Line(LineBenefit::Percent { ppm }) => percent(ppm.get()),
            Benefit::Line(LineBenefit::AmountPerUnit { amount: each }) => {
                amount("amount_per_unit", each.get())
            }
            Benefit::Line(LineBenefit::FixedPrice { amount: each }) => {
                amount("fixed_price", each.get())
            }
            Benefit::Line(LineBenefit::BuyXGetY { buy, get, ppm }) => Self {
                kind: "buy_x_get_y",
                amount: None,
                ppm: Some(ppm.get()),
                buy: Some(buy.get()),
                get: Some(get.get()),
            },
            Benefit::Order(SumBenefit::Percent { ppm })
            | Benefit::Shipping(SumBenefit::Percent { ppm }) => percent(ppm.get()),
            Benefit::Order(SumBenefit::Amount { amount: off })
            | Benefit::Shipping(SumBenefit::Amount { amount: off }) => amount("amount", off.get()),
        }
    }
}

fn whole<T: TryFrom<i64, Error = OutOfRange>>(number: i64) -> Option<T> {
    T::try_from(number).ok()
}
