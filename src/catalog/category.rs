//! `GET /categories/{slug}`: a category's goods, all below it included.

use actix_web::{Either, HttpResponse};
use askama::Template;
use serde_json::json;

use super::listing::{self, Asked, Listing, SHOWN_VALUES};
use super::queries::find_moved_category;
use crate::error::{Error, Result};
use crate::ids::CategoryId;
use crate::search::Scope;
use crate::values::Slug;
use crate::web::frame::MenuCategory;
use crate::web::{Head, Html, Link, Shell, SlugPath, Visit, moved};

#[derive(Template)]
#[template(path = "catalog/category.html")]
struct CategoryPage {
    shell: Shell,
    heading: String,
    description: String,
    crumbs: Vec<Link>,
    children: Vec<Link>,
    listing: Listing,
}

pub async fn show(visit: Visit, slug: SlugPath) -> Result<Either<Html, HttpResponse>> {
    let frame = visit.frame.clone();
    match frame.category_at(slug.0.as_str()).filter(|category| frame.is_shown(category.id)) {
        Some(category) => page(&visit, category).await.map(Either::Left),
        None => redirect(&visit, slug.0).await.map(Either::Right),
    }
}

async fn page(visit: &Visit, category: &MenuCategory) -> Result<Html> {
    let asked = Asked::parse(visit, &visit.query()?)?;
    let view = visit.view();
    let wanted = asked.wanted(&view, Scope::Category(category.id));
    let loaded = visit.shop.db.read(move |conn| listing::load(conn, &view, &wanted)).await?;
    let mut shell = visit.shell(Head::default());
    let listing = Listing::new(&shell, &asked, loaded);
    let heading = shell.local(&category.name).to_owned();
    let description = shell.local(&category.description).to_owned();
    let or = |own: &str, usual: &str| if own.is_empty() { usual } else { own }.to_owned();
    shell.head.title = or(shell.local(&category.seo_title), &heading);
    shell.head.description = or(shell.local(&category.seo_description), &description);
    shell.head.image = listing.picture();
    shell.head.noindex = !listing.is_indexable();
    shell.head.canonical_query = asked.canonical_query();
    let crumbs = crumbs(&shell, category.id);
    describe(&mut shell, &crumbs);
    Html::page(&CategoryPage {
        heading,
        description,
        children: children(&shell, category.id),
        crumbs,
        listing,
        shell,
    })
}

async fn redirect(visit: &Visit, slug: Slug) -> Result<HttpResponse> {
    let id = visit.shop.db.read(move |conn| find_moved_category(conn, &slug)).await?;
    let id = id.filter(|id| visit.frame.is_shown(*id));
    let category = id.and_then(|id| visit.frame.find_category(id)).ok_or(Error::NotFound)?;
    Ok(moved(&visit.href(&format!("/categories/{}", category.slug))))
}

/// From the home page down to a category, which is the last, or to where shoppers see none below.
pub(super) fn crumbs(shell: &Shell, id: CategoryId) -> Vec<Link> {
    let path = shell.frame().path_to(id).into_iter().take_while(|category| !category.hidden);
    let path = path.map(|category| link(shell, category));
    let home = Link {
        href: shell.href("/").into_owned(),
        text: shell.t("home").to_owned(),
        is_current: false,
    };
    std::iter::once(home).chain(path).collect()
}

fn children(shell: &Shell, id: CategoryId) -> Vec<Link> {
    shell.frame().children(Some(id)).map(|category| link(shell, category)).collect()
}

fn link(shell: &Shell, category: &MenuCategory) -> Link {
    Link {
        href: shell.href(&format!("/categories/{}", category.slug)).into_owned(),
        text: shell.local(&category.name).to_owned(),
        is_current: false,
    }
}

/// Structured data: where in the shop this page is.
pub(super) fn describe(shell: &mut Shell, crumbs: &[Link]) {
    let items: Vec<_> = (1..)
        .zip(crumbs)
        .map(|(position, crumb)| {
            json!({
                "@type": "ListItem",
                "position": position,
                "name": crumb.text,
                "item": shell.full(&crumb.href),
            })
        })
        .collect();
    shell.head.describe(&json!({
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": items,
    }));
}
