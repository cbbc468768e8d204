//! The rules that carts are priced by, kept in memory with the frame.

use chrono::NaiveDateTime;

use crate::db::Conn;
use crate::error::Result;
use crate::money::Currency;
use crate::pricing::TaxRate;
use crate::shipping::{self, Method};
use crate::tax;
use crate::values::{Country, Place};
use crate::zones;

/// Where which tax and which ways of delivery hold.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    pub zones: zones::Rules,
    pub tax_rates: Vec<tax::Rate>,
    pub methods: Vec<Method>,
}

impl Rules {
    pub fn load(conn: &mut Conn) -> Result<Self> {
        Ok(Self {
            zones: zones::load_rules(conn)?,
            tax_rates: tax::load_rules(conn)?,
            methods: shipping::load_rules(conn)?,
        })
    }

    /// The tax rates that hold at a place and an instant.
    pub fn tax_at(&self, place: &Place, now: NaiveDateTime) -> Vec<TaxRate> {
        tax::rates_at(&self.zones, &self.tax_rates, place, now)
    }

    /// The ways of delivery to a place at an instant; whether one takes a cart its bill tells.
    pub fn methods_at(&self, place: &Place, at: (Currency, NaiveDateTime)) -> Vec<&Method> {
        shipping::methods_at(&self.zones, &self.methods, place, at)
    }

    /// Which of `all` countries the shop delivers to from now on, in whole or in part.
    pub fn countries(
        &self,
        at: (Currency, NaiveDateTime),
        all: impl Iterator<Item = Country>,
    ) -> Vec<Country> {
        shipping::countries(&self.zones, &self.methods, at, all)
    }
}
