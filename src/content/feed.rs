//! `GET /articles.xml`: the newest articles for feed readers (Atom, RFC 4287).

use actix_web::HttpResponse;
use askama::Template;
use chrono::{DateTime, NaiveDateTime};

use super::queries;
use crate::error::{Error, Result};
use crate::web::{Head, PageKind, Shell, Visit};

#[derive(Template)]
#[template(path = "content/feed.xml")]
struct Feed {
    shell: Shell,
    updated: String,
    entries: Vec<Entry>,
}

struct Entry {
    address: String,
    title: String,
    summary: String,
    published: String,
    updated: String,
}

/// How many articles it names.
const NEWEST: usize = 20;

pub async fn show(visit: Visit) -> Result<HttpResponse> {
    let now = visit.now;
    let read = move |conn: &mut _| queries::articles(conn, now, None, NEWEST);
    let articles = visit.shop.db.read(read).await?;
    let shell = visit.shell(Head::default());
    let last = articles.iter().map(|article| article.updated_at).max();
    let entries = articles.iter().map(|article| Entry {
        address: shell.full_href(&PageKind::Article.path(&article.slug)),
        title: shell.local(&article.title).to_owned(),
        summary: shell.local(&article.description).to_owned(),
        published: instant(article.publish_at),
        updated: instant(article.updated_at.max(article.publish_at)),
    });
    let entries = entries.collect();
    let updated = instant(last.unwrap_or(DateTime::UNIX_EPOCH.naive_utc()));
    let feed = Feed { entries, updated, shell };
    let xml = feed.render().map_err(|error| Error::internal(error.to_string()))?;
    Ok(HttpResponse::Ok()
        .content_type("application/atom+xml; charset=utf-8")
        .insert_header(("cache-control", "private, no-cache"))
        .body(xml))
}

fn instant(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}
