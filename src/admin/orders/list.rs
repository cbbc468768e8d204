//! `GET /admin/orders`: newest first, by their three statuses, by number or e-mail address.

use askama::Template;

use super::{Badge, badges, money};
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::OrderId;
use crate::orders::book::{self, Entry, Wanted};
use crate::orders::{FulfilmentStatus, OrderStatus, PaymentStatus};
use crate::staff::to;
use crate::web::{Html, Query, dates};

#[derive(Template)]
#[template(path = "admin/orders/list.html")]
struct OrdersPage {
    shell: Desk,
    views: Vec<View>,
    filters: Vec<Filter>,
    /// As typed.
    text: String,
    orders: Vec<OrderView>,
    /// Addresses of the first page, and of what is older; empty for nothing.
    first: String,
    older: String,
}

/// Orders that are often looked for together.
struct View {
    href: String,
    text: String,
    is_current: bool,
}

/// A status that can be asked for.
struct Filter {
    name: &'static str,
    label: String,
    /// Value, text, chosen.
    choices: Vec<(&'static str, String, bool)>,
}

struct OrderView {
    href: String,
    number: String,
    placed: String,
    instant: String,
    email: String,
    badges: Vec<Badge>,
    /// Whether no real money moves for it.
    is_test: bool,
    total: String,
}

/// Orders of a page.
const PAGE: usize = 50;

pub async fn show(staff: Allowed<to::ViewOrders>) -> Result<Html> {
    let query = staff.visit().query()?;
    let wanted = wanted(&query);
    let asked = wanted.clone();
    let find = move |conn: &mut Conn| {
        let orders = book::list(conn, &asked, PAGE as i64 + 1)?;
        Ok((book::tests_among(conn, &orders)?, orders))
    };
    let (tests, found) = staff.visit().shop.db.read(find).await?;
    let shell = staff.desk("admin-orders");
    let here = address(&shell, &wanted);
    let older = match found.get(PAGE - 1) {
        Some(last) if found.len() > PAGE => format!("{here}&before={}", last.id),
        _ => String::new(),
    };
    let page = OrdersPage {
        views: views(&shell, &wanted),
        filters: filters(&shell, &wanted),
        orders: found.iter().take(PAGE).map(|order| view(&shell, order, &tests)).collect(),
        first: if wanted.before.is_some() { here } else { String::new() },
        older,
        text: wanted.text,
        shell,
    };
    Ok(Html::page(&page)?.personal())
}

fn wanted(query: &Query) -> Wanted {
    let of = |name| query.get(name).unwrap_or_default();
    Wanted {
        status: OrderStatus::parse(of("status")),
        payment: PaymentStatus::parse(of("payment")),
        fulfilment: FulfilmentStatus::parse(of("fulfilment")),
        text: of("q").trim().to_owned(),
        before: of("before").parse().ok().map(OrderId),
    }
}

/// The address of these orders, from the newest on.
fn address(shell: &Desk, wanted: &Wanted) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query
        .append_pair("status", wanted.status.map_or("", OrderStatus::code))
        .append_pair("payment", wanted.payment.map_or("", PaymentStatus::code))
        .append_pair("fulfilment", wanted.fulfilment.map_or("", FulfilmentStatus::code))
        .append_pair("q", &wanted.text);
    format!("{}?{}", shell.href("/admin/orders"), query.finish())
}

fn views(shell: &Desk, now: &Wanted) -> Vec<View> {
    let open = Wanted { status: Some(OrderStatus::Placed), ..Wanted::default() };
    let to_pack = Wanted { fulfilment: Some(FulfilmentStatus::Unfulfilled), ..open.clone() };
    let unpaid = Wanted { payment: Some(PaymentStatus::Unpaid), ..open.clone() };
    let all = [
        ("orders-all", Wanted::default()),
        ("orders-open", open),
        ("orders-to-pack", to_pack),
        ("orders-unpaid", unpaid),
    ];
    let here = Wanted { before: None, ..now.clone() };
    let view = |(text, wanted): (&'static str, Wanted)| View {
        href: address(shell, &wanted),
        text: shell.t(text).to_owned(),
        is_current: wanted == here,
    };
    all.into_iter().map(view).collect()
}

fn filters(shell: &Desk, wanted: &Wanted) -> Vec<Filter> {
    let any = |is_any: bool| ("", shell.t("orders-any").to_owned(), is_any);
    let status = OrderStatus::ALL.iter().map(|s| {
        let text = shell.t(&format!("order-status-{}", s.code())).to_owned();
        (s.code(), text, wanted.status == Some(*s))
    });
    let payment = PaymentStatus::ALL.iter().map(|s| {
        let text = shell.t(&format!("payment-status-{}", s.code())).to_owned();
        (s.code(), text, wanted.payment == Some(*s))
    });
    let fulfilment = FulfilmentStatus::ALL.iter().map(|s| {
        let text = shell.t(&format!("fulfilment-status-{}", s.code())).to_owned();
        (s.code(), text, wanted.fulfilment == Some(*s))
    });
    let label = |key: &'static str| shell.t(key).to_owned();
    vec![
        Filter {
            name: "status",
            label: label("orders-status"),
            choices: std::iter::once(any(wanted.status.is_none())).chain(status).collect(),
        },
        Filter {
            name: "payment",
            label: label("orders-payment"),
            choices: std::iter::once(any(wanted.payment.is_none())).chain(payment).collect(),
        },
        Filter {
            name: "fulfilment",
            label: label("orders-fulfilment"),
            choices: std::iter::once(any(wanted.fulfilment.is_none())).chain(fulfilment).collect(),
        },
    ]
}

fn view(shell: &Desk, order: &Entry, tests: &[OrderId]) -> OrderView {
    OrderView {
        href: shell.href(&format!("/admin/orders/{}", order.number)).into_owned(),
        number: order.number.clone(),
        placed: dates::instant(shell, order.placed_at),
        instant: order.placed_at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        email: order.email.clone(),
        badges: badges(shell, order),
        is_test: tests.contains(&order.id),
        total: money(shell, order.total_amount, &order.currency),
    }
}
