//! `GET /articles`: what the shop has to tell, the newest first.

use askama::Template;
use chrono::{DateTime, NaiveDateTime};

use super::queries::{self, Teaser};
use crate::error::{Error, Result};
use crate::ids::PageId;
use crate::web::{Head, Html, Link, PageKind, Shell, Visit, dates};

#[derive(Template)]
#[template(path = "content/articles.html")]
struct ArticlesPage {
    shell: Shell,
    articles: Vec<TeaserView>,
    /// Addresses of the feed, of the first page and of the next; empty for none.
    feed: String,
    first: String,
    next: String,
}

struct TeaserView {
    href: String,
    title: String,
    description: String,
    day: String,
}

/// Articles of a page.
const PAGE: usize = 12;

pub async fn show(visit: Visit) -> Result<Html> {
    let query = visit.query()?;
    let typed = query.get("after").unwrap_or_default();
    let after = place(typed);
    if after.is_none() && !typed.is_empty() {
        return Err(Error::NotFound);
    }
    let now = visit.now;
    let read = move |conn: &mut _| queries::articles(conn, now, after, PAGE + 1);
    let found = visit.shop.db.read(read).await?;
    let mut shell = visit.shell(Head::default());
    shell.head.title = shell.t("articles").to_owned();
    shell.head.description = shell.with("articles-about", "shop", shell.shop_name());
    shell.head.noindex = found.is_empty();
    if after.is_some() {
        shell.head.canonical_query = format!("after={typed}");
    }
    let href = shell.href("/articles").into_owned();
    let next = match found.get(PAGE - 1) {
        Some(last) if found.len() > PAGE => format!("{href}?after={}", name(last)),
        _ => String::new(),
    };
    Html::page(&ArticlesPage {
        articles: found.iter().take(PAGE).map(|it| view_of(&shell, it)).collect(),
        feed: shell.href("/articles.xml").into_owned(),
        first: if after.is_some() { href } else { String::new() },
        next,
        shell,
    })
}

/// Where a list goes on, as an address says it: microseconds and number of the last article.
fn name(last: &Teaser) -> String {
    format!("{}-{}", last.publish_at.and_utc().timestamp_micros(), last.id)
}

fn place(name: &str) -> Option<(NaiveDateTime, PageId)> {
    let (at, id) = name.split_once('-')?;
    let at = DateTime::from_timestamp_micros(at.parse().ok()?)?.naive_utc();
    Some((at, PageId(id.parse().ok()?)))
}

fn view_of(shell: &Shell, teaser: &Teaser) -> TeaserView {
    TeaserView {
        href: shell.href(&PageKind::Article.path(&teaser.slug)).into_owned(),
        title: shell.local(&teaser.title).to_owned(),
        description: shell.local(&teaser.description).to_owned(),
        day: day(shell, teaser.publish_at),
    }
}

pub(super) fn day(shell: &Shell, at: NaiveDateTime) -> String {
    dates::local_date(shell.texts(), at, shell.settings().time_zone)
}

/// To the list itself.
pub(super) fn link(shell: &Shell) -> Link {
    Link {
        href: shell.href("/articles").into_owned(),
        text: shell.t("articles").to_owned(),
        is_current: false,
    }
}
