//! `GET /admin/products`: what the shop has, found by words, SKU, status, category, brand and stock.

use askama::Template;

use super::{Badge, badge, brand_at, brands, categories};
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::{Choices, choose};
use crate::admin::listing::{Filter, Pages, Tab, address, with_any};
use crate::admin::shelves;
use crate::admin::views::Views;
use crate::catalog::book::{self, COUNTED, Entry, Found, Shelf, Sorted, Wanted};
use crate::catalog::model::Status;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::ProductId;
use crate::staff::{List, Permission, to, views};
use crate::web::frame::Frame;
use crate::web::{Form, Html, Picture};

#[derive(Template)]
#[template(path = "admin/products/list.html")]
struct ProductsPage {
    shell: Desk,
    shelves: Vec<Tab>,
    tabs: Vec<Tab>,
    own: Views,
    filters: Vec<Filter>,
    /// As typed.
    text: String,
    /// How many there are in all, in words; empty behind the first page.
    count: String,
    products: Vec<ProductView>,
    pages: Pages,
    /// What the list was filtered by, to be sent on with what is ticked.
    asked: Vec<(String, String)>,
    can_change: bool,
    /// Whether nothing at all was asked for: then an empty list is an empty shop.
    is_everything: bool,
}

struct ProductView {
    id: ProductId,
    href: String,
    name: String,
    picture: Option<Picture>,
    badge: Badge,
    price: String,
    stock: String,
    /// The colour of the stock; empty for plain.
    stock_tone: &'static str,
    category: String,
}

/// Products of a page.
const PAGE: usize = 50;

pub async fn show(staff: Allowed<to::ViewProducts>) -> Result<Html> {
    let visit = staff.visit();
    let wanted = wanted(&visit.frame, &Form::from(visit.query()?));
    let (asked, view) = (wanted.clone(), visit.view());
    let whose = staff.member.id();
    let load = move |conn: &mut Conn| {
        Ok((book::list(conn, &view, &asked, PAGE + 1)?, views(conn, whose, List::Products)?))
    };
    let (Found { entries, count }, saved) = visit.shop.db.read(load).await?;
    let shell = staff.desk("admin-products");
    let page = ProductsPage {
        shelves: shelves::nav(&shell),
        tabs: tabs(&shell, &wanted),
        own: Views::of(&shell, List::Products, &saved, &href(&shell, &wanted, "")),
        filters: filters(&shell, &wanted),
        count: count.map(|count| counted(&shell, count)).unwrap_or_default(),
        products: entries.iter().take(PAGE).map(|entry| view_of(&shell, entry)).collect(),
        pages: pages(&shell, &wanted, &entries),
        can_change: staff.may(Permission::ChangeProducts),
        asked: sent_on(&shell, &wanted),
        is_everything: wanted == Wanted::default(),
        text: wanted.text,
        shell,
    };
    Ok(Html::page(&page)?.personal())
}

pub(super) fn wanted(frame: &Frame, form: &Form) -> Wanted {
    let of = |name| form.get(name);
    Wanted {
        status: Status::parse(of("status")),
        category: frame.category_at(of("category")).map(|category| category.id),
        brand: brand_at(frame, of("brand")),
        shelf: Shelf::parse(of("stock")),
        text: of("q").to_owned(),
        sorted: Sorted::parse(of("sort"), of("after")),
    }
}

/// What an address says of what is wanted; nothing for what is not asked.
fn asked<'a>(shell: &'a Desk, wanted: &'a Wanted) -> Vec<(&'static str, &'a str)> {
    let frame = shell.frame();
    let category = wanted.category.and_then(|id| frame.find_category(id));
    let brand = wanted.brand.and_then(|id| frame.vocabulary.brands.get(&id));
    let sort = match wanted.sorted {
        Sorted::Changed(_) => "",
        _ => wanted.sorted.code(),
    };
    vec![
        ("q", wanted.text.as_str()),
        ("status", wanted.status.map_or("", Status::code)),
        ("category", category.map_or("", |category| category.slug.as_str())),
        ("brand", brand.map_or("", |brand| brand.slug.as_str())),
        ("stock", wanted.shelf.map_or("", Shelf::code)),
        ("sort", sort),
    ]
}

/// The same as fields of a form.
pub(super) fn sent_on(shell: &Desk, wanted: &Wanted) -> Vec<(String, String)> {
    let asked = asked(shell, wanted).into_iter().filter(|(_, value)| !value.is_empty());
    asked.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// The address of these products, from the first on or after one.
fn href(shell: &Desk, wanted: &Wanted, after: &str) -> String {
    let mut query = asked(shell, wanted);
    query.push(("after", after));
    address(&shell.href("/admin/products"), &query)
}

fn tabs(shell: &Desk, now: &Wanted) -> Vec<Tab> {
    let of = |status| Wanted { status: Some(status), ..Wanted::default() };
    let live = |shelf| Wanted { shelf: Some(shelf), ..of(Status::Active) };
    let all = [
        ("products-all", Wanted::default()),
        ("products-active", of(Status::Active)),
        ("products-drafts", of(Status::Draft)),
        ("products-archived", of(Status::Archived)),
        ("products-low", live(Shelf::Low)),
        ("products-out", live(Shelf::Out)),
    ];
    let here = Wanted { sorted: Sorted::default(), ..now.clone() };
    let tab = |(text, wanted): (&'static str, Wanted)| Tab {
        href: href(shell, &wanted, ""),
        text: shell.t(text).to_owned(),
        is_current: wanted == here,
    };
    all.into_iter().map(tab).collect()
}

fn filters(shell: &Desk, wanted: &Wanted) -> Vec<Filter> {
    let named = |code: &str, key: &str| (code.to_owned(), shell.t(key).to_owned());
    let statuses = Status::ALL.map(|it| named(it.code(), &format!("product-{}", it.code())));
    let shelves = Shelf::ALL.map(|it| named(it.code(), &format!("products-shelf-{}", it.code())));
    let orders = Sorted::ALL.map(|it| named(it.code(), &format!("products-sort-{}", it.code())));
    let filters = [
        ("status", "product-status", with_any(shell, statuses.to_vec())),
        ("category", "product-category", with_any(shell, categories(shell))),
        ("brand", "product-brand", with_any(shell, brands(shell))),
        ("stock", "product-stock", with_any(shell, shelves.to_vec())),
        ("sort", "products-sort", orders.to_vec()),
    ];
    let asked = asked(shell, wanted);
    let filter = |(name, label, choices): (&'static str, &'static str, Choices)| {
        let chosen = asked.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
        Filter { name, label: shell.t(label).to_owned(), choices: choose(choices, chosen) }
    };
    filters.into_iter().map(filter).collect()
}

fn counted(shell: &Desk, count: usize) -> String {
    match count {
        many if many > COUNTED => shell.count("products-count-over", COUNTED as i64),
        few => shell.count("products-count", few as i64),
    }
}

fn pages(shell: &Desk, wanted: &Wanted, found: &[Entry]) -> Pages {
    let next = match found.get(PAGE - 1) {
        Some(last) if found.len() > PAGE => href(shell, wanted, &wanted.sorted.after(last)),
        _ => String::new(),
    };
    let first = if wanted.sorted.is_start() { String::new() } else { href(shell, wanted, "") };
    Pages { first, next }
}

fn view_of(shell: &Desk, entry: &Entry) -> ProductView {
    let category = entry.category.and_then(|id| shell.frame().find_category(id));
    let price = entry.price.as_ref().map(|tag| (tag.is_from, shell.money(&tag.now)));
    ProductView {
        id: entry.id,
        href: shell.href(&format!("/admin/products/{}", entry.id)).into_owned(),
        name: entry.name.clone(),
        picture: entry.picture.clone(),
        badge: badge(shell, entry.status, (entry.publish_at, entry.unpublish_at)),
        price: match price {
            Some((true, lowest)) => shell.with("price-from", "amount", lowest),
            Some((false, amount)) => amount,
            None => shell.t("products-no-price").to_owned(),
        },
        stock: stock(shell, entry),
        stock_tone: match entry.available {
            ..=0 => "bad",
            few if few <= shell.settings().low_stock => "warn",
            _ => "",
        },
        category: category
            .map(|category| shell.local(&category.name).to_owned())
            .unwrap_or_default(),
    }
}

/// "12", or "12 of 3 variants".
fn stock(shell: &Desk, entry: &Entry) -> String {
    match entry.variants {
        ..=1 => entry.available.to_string(),
        variants => shell.texts().with(
            "products-stock-of",
            &[("count", entry.available.into()), ("variants", variants.into())],
        ),
    }
}
