//! `GET /admin/pages/{id}/editions/{number}`: what a legal page has said, word for word.

use actix_web::web::Path;
use askama::Template;

use super::Staff;
use crate::admin::desk::Desk;
use crate::content::editions::{self, Said};
use crate::error::{Error, Result};
use crate::ids::PageId;
use crate::language::Language;
use crate::web::{Html, dates};

#[derive(Template)]
#[template(path = "admin/pages/edition.html")]
struct EditionPage {
    shell: Desk,
    /// The page that it is of.
    back: String,
    published: String,
    said: Vec<SaidView>,
}

struct SaidView {
    language: Language,
    title: String,
    body: String,
}

pub async fn show(staff: Staff, path: Path<(i64, i64)>) -> Result<Html> {
    let (id, number) = (PageId(path.0), path.1);
    let find = move |conn: &mut _| editions::find(conn, id, number);
    let found = staff.visit().shop.db.read(find).await?;
    let (edition, said) = found.ok_or(Error::NotFound)?;
    let mut shell = staff.desk("admin-pages");
    shell.shell.head.title = shell.count("page-edition", edition.number);
    let page = EditionPage {
        back: shell.href(&format!("/admin/pages/{id}")).into_owned(),
        published: published(&shell, &edition),
        said: views(said),
        shell,
    };
    Ok(Html::page(&page)?.personal())
}

/// "2 March 2026, 10:14, Sari".
pub(super) fn published(shell: &Desk, edition: &editions::Edition) -> String {
    let at = dates::instant(shell, edition.published_at);
    match edition.actor.as_str() {
        "" => at,
        name => format!("{at}, {name}"),
    }
}

fn views(said: Said) -> Vec<SaidView> {
    let view = |(language, (title, body))| SaidView { language, title, body };
    said.into_iter().map(view).collect()
}
