//! `POST /cart/lines/{variant_id}`: changes how many of a variant are wanted; none removes it,
//! and a removed one comes back by the same way.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

use super::model::{Cart, CartLine};
use super::{queries, show};
use crate::catalog::seen::Seen;
use crate::error::{Error, Result};
use crate::ids::VariantId;
use crate::values::Quantity;
use crate::web::{Form, Visit, see_other};

/// What a form asks for.
enum Wanted {
    Remove,
    Keep(Quantity),
    Nonsense,
}

pub async fn change(visit: Visit, path: Path<String>, form: Form) -> Result<HttpResponse> {
    let variant = VariantId(path.parse().map_err(|_| Error::NotFound)?);
    let mut cart = Cart::read(&visit).unwrap_or_default();
    let before = cart.find(variant).map(|line| line.quantity);
    match wanted(&form) {
        Wanted::Nonsense => {
            let page =
                show::page(&visit, show::News::BadQuantity(variant), Seen::default()).await?;
            return Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
        Wanted::Remove => cart.remove(variant),
        Wanted::Keep(quantity) => keep(&visit, &mut cart, variant, quantity).await?,
    }
    cart.keep(&visit).await?;
    let address = match (cart.find(variant), before) {
        (None, Some(before)) => format!("/cart?removed={variant}.{before}"),
        _ => "/cart".to_owned(),
    };
    Ok(see_other(&visit.href(&address)))
}

/// The button that was pressed decides; else the quantity that was typed.
fn wanted(form: &Form) -> Wanted {
    let typed = form.find("take").or_else(|| form.find("quantity")).map(str::trim);
    match (form.find("remove"), typed) {
        (Some(_), _) | (None, Some("0")) => Wanted::Remove,
        (None, Some(typed)) => Quantity::parse(typed).map_or(Wanted::Nonsense, Wanted::Keep),
        (None, None) => Wanted::Nonsense,
    }
}

/// Sets the line at the price of now, which the shopper has seen on it. What is not for sale any
/// more stays as it was, for the cart page to name; what is unknown is left out, and so is a
/// removed line for which the cart has no place any more.
async fn keep(
    visit: &Visit,
    cart: &mut Cart,
    variant: VariantId,
    quantity: Quantity,
) -> Result<()> {
    let view = visit.view();
    let goods = visit.shop.db.read(move |conn| queries::goods(conn, &[variant], &view)).await?;
    if let Some(offer) = goods.first().and_then(|goods| goods.offer(quantity)) {
        let _ = cart.set(CartLine { variant, quantity, unit_price: offer.price.minor() });
    }
    Ok(())
}
