//! `/admin/products/{categories,brands,attributes,tags}/{…}/removal`: what uses something, what
//! happens to that, and the button.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::removal::RemovalPage;
use super::tag;
use crate::admin::Allowed;
use crate::catalog::shelves::category::{Removal, Uses};
use crate::catalog::shelves::{attribute, brand, category, tag as tags};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::{AttributeId, BrandId, CategoryId};
use crate::staff::to;
use crate::web::see_other;

type Staff = Allowed<to::ChangeProducts>;

pub async fn category(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    category_page(&staff, CategoryId(*id), false).await
}

pub async fn remove_category(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let (who, frame, id) = (staff.who(), staff.visit().frame.clone(), CategoryId(*id));
    let write = move |conn: &mut Conn| category::remove(conn, (&who, &frame), id);
    match staff.visit().shop.db.write(write).await? {
        Removal::Done => done(&staff, "/admin/products/categories").await,
        Removal::Promoted => category_page(&staff, id, true).await,
    }
}

async fn category_page(staff: &Staff, id: CategoryId, is_refused: bool) -> Result<HttpResponse> {
    let load = move |conn: &mut Conn| {
        let sheet = category::find(conn, id)?.ok_or(Error::NotFound)?.sheet;
        Ok((sheet, category::uses(conn, id)?))
    };
    let (sheet, uses) = staff.visit().shop.db.read(load).await?;
    let Uses { products, children, promotions, menus } = uses;
    let shell = staff.desk("shelves-categories");
    let name = sheet.name(shell.frame().own_language()).to_owned();
    let thing = (shell.href(&format!("/admin/products/categories/{id}")).into_owned(), name);
    let mut page = RemovalPage::new(staff.desk("shelves-categories"), thing);
    page.uses = vec![shell.count("removal-products", products)];
    let below = children.iter().filter_map(|id| shell.frame().find_category(*id));
    page.uses.extend(below.map(|it| shell.with("removal-child", "name", shell.local(&it.name))));
    let promoted = promotions.iter().map(|it| shell.with("removal-promotion", "name", it));
    page.uses.extend(promoted);
    page.uses.extend((menus > 0).then(|| shell.count("removal-menus", menus)));
    let parent = sheet.parent.and_then(|id| shell.frame().find_category(id));
    page.can_remove = promotions.is_empty();
    page.follows = vec![match (page.can_remove, parent) {
        (false, _) => shell.t("removal-promoted").to_owned(),
        (true, Some(up)) => shell.with("removal-moves-up", "name", shell.local(&up.name)),
        (true, None) => shell.t("removal-moves-out").to_owned(),
    }];
    page.is_refused = is_refused;
    page.answer()
}

pub async fn brand(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let id = BrandId(*id);
    let load = move |conn: &mut Conn| {
        let sheet = brand::find(conn, id)?.ok_or(Error::NotFound)?.sheet;
        Ok((sheet.name, brand::counts(conn, &[id])?.remove(&id).unwrap_or_default()))
    };
    let (name, products) = staff.visit().shop.db.read(load).await?;
    let href = format!("/admin/products/brands/{id}");
    plain(&staff, (href, name), products, "removal-brand")
}

pub async fn remove_brand(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let (who, id) = (staff.who(), BrandId(*id));
    let write = move |conn: &mut Conn| brand::remove(conn, &who, id);
    staff.visit().shop.db.write(write).await?;
    done(&staff, "/admin/products/brands").await
}

pub async fn attribute(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let id = AttributeId(*id);
    let load = move |conn: &mut Conn| {
        let sheet = attribute::find(conn, id)?.ok_or(Error::NotFound)?.sheet;
        Ok((sheet.name, attribute::count_products(conn, id)?))
    };
    let (name, products) = staff.visit().shop.db.read(load).await?;
    let name = staff.desk("shelves-attributes").local(&name).to_owned();
    let href = format!("/admin/products/attributes/{id}");
    plain(&staff, (href, name), products, "removal-attribute")
}

pub async fn remove_attribute(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let (who, frame, id) = (staff.who(), staff.visit().frame.clone(), AttributeId(*id));
    let write = move |conn: &mut Conn| attribute::remove(conn, (&who, &frame), id);
    staff.visit().shop.db.write(write).await?;
    done(&staff, "/admin/products/attributes").await
}

pub async fn tag(staff: Staff, name: Path<String>) -> Result<HttpResponse> {
    let tag = name.clone();
    let products = staff.visit().shop.db.read(move |conn| tags::count(conn, &tag)).await?;
    if products == 0 {
        return Err(Error::NotFound);
    }
    plain(&staff, (tag::address(&name), name.into_inner()), products, "removal-tag")
}

pub async fn remove_tag(staff: Staff, name: Path<String>) -> Result<HttpResponse> {
    let (who, name) = (staff.who(), name.into_inner());
    let write = move |conn: &mut Conn| tags::remove(conn, &who, &name);
    staff.visit().shop.db.write(write).await?;
    done(&staff, "/admin/products/tags").await
}

/// The page of what only products use.
fn plain(
    staff: &Staff,
    (href, name): (String, String),
    products: i64,
    follows: &'static str,
) -> Result<HttpResponse> {
    let shell = staff.desk("shelves");
    let uses = vec![shell.count("removal-products", products)];
    let follows = vec![shell.t(follows).to_owned()];
    let href = shell.href(&href).into_owned();
    let action = format!("{href}/removal");
    RemovalPage { uses, follows, action, ..RemovalPage::new(shell, (href, name)) }.answer()
}

async fn done(staff: &Staff, list: &str) -> Result<HttpResponse> {
    staff.visit().shop.refresh().await?;
    Ok(see_other(&staff.visit().href(&format!("{list}?removed=1"))))
}
