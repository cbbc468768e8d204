//! The order of a product's pictures, and the end of one. Positions are those from 0 on, without gaps:
//! lists show the picture at 0.

use chrono::NaiveDateTime;
use serde_json::json;

use super::queries;
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::{MediaId, ProductId};

/// Where a picture goes among its product's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    First,
    Earlier,
    Later,
    /// From 0 on; behind the last is the last.
    Place(usize),
}

/// Moves a picture.
///
/// # Errors
/// `NotFound` when the product does not show it.
pub fn shift(
    conn: &mut Conn,
    (product, picture): (ProductId, MediaId),
    to: Move,
    who: &Who,
) -> Result<()> {
    let (mut order, at) = held(conn, (product, picture), who)?;
    let place = match to {
        Move::First => 0,
        Move::Earlier => at.saturating_sub(1),
        Move::Later => at + 1,
        Move::Place(place) => place,
    };
    let place = place.min(order.len() - 1);
    if place == at {
        return Ok(());
    }
    order.remove(at);
    order.insert(place, picture);
    queries::set_order(conn, product, &order)?;
    let deed = Deed::of(Action::PicturesOrdered, Entity::Product(product));
    let (before, after) = (json!({ "place": at + 1 }), json!({ "place": place + 1 }));
    audit::write(conn, who, &Deed { before, after, ..deed })
}

/// Takes a picture away from a product and its variants. Its files go with the broom.
///
/// # Errors
/// `NotFound` when the product does not show it.
pub fn remove(conn: &mut Conn, (product, picture): (ProductId, MediaId), who: &Who) -> Result<()> {
    let (mut order, at) = held(conn, (product, picture), who)?;
    order.remove(at);
    queries::hide(conn, product, picture)?;
    queries::set_order(conn, product, &order)?;
    queries::let_go(conn, picture, who.at)?;
    let before = json!({ "picture": queries::name_of(conn, picture)? });
    let deed = Deed::of(Action::PictureRemoved, Entity::Product(product));
    audit::write(conn, who, &Deed { before, ..deed })
}

/// Lets a product show these pictures of the shop's and no other ones, in this order.
pub fn show_these(
    conn: &mut Conn,
    product: ProductId,
    pictures: &[MediaId],
    now: NaiveDateTime,
) -> Result<()> {
    let shown = queries::order_of(conn, product)?;
    for picture in shown.iter().filter(|shown| !pictures.contains(shown)) {
        queries::hide(conn, product, *picture)?;
        queries::let_go(conn, *picture, now)?;
    }
    for picture in pictures.iter().filter(|picture| !shown.contains(picture)) {
        queries::show_by(conn, product, *picture, shown.len())?;
    }
    queries::keep(conn, pictures)?;
    queries::set_order(conn, product, pictures)
}

/// The pictures in their order, nobody else's to change until the end of the transaction, and the
/// place of one.
fn held(
    conn: &mut Conn,
    (product, picture): (ProductId, MediaId),
    who: &Who,
) -> Result<(Vec<MediaId>, usize)> {
    queries::hold(conn, product, who.at)?;
    let order = queries::order_of(conn, product)?;
    let at = order.iter().position(|id| *id == picture).ok_or(Error::NotFound)?;
    Ok((order, at))
}
