//! Where a cart is kept: a guest's in her cookie, a customer's with her account, which she finds on
//! every device.

use super::model::Cart;
use super::queries;
use crate::db::Conn;
use crate::error::Result;
use crate::web::{Visit, session};

impl Cart {
    /// This visitor's cart.
    pub fn read(visit: &Visit) -> Option<Self> {
        Self::unpacked(&visit.cart()?)
    }

    /// Keeps the cart for this visitor; an empty one leaves nothing.
    pub async fn keep(&self, visit: &Visit) -> Result<()> {
        let is_empty = self.lines.is_empty();
        match &visit.customer {
            Some(customer) => {
                let (cart, owner, now) = (self.clone(), customer.id, visit.now);
                let keep = move |conn: &mut Conn| match is_empty {
                    true => queries::drop_kept(conn, owner),
                    false => queries::keep(conn, owner, &cart, now),
                };
                visit.shop.db.write(keep).await
            }
            None if is_empty => {
                session::drop_cart(&visit.session);
                Ok(())
            }
            None => session::keep_cart(&visit.session, &self.packed()),
        }
    }
}

/// Forgets this visitor's cart.
pub(super) async fn drop_cart(visit: &Visit) -> Result<()> {
    match &visit.customer {
        Some(customer) => {
            let owner = customer.id;
            visit.shop.db.write(move |conn| queries::drop_kept(conn, owner)).await
        }
        None => {
            session::drop_cart(&visit.session);
            Ok(())
        }
    }
}
