//! Writes down what shoppers were shown, beside the shop and past its database.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Duration;

/// How a shopping trip ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// She has seen her order.
    Ordered(Seen),
    /// She was told clearly that she cannot have it.
    Refused,
}

/// An order as its page said when its shopper looked last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub token: String,
    pub number: String,
    /// What she had agreed to pay.
    pub total: i64,
    pub is_paid: bool,
    pub awaits_transfer: bool,
}

/// A trip, by the cart that it was made with.
#[derive(Debug, Clone)]
pub struct Trip {
    pub cart: String,
    pub end: End,
}

#[derive(Default)]
pub struct Witness {
    trips: RefCell<Vec<Trip>>,
    counted: RefCell<BTreeMap<&'static str, u64>>,
}

impl Witness {
    pub fn tell(&self, trip: Trip) {
        self.trips.borrow_mut().push(trip);
    }

    pub fn trip(&self, number: usize) -> Option<Trip> {
        self.trips.borrow().get(number).cloned()
    }

    pub fn trips(&self) -> Vec<Trip> {
        self.trips.borrow().clone()
    }

    pub fn count(&self, what: &'static str) {
        *self.counted.borrow_mut().entry(what).or_default() += 1;
    }

    pub fn report(&self, took: Duration) {
        let trips = self.trips.borrow();
        let confirmed = trips.iter().filter(|trip| trip.end != End::Refused).count();
        println!("{:>8}  seconds", took.as_secs());
        println!("{confirmed:>8}  orders that shoppers have seen");
        println!("{:>8}  shoppers refused", trips.len() - confirmed);
        for (what, count) in self.counted.borrow().iter() {
            println!("{count:>8}  {what}");
        }
    }
}
