//! The one rule that turns what is seen of a payment into moves of its order.

use serde_json::json;

use super::disputes;
use super::model::{Applied, Mismatch, Observed, PaymentState, Seen};
use super::queries::{self, Advance, PaymentRow};
use super::surplus;
use crate::db::Conn;
use crate::fulfilment;
use crate::invoices;
use crate::orders::{self, By, EventKind, Held, Moved, OrderStatus, Payment, PaymentStatus, note};
use crate::settings::{self, InvoiceAt};

/// Takes note of what is true now of a payment, in the caller's transaction. The same news twice,
/// late or in another order come to the same: a payment never goes back. News that do not fit the
/// payment move nothing and are put aside.
pub fn apply(conn: &mut Conn, observed: &Observed, by: &By) -> Moved<Applied> {
    let Some(known) = queries::find_observed(conn, observed)? else {
        return Ok(Applied::PutAside(Mismatch::Unknown));
    };
    let mut held = orders::hold(conn, known.order_id)?;
    // Once more, as it may have moved before the order was ours.
    let payment = queries::payment(conn, known.id)?;
    if let Some(mismatch) = mismatch(conn, &payment, observed)? {
        // The broom hears the same every few minutes.
        if payment.trouble != mismatch.code() {
            let data = json!({ "what": mismatch.code() });
            note(conn, held.id, EventKind::PaymentDoubted, by, &data)?;
        }
        queries::set_trouble(conn, payment.id, mismatch, by.at)?;
        return Ok(Applied::PutAside(mismatch));
    }
    let had = queries::sums(conn, held.id)?.0;
    let arrived = (observed.captured.minor() - payment.captured_amount).max(0);
    let has_moved = advance(conn, &payment, observed, by)?;
    let has_failed = has_moved && matches!(observed.seen, Seen::Failed | Seen::Expired);
    if has_failed && held.status == OrderStatus::Pending {
        let data = json!({ "payment": payment.id });
        note(conn, held.id, EventKind::PaymentFailed, by, &data)?;
    }
    if let (Seen::Processing, Some(until)) = (observed.seen, observed.expires_at) {
        orders::wait_until(conn, &held, until)?;
    }
    if arrived > 0 {
        take_in(conn, &mut held, &payment, (had, arrived), by)?;
    }
    let has_given = surplus::given_elsewhere(conn, &mut held, payment.id, observed.refunded, by)?;
    let is_disputed = disputes::write_down(conn, &held, payment.id, &observed.disputes, by)?;
    match has_moved || arrived > 0 || has_given || is_disputed {
        true => Ok(Applied::Moved),
        false => Ok(Applied::Nothing),
    }
}

/// What speaks against believing the news.
fn mismatch(
    conn: &mut Conn,
    payment: &PaymentRow,
    observed: &Observed,
) -> crate::error::Result<Option<Mismatch>> {
    let is_other = |known: Option<&str>, told: Option<&str>| matches!((known, told), (Some(known), Some(told)) if known != told);
    let told = observed.reference.as_deref();
    let is_known_as_other = match told {
        Some(told) => queries::find_reference(conn, observed.gateway, told)?
            .is_some_and(|other| other.id != payment.id),
        None => false,
    };
    let attempt = observed.attempt.as_ref().map(|attempt| attempt.as_str());
    let found = [
        (is_other(Some(&payment.attempt), attempt), Mismatch::Attempt),
        (payment.gateway != observed.gateway || is_known_as_other, Mismatch::Attempt),
        (is_other(payment.reference.as_deref(), told), Mismatch::Reference),
        (payment.live != observed.live, Mismatch::Live),
        (payment.currency != observed.captured.currency().code(), Mismatch::Currency),
        (!fits(payment, observed), Mismatch::Amount),
    ];
    Ok(found.into_iter().find(|(is_wrong, _)| *is_wrong).map(|(_, mismatch)| mismatch))
}

/// A gateway has all of the money or nothing; by hand it comes as it comes.
fn fits(payment: &PaymentRow, observed: &Observed) -> bool {
    let captured = observed.captured.minor();
    let is_possible = captured >= 0 && (0..=captured).contains(&observed.refunded);
    is_possible
        && match observed.seen {
            _ if is_by_hand(payment) => true,
            Seen::Captured => captured == payment.amount,
            Seen::Open | Seen::Processing | Seen::Failed | Seen::Expired => captured == 0,
        }
}

fn is_by_hand(payment: &PaymentRow) -> bool {
    Payment::parse(&payment.gateway).is_some_and(Payment::is_by_hand)
}

/// Moves the payment on, if that is further than it is.
fn advance(conn: &mut Conn, payment: &PaymentRow, observed: &Observed, by: &By) -> Moved<bool> {
    let known = PaymentState::parse(&payment.status).unwrap_or(PaymentState::Starting);
    let told = observed.seen.state();
    let state = if told.rank() > known.rank() { told } else { known };
    let to = Advance {
        state,
        captured: payment.captured_amount.max(observed.captured.minor()),
        reference: payment.reference.as_deref().or(observed.reference.as_deref()),
        expires_at: observed.expires_at.or(payment.expires_at),
    };
    queries::advance(conn, payment.id, &to, by.at)?;
    Ok(state != known)
}

/// What has arrived is the order's, if it can still use it; else it goes back. `had` is what had
/// come before.
fn take_in(
    conn: &mut Conn,
    held: &mut Held,
    payment: &PaymentRow,
    (had, arrived): (i64, i64),
    by: &By,
) -> Moved {
    // What is promised back is the order's no more.
    let is_whole = orders::kept(conn, held.id)? >= held.total;
    let data = json!({
        "amount": arrived,
        "gateway": payment.gateway,
        "reference": payment.reference,
        "confirms": is_whole && held.status == OrderStatus::Pending,
    });
    note(conn, held.id, EventKind::Paid, by, &data)?;
    let is_twice = !is_by_hand(payment) && had >= held.total;
    let can_revive = is_whole && !is_twice;
    let is_late = held.status == OrderStatus::Cancelled
        && !(can_revive && fulfilment::reopen(conn, held, by)?);
    if is_late || is_twice {
        let reason = if is_late { "late" } else { "twice" };
        surplus::give_back(conn, held, payment, (arrived, reason), by)?;
    }
    count(conn, held, payment.live, by)
}

/// Sets the order's payment status, and does what follows when it is paid: a sale of no real money
/// has no invoice.
fn count(conn: &mut Conn, held: &mut Held, live: bool, by: &By) -> Moved {
    let sums = queries::sums(conn, held.id)?;
    let was_paid = is_paid(held.payment);
    if held.status == OrderStatus::Pending && sums.0 >= held.total {
        orders::move_order(conn, held, OrderStatus::Placed, by)?;
    }
    orders::move_payment(conn, held, sums, by)?;
    if !was_paid && is_paid(held.payment) {
        // What was placed by being paid may have none yet; else it stays the first.
        let at = settings::load(conn)?.invoicing.at;
        if live && matches!(at, InvoiceAt::Placed | InvoiceAt::Paid) {
            invoices::issue(conn, held.id, by.at)?;
        }
    }
    Ok(())
}

fn is_paid(status: PaymentStatus) -> bool {
    matches!(status, PaymentStatus::Paid | PaymentStatus::Overpaid)
}
