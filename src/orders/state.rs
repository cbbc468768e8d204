//! How far an order has come, in a shopper's words.

use super::book::{Back, MoneyBack, Sent};
use super::cancellable::{Cancellable, cancellable};
use super::model::Payment;
use super::paying::{self, PayingView};
use super::queries::Receipt;
use super::returnable::{ReturnWindow, returnable};
use super::rows::{Order, OrderLine, Try};
use super::status::{FulfilmentStatus, OrderStatus, PaymentStatus, ReturnStatus};
use crate::money::{Currency, Money};
use crate::web::{Shell, dates};

/// How often a shopper may show that she has paid.
const MOST_PROOFS: usize = 3;

impl Receipt {
    /// Whether a picture of a transfer helps: money is to come by one, and not enough pictures have.
    pub fn wants_proof(&self) -> bool {
        let paid = PaymentStatus::parse(&self.order.payment_status);
        let is_short = matches!(paid, Some(PaymentStatus::Unpaid | PaymentStatus::PartPaid));
        let is_open = self.order.status != OrderStatus::Cancelled.code();
        let is_transfer = self.order.payment_method == Payment::BankTransfer.code();
        is_transfer && is_short && is_open && self.proofs.len() < MOST_PROOFS
    }
}

pub struct StateView {
    pub is_cancelled: bool,
    /// Whether money is still to come.
    pub owes: bool,
    /// Whether something is still to be sent.
    pub is_waiting: bool,
    /// How much is paid; empty where nothing is to be paid.
    pub payment: String,
    /// What is said while a payment on a gateway's page is waited for.
    pub paying: Option<PayingView>,
    /// Whether no real money moves for it.
    pub is_test: bool,
    /// What goes back or has gone, with its amount.
    pub refunds: Vec<(String, String)>,
    pub parcels: Vec<ParcelView>,
    pub returns: Vec<BackView>,
    /// Where she can end the order herself; empty when she cannot.
    pub cancel: String,
    /// Where one asks to send something back; empty when nothing can come back.
    pub ask_back: String,
}

pub struct ParcelView {
    pub sent: String,
    pub carrier: String,
    /// Where it can be followed; empty for nowhere.
    pub href: String,
    /// The words of that link, or the parcel's number.
    pub track: String,
    pub lines: String,
    /// What was still to be sent after it; empty for nothing.
    pub left: String,
}

pub struct BackView {
    pub href: String,
    pub status: String,
    pub lines: String,
}

pub(super) fn view(
    shell: &Shell,
    (order, payment, tries): (&Order, Payment, &[Try]),
    lines: &[OrderLine],
    (parcels, returns, refunds): (&[Sent], &[Back], &[MoneyBack]),
) -> StateView {
    let is_cancelled = order.status == OrderStatus::Cancelled.code();
    let is_completed = order.status == OrderStatus::Completed.code();
    let paid = PaymentStatus::parse(&order.payment_status);
    let is_short = matches!(paid, Some(PaymentStatus::Unpaid | PaymentStatus::PartPaid));
    let sent = FulfilmentStatus::parse(&order.fulfilment_status);
    let is_packed = matches!(
        sent,
        Some(
            FulfilmentStatus::Unfulfilled
                | FulfilmentStatus::PartShipped
                | FulfilmentStatus::NotNeeded
        )
    );
    let cancel = shell.href(&format!("/orders/{}/cancel", order.token)).into_owned();
    let own = shell.href(&format!("/orders/{}/returns", order.token)).into_owned();
    let window = ReturnWindow::of(shell.settings(), shell.now());
    let shown = paid.filter(|_| payment != Payment::Free);
    let owes = is_short && !is_cancelled;
    StateView {
        is_cancelled,
        owes,
        paying: (owes && !payment.is_by_hand()).then(|| paying::view(shell, order, tries)),
        is_test: tries.last().is_some_and(|row| !row.live),
        is_waiting: (is_packed || is_short) && !is_cancelled && !is_completed,
        payment: shown.map(|paid| shell.t(paid_text(paid)).to_owned()).unwrap_or_default(),
        parcels: (0..)
            .zip(parcels)
            .map(|(n, parcel)| ParcelView {
                left: in_words(&left(lines, &parcels[..=n]), lines),
                ..parcel_view(shell, parcel, lines)
            })
            .collect(),
        refunds: refunds.iter().map(|money| refund_view(shell, &order.currency, money)).collect(),
        cancel: match cancellable(order, shell.settings().cancel_within_hours, shell.now()) {
            Cancellable::Yes => cancel,
            _ => String::new(),
        },
        returns: returns.iter().map(|back| back_view(shell, &own, back, lines)).collect(),
        ask_back: match returnable(parcels, returns, &window).is_empty() {
            true => String::new(),
            false => own,
        },
    }
}

fn paid_text(status: PaymentStatus) -> &'static str {
    match status {
        PaymentStatus::Unpaid => "paid-not-yet",
        PaymentStatus::PartPaid => "paid-in-part",
        PaymentStatus::Paid => "paid-whole",
        PaymentStatus::Overpaid => "paid-too-much",
        PaymentStatus::PartRefunded => "paid-back-in-part",
        PaymentStatus::Refunded => "paid-back",
    }
}

fn refund_view(shell: &Shell, currency: &str, money: &MoneyBack) -> (String, String) {
    let text = match money.sent_at {
        None => shell.t("order-refund-due").to_owned(),
        Some(at) => shell.with("order-refund-sent", "date", dates::date(shell.texts(), at.date())),
    };
    let amount = Currency::from_letters(currency)
        .map(|currency| shell.money(&Money::new(money.amount, currency)))
        .unwrap_or_default();
    (text, amount)
}

fn parcel_view(shell: &Shell, parcel: &Sent, lines: &[OrderLine]) -> ParcelView {
    let url = &parcel.tracking_url;
    let is_link = url.starts_with("https://") || url.starts_with("http://");
    ParcelView {
        sent: shell.with(
            "order-parcel-sent",
            "date",
            dates::date(shell.texts(), parcel.shipped_at.date()),
        ),
        carrier: parcel.carrier.clone(),
        href: if is_link { url.clone() } else { String::new() },
        track: match is_link {
            true => shell.with("order-track", "number", &parcel.tracking_number),
            false => parcel.tracking_number.clone(),
        },
        lines: in_words(&parcel.lines, lines),
        left: String::new(),
    }
}

/// What is still to be sent after these parcels.
fn left(lines: &[OrderLine], sent: &[Sent]) -> Vec<(i64, i64)> {
    let to_send = (0..).zip(lines).filter(|(_, line)| line.requires_shipping);
    let left = to_send.map(|(position, line)| {
        let units = sent.iter().flat_map(|parcel| &parcel.lines);
        let sent: i64 = units.filter(|(at, _)| *at == position).map(|(_, units)| units).sum();
        (position, line.quantity - sent)
    });
    left.filter(|(_, units)| *units > 0).collect()
}

fn back_view(shell: &Shell, own: &str, back: &Back, lines: &[OrderLine]) -> BackView {
    let is_refunded = back.refund.is_some_and(|money| money.sent_at.is_some());
    let status = match back.status {
        ReturnStatus::Requested => "return-requested",
        ReturnStatus::Approved => "return-approved",
        ReturnStatus::Declined => "return-declined",
        ReturnStatus::Received if is_refunded => "return-refunded",
        ReturnStatus::Received => "return-received",
    };
    BackView {
        href: format!("{own}/{}", back.position + 1),
        status: shell.t(status).to_owned(),
        lines: in_words(&back.units(), lines),
    }
}

/// `2 × Bumi Stoneware Mug, 1 × Kenanga Candle`
fn in_words(units: &[(i64, i64)], lines: &[OrderLine]) -> String {
    let named = units.iter().filter_map(|(position, units)| {
        let line = lines.get(usize::try_from(*position).ok()?)?;
        Some(format!("{units} × {}", line.name))
    });
    named.collect::<Vec<_>>().join(", ")
}
