//! To the staff: what has run low since they were last told.

use askama::Template;

use super::letter::{Body, Letter};
use super::queries::{self, LowItem};
use super::send;
use crate::db::Conn;
use crate::error::Result;
use crate::jobs::Task;
use crate::stock;
use crate::web::{Shell, Shop};

/// So many stand in one mail; what is beyond that stands in the next.
const MOST: i64 = 100;

#[derive(Template)]
#[template(path = "mail/low_stock.html")]
struct LowStock<'a> {
    shell: &'a Shell,
    items: &'a [LowItem],
    subject: &'a str,
}

#[derive(Template)]
#[template(path = "mail/low_stock.txt")]
struct LowStockText<'a> {
    shell: &'a Shell,
    items: &'a [LowItem],
    subject: &'a str,
}

/// Tells all that waits to be told; nothing when another job has told it.
pub(super) fn tell(conn: &mut Conn, shop: &Shop, task: &Task) -> Result<()> {
    let low = stock::take_low(conn, MOST)?;
    let shell = &Shell::of_shop(shop, shop.frame().own_language(), task.now);
    let items = &queries::low_items(conn, &low, shell.language())?;
    if items.is_empty() {
        return Ok(());
    }
    let count = i64::try_from(items.len()).unwrap_or(MOST);
    let subject = &shell.count("mail-low-stock-subject", count);
    let html = LowStock { shell, items, subject };
    let body = Body::render(subject, &html, &LowStockText { shell, items, subject })?;
    let event = format!("stock.low/{}", task.id);
    for recipient in shell.settings().staff() {
        let letter = Letter {
            template: "low_stock",
            recipient: recipient.to_owned(),
            language: shell.language(),
            order: None,
            reply_to: String::new(),
            body: body.clone(),
        };
        send::put(conn, &event, &letter, shop, task.now)?;
    }
    Ok(())
}
