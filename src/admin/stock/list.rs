//! `GET /admin/stock`: what lies there of every variant, found by words, SKU, category and by what is
//! scarce.

use askama::Template;
use std::collections::BTreeMap;

use super::{Item, few, tone};
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::{Choices, choose};
use crate::admin::listing::{Filter, Pages, Tab, address, with_any};
use crate::admin::products::categories;
use crate::catalog::labels::{Label, labels};
use crate::catalog::levels::{self, After, Entry, State, Wanted};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::VariantId;
use crate::staff::{Permission, to};
use crate::web::{Html, Query, View};

#[derive(Template)]
#[template(path = "admin/stock/list.html")]
struct StockPage {
    shell: Desk,
    tabs: Vec<Tab>,
    filters: Vec<Filter>,
    /// As typed.
    text: String,
    levels: Vec<LevelView>,
    pages: Pages,
    can_count: bool,
    can_export: bool,
    /// Whether nothing at all was asked for: then an empty list is an empty shop.
    is_everything: bool,
}

struct LevelView {
    item: Item,
    on_hand: i64,
    reserved: i64,
    available: i64,
    tone: &'static str,
    /// How many more may be ordered than there are; empty for none.
    beyond: String,
}

/// Levels of a page.
const PAGE: usize = 50;
/// What is scarce, as addresses name it.
const STATES: [&str; 3] = ["low", "out", "owed"];

pub async fn show(staff: Allowed<to::ViewProducts>) -> Result<Html> {
    let visit = staff.visit();
    let (query, shell) = (visit.query()?, staff.desk("admin-stock"));
    let (wanted, view) = (wanted(&shell, &query), visit.view());
    let asked = wanted.clone();
    let load = move |conn: &mut Conn| load(conn, &view, &asked);
    let (found, labels) = visit.shop.db.read(load).await?;
    let page = StockPage {
        tabs: tabs(&shell, &wanted),
        filters: filters(&shell, &wanted),
        levels: found.iter().take(PAGE).map(|entry| view_of(&shell, entry, &labels)).collect(),
        pages: pages(&shell, &wanted, &found),
        can_count: staff.may(Permission::ChangeStock),
        can_export: staff.may(Permission::ExportProducts),
        is_everything: wanted == Wanted::default(),
        text: wanted.text,
        shell,
    };
    Ok(Html::page(&page)?.personal())
}

type Loaded = (Vec<Entry>, BTreeMap<VariantId, Label>);

fn load(conn: &mut Conn, view: &View, wanted: &Wanted) -> Result<Loaded> {
    let found = levels::list(conn, wanted, PAGE as i64 + 1)?;
    let ids: Vec<VariantId> = found.iter().take(PAGE).map(|entry| entry.id).collect();
    let labels = labels(conn, view, &ids)?;
    Ok((found, labels))
}

fn wanted(shell: &Desk, query: &Query) -> Wanted {
    let of = |name| query.get(name).unwrap_or_default();
    let mut categories = shell.frame().categories.iter();
    let state = state(shell, of("state"));
    Wanted {
        text: of("q").trim().to_owned(),
        category: categories.find(|known| known.slug == of("category")).map(|known| known.id),
        state,
        after: After::parse(of("after"), state),
    }
}

fn state(shell: &Desk, code: &str) -> Option<State> {
    match code {
        "low" => Some(State::Low { few: shell.settings().low_stock }),
        "out" => Some(State::Out),
        "owed" => Some(State::Owed),
        _ => None,
    }
}

/// The address of these levels, from the first on or after one.
fn href(shell: &Desk, wanted: &Wanted, after: &str) -> String {
    let query = [
        ("q", wanted.text.as_str()),
        ("category", category(shell, wanted)),
        ("state", code(shell, wanted)),
        ("after", after),
    ];
    address(&shell.href("/admin/stock"), &query)
}

fn category<'a>(shell: &'a Desk, wanted: &Wanted) -> &'a str {
    let found = wanted.category.and_then(|id| shell.frame().find_category(id));
    found.map_or("", |category| category.slug.as_str())
}

fn code(shell: &Desk, wanted: &Wanted) -> &'static str {
    let of = STATES.into_iter().find(|code| state(shell, code) == wanted.state);
    of.filter(|_| wanted.state.is_some()).unwrap_or_default()
}

fn tabs(shell: &Desk, now: &Wanted) -> Vec<Tab> {
    let here = Wanted { after: None, ..now.clone() };
    let tab = |(code, text): (&str, &str)| {
        let wanted = Wanted { state: state(shell, code), ..Wanted::default() };
        Tab {
            href: href(shell, &wanted, ""),
            text: shell.t(text).to_owned(),
            is_current: wanted == here,
        }
    };
    let all =
        [("", "stock-all"), ("low", "stock-low"), ("out", "stock-out"), ("owed", "stock-owed")];
    all.into_iter().map(tab).collect()
}

fn filters(shell: &Desk, wanted: &Wanted) -> Vec<Filter> {
    let states = STATES.map(|code| (code.to_owned(), shell.t(&format!("stock-{code}")).to_owned()));
    let filter = |name, label: &str, choices: Choices, chosen: &str| Filter {
        name,
        label: shell.t(label).to_owned(),
        choices: choose(with_any(shell, choices), chosen),
    };
    vec![
        filter("category", "product-category", categories(shell), category(shell, wanted)),
        filter("state", "stock-state", states.into(), code(shell, wanted)),
    ]
}

fn pages(shell: &Desk, wanted: &Wanted, found: &[Entry]) -> Pages {
    let next = match found.get(PAGE - 1) {
        Some(last) if found.len() > PAGE => href(shell, wanted, &last.after(wanted.state)),
        _ => String::new(),
    };
    let first = if wanted.after.is_some() { href(shell, wanted, "") } else { String::new() };
    Pages { first, next }
}

fn view_of(shell: &Desk, entry: &Entry, labels: &BTreeMap<VariantId, Label>) -> LevelView {
    LevelView {
        item: Item::of(shell, entry.id, labels.get(&entry.id)),
        on_hand: entry.on_hand,
        reserved: entry.reserved,
        available: entry.available(),
        tone: tone(entry.available(), few(shell, entry)),
        beyond: match entry.limits.backorder {
            0 => String::new(),
            limit => limit.to_string(),
        },
    }
}
