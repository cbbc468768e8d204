//! `GET /admin/stock/counts/{sheet}/print`: the sheet on paper, with a box for each count.

use actix_web::web::Path;
use askama::Template;

use super::super::Item;
use super::{Staff, address, find};
use crate::admin::desk::Desk;
use crate::catalog::labels::labels;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::VariantId;
use crate::stocktake;
use crate::web::{Html, dates};

#[derive(Template)]
#[template(path = "admin/stock/counts/print.html")]
struct PaperPage {
    shell: Desk,
    back: String,
    made: String,
    lines: Vec<(i64, Item)>,
    /// The address of what comes after; empty for nothing.
    next: String,
}

/// Lines that are printed at once.
const PAGE: i64 = 500;

pub async fn show(staff: Staff, id: Path<i64>) -> Result<Html> {
    let sheet = find(&staff, *id).await?;
    let query = staff.visit().query()?;
    let after = query.get("after").and_then(|after| after.parse().ok()).unwrap_or(0).max(0);
    let (view, id) = (staff.visit().view(), sheet.id);
    let load = move |conn: &mut Conn| {
        let lines = stocktake::lines(conn, id, after, PAGE)?;
        let ids: Vec<VariantId> = lines.iter().map(|line| line.variant).collect();
        let labels = labels(conn, &view, &ids)?;
        Ok((lines, labels))
    };
    let (lines, labels) = staff.visit().shop.db.read(load).await?;
    let mut shell = staff.desk("count-sheets");
    shell.shell.head.title = shell.with("count-of", "name", &sheet.name);
    let back = address(&shell, id);
    let last = lines.last().map_or(sheet.lines, |line| line.position);
    let item = |line: &stocktake::Line| {
        (line.position, Item::of(&shell, line.variant, labels.get(&line.variant)))
    };
    let page = PaperPage {
        made: dates::instant(&shell, sheet.made_at),
        lines: lines.iter().map(item).collect(),
        next: match last < sheet.lines {
            true => format!("{back}/print?after={last}"),
            false => String::new(),
        },
        back,
        shell,
    };
    Ok(Html::page(&page)?.personal())
}
