//! The kinds of discounts, as a merchant chooses one: what pricing knows as a lane and a benefit.

use crate::pricing::{Benefit, LineBenefit, SumBenefit};
use crate::rules::Entry;
use crate::web::Form;

macro_rules! kinds {
    ($($name:ident = $code:literal,)+) => {
        /// What a discount takes its money off, and how.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Kind { $($name,)+ }

        impl Kind {
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Its name in forms. Its words are `discount-kind-` and this.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }
        }
    };
}

kinds! {
    GoodsPercent = "goods-percent",
    AmountPerUnit = "amount-per-unit",
    FixedPrice = "fixed-price",
    BuyGet = "buy-get",
    OrderPercent = "order-percent",
    OrderAmount = "order-amount",
    FreeDelivery = "free-delivery",
    DeliveryPercent = "delivery-percent",
    DeliveryAmount = "delivery-amount",
}

/// All of it, in parts per million.
const WHOLE: i64 = 1_000_000;

impl Kind {
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    pub fn of(benefit: &Benefit) -> Self {
        match benefit {
            Benefit::Line(LineBenefit::Percent { .. }) => Self::GoodsPercent,
            Benefit::Line(LineBenefit::AmountPerUnit { .. }) => Self::AmountPerUnit,
            Benefit::Line(LineBenefit::FixedPrice { .. }) => Self::FixedPrice,
            Benefit::Line(LineBenefit::BuyXGetY { .. }) => Self::BuyGet,
            Benefit::Order(SumBenefit::Percent { .. }) => Self::OrderPercent,
            Benefit::Order(SumBenefit::Amount { .. }) => Self::OrderAmount,
            Benefit::Shipping(SumBenefit::Percent { ppm }) if ppm.get() == WHOLE => {
                Self::FreeDelivery
            }
            Benefit::Shipping(SumBenefit::Percent { .. }) => Self::DeliveryPercent,
            Benefit::Shipping(SumBenefit::Amount { .. }) => Self::DeliveryAmount,
        }
    }

    /// Those of the fields that say how much which this kind has.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Self::GoodsPercent | Self::OrderPercent | Self::DeliveryPercent => &["percent"],
            Self::BuyGet => &["buy", "get", "percent"],
            Self::FreeDelivery => &[],
            Self::AmountPerUnit | Self::FixedPrice | Self::OrderAmount | Self::DeliveryAmount => {
                &["amount"]
            }
        }
    }

    /// Lane and benefit as a file has them; `amount` is the form's, exactly written.
    pub fn write(self, entry: Entry, form: &Form, amount: &str) -> Entry {
        let lane = match self {
            Self::OrderPercent | Self::OrderAmount => "order",
            Self::FreeDelivery | Self::DeliveryPercent | Self::DeliveryAmount => "shipping",
            _ => "line",
        };
        let entry = entry.typed("lane", lane);
        let percent = form.get("percent");
        match self {
            Self::GoodsPercent | Self::OrderPercent | Self::DeliveryPercent => {
                entry.percent("percent", percent)
            }
            Self::FreeDelivery => entry.percent("percent", "100"),
            Self::BuyGet => entry
                .number("buy", form.get("buy"))
                .number("get", form.get("get"))
                .percent("percent", percent),
            Self::AmountPerUnit => entry.typed("amount_per_unit", amount),
            Self::FixedPrice => entry.typed("fixed_price", amount),
            Self::OrderAmount | Self::DeliveryAmount => entry.typed("amount", amount),
        }
    }
}
