//! Whether an order can still be paid by its shopper, and how.

use chrono::{NaiveDateTime, TimeDelta};

use super::gateway::Sale;
use super::gateways::Gateways;
use super::queries::{self, Bought, PaymentRow};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::OrderToken;
use crate::money::{Currency, Money};
use crate::orders::{Handover, OrderStatus, Payment, PaymentStatus};
use crate::settings::ShopSettings;
use crate::values::Country;

/// So often an order may be tried to be paid, while the limit `payment_attempt` lets it.
const MOST_TRIES: usize = 6;
/// No try on a gateway's page begins later than so many times `hold_minutes` after the order.
const MOST_HOLDS: i32 = 3;

/// An order that waits for money.
pub(super) struct Payable {
    pub order: Bought,
    /// How it is to be paid as things stand.
    pub payment: Payment,
    /// What is still to be paid.
    pub due: Money,
    /// The oldest first.
    pub tries: Vec<PaymentRow>,
    /// How it can be paid.
    pub offered: Vec<Payment>,
}

impl Payable {
    /// `None` when there is no such order, or it wants no money from the shopper's hand.
    pub fn find(
        conn: &mut Conn,
        token: &OrderToken,
        (gateways, settings): (&Gateways, &ShopSettings),
        now: NaiveDateTime,
    ) -> Result<Option<Self>> {
        let Some(order) = queries::find_bought(conn, token)? else { return Ok(None) };
        let Some(payment) = Payment::parse(&order.payment_method) else { return Ok(None) };
        if !wants_money(&order, payment, now) {
            return Ok(None);
        }
        let broken = || Error::internal("an order that cannot be read");
        let currency = Currency::from_letters(&order.currency).ok_or_else(broken)?;
        let due = Money::new(order.total_amount - queries::sums(conn, order.id)?.0, currency);
        let sale = Sale {
            total: due,
            country: Country::parse(&queries::country_of(conn, order.id)?).ok_or_else(broken)?,
            handover: Handover::parse(&order.delivery_kind).ok_or_else(broken)?,
        };
        let tries = queries::payments_of(conn, order.id)?;
        let offered = offered(gateways, settings, &sale, has_time(&order, &tries, settings, now));
        Ok(Some(Self { order, payment, due, tries, offered }))
    }

    /// The try that waits for her already, if this way of paying has one.
    pub fn standing(&self, payment: Payment, gateways: &Gateways) -> Option<&PaymentRow> {
        self.tries.iter().rev().find(|row| {
            let fits = row.gateway == payment.code() && row.amount == self.due.minor();
            let is_open = row.is_unfinished() && gateways.of(row).is_some();
            fits && (payment.is_by_hand() || is_open)
        })
    }
}

/// The courier takes her money herself.
fn wants_money(order: &Bought, payment: Payment, now: NaiveDateTime) -> bool {
    let is_open = [OrderStatus::Pending, OrderStatus::Placed].map(OrderStatus::code);
    let is_short = [PaymentStatus::Unpaid, PaymentStatus::PartPaid].map(PaymentStatus::code);
    is_open.contains(&order.status.as_str())
        && is_short.contains(&order.payment_status.as_str())
        && payment != Payment::CashOnDelivery
        && order.pay_until.is_none_or(|until| until > now)
}

/// Whether its goods may be held for another try on a gateway's page.
fn has_time(
    order: &Bought,
    tries: &[PaymentRow],
    settings: &ShopSettings,
    now: NaiveDateTime,
) -> bool {
    let hold = TimeDelta::try_minutes(settings.hold_minutes).unwrap_or_default();
    let longest = order.placed_at.checked_add_signed(hold * (MOST_HOLDS + 1));
    let waits_longer = order.pay_until.is_none_or(|until| Some(until) > longest);
    tries.len() < MOST_TRIES && (waits_longer || now - order.placed_at < hold * MOST_HOLDS)
}

/// The bill stands: what would add a fee to it comes too late.
fn offered(
    gateways: &Gateways,
    settings: &ShopSettings,
    sale: &Sale,
    has_time: bool,
) -> Vec<Payment> {
    let adds_nothing = |payment: Payment| {
        gateways.find(payment).is_some_and(|gateway| gateway.fee(settings).is_none())
    };
    let mut offered = gateways.offered(settings, sale);
    offered.retain(|payment| adds_nothing(*payment) && (has_time || payment.is_by_hand()));
    offered
}
