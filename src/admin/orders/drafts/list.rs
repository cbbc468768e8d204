//! `GET /admin/orders/drafts`: all of them, the newest first.

use askama::Template;

use super::{HERE, Staff};
use crate::admin::desk::Desk;
use crate::admin::listing::{Pages, address};
use crate::drafts::{self, Draft};
use crate::error::Result;
use crate::ids::DraftId;
use crate::web::{Html, dates};

#[derive(Template)]
#[template(path = "admin/orders/drafts/list.html")]
struct DraftsPage {
    shell: Desk,
    rows: Vec<RowView>,
    pages: Pages,
    /// One was taken away.
    is_removed: bool,
}

struct RowView {
    href: String,
    name: String,
    email: String,
    units: i64,
    author: String,
    changed: String,
    /// Colour and words.
    badge: (&'static str, String),
}

/// Drafts of a page.
const PAGE: usize = 50;

pub async fn show(staff: Staff) -> Result<Html> {
    let query = staff.visit().query()?;
    let before = query.get("before").and_then(|id| id.parse().ok()).map(DraftId);
    let load = move |conn: &mut _| drafts::list(conn, before, PAGE as i64 + 1);
    let found = staff.visit().shop.db.read(load).await?;
    let shell = staff.desk("drafts");
    let last = found.get(PAGE - 1).filter(|_| found.len() > PAGE);
    let next = last.map(|last| address(&shell.href(HERE), &[("before", &last.id.to_string())]));
    let page = DraftsPage {
        rows: found.iter().take(PAGE).map(|draft| row(&shell, draft)).collect(),
        pages: Pages {
            next: next.unwrap_or_default(),
            first: before.map(|_| shell.href(HERE).into_owned()).unwrap_or_default(),
        },
        is_removed: query.get("removed").is_some(),
        shell,
    };
    Ok(Html::page(&page)?.personal())
}

fn row(shell: &Desk, draft: &Draft) -> RowView {
    let email = draft.fields.get("email");
    let name = [draft.fields.get("name"), email].into_iter().find(|text| !text.is_empty());
    RowView {
        href: shell.href(&format!("{HERE}/{}", draft.id)).into_owned(),
        name: name.unwrap_or(shell.t("draft-nobody")).to_owned(),
        email: email.to_owned(),
        units: draft.cart.units(),
        author: draft.author.clone(),
        changed: dates::brief(shell, draft.updated_at),
        badge: badge(shell, draft),
    }
}

pub(super) fn badge(shell: &Desk, draft: &Draft) -> (&'static str, String) {
    let (tone, key) = match draft.sent_at {
        _ if draft.is_over(shell.now()) => ("", "draft-state-over"),
        Some(_) => ("info", "draft-state-sent"),
        None => ("warn", "draft-state-open"),
    };
    (tone, shell.t(key).to_owned())
}
