//! `GET /wishlist`: what this visitor keeps for later.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::model::{MOST_WISHES, Owner};
use super::queries;
use super::wish_view::{WishView, wish};
use crate::cart::{CartLine, Item, items};
use crate::catalog::product::Stock;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::{ShareToken, VariantId};
use crate::values::Quantity;
use crate::web::{Head, Html, Shell, View, Visit};

#[derive(Template)]
#[template(path = "wishes/show.html")]
struct WishlistPage {
    shell: Shell,
    /// What was kept just now; empty for nothing.
    added: String,
    /// What was taken off just now, and may come back.
    removed: Option<WishView>,
    /// That the list holds no more; empty while it does.
    full: String,
    wishes: Vec<WishView>,
    /// Whether the list is on this device only.
    is_guest: bool,
    /// The whole address of what others may see; empty while it is not shared.
    link: String,
}

/// What the page tells besides the list itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum News {
    None,
    Added(VariantId),
    Removed(VariantId),
    Full,
}

pub async fn show(visit: Visit) -> Result<Html> {
    let query = visit.query()?;
    let variant = |name| query.get(name).and_then(|id| id.parse().ok()).map(VariantId);
    let news = match (variant("added"), variant("removed")) {
        (Some(id), _) => News::Added(id),
        (None, Some(id)) => News::Removed(id),
        (None, None) => News::None,
    };
    page(&visit, news).await
}

/// The list of somebody who wants to keep more than it holds.
pub(super) async fn full(visit: &Visit) -> Result<HttpResponse> {
    let page = page(visit, News::Full).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

async fn page(visit: &Visit, news: News) -> Result<Html> {
    let (owner, view) = (Owner::of(visit), visit.view());
    let load = move |conn: &mut Conn| load(conn, owner.as_ref(), news, &view);
    let Loaded { items, removed, shared_by } = visit.shop.db.read(load).await?;
    let shell = visit.shell(Head::private(""));
    let mut page = WishlistPage {
        added: added(&shell, &items, news),
        removed: removed.filter(|item| item.for_sale().is_some()).map(|item| wish(&shell, &item)),
        full: match news {
            News::Full => shell.count("wishlist-full", MOST_WISHES),
            _ => String::new(),
        },
        wishes: items.iter().map(|item| wish(&shell, item)).collect(),
        is_guest: visit.customer.is_none(),
        link: shared_by.map(|token| link(&shell, &token)).unwrap_or_default(),
        shell,
    };
    page.shell.head.title = page.shell.t("wishlist-heading").to_owned();
    Ok(Html::page(&page)?.personal())
}

struct Loaded {
    items: Vec<Item>,
    removed: Option<Item>,
    shared_by: Option<ShareToken>,
}

/// The list, and with it what was taken off it just now.
fn load(conn: &mut Conn, owner: Option<&Owner>, news: News, view: &View) -> Result<Loaded> {
    let list = match owner {
        Some(owner) => queries::find(conn, owner)?,
        None => None,
    };
    let mut lines = match &list {
        Some(list) => queries::wishes(conn, list.id)?,
        None => Vec::new(),
    };
    let removed = match news {
        News::Removed(id) if lines.iter().all(|line| line.variant != id) => Some(id),
        _ => None,
    };
    let one = |variant| CartLine { variant, quantity: Quantity::ONE, unit_price: 0 };
    lines.extend(removed.map(one));
    let mut items = items(conn, &lines, view)?;
    let removed = removed.and_then(|_| items.pop());
    Ok(Loaded { items, removed, shared_by: list.and_then(|list| list.shared_by) })
}

fn added(shell: &Shell, items: &[Item], news: News) -> String {
    let News::Added(id) = news else { return String::new() };
    let goods = items.iter().find(|item| item.line.variant == id).and_then(|it| it.goods.as_ref());
    let said = goods.map(|goods| shell.with("wishlist-added", "name", shell.local(&goods.name)));
    said.unwrap_or_default()
}

fn link(shell: &Shell, token: &ShareToken) -> String {
    shell.full_href(&format!("/wishlists/{}", token.as_str()))
}
