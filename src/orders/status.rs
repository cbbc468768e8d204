//! The three statuses of an order, and which may follow which.

/// Gives each status its name in the database, and the list of all.
macro_rules! statuses {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$of])* $variant,)+ }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Its name in the database.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|status| status.code() == code)
            }
        }
    };
}

statuses! {
    /// Where an order is in its life.
    OrderStatus {
        /// Waits for an online payment; its stock is held until `pay_until`.
        Pending = "pending",
        /// To be packed.
        Placed = "placed",
        /// Paid, and sent or handed over as a whole.
        Completed = "completed",
        Cancelled = "cancelled",
    }
}

statuses! {
    /// How much of an order is paid. Derived from what was captured and refunded.
    PaymentStatus {
        Unpaid = "unpaid",
        PartPaid = "part_paid",
        Paid = "paid",
        Overpaid = "overpaid",
        PartRefunded = "part_refunded",
        Refunded = "refunded",
    }
}

statuses! {
    /// How much of an order is on its way. Derived from what was shipped and returned.
    FulfilmentStatus {
        /// Nothing in it is sent.
        NotNeeded = "not_needed",
        Unfulfilled = "unfulfilled",
        PartShipped = "part_shipped",
        Shipped = "shipped",
        PartReturned = "part_returned",
        Returned = "returned",
    }
}

statuses! {
    /// Where a return stands.
    ReturnStatus {
        Requested = "requested",
        Approved = "approved",
        Declined = "declined",
        /// What came was counted.
        Received = "received",
    }
}

impl OrderStatus {
    /// A cancelled order stays so, but for [`reopen`](super::reopen); money or goods that come back do not reopen a completed one.
    pub fn may_become(self, next: Self) -> bool {
        use OrderStatus::{Cancelled, Completed, Pending, Placed};
        matches!((self, next), (Pending, Placed | Cancelled) | (Placed, Completed | Cancelled))
    }
}

impl PaymentStatus {
    /// Of `total`, so much was captured and so much of that refunded; minor units.
    pub fn of(total: i64, captured: i64, refunded: i64) -> Self {
        match captured {
            0 if total == 0 => Self::Paid,
            0 => Self::Unpaid,
            _ if refunded >= captured => Self::Refunded,
            _ if refunded > 0 => Self::PartRefunded,
            _ if captured < total => Self::PartPaid,
            _ if captured > total => Self::Overpaid,
            _ => Self::Paid,
        }
    }
}

/// The units of a line that has to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Units {
    pub ordered: i64,
    pub shipped: i64,
    pub returned: i64,
}

impl FulfilmentStatus {
    /// Of the lines that have to be sent.
    pub fn of(lines: &[Units]) -> Self {
        let sum = |units: fn(&Units) -> i64| lines.iter().map(units).sum::<i64>();
        let (ordered, shipped) = (sum(|line| line.ordered), sum(|line| line.shipped));
        match sum(|line| line.returned) {
            _ if ordered == 0 => Self::NotNeeded,
            0 if shipped == 0 => Self::Unfulfilled,
            0 if shipped < ordered => Self::PartShipped,
            0 => Self::Shipped,
            returned if returned < ordered => Self::PartReturned,
            _ => Self::Returned,
        }
    }

    /// Whether there is nothing left to send.
    pub fn is_done(self) -> bool {
        matches!(self, Self::NotNeeded | Self::Shipped | Self::PartReturned | Self::Returned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cancelled_or_completed_order_stays_so() {
        for end in [OrderStatus::Cancelled, OrderStatus::Completed] {
            assert!(OrderStatus::ALL.iter().all(|next| !end.may_become(*next)));
        }
        assert!(OrderStatus::Pending.may_become(OrderStatus::Placed));
        assert!(!OrderStatus::Placed.may_become(OrderStatus::Pending));
        assert!(!OrderStatus::Pending.may_become(OrderStatus::Completed));
    }

    #[test]
    fn a_payment_status_is_what_the_sums_say() {
        let of = PaymentStatus::of;
        assert_eq!(of(0, 0, 0), PaymentStatus::Paid);
        assert_eq!(of(100, 0, 0), PaymentStatus::Unpaid);
        assert_eq!(of(100, 40, 0), PaymentStatus::PartPaid);
        assert_eq!(of(100, 100, 0), PaymentStatus::Paid);
        assert_eq!(of(100, 120, 0), PaymentStatus::Overpaid);
        assert_eq!(of(100, 100, 1), PaymentStatus::PartRefunded);
        assert_eq!(of(100, 100, 100), PaymentStatus::Refunded);
        assert_eq!(of(100, 40, 40), PaymentStatus::Refunded);
    }

    #[test]
    fn a_fulfilment_status_is_what_the_units_say() {
        let of = |lines: &[(i64, i64, i64)]| {
            let units = lines.iter().map(|&(ordered, shipped, returned)| Units {
                ordered,
                shipped,
                returned,
            });
            FulfilmentStatus::of(&units.collect::<Vec<_>>())
        };
        assert_eq!(of(&[]), FulfilmentStatus::NotNeeded);
        assert_eq!(of(&[(2, 0, 0), (1, 0, 0)]), FulfilmentStatus::Unfulfilled);
        assert_eq!(of(&[(2, 2, 0), (1, 0, 0)]), FulfilmentStatus::PartShipped);
        assert_eq!(of(&[(2, 2, 0), (1, 1, 0)]), FulfilmentStatus::Shipped);
        assert_eq!(of(&[(2, 2, 1), (1, 1, 0)]), FulfilmentStatus::PartReturned);
        assert_eq!(of(&[(2, 2, 2), (1, 1, 1)]), FulfilmentStatus::Returned);
    }
}
