//! What somebody wants of an order, and why she cannot have it.

use crate::error::Error;
use crate::orders::Address;
use crate::values::Quantity;

/// How an order is to be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    /// Positions of lines, each with the units that it is to have; 0 takes it out. What is not named
    /// stays as it is.
    pub units: Vec<(i64, i64)>,
    /// SKUs, each with the units that are added.
    pub added: Vec<(String, Quantity)>,
    /// Where it goes; `None` for where it went.
    pub address: Option<Address>,
    /// The code of a way of delivery; `None` for the one that was sold.
    pub way: Option<String>,
}

impl Wish {
    /// How many units a line of so many is to have.
    pub(super) fn units_of(&self, position: i64, now: i64) -> i64 {
        let named = self.units.iter().find(|(of, _)| *of == position);
        named.map_or(now, |(_, units)| *units)
    }
}

/// Why an order is not changed so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// It is not open, or something of it was sent.
    NotNow,
    /// The shopper may be paying it at this moment.
    BeingPaid,
    /// Something of it was refunded.
    Refunded,
    /// It is so already.
    Nothing,
    /// Nothing would be left in it.
    Empty,
    /// The shop has no such SKU.
    NoSuch(String),
    /// It has no price, or is not shown.
    NotForSale(String),
    /// Of this SKU only so many more can be had.
    Short { sku: String, left: i64 },
    /// It was sold in another currency, or at prices with or without tax where the shop's are not so:
    /// what costs something today cannot come into it.
    OtherPrices,
    /// More than a line can have.
    TooMany(String),
    /// Goods that are sent would come into an order of which nothing is sent, or the last of them go.
    OtherHandover,
    /// The way of delivery does not go there, or does not take it.
    NoWay,
    /// No bill can be made of it.
    Unpriceable,
}

/// Why a plan is not made.
pub(super) enum Halt {
    Refused(Refused),
    Error(Error),
}

impl From<Refused> for Halt {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<Error> for Halt {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}
