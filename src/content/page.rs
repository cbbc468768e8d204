//! `GET /pages/{slug}`: about, delivery, returns, terms.

use askama::Template;

use super::queries::{self, PageText};
use crate::error::{Error, Result};
use crate::web::{Head, Html, Shell, SlugPath, Visit};

#[derive(Template)]
#[template(path = "content/page.html")]
struct Page {
    shell: Shell,
    text: PageText,
}

pub async fn show(visit: Visit, slug: SlugPath) -> Result<Html> {
    let (language, own) = (visit.language, visit.frame.own_language());
    let text = visit
        .shop
        .db
        .read(move |conn| queries::find_page(conn, &slug.0, language, own))
        .await?
        .ok_or(Error::NotFound)?;
    let shell = visit.shell(Head::new(&text.title, &text.description));
    Html::page(&Page { shell, text })
}
