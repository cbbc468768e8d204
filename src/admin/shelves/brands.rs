//! `GET /admin/products/brands`: the brands by their names.

use super::list::{ListPage, Row};
use super::nav;
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::listing::{Pages, address};
use crate::catalog::shelves::brand;
use crate::error::Result;
use crate::ids::BrandId;
use crate::search::fold;
use crate::staff::{Permission, to};
use crate::web::Html;
use crate::web::frame::Frame;
use crate::web::vocabulary::Brand;

const PAGE: usize = 50;
const PATH: &str = "/admin/products/brands";

/// A brand's folded name, its handle, which tells two of one name apart, and its number.
type Named = ((String, String), BrandId);

pub async fn show(staff: Allowed<to::ViewProducts>) -> Result<Html> {
    let visit = staff.visit();
    let query = visit.query()?;
    let (begins, after) = (query.get("q").unwrap_or_default().trim(), query.get("after"));
    let found = found(&visit.frame, begins, after.unwrap_or_default());
    let ids: Vec<BrandId> = found.iter().take(PAGE).map(|(_, id)| *id).collect();
    let shown = ids.clone();
    let counts = visit.shop.db.read(move |conn| brand::counts(conn, &shown)).await?;
    let shell = staff.desk("shelves-brands");
    let row = |id: &BrandId| row(&shell, *id, counts.get(id).copied().unwrap_or_default());
    let words = |key: &str| shell.t(key).to_owned();
    let to = |after: &str| address(&shell.href(PATH), &[("q", begins), ("after", after)]);
    let last = found.get(PAGE - 1).filter(|_| found.len() > PAGE);
    Ok(Html::page(&ListPage {
        rows: ids.iter().map(row).collect(),
        pages: Pages {
            first: if after.is_some() { to("") } else { String::new() },
            next: last.map(|((_, slug), _)| to(slug)).unwrap_or_default(),
        },
        shelves: nav(&shell),
        lead: words("shelves-brands-lead"),
        notice: if query.get("removed").is_some() { words("shelf-removed") } else { String::new() },
        new: match staff.may(Permission::ChangeProducts) {
            true => (shell.href(&format!("{PATH}/new")).into_owned(), words("shelves-brand-new")),
            false => Default::default(),
        },
        search: Some((shell.href(PATH).into_owned(), begins.to_owned())),
        empty: (words("shelves-brands-empty"), words("shelves-brands-empty-advice")),
        shell,
    })?
    .personal())
}

/// The brands whose names begin so, behind one, in the order of their names.
fn found(frame: &Frame, begins: &str, after: &str) -> Vec<Named> {
    let named = |(id, brand): (&BrandId, &Brand)| ((fold(&brand.name), brand.slug.clone()), *id);
    let mut all: Vec<Named> = frame.vocabulary.brands.iter().map(named).collect();
    all.retain(|((name, _), _)| name.starts_with(&fold(begins)));
    all.sort();
    let start = all.iter().position(|((_, slug), _)| slug == after).map_or(0, |at| at + 1);
    all.split_off(start)
}

fn row(shell: &Desk, id: BrandId, products: i64) -> Row {
    let brand = shell.frame().vocabulary.brands.get(&id);
    Row {
        anchor: format!("brand-{id}"),
        href: shell.href(&format!("{PATH}/{id}")).into_owned(),
        name: brand.map(|brand| brand.name.clone()).unwrap_or_default(),
        detail: shell.count("product-count", products),
        ..Row::default()
    }
}
