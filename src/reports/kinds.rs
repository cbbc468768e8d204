//! What a report tells sales apart by, and what its lines say.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::entries::Subject;

/// By what sales are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Report {
    Days,
    Products,
    Categories,
    Countries,
    Discounts,
    Taxes,
}

impl Report {
    pub const ALL: [Self; 6] = [
        Self::Days,
        Self::Products,
        Self::Categories,
        Self::Countries,
        Self::Discounts,
        Self::Taxes,
    ];

    /// Its name in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::Products => "products",
            Self::Categories => "categories",
            Self::Countries => "countries",
            Self::Discounts => "discounts",
            Self::Taxes => "taxes",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|report| report.code() == code)
    }

    /// What the sums are about that it is made of.
    pub(super) fn subject(self) -> Subject {
        match self {
            Self::Days | Self::Countries => Subject::Countries,
            Self::Products | Self::Categories => Subject::Products,
            Self::Discounts => Subject::Discounts,
            Self::Taxes => Subject::Taxes,
        }
    }
}

/// A line of a report.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Line {
    /// A day, a product's handle, a category's slug (empty for none), a country's code, a promotion's slug or
    /// a tax's name.
    #[diesel(sql_type = Text)]
    pub item: String,
    /// What tells two of one item apart: the code of a discount, the country of a tax.
    #[diesel(sql_type = Text)]
    pub note: String,
    /// Of a tax, in parts per million.
    #[diesel(sql_type = BigInt)]
    pub ppm: i64,
    /// Of a product or discount, when it was ordered.
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(embed)]
    pub sums: Sums,
}

/// What orders come to, in minor units of one currency. A report has those that its subject has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, QueryableByName)]
pub struct Sums {
    /// Units of products and categories, else orders.
    #[diesel(sql_type = BigInt)]
    pub count: i64,
    /// Goods by their prices, as these are quoted: with tax or without.
    #[diesel(sql_type = BigInt, column_name = list_amount)]
    pub list: i64,
    /// What was taken off the goods; in the report of discounts off delivery, too.
    #[diesel(sql_type = BigInt, column_name = discount_amount)]
    pub discount: i64,
    /// Delivery and fees, as they are quoted.
    #[diesel(sql_type = BigInt, column_name = extra_amount)]
    pub extra: i64,
    #[diesel(sql_type = BigInt, column_name = net_amount)]
    pub net: i64,
    #[diesel(sql_type = BigInt, column_name = tax_amount)]
    pub tax: i64,
    #[diesel(sql_type = BigInt, column_name = rounding_amount)]
    pub rounding: i64,
    /// What it comes to: net, tax and rounding. Of a discount, its orders.
    #[diesel(sql_type = BigInt, column_name = gross_amount)]
    pub gross: i64,
    /// What went back of it, by the day on which each refund was written.
    #[diesel(sql_type = BigInt, column_name = back_amount)]
    pub back: i64,
}

impl Sums {
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            count: self.count + other.count,
            list: self.list + other.list,
            discount: self.discount + other.discount,
            extra: self.extra + other.extra,
            net: self.net + other.net,
            tax: self.tax + other.tax,
            rounding: self.rounding + other.rounding,
            gross: self.gross + other.gross,
            back: self.back + other.back,
        }
    }
}
