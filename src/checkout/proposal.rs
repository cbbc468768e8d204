//! A draft as an order that could be placed: reckoned and judged by the rules of the checkout.

use super::book::Book;
use super::desk::Desk;
use super::fields::Mistake;
use super::form::{Placeable, placeable};
use super::order::Placing;
use crate::cart::{Cart, Delivery, Item, Quote};
use crate::db::Db;
use crate::error::Result;
use crate::ids::CustomerId;
use crate::limits::Charge;
use crate::orders::Payment;
use crate::payments::Gateways;
use crate::pricing::Refusal;
use crate::web::{Form, View};

pub struct Proposal {
    pub(super) desk: Desk,
    /// The checkout's, as it is answered.
    pub(super) form: Form,
}

impl Proposal {
    pub async fn of(
        db: &Db,
        view: View,
        gateways: &Gateways,
        (cart, form): (Cart, Form),
    ) -> Result<Self> {
        let desk = Desk::of(db, view, gateways, (cart, Book::default()), &form).await?;
        Ok(Self { desk, form })
    }

    pub fn items(&self) -> &[Item] {
        &self.desk.items
    }

    /// The bill of what can be had, by the way of delivery and of payment that is chosen, else by the
    /// usual ones.
    ///
    /// # Errors
    /// As `pricing::quote`, and when nothing is in it.
    pub fn quote(&self) -> Result<Quote, Refusal> {
        self.desk.quote(&self.form)
    }

    /// The ways there, each with its name.
    pub fn deliveries(&self) -> impl Iterator<Item = (&Delivery, &str)> {
        let offered = self.desk.deliveries.offered.iter();
        offered.map(|delivery| (delivery, self.desk.name_of(delivery)))
    }

    /// The way that is chosen, else the usual one.
    pub fn delivery(&self) -> Option<(&Delivery, &str)> {
        self.desk.delivery(&self.form).map(|delivery| (delivery, self.desk.name_of(delivery)))
    }

    /// How it can be paid.
    pub fn payments(&self) -> Vec<Payment> {
        self.desk.payments(&self.form)
    }

    /// Whether every line can be had as it stands, and there is one.
    pub fn is_whole(&self) -> bool {
        !self.desk.has_nothing() && self.desk.is_whole()
    }

    /// What is missing before somebody can order it: everything but a way to pay, which she chooses.
    pub fn missing(&self) -> Vec<Mistake> {
        let mut missing = placeable(&self.form, &self.desk).err().unwrap_or_default();
        missing.retain(|mistake| mistake.key != "missing-payment");
        missing
    }

    /// The order, if nothing is missing.
    pub fn placeable(&self) -> Result<Placeable, Vec<Mistake>> {
        placeable(&self.form, &self.desk)
    }

    /// To be placed for somebody.
    pub fn placing(
        &self,
        wanted: Placeable,
        customer: Option<CustomerId>,
        charges: Vec<Charge>,
    ) -> Placing {
        Placing {
            view: self.desk.view.clone(),
            gateways: self.desk.gateways.clone(),
            cart: self.desk.cart.clone(),
            customer,
            charges,
            wanted,
        }
    }
}
