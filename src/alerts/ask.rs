//! `POST /products/{slug}/alerts`: somebody wants to know when a sold-out variant can be had again.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::queries;
use crate::cart::find_goods;
use crate::catalog::again::show_alert_again;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::VariantId;
use crate::limits::{self, Limit};
use crate::links::{self, Asked, Owner, Purpose};
use crate::promotions::CustomerKey;
use crate::values::{Email, Slug};
use crate::web::{Form, SlugPath, Visit, see_other};

pub async fn ask(visit: Visit, slug: SlugPath, form: Form) -> Result<HttpResponse> {
    let (slug, variant) = sold_out(&visit, slug, form.get("variant")).await?;
    let Some(variant) = variant else {
        // It came back while she was typing.
        let path = format!("/products/{slug}?variant={}", form.get("variant"));
        return Ok(see_other(&visit.href(&path)));
    };
    let known = visit.customer.as_ref().map(|customer| customer.email.clone());
    let typed = known.clone().or_else(|| Some(Email::parse(form.get("email"))?.as_str().into()));
    let Some(email) = typed else {
        let page = show_alert_again(&visit, &slug, &form).await?;
        return Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    };
    write(&visit, variant, email).await?;
    Ok(see_other(&visit.href(match known {
        Some(_) => "/alerts",
        None => "/account/sent",
    })))
}

/// The product's address as it is now, and its variant with this SKU while none of it can be had.
async fn sold_out(visit: &Visit, slug: SlugPath, sku: &str) -> Result<(Slug, Option<VariantId>)> {
    let view = visit.view();
    let goods = visit.shop.db.read(move |conn| find_goods(conn, &slug.0, &view)).await?;
    let (slug, shelf) = goods.ok_or(Error::NotFound)?;
    let variant = shelf.variants.iter().find(|variant| variant.sku == sku);
    let variant = variant.ok_or(Error::NotFound)?;
    Ok((slug, variant.supply.is_sold_out().then_some(variant.id)))
}

/// A customer's mailbox is proven; a guest gets a link first, whether she waits already or not.
async fn write(visit: &Visit, variant: VariantId, email: String) -> Result<()> {
    let charges = visit.charges(Limit::StockAlert, CustomerKey::of(&email).as_str());
    let (is_proven, language, now) = (visit.customer.is_some(), visit.language, visit.now);
    let about = variant.to_string();
    let asked =
        Asked { purpose: Purpose::StockAlert, owner: Owner::Nobody, email, about, language };
    let write = move |conn: &mut Conn| {
        limits::spend(conn, &charges, now)?;
        match is_proven {
            true => queries::wait(conn, variant, &asked.email, language, now),
            false => links::ask(conn, &asked, now).map(|_| ()),
        }
    };
    visit.shop.db.write(write).await
}
