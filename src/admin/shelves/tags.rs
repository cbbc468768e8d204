//! `GET /admin/products/tags`: the tags of all products, each with how many have it.

use super::list::{ListPage, Row};
use super::nav;
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::listing::{Pages, address};
use crate::catalog::shelves::tag;
use crate::error::Result;
use crate::staff::to;
use crate::web::Html;

const PAGE: usize = 50;
const PATH: &str = "/admin/products/tags";

pub async fn show(staff: Allowed<to::ViewProducts>) -> Result<Html> {
    let visit = staff.visit();
    let query = visit.query()?;
    let begins = query.get("q").unwrap_or_default().trim().to_owned();
    let after = query.get("after").unwrap_or_default().to_owned();
    let asked = (begins.clone(), after.clone());
    let list = move |conn: &mut _| tag::list(conn, (&asked.0, &asked.1), PAGE as i64 + 1);
    let found = visit.shop.db.read(list).await?;
    let shell = staff.desk("shelves-tags");
    let words = |key: &str| shell.t(key).to_owned();
    let to = |after: &str| address(&shell.href(PATH), &[("q", &begins), ("after", after)]);
    let last = found.get(PAGE - 1).filter(|_| found.len() > PAGE);
    Ok(Html::page(&ListPage {
        rows: found.iter().take(PAGE).map(|found| row(&shell, found)).collect(),
        pages: Pages {
            first: if after.is_empty() { String::new() } else { to("") },
            next: last.map(|(tag, _)| to(tag)).unwrap_or_default(),
        },
        shelves: nav(&shell),
        lead: words("shelves-tags-lead"),
        notice: if query.get("removed").is_some() { words("shelf-removed") } else { String::new() },
        new: Default::default(),
        search: Some((shell.href(PATH).into_owned(), begins.clone())),
        empty: (words("shelves-tags-empty"), words("shelves-tags-empty-advice")),
        shell,
    })?
    .personal())
}

fn row(shell: &Desk, (tag, products): &(String, i64)) -> Row {
    Row {
        anchor: String::new(),
        href: shell.href(&super::tag::address(tag)).into_owned(),
        name: tag.clone(),
        detail: shell.count("product-count", *products),
        ..Row::default()
    }
}
