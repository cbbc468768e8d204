//! `POST /cart/lines`: puts something into the cart, or shows the product again and says why not.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;

use super::model::{Cart, CartLine, MOST_LINES};
use super::queries::{self, OnShelf, Shelf};
use crate::catalog::AddProblem;
use crate::catalog::again::show_again;
use crate::catalog::queries::find_moved_product;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::tally::Tally;
use crate::values::{Quantity, Slug};
use crate::web::vocabulary::Vocabulary;
use crate::web::{Form, View, Visit, see_other};

pub async fn add(visit: Visit, form: Form, tally: Data<Tally>) -> Result<HttpResponse> {
    let slug = Slug::parse(form.get("product")).ok_or(Error::NotFound)?;
    let view = visit.view();
    let cart = Cart::read(&visit).unwrap_or_default();
    let cart_id = cart.id.clone();
    let load = visit.shop.db.read(move |conn| {
        let order = queries::find_order_of(conn, &cart_id)?;
        Ok((find_goods(conn, &slug, &view)?, order))
    });
    let (goods, order) = load.await?;
    let (slug, shelf) = goods.ok_or(Error::NotFound)?;
    // What has been ordered already, its answer lost, is not ordered once more: a new cart begins.
    let mut cart = order.map_or(cart, |_| Cart::default());
    let is_new = cart.lines.is_empty();
    match take(&shelf, &form, &visit.frame.vocabulary, &mut cart) {
        Ok(line) => {
            if is_new {
                tally.cart(&visit);
            }
            cart.keep(&visit).await?;
            Ok(see_other(&visit.href(&format!("/cart?added={}", line.variant))))
        }
        Err(problem) => {
            let page = show_again(&visit, &slug, problem, &form).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
    }
}

/// What is sold at an address, or at the one that it has led to since her page was made.
pub fn find_goods(conn: &mut Conn, slug: &Slug, view: &View) -> Result<Option<(Slug, Shelf)>> {
    if let Some(shelf) = queries::find_shelf(conn, slug, view)? {
        return Ok(Some((slug.clone(), shelf)));
    }
    let moved = find_moved_product(conn, slug)?.and_then(|slug| Slug::parse(&slug));
    let Some(slug) = moved else { return Ok(None) };
    let shelf = queries::find_shelf(conn, &slug, view)?;
    Ok(shelf.map(|shelf| (slug, shelf)))
}

/// Puts what was chosen into the cart, on top of what is there of it already.
fn take(
    shelf: &Shelf,
    form: &Form,
    words: &Vocabulary,
    cart: &mut Cart,
) -> Result<CartLine, AddProblem> {
    let chosen = choose(shelf, form, words)?;
    let wanted = form.find("quantity").map_or(Some(Quantity::ONE), Quantity::parse);
    let wanted = wanted.ok_or(AddProblem::BadQuantity)?;
    if chosen.supply.is_sold_out() {
        return Err(AddProblem::SoldOut);
    }
    let in_cart = cart.find(chosen.id).map(|line| line.quantity);
    let too_many = AddProblem::TooMany {
        left: chosen.supply.sellable(),
        in_cart: in_cart.map_or(0, Quantity::get),
    };
    let together = in_cart.map_or(Some(wanted), |known| known.plus(wanted));
    let quantity = match together.filter(|together| together.get() <= chosen.supply.sellable()) {
        Some(quantity) => quantity,
        None => return Err(too_many),
    };
    let price = chosen.prices.at(quantity).ok_or(AddProblem::NoSuchChoice)?;
    let line = CartLine { variant: chosen.id, quantity, unit_price: price.amount.minor() };
    cart.set(line).map_err(|_| AddProblem::CartFull { most: MOST_LINES })?;
    Ok(line)
}

/// The variant that the form names by its SKU or by a value for each option.
///
/// # Errors
/// `ChoiceMissing` or `NoSuchChoice`.
pub fn choose<'a>(
    shelf: &'a Shelf,
    form: &Form,
    words: &Vocabulary,
) -> Result<&'a OnShelf, AddProblem> {
    let chosen = match (form.get("variant"), shelf.variants.as_slice()) {
        ("", [only]) => Some(only),
        ("", variants) => by_options(shelf, variants, form, words)?,
        (sku, variants) => variants.iter().find(|variant| variant.sku == sku),
    };
    chosen.ok_or(AddProblem::NoSuchChoice)
}

fn by_options<'a>(
    shelf: &Shelf,
    variants: &'a [OnShelf],
    form: &Form,
    words: &Vocabulary,
) -> Result<Option<&'a OnShelf>, AddProblem> {
    let mut missing = Vec::new();
    let mut possible: Vec<&OnShelf> = variants.iter().collect();
    for (id, option) in shelf.options.iter().filter_map(|id| words.options.get_key_value(id)) {
        let code = form.get(&option.code);
        if code.is_empty() {
            missing.push(option.code.clone());
        }
        possible.retain(|variant| {
            let value = variant.values.get(id).and_then(|value| words.option_values.get(value));
            value.is_some_and(|value| value.code == code)
        });
    }
    match missing.is_empty() {
        true => Ok(possible.first().copied()),
        false => Err(AddProblem::ChoiceMissing { options: missing }),
    }
}
