//! `GET /admin/orders`: newest first, narrowed by what its address says; several of them can be
//! chosen for a page that does something with all.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::filters::{Filters, VIEWS, address, counted};
use super::{Badge, badges, money};
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::Field;
use crate::admin::listing::Pages;
use crate::admin::views::Views;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::StaffId;
use crate::orders::lists::{self, Listed, MOST_FITTING, Wanted};
use crate::staff::{List, Permission, SavedView, to};
use crate::web::{Html, dates};

#[derive(Template)]
#[template(path = "admin/orders/list.html")]
struct OrdersPage {
    shell: Desk,
    views: Vec<View>,
    own: Views,
    fields: Vec<Field>,
    more: Vec<Field>,
    asks_more: bool,
    /// Something is asked for; else there are no orders at all.
    is_narrowed: bool,
    /// A text fits more orders than are looked at; empty where it does not.
    hint: String,
    orders: Vec<OrderView>,
    can_ship: bool,
    can_change: bool,
    /// All of the page are ticked; else the address of the page on which they are.
    is_ticked: bool,
    tick: String,
    pages: Pages,
}

/// Orders that are often looked for together.
struct View {
    href: String,
    text: String,
    /// How many; empty where that is not counted.
    count: String,
    is_current: bool,
}

struct OrderView {
    href: String,
    number: String,
    placed: String,
    instant: String,
    name: String,
    city: String,
    badges: Vec<Badge>,
    is_test: bool,
    is_stopped: bool,
    units: i64,
    total: String,
}

/// Orders of a page.
const PAGE: usize = 50;
/// A view is counted up to here.
const MOST_COUNTED: i64 = 100;

pub async fn show(staff: Allowed<to::ViewOrders>) -> Result<HttpResponse> {
    let shell = staff.desk("admin-orders");
    let query = staff.visit().query()?;
    let filters = Filters::read(&query, &shell);
    let wanted = filters.wanted.clone();
    let whose = staff.member.id();
    let load = move |conn: &mut Conn| load(conn, &wanted, whose);
    let loaded = staff.visit().shop.db.read(load).await?;
    let status = match filters.mistakes.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let is_ticked = query.get("tick").is_some();
    let page = OrdersPage {
        can_ship: staff.may(Permission::ShipOrders),
        can_change: staff.may(Permission::ChangeOrders),
        is_ticked,
        ..page(shell, &filters, &loaded)
    };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

type Counts = Vec<Option<i64>>;

struct Loaded {
    found: Vec<Listed>,
    /// How many each view has.
    counts: Counts,
    saved: Vec<SavedView>,
}

fn load(conn: &mut Conn, wanted: &Wanted, whose: StaffId) -> Result<Loaded> {
    let found = lists::listed(conn, wanted, PAGE as i64 + 1)?;
    let count = |(_, asked): &(_, &[_])| {
        let wanted = counted(asked);
        wanted.map(|wanted| lists::count(conn, &wanted, MOST_COUNTED)).transpose()
    };
    let counts: Result<Counts> = VIEWS.iter().map(count).collect();
    let saved = crate::staff::views(conn, whose, List::Orders)?;
    Ok(Loaded { found, counts: counts?, saved })
}

fn page(shell: Desk, filters: &Filters, loaded: &Loaded) -> OrdersPage {
    let Loaded { found, counts, saved } = loaded;
    let here = filters.address(&shell);
    let join = if here.contains('?') { '&' } else { '?' };
    let before = filters.wanted.before;
    let (fields, more) = filters.fields(&shell);
    OrdersPage {
        views: views(&shell, filters, counts),
        own: Views::of(&shell, List::Orders, saved, &here),
        fields,
        more,
        asks_more: filters.asks_more(),
        is_narrowed: !filters.is(&[]),
        hint: match filters.wanted.text {
            Some(_) if found.len() > PAGE => {
                shell.count("orders-most-fitting", MOST_FITTING as i64)
            }
            _ => String::new(),
        },
        orders: found.iter().take(PAGE).map(|order| view(&shell, order)).collect(),
        can_ship: false,
        can_change: false,
        is_ticked: false,
        tick: match before {
            Some(before) => format!("{here}{join}before={before}&tick=all"),
            None => format!("{here}{join}tick=all"),
        },
        pages: Pages {
            next: match found.get(PAGE - 1) {
                Some(last) if found.len() > PAGE => format!("{here}{join}before={}", last.order.id),
                _ => String::new(),
            },
            first: if before.is_some() { here } else { String::new() },
        },
        shell,
    }
}

fn views(shell: &Desk, filters: &Filters, counts: &Counts) -> Vec<View> {
    let views = VIEWS.iter().zip(counts).map(|((text, asked), count)| View {
        href: address(shell, asked.iter().copied()),
        text: shell.t(text).to_owned(),
        count: count.map(counted_up).unwrap_or_default(),
        is_current: filters.is(asked),
    });
    views.collect()
}

fn counted_up(count: i64) -> String {
    match count {
        MOST_COUNTED.. => format!("{}+", MOST_COUNTED - 1),
        count => count.to_string(),
    }
}

fn view(shell: &Desk, listed: &Listed) -> OrderView {
    let order = &listed.order;
    OrderView {
        href: shell.href(&format!("/admin/orders/{}", order.number)).into_owned(),
        number: order.number.clone(),
        placed: dates::brief(shell, order.placed_at),
        instant: order.placed_at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        name: if listed.name.is_empty() { order.email.clone() } else { listed.name.clone() },
        city: listed.city.clone(),
        badges: badges(shell, order),
        is_stopped: order.stopped().is_some(),
        is_test: listed.is_test,
        units: listed.units,
        total: money(shell, order.total_amount, &order.currency),
    }
}
