//! A guest's cart and the one that her account keeps become one when she signs in.

use chrono::NaiveDateTime;

use super::model::{Cart, MOST_CODES};
use super::queries;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::CustomerId;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joined {
    /// She finds what she had just now, or what her account kept.
    Nothing,
    /// What she had just now is more by what her account kept, but for so many things that the cart
    /// has no place for.
    Both { left_out: usize },
}

/// Joins them, inside the caller's transaction. What is an order by now is left out.
pub fn join(
    conn: &mut Conn,
    owner: CustomerId,
    guest: Option<&Cart>,
    now: NaiveDateTime,
) -> Result<Joined> {
    let Some(guest) = guest else { return Ok(Joined::Nothing) };
    if queries::find_order_of(conn, &guest.id)?.is_some() {
        return Ok(Joined::Nothing);
    }
    let kept = match queries::find_kept(conn, owner)? {
        Some(kept) if queries::find_order_of(conn, &kept.id)?.is_none() => Some(kept),
        _ => None,
    };
    let (cart, left_out) = match &kept {
        Some(kept) => both(guest, kept),
        None => (guest.clone(), 0),
    };
    queries::keep(conn, owner, &cart, now)?;
    Ok(match cart.lines == guest.lines && left_out == 0 {
        true => Joined::Nothing,
        false => Joined::Both { left_out },
    })
}

/// Every line of both, the guest's first; of the same thing the larger quantity, since the one is
/// often what the other was filled with. Also how many lines found no place.
fn both(guest: &Cart, kept: &Cart) -> (Cart, usize) {
    let mut cart = Cart { id: kept.id.clone(), ..guest.clone() };
    let mut left_out = 0;
    for line in &kept.lines {
        let known = cart.find(line.variant).map(|known| known.quantity);
        if known.is_none_or(|known| known < line.quantity) && cart.set(*line).is_err() {
            left_out += 1;
        }
    }
    for code in &kept.codes {
        if !cart.codes.contains(code) && cart.codes.len() < MOST_CODES {
            cart.codes.push(code.clone());
        }
    }
    (cart, left_out)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::cart::CartLine;
    use crate::ids::VariantId;
    use crate::values::Quantity;

    fn cart(lines: &[(i64, i64)]) -> Cart {
        let line = |(variant, count): &(i64, i64)| CartLine {
            variant: VariantId(*variant),
            quantity: Quantity::new(*count).unwrap(),
            unit_price: 100,
        };
        Cart { lines: lines.iter().map(line).collect(), ..Cart::new() }
    }

    fn joined(guest: &[(i64, i64)], kept: &[(i64, i64)]) -> (Vec<(i64, i64)>, usize) {
        let (cart, left_out) = both(&cart(guest), &cart(kept));
        (cart.lines.iter().map(|line| (line.variant.0, line.quantity.get())).collect(), left_out)
    }

    #[test]
    fn nothing_of_either_is_lost() {
        assert_eq!(joined(&[(1, 2)], &[(2, 3)]), (vec![(1, 2), (2, 3)], 0));
    }

    #[test]
    fn of_the_same_thing_the_larger_quantity_stays() {
        assert_eq!(joined(&[(1, 2), (2, 5)], &[(1, 3), (2, 1)]), (vec![(1, 3), (2, 5)], 0));
    }

    #[test]
    fn what_finds_no_place_is_counted() {
        let guest: Vec<_> = (1..=49).map(|variant| (variant, 1)).collect();
        let (lines, left_out) = joined(&guest, &[(1, 2), (50, 1), (51, 1), (52, 1)]);
        assert_eq!((lines.len(), left_out), (50, 2));
    }
}
