//! `GET /admin/redirects`: where old addresses lead, and how often somebody followed them.

use actix_web::web::Data;
use askama::Template;

use super::Staff;
use crate::admin::desk::Desk;
use crate::admin::listing::{Pages, address};
use crate::content::Hits;
use crate::content::redirects::{self, Redirect};
use crate::error::Result;
use crate::web::{Html, dates};

#[derive(Template)]
#[template(path = "admin/redirects/list.html")]
struct RedirectsPage {
    shell: Desk,
    saved: bool,
    redirects: Vec<RedirectView>,
    pages: Pages,
}

struct RedirectView {
    href: String,
    from: String,
    to: String,
    hits: i64,
    last: String,
}

/// Redirects of a page.
const PAGE: usize = 100;

pub async fn show(staff: Staff, hits: Data<Hits>) -> Result<Html> {
    let visit = staff.visit();
    hits.write_down(&visit.shop.db, visit.now).await?;
    let query = visit.query()?;
    let after = query.get("after").unwrap_or_default().to_owned();
    let is_first = after.is_empty();
    let most = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let found = visit.shop.db.read(move |conn| redirects::list(conn, &after, most)).await?;
    let shell = staff.desk("admin-redirects");
    let path = shell.href("/admin/redirects").into_owned();
    let next = match found.get(PAGE - 1) {
        Some(last) if found.len() > PAGE => address(&path, &[("after", &last.from_path)]),
        _ => String::new(),
    };
    let page = RedirectsPage {
        saved: query.get("saved").is_some(),
        redirects: found.iter().take(PAGE).map(|it| view_of(&shell, it)).collect(),
        pages: Pages { first: if is_first { String::new() } else { path }, next },
        shell,
    };
    Ok(Html::page(&page)?.personal())
}

fn view_of(shell: &Desk, known: &Redirect) -> RedirectView {
    let last = known.last_hit_at.map(|at| dates::brief(shell, at));
    RedirectView {
        href: shell.href(&format!("/admin/redirects/{}", known.id)).into_owned(),
        from: known.from_path.clone(),
        to: known.to_address.clone(),
        hits: known.hits,
        last: last.unwrap_or_default(),
    }
}
