//! `GET /pages/{slug}/editions/{number}`: what a legal page has said before, for whoever ordered then.

use actix_web::web::Path;

use super::editions;
use super::page::{Page, in_words};
use super::queries;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::values::Slug;
use crate::web::{Head, Html, Link, Visit};

pub async fn show(visit: Visit, path: Path<(String, i64)>) -> Result<Html> {
    let (slug, number) = path.into_inner();
    let slug = Slug::parse(&slug).ok_or(Error::NotFound)?;
    let (view, own) = (visit.view(), visit.frame.own_language());
    let in_force = format!("/pages/{slug}");
    let read = move |conn: &mut Conn| match queries::find_page(conn, &slug, &view)? {
        Some(page) => editions::find(conn, page.id, number),
        None => Ok(None),
    };
    let (edition, said) = visit.shop.db.read(read).await?.ok_or(Error::NotFound)?;
    let spoken = [visit.language, own].into_iter().find(|language| said.contains_key(language));
    let language = spoken.or_else(|| said.keys().next().copied()).ok_or(Error::NotFound)?;
    let (title, body) = said.get(&language).ok_or(Error::NotFound)?;
    let shell = visit.shell(Head::private(title));
    let mut page = Page::of(shell, language, title, body);
    page.edition = in_words(&page.shell, &edition);
    page.others = vec![Link {
        href: page.shell.href(&in_force).into_owned(),
        text: page.shell.t("page-edition-in-force").to_owned(),
        is_current: false,
    }];
    Html::page(&page)
}
