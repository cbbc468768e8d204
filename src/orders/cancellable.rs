//! Whether a shopper may end her order herself: one rule for its page and for her form.

use chrono::{NaiveDateTime, TimeDelta};

use super::model::Payment;
use super::rows::Order;
use super::status::{FulfilmentStatus, OrderStatus, PaymentStatus};

/// What she may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cancellable {
    Yes,
    /// It has ended, one way or the other.
    Over,
    /// Something of it was sent.
    Sent,
    /// The shop may be packing it.
    TooLate,
}

/// Nobody packs an order before its money has come, so that one may be ended until then; any other
/// within so many hours of being placed.
pub fn cancellable(order: &Order, within_hours: i64, now: NaiveDateTime) -> Cancellable {
    let is_here = [FulfilmentStatus::Unfulfilled, FulfilmentStatus::NotNeeded];
    let is_open = [OrderStatus::Pending, OrderStatus::Placed];
    let is_fresh = now < order.placed_at + TimeDelta::hours(within_hours);
    match order {
        _ if !is_here.iter().any(|status| order.fulfilment_status == status.code()) => {
            Cancellable::Sent
        }
        _ if !is_open.iter().any(|status| order.status == status.code()) => Cancellable::Over,
        _ if is_fresh || waits_for_money(&order.payment_status, &order.payment_method) => {
            Cancellable::Yes
        }
        _ => Cancellable::TooLate,
    }
}

/// Whether an order of this payment status is packed when its money has come. The courier brings the
/// goods before the money.
pub(super) fn waits_for_money(payment_status: &str, method: &str) -> bool {
    let is_short = [PaymentStatus::Unpaid, PaymentStatus::PartPaid];
    is_short.iter().any(|status| payment_status == status.code())
        && method != Payment::CashOnDelivery.code()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::ids::OrderId;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    /// Placed at noon, by this way to pay; of these statuses.
    fn order(method: Payment, [status, payment, fulfilment]: [&str; 3]) -> Order {
        Order {
            id: OrderId(1),
            number: String::new(),
            token: String::new(),
            cart_id: String::new(),
            placed_at: at("2026-11-01T12:00:00"),
            pay_until: None,
            email: String::new(),
            phone: String::new(),
            locale: "en".into(),
            note: String::new(),
            payment_method: method.code().into(),
            status: status.into(),
            payment_status: payment.into(),
            fulfilment_status: fulfilment.into(),
            delivery_kind: "parcel".into(),
            delivery_name: String::new(),
            deliver_from: None,
            deliver_until: None,
            currency: "IDR".into(),
            prices_include_tax: true,
            total_amount: 1_000,
            bill: String::new(),
        }
    }

    fn after_a_day(method: Payment, statuses: [&str; 3]) -> Cancellable {
        cancellable(&order(method, statuses), 24, at("2026-11-02T12:00:00"))
    }

    #[test]
    fn an_order_that_is_packed_can_be_ended_for_some_hours() {
        let paid = order(Payment::Stripe, ["placed", "paid", "unfulfilled"]);
        assert_eq!(cancellable(&paid, 24, at("2026-11-02T11:59:59")), Cancellable::Yes);
        assert_eq!(cancellable(&paid, 24, at("2026-11-02T12:00:00")), Cancellable::TooLate);
        assert_eq!(cancellable(&paid, 0, paid.placed_at), Cancellable::TooLate);
        let cash = ["placed", "unpaid", "unfulfilled"];
        assert_eq!(after_a_day(Payment::CashOnDelivery, cash), Cancellable::TooLate);
    }

    #[test]
    fn an_order_that_waits_for_its_money_can_be_ended() {
        for paid in ["unpaid", "part_paid"] {
            let waits = ["placed", paid, "unfulfilled"];
            assert_eq!(after_a_day(Payment::BankTransfer, waits), Cancellable::Yes, "{paid}");
        }
        let pending = ["pending", "unpaid", "not_needed"];
        assert_eq!(after_a_day(Payment::Stripe, pending), Cancellable::Yes);
    }

    #[test]
    fn what_has_ended_or_was_sent_stays_as_it_is() {
        let of = |statuses| after_a_day(Payment::BankTransfer, statuses);
        assert_eq!(of(["cancelled", "unpaid", "unfulfilled"]), Cancellable::Over);
        assert_eq!(of(["completed", "paid", "not_needed"]), Cancellable::Over);
        assert_eq!(of(["placed", "unpaid", "part_shipped"]), Cancellable::Sent);
        assert_eq!(of(["completed", "paid", "shipped"]), Cancellable::Sent);
    }
}
