//! What is written of an order, and what is read of it.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::model::{Address, AddressKind};
use crate::cart::Goods;
use crate::db::schema::{invoice, order_line, order_tax, orders, payment};
use crate::ids::{OrderId, VariantId};
use crate::money::Money;
use crate::pricing::{BillLine, BillTax};
use crate::values::Quantity;

/// A row of `orders` as it is first written.
#[derive(Debug, Insertable)]
#[diesel(table_name = orders)]
pub struct NewOrder {
    pub number: String,
    pub token: String,
    pub cart_id: String,
    pub placed_at: NaiveDateTime,
    /// Until when its money is waited for and its stock held; `None` for as long as it takes.
    pub pay_until: Option<NaiveDateTime>,
    pub email: String,
    pub phone: String,
    pub locale: &'static str,
    pub note: String,
    pub payment_method: &'static str,
    /// As `Handover` has it.
    pub delivery_kind: &'static str,
    pub delivery_code: String,
    pub delivery_name: String,
    /// How its price was reckoned, by the kind's name; the rule itself is in `quote_request`.
    pub delivery_rule: &'static str,
    pub chargeable_weight_g: i64,
    /// The days that were promised.
    pub deliver_from: Option<NaiveDate>,
    pub deliver_until: Option<NaiveDate>,
    pub currency: String,
    pub prices_include_tax: bool,
    pub goods_amount: i64,
    pub discount_amount: i64,
    pub delivery_amount: i64,
    pub fee_amount: i64,
    pub tax_amount: i64,
    pub rounding_amount: i64,
    pub total_amount: i64,
    /// JSON: what was priced, so that it can be priced again.
    pub quote_request: String,
    /// JSON: what it came to.
    pub bill: String,
    /// The editions of the shop's terms and of its privacy page that it was placed under.
    pub terms_edition: Option<i64>,
    pub privacy_edition: Option<i64>,
}

/// A row of `order_line`, but for the order that it belongs to.
#[derive(Debug, Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = order_line)]
pub struct NewLine {
    pub position: i64,
    pub variant_id: Option<VariantId>,
    pub sku: String,
    pub product_slug: String,
    pub name: String,
    pub options: String,
    /// As `Picture::packed` writes it; empty for none.
    pub picture: String,
    pub quantity: i64,
    pub requires_shipping: bool,
    pub unit_amount: i64,
    pub list_amount: i64,
    pub discount_amount: i64,
    pub net_amount: i64,
    pub tax_amount: i64,
    pub gross_amount: i64,
    pub weight_grams: i64,
}

impl NewLine {
    /// Of so many goods, each at this price, with no sums yet. What they are called is said in the
    /// shopper's language.
    pub fn of((goods, name): (&Goods, &str), (price, quantity): (Money, Quantity)) -> Self {
        Self {
            position: 0,
            variant_id: Some(goods.variant),
            sku: goods.sku.clone(),
            product_slug: goods.slug.clone(),
            name: name.to_owned(),
            options: goods.options.clone(),
            picture: goods.picture.as_ref().map(|p| p.packed()).unwrap_or_default(),
            quantity: quantity.get(),
            requires_shipping: goods.requires_shipping,
            unit_amount: price.minor(),
            list_amount: 0,
            discount_amount: 0,
            net_amount: 0,
            tax_amount: 0,
            gross_amount: 0,
            weight_grams: goods.weight_grams,
        }
    }

    /// With the sums of its line on the bill.
    pub fn billed(self, bill: &BillLine) -> Self {
        Self {
            list_amount: bill.list,
            discount_amount: bill.discount,
            net_amount: bill.net,
            tax_amount: bill.tax,
            gross_amount: bill.gross,
            ..self
        }
    }
}

/// A row of `order_tax`, but for the order that it belongs to.
#[derive(Debug, Insertable)]
#[diesel(table_name = order_tax)]
pub struct NewTax {
    pub position: i64,
    pub name: String,
    pub ppm: i64,
    pub net_amount: i64,
    pub tax_amount: i64,
}

impl NewTax {
    /// The taxes of a bill.
    pub fn all_of(taxes: &[BillTax]) -> Vec<Self> {
        let taxes = taxes.iter().zip(0..);
        taxes
            .map(|(tax, position)| Self {
                position,
                name: tax.name.clone(),
                ppm: tax.ppm,
                net_amount: tax.net,
                tax_amount: tax.amount,
            })
            .collect()
    }
}

/// An address with its kind.
#[derive(Debug)]
pub struct NewAddress {
    pub kind: AddressKind,
    pub address: Address,
}

/// An order as its own page shows it.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = orders)]
pub struct Order {
    pub id: OrderId,
    pub number: String,
    pub token: String,
    pub cart_id: String,
    pub placed_at: NaiveDateTime,
    pub pay_until: Option<NaiveDateTime>,
    pub email: String,
    pub phone: String,
    pub locale: String,
    pub note: String,
    pub payment_method: String,
    pub status: String,
    pub payment_status: String,
    pub fulfilment_status: String,
    pub delivery_kind: String,
    pub delivery_name: String,
    pub deliver_from: Option<NaiveDate>,
    pub deliver_until: Option<NaiveDate>,
    pub currency: String,
    pub prices_include_tax: bool,
    pub total_amount: i64,
    pub bill: String,
}

/// A line as the order's page shows it.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = order_line)]
pub struct OrderLine {
    pub product_slug: String,
    pub name: String,
    pub options: String,
    pub quantity: i64,
    pub requires_shipping: bool,
    pub unit_amount: i64,
    pub list_amount: i64,
}

/// A try to pay as the order's page shows it.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = payment)]
pub struct Try {
    pub attempt: String,
    pub gateway: String,
    pub status: String,
    /// Whether it is about real money.
    pub live: bool,
    pub captured_amount: i64,
    pub refunded_amount: i64,
}

/// An invoice or a credit note as the order's page links to it.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = invoice)]
pub struct Paper {
    /// By its code.
    pub kind: String,
    pub number: String,
}
