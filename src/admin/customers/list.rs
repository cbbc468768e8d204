//! `GET /admin/customers`: who has an account, and who ordered without one, found by name, e-mail
//! address and phone number.

use askama::Template;
use std::collections::BTreeMap;

use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::listing::{Pages, Tab, address};
use crate::admin::orders::sought;
use crate::customers::book::{self, Entry, Guest, Wanted};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::{CustomerId, OrderId};
use crate::staff::{Permission, to};
use crate::web::{Html, dates};

#[derive(Template)]
#[template(path = "admin/customers/list.html")]
struct CustomersPage {
    shell: Desk,
    tabs: Vec<Tab>,
    /// As typed.
    text: String,
    group: String,
    done: String,
    is_guests: bool,
    rows: Vec<RowView>,
    pages: Pages,
    can_change: bool,
    is_everything: bool,
}

struct RowView {
    href: String,
    name: String,
    email: String,
    /// Orders of a customer, the last order of a guest.
    orders: String,
    since: String,
    group: String,
}

/// Customers of a page.
const PAGE: usize = 50;
const HERE: &str = "/admin/customers";

/// What an address asks for.
struct Asked {
    is_guests: bool,
    text: String,
    group: String,
    before: Option<i64>,
}

pub async fn show(staff: Allowed<to::ViewCustomers>) -> Result<Html> {
    let query = staff.visit().query()?;
    let of = |name| query.get(name).unwrap_or_default().trim().to_owned();
    let asked = Asked {
        is_guests: of("view") == "guests",
        text: of("q"),
        group: of("group"),
        before: of("before").parse().ok(),
    };
    let shell = staff.desk("admin-customers");
    let (rows, last) = match asked.is_guests {
        true => guests(&staff, &shell, &asked).await?,
        false => customers(&staff, &shell, &asked).await?,
    };
    let page = CustomersPage {
        tabs: tabs(&shell, &asked),
        done: match query.get("done") {
            Some("erased") => shell.t("customer-done-erased").to_owned(),
            _ => String::new(),
        },
        pages: Pages {
            next: last.map(|last| href(&shell, &asked, &last.to_string())).unwrap_or_default(),
            first: asked.before.map(|_| href(&shell, &asked, "")).unwrap_or_default(),
        },
        is_everything: asked.text.is_empty() && asked.group.is_empty(),
        can_change: staff.may(Permission::ChangeCustomers),
        is_guests: asked.is_guests,
        text: asked.text,
        group: asked.group,
        rows,
        shell,
    };
    Ok(Html::page(&page)?.personal())
}

/// The rows, and after which one it goes on.
type Rows = (Vec<RowView>, Option<i64>);

async fn customers(
    staff: &Allowed<to::ViewCustomers>,
    shell: &Desk,
    asked: &Asked,
) -> Result<Rows> {
    let wanted = Wanted {
        text: sought(&asked.text, shell),
        group: Some(asked.group.clone()).filter(|group| !group.is_empty()),
        before: asked.before.map(CustomerId),
    };
    let load = move |conn: &mut Conn| {
        let found = book::list(conn, &wanted, PAGE as i64 + 1)?;
        let ids: Vec<CustomerId> = found.iter().take(PAGE).map(|entry| entry.id).collect();
        Ok((book::orders_each(conn, &ids)?, found))
    };
    let (orders, found) = staff.visit().shop.db.read(load).await?;
    let last = found.get(PAGE - 1).filter(|_| found.len() > PAGE).map(|last| last.id.0);
    let rows = found.iter().take(PAGE).map(|entry| customer_row(shell, entry, &orders));
    Ok((rows.collect(), last))
}

fn customer_row(shell: &Desk, entry: &Entry, orders: &BTreeMap<CustomerId, i64>) -> RowView {
    RowView {
        href: shell.href(&format!("{HERE}/{}", entry.id)).into_owned(),
        name: entry.name.clone(),
        email: entry.email.clone(),
        orders: orders.get(&entry.id).copied().unwrap_or_default().to_string(),
        since: dates::brief(shell, entry.created_at),
        group: entry.group.clone(),
    }
}

async fn guests(staff: &Allowed<to::ViewCustomers>, shell: &Desk, asked: &Asked) -> Result<Rows> {
    let (text, before) = (sought(&asked.text, shell), asked.before.map(OrderId));
    let load = move |conn: &mut Conn| book::guests(conn, (text.as_ref(), before), PAGE as i64 + 1);
    let found = staff.visit().shop.db.read(load).await?;
    let last = found.get(PAGE - 1).filter(|_| found.len() > PAGE).map(|last| last.order.0);
    Ok((found.iter().take(PAGE).map(|guest| guest_row(shell, guest)).collect(), last))
}

fn guest_row(shell: &Desk, guest: &Guest) -> RowView {
    RowView {
        href: shell.href(&format!("{HERE}/{}", guest.number)).into_owned(),
        name: if guest.name.is_empty() { guest.email.clone() } else { guest.name.clone() },
        email: guest.email.clone(),
        orders: guest.number.clone(),
        since: dates::brief(shell, guest.placed_at),
        group: String::new(),
    }
}

fn href(shell: &Desk, asked: &Asked, before: &str) -> String {
    let view = if asked.is_guests { "guests" } else { "" };
    let query = [
        ("view", view),
        ("q", asked.text.as_str()),
        ("group", asked.group.as_str()),
        ("before", before),
    ];
    address(&shell.href(HERE), &query)
}

fn tabs(shell: &Desk, asked: &Asked) -> Vec<Tab> {
    let tab = |view: &str, text: &str| Tab {
        href: address(&shell.href(HERE), &[("view", view), ("q", asked.text.as_str())]),
        text: shell.t(text).to_owned(),
        is_current: (view == "guests") == asked.is_guests && asked.group.is_empty(),
    };
    vec![tab("", "customers-accounts"), tab("guests", "customers-guests")]
}
