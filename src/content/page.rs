//! `GET /pages/{slug}`: about, delivery, returns, terms. Of a legal page it says which edition it is.

use askama::Template;

use super::editions::{self, Edition};
use super::markdown;
use super::queries::{self, PageText};
use super::sheet::Words;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::language::Language;
use crate::values::Slug;
use crate::web::{Head, Html, Link, PageKind, Shell, SlugPath, View, Visit, dates};

#[derive(Template)]
#[template(path = "content/page.html")]
pub(super) struct Page {
    pub shell: Shell,
    /// What it is one of; empty for nothing.
    pub above: Vec<Link>,
    pub title: String,
    /// The day that it bears; empty for none.
    pub day: String,
    /// The language that it is written in.
    pub language: Language,
    /// HTML that `markdown.rs` has made.
    pub body: String,
    /// Which edition it is, in words; empty for none.
    pub edition: String,
    /// The editions before it, and the one in force.
    pub others: Vec<Link>,
    pub is_preview: bool,
}

pub async fn show(visit: Visit, slug: SlugPath) -> Result<Html> {
    let view = visit.view();
    let read = move |conn: &mut Conn| load(conn, &slug.0, &view);
    let (text, edition) = visit.shop.db.read(read).await?.ok_or(Error::NotFound)?;
    let mut page = Page::new(&visit, &text);
    if let Some(edition) = edition {
        page.edition = in_words(&page.shell, &edition);
        page.others = older(&page.shell, &edition);
    }
    Html::page(&page)
}

type Loaded = Option<(PageText, Option<Edition>)>;

fn load(conn: &mut Conn, slug: &Slug, view: &View) -> Result<Loaded> {
    let found = queries::find_page(conn, slug, view)?;
    let Some(text) = found.filter(|text| text.kind != PageKind::Article) else { return Ok(None) };
    let edition = if text.kind.is_legal() { editions::last(conn, text.id)? } else { None };
    Ok(Some((text, edition)))
}

/// "Version 3, since 2 March 2026".
pub(super) fn in_words(shell: &Shell, edition: &Edition) -> String {
    let zone = shell.settings().time_zone;
    let since = dates::local_date(shell.texts(), edition.published_at, zone);
    let of = [("count", edition.number.into()), ("day", since.into())];
    shell.texts().with("page-edition-since", &of)
}

/// The edition before, if there is one.
fn older(shell: &Shell, edition: &Edition) -> Vec<Link> {
    let before = (edition.number > 1).then(|| Link {
        href: format!("{}/editions/{}", shell.href(&shell.path), edition.number - 1),
        text: shell.count("page-edition", edition.number - 1),
        is_current: false,
    });
    before.into_iter().collect()
}

impl Page {
    pub(super) fn new(visit: &Visit, text: &PageText) -> Self {
        let title = if text.seo_title.is_empty() { &text.title } else { &text.seo_title };
        let shell = visit.shell(Head::new(title, &text.description));
        Self::of(shell, text.language, &text.title, &text.body)
    }

    pub(super) fn of(shell: Shell, language: Language, title: &str, body: &str) -> Self {
        Self {
            above: Vec::new(),
            title: title.to_owned(),
            day: String::new(),
            body: markdown::html(body, |path| shell.href(path).into_owned()),
            language,
            edition: String::new(),
            others: Vec::new(),
            is_preview: false,
            shell,
        }
    }
}

/// A page as shoppers would see it with these words, for whoever writes them.
pub fn preview(visit: &Visit, words: &Words) -> Result<Html> {
    let shell = visit.shell(Head::private(&words.title));
    let page = Page::of(shell, visit.language, &words.title, &words.body);
    Ok(Html::page(&Page { is_preview: true, ..page })?.personal())
}
