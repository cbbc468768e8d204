//! What was sold, told by what it was, where it went and what was taken off, with its tax.

use crate::db::Conn;
use crate::error::Result;
use crate::money::Currency;
use chrono_tz::Tz;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::model::{Days, Sum};
use super::queries::{ask, sales};

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
}

/// A line of a report. Money is in minor units of the shop's currency.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Line {
    /// A day, a product's name, a category's slug (empty for none), a country's code, a discount or a tax.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// What tells two of one name apart: handle, code, country.
    #[diesel(sql_type = Text)]
    pub note: String,
    /// Of a tax, in parts per million.
    #[diesel(sql_type = BigInt)]
    pub rate: i64,
    /// Units of products and categories, else orders.
    #[diesel(sql_type = BigInt)]
    pub count: i64,
    /// Without tax; of a discount what was taken off.
    #[diesel(sql_type = BigInt)]
    pub net: i64,
    /// With tax; of a tax the tax itself, of a discount its orders.
    #[diesel(sql_type = BigInt)]
    pub gross: i64,
}

// No report has more than 10,000 lines.

const PRODUCTS: &str = "SELECT MAX(line.name) AS name, line.product_slug AS note, {sums}
    FROM {spans} CROSS JOIN orders CROSS JOIN order_line AS line WHERE {sold} AND line.order_id = orders.id
    GROUP BY line.product_slug ORDER BY gross DESC, note LIMIT 10000";

/// A variant that is gone is in no category any more.
const CATEGORIES: &str = "SELECT COALESCE(category.slug, '') AS name, '' AS note, {sums}
    FROM {spans} CROSS JOIN orders CROSS JOIN order_line AS line
    LEFT JOIN variant ON variant.id = line.variant_id LEFT JOIN product ON product.id = variant.product_id
    LEFT JOIN category ON category.id = product.category_id WHERE {sold} AND line.order_id = orders.id
    GROUP BY COALESCE(category.slug, '') ORDER BY gross DESC, name LIMIT 10000";

const SUMS: &str = "CAST(0 AS BIGINT) AS rate, CAST(SUM(line.quantity) AS BIGINT) AS count,
    CAST(SUM(line.net_amount) AS BIGINT) AS net, CAST(SUM(line.gross_amount) AS BIGINT) AS gross";

const COUNTRIES: &str = "SELECT orders.country AS name, '' AS note, CAST(0 AS BIGINT) AS rate, COUNT(*) AS count,
    CAST(SUM(orders.total_amount - orders.tax_amount) AS BIGINT) AS net, CAST(SUM(orders.total_amount) AS BIGINT) AS gross
    FROM {spans} CROSS JOIN orders WHERE {sold} GROUP BY orders.country ORDER BY gross DESC, name LIMIT 10000";

const DISCOUNTS: &str =
    "SELECT MAX(discount.name) AS name, discount.code AS note, CAST(0 AS BIGINT) AS rate,
    COUNT(DISTINCT orders.id) AS count, CAST(SUM(discount.amount) AS BIGINT) AS net,
    CAST(SUM(orders.total_amount) AS BIGINT) AS gross
    FROM {spans} CROSS JOIN orders CROSS JOIN order_discount AS discount
    WHERE {sold} AND discount.order_id = orders.id
    GROUP BY discount.promotion_slug, discount.code ORDER BY net DESC, note LIMIT 10000";

const TAXES: &str = "SELECT tax.name AS name, orders.country AS note, tax.ppm AS rate, COUNT(*) AS count,
    CAST(SUM(tax.net_amount) AS BIGINT) AS net, CAST(SUM(tax.tax_amount) AS BIGINT) AS gross
    FROM {spans} CROSS JOIN orders CROSS JOIN order_tax AS tax WHERE {sold} AND tax.order_id = orders.id
    GROUP BY tax.name, tax.ppm, orders.country ORDER BY orders.country, tax.ppm DESC, tax.name LIMIT 10000";

/// What was sold on these days, of the orders that [`sales`] counts.
pub fn lines(
    conn: &mut Conn,
    report: Report,
    days: Days,
    (zone, currency): (Tz, Currency),
) -> Result<Vec<Line>> {
    let sql = match report {
        Report::Days => {
            let (now, _) = sales(conn, days, (zone, currency))?;
            let line = |(day, sum): (chrono::NaiveDate, Sum)| Line {
                name: day.to_string(),
                note: String::new(),
                rate: 0,
                count: sum.orders,
                net: sum.average(),
                gross: sum.amount,
            };
            return Ok(now.days.into_iter().map(|day| line((day.day, day.sum))).collect());
        }
        Report::Products => PRODUCTS,
        Report::Categories => CATEGORIES,
        Report::Countries => COUNTRIES,
        Report::Discounts => DISCOUNTS,
        Report::Taxes => TAXES,
    };
    ask(conn, &sql.replace("{sums}", SUMS), &[days.instants(zone)], currency)
}
