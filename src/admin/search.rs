//! `GET /admin/search`: orders, products and customers by what somebody typed, as far as she may see
//! them. The number of an order leads to the order.

use actix_web::HttpResponse;
use askama::Template;

use super::Allowed;
use super::desk::Desk;
use super::orders::sought;
use super::queries::{self, FoundProduct};
use crate::customers::book::{self, Entry};
use crate::db::Conn;
use crate::error::Result;
use crate::language::Language;
use crate::orders::OrderNumber;
use crate::orders::lists::{self, Listed, Text, Wanted};
use crate::staff::{Permission, Rule, to};
use crate::web::{Html, see_other};

#[derive(Template)]
#[template(path = "admin/search.html")]
struct SearchPage {
    shell: Desk,
    typed: String,
    lists: Vec<List>,
}

/// Things of one kind.
struct List {
    code: &'static str,
    heading: String,
    hits: Vec<Hit>,
    /// Where there are more; empty for nowhere.
    more: String,
}

struct Hit {
    text: String,
    note: String,
    /// Empty where it has no page yet.
    href: String,
}

/// So many of each kind are shown.
const MOST: i64 = 10;

/// What she may see.
#[derive(Clone, Copy)]
struct Sight {
    orders: bool,
    products: bool,
    customers: bool,
}

/// `None` is what she may not see.
#[derive(Default)]
struct Found {
    orders: Option<Vec<Listed>>,
    products: Option<Vec<FoundProduct>>,
    customers: Option<Vec<Entry>>,
}

pub async fn show(staff: Allowed<to::Enter>) -> Result<HttpResponse> {
    let typed = staff.visit().query()?.get("q").unwrap_or_default().trim().to_owned();
    let mut shell = staff.desk("admin-search");
    let found = find(&staff, &shell, &typed).await?;
    if let (Some(_), Some([only])) = (OrderNumber::parse(&typed), found.orders.as_deref()) {
        return Ok(see_other(&shell.href(&format!("/admin/orders/{}", only.order.number))));
    }
    shell.shell.searched.clone_from(&typed);
    let lists = if typed.is_empty() { Vec::new() } else { lists(&shell, found, &typed) };
    Ok(Html::page(&SearchPage { shell, typed, lists })?.personal().into_response())
}

async fn find<R: Rule>(staff: &Allowed<R>, shell: &Desk, typed: &str) -> Result<Found> {
    let Some(text) = sought(typed, shell) else { return Ok(Found::default()) };
    let sight = Sight {
        orders: staff.may(Permission::ViewOrders),
        products: staff.may(Permission::ViewProducts),
        customers: staff.may(Permission::ViewCustomers),
    };
    let language = shell.language();
    staff.visit().shop.db.read(move |conn| load(conn, sight, text, language)).await
}

fn load(conn: &mut Conn, sight: Sight, text: Text, language: Language) -> Result<Found> {
    let mut found = Found::default();
    if sight.products {
        found.products = Some(queries::products(conn, &text.typed, language, MOST)?);
    }
    if sight.customers {
        let wanted = book::Wanted { text: Some(text.clone()), ..book::Wanted::default() };
        found.customers = Some(book::list(conn, &wanted, MOST)?);
    }
    if sight.orders {
        let wanted = Wanted { text: Some(text), ..Wanted::default() };
        found.orders = Some(lists::listed(conn, &wanted, MOST)?);
    }
    Ok(found)
}

fn lists(shell: &Desk, found: Found, typed: &str) -> Vec<List> {
    let query: String = form_urlencoded::byte_serialize(typed.as_bytes()).collect();
    let more = |count: usize, path: &str| match i64::try_from(count) {
        Ok(count) if count >= MOST => shell.href(&format!("{path}?q={query}")).into_owned(),
        _ => String::new(),
    };
    let list = |code, heading: &str, hits: Vec<Hit>, path: &str| List {
        more: more(hits.len(), path),
        heading: shell.t(heading).to_owned(),
        code,
        hits,
    };
    let orders = found.orders.map(|found| {
        let hits = found.iter().map(|order| order_hit(shell, order)).collect();
        list("orders", "admin-orders", hits, "/admin/orders")
    });
    let products = found.products.map(|found| {
        let hits = found.into_iter().map(|product| product_hit(shell, product)).collect();
        list("products", "found-products", hits, "/admin/products")
    });
    let customers = found.customers.map(|found| {
        let hits = found.into_iter().map(|customer| customer_hit(shell, customer)).collect();
        list("customers", "admin-customers", hits, "/admin/customers")
    });
    [orders, products, customers].into_iter().flatten().collect()
}

fn order_hit(shell: &Desk, listed: &Listed) -> Hit {
    let order = &listed.order;
    let status = shell.t(&format!("order-status-{}", order.status)).to_owned();
    let parts = [listed.name.as_str(), order.email.as_str(), status.as_str()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Hit {
        text: order.number.clone(),
        note: parts.join(", "),
        href: shell.href(&format!("/admin/orders/{}", order.number)).into_owned(),
    }
}

fn product_hit(shell: &Desk, product: FoundProduct) -> Hit {
    Hit {
        href: shell.href(&format!("/admin/products/{}", product.id)).into_owned(),
        text: if product.name.is_empty() { product.slug.clone() } else { product.name },
        note: product.skus,
    }
}

fn customer_hit(shell: &Desk, customer: Entry) -> Hit {
    Hit {
        href: shell.href(&format!("/admin/customers/{}", customer.id)).into_owned(),
        text: customer.name,
        note: customer.email,
    }
}
