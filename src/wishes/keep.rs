//! `POST /wishlist/wishes`: keeps for later what is chosen on a product's page, or shows the page
//! again and says why not.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::model::{Kept, Owner, Wish};
use super::{queries, show};
use crate::cart::{CartLine, choose, find_shelf, items};
use crate::catalog::again::show_again;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::VariantId;
use crate::limits::{self, Limit};
use crate::values::{Quantity, Slug};
use crate::web::{Form, View, Visit, see_other};

pub async fn keep(visit: Visit, form: Form) -> Result<HttpResponse> {
    let slug = Slug::parse(form.get("product")).ok_or(Error::NotFound)?;
    let (wanted, view) = (slug.clone(), visit.view());
    let shelf = visit.shop.db.read(move |conn| find_shelf(conn, &wanted, &view)).await?;
    let shelf = shelf.ok_or(Error::NotFound)?;
    let variant = match choose(&shelf, &form, &visit.frame.vocabulary) {
        Ok(chosen) => chosen.id,
        Err(problem) => {
            let page = show_again(&visit, &slug, problem, &form).await?;
            return Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    match put(&visit, variant).await? {
        Kept::Yes => Ok(see_other(&visit.href(&format!("/wishlist?added={variant}")))),
        Kept::Full => show::full(&visit).await,
    }
}

/// Puts it onto this visitor's list, at the price of now.
///
/// # Errors
/// `NotFound` for what is not for sale, `TooMany` when she has kept too much too fast.
pub(super) async fn put(visit: &Visit, variant: VariantId) -> Result<Kept> {
    let owner = Owner::or_new(visit);
    let (charges, view, hers) = (visit.charges(Limit::Wish, ""), visit.view(), owner.clone());
    let write = move |conn: &mut Conn| {
        limits::spend(conn, &charges, view.now)?;
        let unit_price = price(conn, variant, &view)?.ok_or(Error::NotFound)?;
        queries::put(conn, &hers, Wish { variant, unit_price }, view.now)
    };
    let kept = visit.shop.db.write(write).await?;
    owner.remember(visit)?;
    Ok(kept)
}

/// What one costs now, in minor units.
fn price(conn: &mut Conn, variant: VariantId, view: &View) -> Result<Option<i64>> {
    let line = CartLine { variant, quantity: Quantity::ONE, unit_price: 0 };
    let items = items(conn, &[line], view)?;
    Ok(items.first().and_then(|item| Some(item.for_sale()?.1.price.minor())))
}
