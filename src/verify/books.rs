//! What the database itself can tell: each question lists the rows that break its sentence.

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::Findings;
use crate::db::Conn;
use crate::error::Result;

/// How many broken rows of one kind are named.
const MOST_NAMED: usize = 100;

/// A sentence that must hold, and the question for what breaks it, in words of both databases.
pub struct Book {
    pub holds: &'static str,
    sql: &'static str,
}

/// All of them.
pub const BOOKS: &[Book] = &[
    Book {
        holds: "the stock of a variant is the sum of its ledger",
        sql: "SELECT variant.sku || ': on hand ' || stock.on_hand || ', reserved ' || stock.reserved
              || ', but the ledger says ' || coalesce(ledger.on_hand, 0) || ' and ' || coalesce(ledger.reserved, 0) AS line
              FROM stock JOIN variant ON variant.id = stock.variant_id
              LEFT JOIN (SELECT variant_id, sum(on_hand) AS on_hand, sum(reserved) AS reserved
                         FROM stock_move GROUP BY variant_id) AS ledger ON ledger.variant_id = stock.variant_id
              WHERE stock.on_hand <> coalesce(ledger.on_hand, 0) OR stock.reserved <> coalesce(ledger.reserved, 0)
              ORDER BY variant.sku LIMIT 101",
    },
    Book {
        holds: "what is reserved of a variant is what waiting orders hold of it",
        sql: "SELECT variant.sku || ': reserved ' || stock.reserved || ', but orders hold ' || coalesce(waiting.units, 0) AS line
              FROM stock JOIN variant ON variant.id = stock.variant_id
              LEFT JOIN (SELECT order_line.variant_id, sum(order_line.quantity - order_line.shipped) AS units
                         FROM order_line JOIN orders ON orders.id = order_line.order_id
                         WHERE orders.status <> 'cancelled' GROUP BY order_line.variant_id) AS waiting
              ON waiting.variant_id = stock.variant_id
              WHERE stock.reserved <> coalesce(waiting.units, 0)
              ORDER BY variant.sku LIMIT 101",
    },
    Book {
        holds: "the units shipped of a line are those in its parcels",
        sql: "SELECT orders.number || ', line ' || order_line.position || ': ' || order_line.shipped
              || ' shipped, but ' || coalesce(sent.units, 0) || ' in parcels' AS line
              FROM order_line JOIN orders ON orders.id = order_line.order_id
              LEFT JOIN (SELECT order_line_id, sum(quantity) AS units FROM shipment_line GROUP BY order_line_id) AS sent
              ON sent.order_line_id = order_line.id
              WHERE order_line.requires_shipping AND order_line.shipped <> coalesce(sent.units, 0)
              ORDER BY order_line.id LIMIT 101",
    },
    Book {
        holds: "the units returned of a line are those that were received",
        sql: "SELECT orders.number || ', line ' || order_line.position || ': ' || order_line.returned
              || ' returned, but ' || coalesce(back.units, 0) || ' received' AS line
              FROM order_line JOIN orders ON orders.id = order_line.order_id
              LEFT JOIN (SELECT order_line_id, sum(received) AS units FROM order_return_line GROUP BY order_line_id) AS back
              ON back.order_line_id = order_line.id
              WHERE order_line.returned <> coalesce(back.units, 0)
              ORDER BY order_line.id LIMIT 101",
    },
    Book {
        holds: "a series of invoices has no gap",
        sql: "SELECT series.prefix || ' of ' || series.year || ': ' || count(invoice.id) || ' issued up to '
              || coalesce(max(invoice.sequence), 0) || ', but the next is ' || series.next AS line
              FROM invoice_series AS series LEFT JOIN invoice ON invoice.series_id = series.id
              GROUP BY series.id, series.prefix, series.year, series.next
              HAVING count(invoice.id) <> series.next - 1 OR coalesce(max(invoice.sequence), 0) <> series.next - 1
              ORDER BY series.id LIMIT 101",
    },
    Book {
        holds: "a promotion with a limit was used as often as it was redeemed",
        sql: "SELECT promotion.slug || ': used ' || promotion.used || ', but redeemed ' || count(redemption.order_id) AS line
              FROM promotion LEFT JOIN redemption ON redemption.promotion_id = promotion.id
              WHERE promotion.usage_limit IS NOT NULL
              GROUP BY promotion.id, promotion.slug, promotion.used
              HAVING promotion.used <> count(redemption.order_id)
              ORDER BY promotion.id LIMIT 101",
    },
    Book {
        holds: "what is refunded of a payment is the sum of its refunds, and no more than was captured",
        sql: "SELECT payment.attempt || ': refunded ' || payment.refunded_amount || ' of ' || payment.captured_amount
              || ', but its refunds are ' || coalesce(back.amount, 0) AS line
              FROM payment
              LEFT JOIN (SELECT payment_id, sum(amount) AS amount FROM refund GROUP BY payment_id) AS back
              ON back.payment_id = payment.id
              WHERE payment.refunded_amount <> coalesce(back.amount, 0) OR payment.refunded_amount > payment.captured_amount
              ORDER BY payment.id LIMIT 101",
    },
    Book {
        holds: "an invoice comes to what its order came to",
        sql: "SELECT invoice.number || ': ' || invoice.total_amount || ', but the order is ' || orders.total_amount AS line
              FROM invoice JOIN orders ON orders.id = invoice.order_id
              WHERE invoice.kind = 'invoice' AND invoice.total_amount <> orders.total_amount
              ORDER BY invoice.id LIMIT 101",
    },
];

#[derive(QueryableByName)]
struct Broken {
    #[diesel(sql_type = Text)]
    line: String,
}

pub(super) fn check(conn: &mut Conn, findings: &mut Findings) -> Result<()> {
    for book in BOOKS {
        let rows: Vec<Broken> = match conn {
            Conn::Sqlite(conn) => diesel::sql_query(book.sql).load(conn)?,
            Conn::Postgres(conn) => diesel::sql_query(book.sql).load(conn)?,
        };
        let more = rows.len() > MOST_NAMED;
        let named = rows.into_iter().take(MOST_NAMED);
        findings.broken.extend(named.map(|row| format!("{}. {}", capital(book.holds), row.line)));
        if more {
            findings.broken.push(format!("{}: there are more.", capital(book.holds)));
        }
    }
    Ok(())
}

fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
