//! What somebody may do with an order, and what makes sense now.

use super::sheet::Sheet;
use crate::admin::Allowed;
use crate::orders::{Event, EventKind, Handover};
use crate::payments::RefundKind;
use crate::staff::{Permission, Rule};

/// What she may, and what makes sense now.
pub(super) struct Can {
    pub receive: bool,
    pub ship: bool,
    /// Keep it back, or let it go.
    pub stop: bool,
    pub let_go: bool,
    /// Change what is in it, and where it goes.
    pub edit: bool,
    pub cancel: bool,
    /// Cancel it, with its money going back.
    pub call_off: bool,
    pub refund: bool,
    /// Say that money was sent back by hand: that can be even when all of it is promised.
    pub refund_sent: bool,
    /// Tell her that it can be fetched.
    pub ready: bool,
    /// Decide on returns.
    pub decide: bool,
    /// Look at whoever ordered, as long as she is not forgotten.
    pub see_customer: bool,
}

pub(super) fn can<R: Rule>(staff: &Allowed<R>, sheet: &Sheet) -> Can {
    let order = &sheet.order;
    let is_open = order.status == "placed";
    let is_here = matches!(order.fulfilment_status.as_str(), "unfulfilled" | "not_needed");
    let is_going = matches!(order.status.as_str(), "pending" | "placed");
    let is_to_end = is_going && is_here;
    let is_stopped = order.stopped().is_some();
    let is_to_be_sent = matches!(order.fulfilment_status.as_str(), "unfulfilled" | "part_shipped");
    let is_short = matches!(order.payment_status.as_str(), "unpaid" | "part_paid");
    let has_money = !matches!(order.payment_status.as_str(), "unpaid" | "refunded");
    let told = |event: &Event| event.kind == EventKind::Ready.code();
    let is_fetched =
        sheet.details.delivery_kind == Handover::Pickup.code() && !sheet.events.iter().any(told);
    let is_whole = sheet.refunds.iter().all(|row| row.kind == RefundKind::Surplus.code());
    Can {
        edit: is_open && is_here && is_whole && staff.may(Permission::ChangeOrders),
        stop: is_going && !is_stopped && staff.may(Permission::ChangeOrders),
        let_go: is_stopped && staff.may(Permission::ChangeOrders),
        receive: is_open && is_short && staff.may(Permission::ChangeOrders),
        ship: is_open && is_to_be_sent && !is_stopped && staff.may(Permission::ShipOrders),
        cancel: is_to_end && sheet.kept == 0 && staff.may(Permission::ChangeOrders),
        call_off: is_to_end && sheet.kept > 0 && staff.may(Permission::RefundOrders),
        refund: has_money && staff.may(Permission::RefundOrders),
        refund_sent: staff.may(Permission::RefundOrders),
        ready: is_open
            && is_to_be_sent
            && is_fetched
            && !is_stopped
            && staff.may(Permission::ShipOrders),
        decide: staff.may(Permission::ChangeOrders),
        see_customer: !order.email.is_empty() && staff.may(Permission::ViewCustomers),
    }
}
