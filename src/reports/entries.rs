//! What each order and each refund adds to the sums of its day, by what the sums are about.

/// What sums are about. Its `item`, `note` and `ppm` tell one sum of a day from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// Whole orders, by the country that they go to, with what goes back of them.
    Countries,
    /// Lines of orders, by the handle that their product had.
    Products,
    /// Discounts of orders, by promotion and code.
    Discounts,
    /// Taxes of orders, by name, country and rate.
    Taxes,
}

impl Subject {
    pub const ALL: [Self; 4] = [Self::Countries, Self::Products, Self::Discounts, Self::Taxes];

    /// Its name in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Countries => "countries",
            Self::Products => "products",
            Self::Discounts => "discounts",
            Self::Taxes => "taxes",
        }
    }

    /// The question for all entries of the days `{spans}`, with the columns of a sum.
    pub fn entries(self) -> String {
        match self {
            Self::Countries => format!("{ORDERS} UNION ALL {REFUNDS}"),
            Self::Products => LINES.to_owned(),
            Self::Discounts => DISCOUNTS.to_owned(),
            Self::Taxes => TAXES.to_owned(),
        }
    }
}

/// The columns that tell one sum of a subject from another.
pub(super) const KEY: &str = "day, currency, item, note, ppm";

/// What is added up. Amounts are in minor units.
pub(super) const AMOUNTS: [&str; 9] = [
    "count",
    "list_amount",
    "discount_amount",
    "extra_amount",
    "net_amount",
    "tax_amount",
    "rounding_amount",
    "gross_amount",
    "back_amount",
];

/// Orders of no real money, by the last way in which each was to be paid.
pub(super) const TESTS: &str = "SELECT payment.order_id FROM payment WHERE {is_test} AND NOT EXISTS
    (SELECT 1 FROM payment AS later WHERE later.order_id = payment.order_id AND later.id > payment.id)";

/// The orders of a day that count. Said of what does not: by what does, SQLite goes to another index and to every row.
pub(super) const SOLD: &str = "orders.placed_at >= span.begins AND orders.placed_at < span.ends
    AND orders.status NOT IN ('pending', 'cancelled') AND orders.id NOT IN ({tests})";

const ORDERS: &str = "SELECT span.day AS day, orders.currency AS currency, orders.country AS item, '' AS note, 0 AS ppm, '' AS name,
    1 AS count, orders.goods_amount AS list_amount, orders.discount_amount AS discount_amount,
    orders.delivery_amount + orders.fee_amount AS extra_amount,
    orders.total_amount - orders.tax_amount - orders.rounding_amount AS net_amount, orders.tax_amount AS tax_amount,
    orders.rounding_amount AS rounding_amount, orders.total_amount AS gross_amount, 0 AS back_amount
    FROM {spans} CROSS JOIN orders WHERE {sold}";

const REFUNDS: &str = "SELECT span.day AS day, payment.currency AS currency, orders.country AS item, '' AS note, 0 AS ppm, '' AS name,
    0 AS count, 0 AS list_amount, 0 AS discount_amount, 0 AS extra_amount, 0 AS net_amount, 0 AS tax_amount,
    0 AS rounding_amount, 0 AS gross_amount, refund.amount AS back_amount
    FROM {spans} CROSS JOIN refund JOIN payment ON payment.id = refund.payment_id JOIN orders ON orders.id = refund.order_id
    WHERE refund.status IN ('pending', 'done', 'failed', 'by_hand') AND refund.created_at >= span.begins
    AND refund.created_at < span.ends AND refund.kind <> 'surplus' AND NOT ({is_test})";

const LINES: &str = "SELECT span.day AS day, orders.currency AS currency, line.product_slug AS item, '' AS note, 0 AS ppm, line.name AS name,
    line.quantity AS count, line.list_amount AS list_amount, line.discount_amount AS discount_amount, 0 AS extra_amount,
    line.net_amount AS net_amount, line.tax_amount AS tax_amount, 0 AS rounding_amount, line.gross_amount AS gross_amount,
    0 AS back_amount
    FROM {spans} CROSS JOIN orders CROSS JOIN order_line AS line WHERE {sold} AND line.order_id = orders.id";

const DISCOUNTS: &str = "SELECT span.day AS day, orders.currency AS currency, discount.promotion_slug AS item, discount.code AS note,
    0 AS ppm, discount.name AS name, 1 AS count, 0 AS list_amount, discount.amount AS discount_amount, 0 AS extra_amount,
    0 AS net_amount, 0 AS tax_amount, 0 AS rounding_amount, orders.total_amount AS gross_amount, 0 AS back_amount
    FROM {spans} CROSS JOIN orders CROSS JOIN order_discount AS discount WHERE {sold} AND discount.order_id = orders.id";

const TAXES: &str = "SELECT span.day AS day, orders.currency AS currency, tax.name AS item, orders.country AS note, tax.ppm AS ppm,
    tax.name AS name, 1 AS count, 0 AS list_amount, 0 AS discount_amount, 0 AS extra_amount, tax.net_amount AS net_amount,
    tax.tax_amount AS tax_amount, 0 AS rounding_amount, 0 AS gross_amount, 0 AS back_amount
    FROM {spans} CROSS JOIN orders CROSS JOIN order_tax AS tax WHERE {sold} AND tax.order_id = orders.id";
