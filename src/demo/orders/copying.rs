//! Copies are made, some thousand at a time: laid out as a table of this transaction, then table by
//! table.

use chrono::NaiveDateTime;

use super::copies::Copy;
use super::dialect::Dialect;
use super::papers::papers;
use super::rows::{JOBS, MAILS, ROWS};
use super::sheet::{PAPER, SHEET, insert, lay_out, run};
use super::{postgres, queries};
use crate::db::Conn;
use crate::error::Result;
use crate::passwords::Hash;

/// Shoppers with an account, since their first order.
const CUSTOMERS: &str = "
    INSERT INTO customer (email, email_key, name, locale, customer_group, password_hash, created_at)
    SELECT sheet.email, sheet.email, sheet.name, 'en', '', '{password}', min({orders.placed_at})
    FROM sheet CROSS JOIN orders WHERE orders.id = sheet.template AND sheet.has_account = 1
    AND NOT EXISTS (SELECT 1 FROM customer WHERE customer.email_key = sheet.email)
    GROUP BY sheet.email, sheet.name";

/// What the copies take off the shelves comes in before, so that as much can be had as ever.
const SUPPLY: &str = "
    INSERT INTO stock_move (variant_id, kind, on_hand, reserved, cause, reason, actor, moved_at)
    SELECT variant_id, 'received', sum(reserved) - sum(on_hand), 0, 'seed:{first}:' || variant_id, '', 'shop', min(moved_at)
    FROM stock_move WHERE id > {last} GROUP BY variant_id HAVING sum(reserved) > sum(on_hand)";

const LEVELS: &str = "
    UPDATE stock SET on_hand = stock.on_hand + moved.on_hand, reserved = stock.reserved + moved.reserved
    FROM (SELECT variant_id, sum(on_hand) AS on_hand, sum(reserved) AS reserved FROM stock_move WHERE id > {last} GROUP BY variant_id) AS moved
    WHERE moved.variant_id = stock.variant_id";

const USES: &str = "
    UPDATE promotion SET used = used + (SELECT count(*) FROM redemption CROSS JOIN sheet
    WHERE redemption.order_id = sheet.id AND redemption.promotion_id = promotion.id) WHERE usage_limit IS NOT NULL";

/// Makes these copies, with everything that belongs to them. What happened before `since` has
/// neither job nor mail any more.
pub(super) fn make(
    conn: &mut Conn,
    copies: &[Copy],
    password: &Hash,
    since: NaiveDateTime,
) -> Result<()> {
    let dialect = Dialect::of(conn);
    let since = since.format("%Y-%m-%d %H:%M:%S").to_string();
    let words = |sql: &str| {
        let sql = sql.replace("{since}", &since).replace("{password}", password.as_str());
        dialect.spell(&sql)
    };
    lay_out(conn, "sheet", SHEET, copies)?;
    let papers = papers(conn, copies)?;
    lay_out(conn, "paper", PAPER, &papers)?;
    run(conn, &words(CUSTOMERS))?;
    let last = queries::last_move(conn)?;
    for rows in ROWS {
        insert(conn, rows, &words)?;
    }
    fill_shelves(conn, copies, last)?;
    run(conn, USES)?;
    insert(conn, &MAILS, &words)?;
    run(conn, &words(JOBS))?;
    run(conn, "DROP TABLE paper")?;
    run(conn, "DROP TABLE sheet")?;
    count_on(conn)
}

/// The levels are the sums of the ledger again, which has new rows behind `last`.
fn fill_shelves(conn: &mut Conn, copies: &[Copy], last: i64) -> Result<()> {
    let first = copies.first().map_or(0, |copy| copy.nth);
    for sql in [SUPPLY, LEVELS] {
        let sql = sql.replace("{last}", &last.to_string());
        run(conn, &sql.replace("{first}", &first.to_string()))?;
    }
    Ok(())
}

/// PostgreSQL counts ids apart from the tables.
fn count_on(conn: &mut Conn) -> Result<()> {
    let Conn::Postgres(conn) = conn else { return Ok(()) };
    let has_own_id = |own: &&(&str, &str)| own.0 == "id" && !own.1.is_empty();
    for rows in ROWS.iter().filter(|rows| rows.own.first().as_ref().is_some_and(has_own_id)) {
        postgres::count_on(conn, rows.table)?;
    }
    Ok(())
}
