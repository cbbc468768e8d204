//! Ends an order before anything of it was sent.

use super::queries;
use super::refund::give_all;
use crate::db::Conn;
use crate::error::Result;
use crate::fulfilment;
use crate::ids::OrderId;
use crate::language::Language;
use crate::orders::{self, By, Ending, Moved};
use crate::web::texts;

/// Cancels an order, in the caller's transaction: what was received for it is promised back, its
/// invoice is taken back, and its goods go back on sale.
///
/// # Errors
/// `HasShipped` and `NotFrom`: the caller ends its transaction then.
pub fn call_off(conn: &mut Conn, order: OrderId, ending: &Ending, by: &By) -> Moved {
    let mut held = orders::hold(conn, order)?;
    fulfilment::can_cancel(&held)?;
    let reason = reason(conn, order, ending)?;
    give_all(conn, &held, &reason, by)?;
    let sums = queries::sums(conn, order)?;
    orders::move_payment(conn, &mut held, sums, by)?;
    fulfilment::cancel(conn, order, ending, by)
}

/// As refund and credit note give it.
fn reason(conn: &mut Conn, order: OrderId, ending: &Ending) -> Result<String> {
    if let Ending::Wanted(reason) = ending
        && !reason.is_empty()
    {
        return Ok(reason.clone());
    }
    let locale = queries::order_of(conn, order)?.2;
    let language = Language::parse(&locale).unwrap_or(Language::En);
    Ok(texts::of(language).get("order-cancelled-reason").to_owned())
}
