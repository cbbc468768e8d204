//! `GET /articles/{slug}`: one article.

use super::articles::{day, link};
use super::page::Page;
use super::queries;
use crate::error::{Error, Result};
use crate::web::{Html, PageKind, SlugPath, Visit};

pub async fn show(visit: Visit, slug: SlugPath) -> Result<Html> {
    let view = visit.view();
    let read = move |conn: &mut _| queries::find_page(conn, &slug.0, &view);
    let found = visit.shop.db.read(read).await?;
    let text = found.filter(|text| text.kind == PageKind::Article).ok_or(Error::NotFound)?;
    let mut page = Page::new(&visit, &text);
    page.shell.head.kind = "article";
    page.above = vec![link(&page.shell)];
    page.day = day(&page.shell, text.publish_at);
    Html::page(&page)
}
