//! `GET /admin/pages`: pages or articles, what was changed last first.

use askama::Template;
use chrono::DateTime;

use super::{Badge, Staff, badge, kind_name};
use crate::admin::desk::Desk;
use crate::admin::listing::{Pages, Tab, address};
use crate::content::keep::{self, After, Entry, Listed};
use crate::error::Result;
use crate::ids::PageId;
use crate::web::{Html, dates};

#[derive(Template)]
#[template(path = "admin/pages/list.html")]
struct PagesPage {
    shell: Desk,
    tabs: Vec<Tab>,
    entries: Vec<EntryView>,
    pages: Pages,
    saved: bool,
    are_articles: bool,
    /// Where one more is made.
    new: String,
}

struct EntryView {
    href: String,
    title: String,
    kind: String,
    badge: Badge,
    changed: String,
}

/// Pages on a page.
const PAGE: usize = 50;

pub async fn show(staff: Staff) -> Result<Html> {
    let query = staff.visit().query()?;
    let listed = match query.get("kind") {
        Some("article") => Listed::Articles,
        _ => Listed::Pages,
    };
    let after = query.get("after").and_then(place);
    let find = move |conn: &mut _| keep::list(conn, listed, after, PAGE + 1);
    let found = staff.visit().shop.db.read(find).await?;
    let shell = staff.desk("admin-pages");
    let page = PagesPage {
        tabs: [Listed::Pages, Listed::Articles].map(|it| tab(&shell, it, listed)).into(),
        entries: found.iter().take(PAGE).map(|entry| view_of(&shell, entry)).collect(),
        pages: pages(&shell, (listed, after), &found),
        saved: query.get("saved").is_some(),
        are_articles: listed == Listed::Articles,
        new: address(&shell.href("/admin/pages/new"), &[("kind", code(listed))]),
        shell,
    };
    Ok(Html::page(&page)?.personal())
}

fn code(listed: Listed) -> &'static str {
    match listed {
        Listed::Pages => "",
        Listed::Articles => "article",
    }
}

fn href(shell: &Desk, listed: Listed, after: &str) -> String {
    address(&shell.href("/admin/pages"), &[("kind", code(listed)), ("after", after)])
}

fn tab(shell: &Desk, listed: Listed, now: Listed) -> Tab {
    let text = match listed {
        Listed::Pages => "admin-pages",
        Listed::Articles => "articles",
    };
    Tab { href: href(shell, listed, ""), text: shell.t(text).to_owned(), is_current: listed == now }
}

/// Where the list goes on: microseconds and number of the last page.
fn place(name: &str) -> After {
    let (at, id) = name.split_once('-')?;
    let at = DateTime::from_timestamp_micros(at.parse().ok()?)?.naive_utc();
    Some((at, PageId(id.parse().ok()?)))
}

fn pages(shell: &Desk, (listed, after): (Listed, After), found: &[Entry]) -> Pages {
    let next = match found.get(PAGE - 1) {
        Some(last) if found.len() > PAGE => {
            let at = last.updated_at.and_utc().timestamp_micros();
            href(shell, listed, &format!("{at}-{}", last.id))
        }
        _ => String::new(),
    };
    Pages { first: after.map(|_| href(shell, listed, "")).unwrap_or_default(), next }
}

fn view_of(shell: &Desk, entry: &Entry) -> EntryView {
    EntryView {
        href: shell.href(&format!("/admin/pages/{}", entry.id)).into_owned(),
        title: shell.local(&entry.title).to_owned(),
        kind: kind_name(shell, entry.kind),
        badge: badge(shell, entry.published, entry.publish_at),
        changed: dates::brief(shell, entry.updated_at),
    }
}
