//! An order in words: as its page and its mails tell it.

use chrono::{Days, NaiveDateTime};

use super::model::{Address, Handover, Payment};
use super::paying;
use super::queries::Receipt;
use super::rows::{OrderLine, Paper};
use super::state::{self, StateView};
use crate::cart::{Reduced, TotalRow, reduced, rows};
use crate::error::{Error, Result};
use crate::money::{Currency, Money};
use crate::pricing::Bill;
use crate::settings::BankAccount;
use crate::values::Country;
use crate::web::{Shell, countries, dates};

/// Everything of an order, ready to print in the shell's language. Nothing is reckoned anew.
pub struct Told {
    /// Its page, without the language.
    pub path: String,
    pub number: String,
    /// Her name, as the address has it.
    pub customer: String,
    pub email: String,
    pub phone: String,
    pub note: String,
    pub date: String,
    pub total: String,
    /// What is still to be paid.
    pub due: String,
    pub handover: Handover,
    /// The days that were promised; empty where nothing is delivered.
    pub arrives: String,
    /// The same as a sentence.
    pub arrival: String,
    pub delivery_name: String,
    pub payment: Payment,
    pub payment_name: String,
    /// The last day for a bank transfer, the last moment on a gateway's page.
    pub pay_until: String,
    pub accounts: Vec<BankAccount>,
    /// The pictures by which she has shown that she has paid.
    pub proofs: Vec<ProofView>,
    /// Whether one more helps.
    pub wants_proof: bool,
    pub lines: Vec<LineView>,
    pub totals: Vec<TotalRow>,
    /// Whose address `delivery` is: the shopper's, or the shop's own.
    pub delivery_heading: String,
    /// Empty where nothing is delivered.
    pub delivery: Vec<String>,
    pub billing: Vec<String>,
    pub tax_number: String,
    pub papers: Vec<PaperView>,
    pub state: StateView,
}

/// A picture of a transfer.
pub struct ProofView {
    pub href: String,
    pub name: String,
}

/// The invoice or a credit note.
pub struct PaperView {
    pub number: String,
    pub href: String,
    pub name: String,
}

/// A line of an order, ready to print.
pub struct LineView {
    pub href: String,
    pub name: String,
    pub options: String,
    pub quantity: i64,
    pub unit: String,
    pub sum: String,
    /// Without its discounts; empty where that is the same.
    pub regular: String,
    pub discounts: Vec<String>,
}

impl Told {
    /// # Errors
    /// `Internal` when what is stored is not what this version stores.
    pub fn of(shell: &Shell, receipt: Receipt) -> Result<Self> {
        let wants_proof = receipt.wants_proof();
        let Receipt {
            order,
            lines,
            given,
            delivery,
            billing,
            papers,
            tries,
            parcels,
            returns,
            refunds,
            proofs,
        } = receipt;
        let received: i64 = tries.iter().map(|row| row.captured_amount - row.refunded_amount).sum();
        let settings = shell.settings();
        let currency = Currency::from_letters(&order.currency)
            .ok_or_else(|| Error::internal("an order in no currency"))?;
        let bill: Bill = serde_json::from_str(&order.bill)
            .map_err(|error| Error::internal(format!("a stored bill: {error}")))?;
        let placed = order.placed_at.date();
        let promised = order.deliver_from.zip(order.deliver_until);
        let patience = Days::new(u64::try_from(settings.pay_within_days).unwrap_or_default());
        let payment = Payment::parse(&order.payment_method)
            .ok_or_else(|| Error::internal("an order with no known payment"))?;
        let handover = Handover::parse(&order.delivery_kind)
            .ok_or_else(|| Error::internal("an order of no known handover"))?;
        let delivery_label = match handover {
            Handover::Parcel => Some(shell.with("order-delivery", "name", &order.delivery_name)),
            Handover::Pickup => Some(order.delivery_name.clone()),
            Handover::Nothing => None,
        };
        let arrives = promised
            .map(|(from, until)| dates::days(shell.texts(), from, until))
            .unwrap_or_default();
        let (arrival, delivery_heading) = match handover {
            Handover::Pickup => ("order-collect", "order-collect-at"),
            Handover::Parcel | Handover::Nothing => ("order-delivered", "order-delivery-address"),
        };
        let path = format!("/orders/{}", order.token);
        let own = shell.href(&path).into_owned();
        Ok(Self {
            path,
            date: dates::date(shell.texts(), placed),
            total: shell.money(&Money::new(order.total_amount, currency)),
            due: shell.money(&Money::new((order.total_amount - received).max(0), currency)),
            arrival: match arrives.as_str() {
                "" => String::new(),
                days => shell.with(arrival, "days", days),
            },
            arrives,
            delivery_heading: shell.t(delivery_heading).to_owned(),
            payment_name: shell.t(payment.text()).to_owned(),
            pay_until: match order.pay_until {
                Some(until) if !payment.is_by_hand() => paying::moment(shell, until),
                Some(until) => dates::date(shell.texts(), until.date()),
                None => {
                    dates::date(shell.texts(), placed.checked_add_days(patience).unwrap_or(placed))
                }
            },
            accounts: settings.bank_accounts.clone(),
            proofs: (1..)
                .zip(&proofs)
                .map(|(n, shown_at)| proof_view(shell, &own, n, *shown_at))
                .collect(),
            wants_proof,
            lines: (0..)
                .zip(&lines)
                .map(|(at, line)| {
                    let reduced = reduced(shell, &bill, bill.lines.get::<usize>(at), &given);
                    line_view(shell, line, currency, reduced)
                })
                .collect(),
            state: state::view(
                shell,
                (&order, payment, &tries),
                &lines,
                (&parcels, &returns, &refunds),
            ),
            totals: rows(shell, &bill, order.prices_include_tax, delivery_label, &given),
            delivery: match handover {
                Handover::Nothing => Vec::new(),
                Handover::Parcel | Handover::Pickup => address_lines(shell, &delivery),
            },
            handover,
            billing: address_lines(shell, &billing),
            customer: billing.name,
            tax_number: billing.tax_number,
            papers: paper_views(shell, &own, &papers),
            number: order.number,
            email: order.email,
            phone: order.phone,
            note: order.note,
            delivery_name: order.delivery_name,
            payment,
        })
    }
}

impl Told {
    /// Whether a transfer is still to come: the accounts are shown then.
    pub fn awaits_transfer(&self) -> bool {
        self.payment == Payment::BankTransfer && self.state.owes
    }
}

fn proof_view(shell: &Shell, order: &str, n: usize, shown_at: NaiveDateTime) -> ProofView {
    let date = dates::date(shell.texts(), shown_at.date());
    ProofView {
        href: format!("{order}/proofs/{n}"),
        name: shell.with("order-proof-shown", "date", date),
    }
}

/// Those of each kind are counted from 1.
fn paper_views(shell: &Shell, order: &str, papers: &[Paper]) -> Vec<PaperView> {
    let (mut invoices, mut credit_notes) = (0, 0);
    let view = |Paper { kind, number }: &Paper| {
        let is_invoice = kind == "invoice";
        let n = if is_invoice { &mut invoices } else { &mut credit_notes };
        *n += 1;
        let (href, text) = match (is_invoice, *n) {
            (true, 1) => (format!("{order}/invoice"), "order-invoice"),
            (true, n) => (format!("{order}/invoices/{n}"), "order-invoice"),
            (false, n) => (format!("{order}/credit-notes/{n}"), "order-credit-note"),
        };
        PaperView { number: number.clone(), href, name: shell.with(text, "number", number) }
    };
    papers.iter().map(view).collect()
}

fn line_view(shell: &Shell, line: &OrderLine, currency: Currency, reduced: Reduced) -> LineView {
    let money = |minor| Money::new(minor, currency);
    let (sum, regular) = reduced.prices(shell, money(line.list_amount), None);
    LineView {
        href: shell.href(&format!("/products/{}", line.product_slug)).into_owned(),
        name: line.name.clone(),
        options: line.options.clone(),
        quantity: line.quantity,
        unit: shell.money(&money(line.unit_amount)),
        sum,
        regular,
        discounts: reduced.words,
    }
}

/// Where the shop is, as it stands on a parcel; empty when the merchant has not said.
pub fn shop_address(shell: &Shell) -> Vec<String> {
    let settings = shell.settings();
    if settings.street.is_empty() {
        return Vec::new();
    }
    let address = Address {
        company: settings.name.clone(),
        line1: settings.street.clone(),
        city: settings.city.clone(),
        region: settings.region.clone(),
        postcode: settings.postcode.clone(),
        country: settings.country.code().to_owned(),
        ..Address::default()
    };
    address_lines(shell, &address)
}

/// An address as it stands on a parcel, with the country's name.
pub fn address_lines(shell: &Shell, address: &Address) -> Vec<String> {
    let mut lines = address.lines();
    lines.extend(Country::parse(&address.country).map(|country| countries::name(shell, country)));
    lines
}
