//! `POST /wishlist/wishes/{variant_id}`: takes something off the list, puts it back, or moves it
//! here from the cart.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::keep::put;
use super::model::{Kept, Owner};
use super::{queries, show};
use crate::cart::Cart;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::VariantId;
use crate::web::{Form, Visit, see_other, session};

pub async fn change(visit: Visit, path: Path<String>, form: Form) -> Result<HttpResponse> {
    let variant = VariantId(path.parse().map_err(|_| Error::NotFound)?);
    let address = match form.get("keep") {
        "" => {
            remove(&visit, variant).await?;
            format!("/wishlist?removed={variant}")
        }
        from => match (put(&visit, variant).await?, from) {
            (Kept::Full, _) => return show::full(&visit).await,
            (Kept::Yes, "cart") => leave_cart(&visit, variant).await?,
            (Kept::Yes, _) => "/wishlist".to_owned(),
        },
    };
    Ok(see_other(&visit.href(&address)))
}

/// A guest with nothing left to remember has no cookie.
async fn remove(visit: &Visit, variant: VariantId) -> Result<()> {
    let Some(owner) = Owner::of(visit) else { return Ok(()) };
    let now = visit.now;
    let write = move |conn: &mut Conn| {
        queries::remove(conn, &owner, variant, now)?;
        queries::forget_empty(conn, &owner)
    };
    if visit.shop.db.write(write).await? {
        session::drop_wishlist(&visit.session);
    }
    Ok(())
}

/// Takes it out of the cart; where she then sees what has become of it.
async fn leave_cart(visit: &Visit, variant: VariantId) -> Result<String> {
    let mut cart = Cart::read(visit).unwrap_or_default();
    let Some(quantity) = cart.find(variant).map(|line| line.quantity) else {
        return Ok("/wishlist".to_owned());
    };
    cart.remove(variant);
    cart.keep(visit).await?;
    Ok(format!("/cart?kept={variant}.{quantity}"))
}
