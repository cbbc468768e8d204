//! What stands in an address book.

use diesel::prelude::*;

use crate::ids::CustomerAddressId;
use crate::orders::Address;

/// How many addresses a book holds: each has a position of its own from 1 to here.
pub const MOST: i64 = 20;

/// An address of somebody's book.
#[derive(Debug, Clone, Queryable)]
pub struct Entry {
    pub id: CustomerAddressId,
    pub position: i64,
    pub address: Address,
    pub phone: String,
    /// What the checkout begins with.
    pub is_for_delivery: bool,
    pub is_for_billing: bool,
}

/// An address as it is to stand there.
#[derive(Debug, Clone)]
pub struct NewEntry {
    pub address: Address,
    /// Whom the courier calls there.
    pub phone: String,
}

/// What became of an address that was to be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    New,
    /// It stands there already.
    Known,
    /// There is no place left.
    Full,
}
