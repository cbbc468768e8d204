//! What becomes of an invented order, step by step, each by the function that does it in a shop.

use chrono::NaiveDateTime;

use crate::db::Conn;
use crate::error::Error;
use crate::fulfilment::{self, Asked, Counted, Parcel, ReturnReason, ReturnWish, Wanted};
use crate::ids::{AttemptToken, OrderId, RefundId, ReturnId};
use crate::invoices::RowKey;
use crate::money::{Currency, Money};
use crate::orders::book::{self, Line};
use crate::orders::{By, Ending, MoveError, Moved, Payment, ReturnWindow};
use crate::payments::{self, Giving, Observed, Receipt, Seen};
use crate::values::Quantity;
use Step::*;

/// How an order goes on after it was placed.
pub(super) struct Story {
    pub payment: Payment,
    /// The shopper fetches it.
    pub is_fetched: bool,
    /// What happens, each so many hours after what came before.
    pub steps: &'static [(i64, Step)],
    /// How many minutes it may stand as the last step leaves it; `None` for ever.
    pub stands: Option<i64>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    /// So many hundredths of the total arrive, by hand.
    Receive(i64),
    /// A gateway has the money.
    Capture,
    Ready,
    ShipOne,
    ShipRest,
    Cancel,
    /// One unit of the first line is to come back.
    Ask,
    /// Everything is.
    AskAll,
    Approve,
    Decline,
    TakeIn,
    Refund,
    RefundAll,
    /// An amount, for peace.
    Goodwill,
    RefundSent,
}

const fn story(payment: Payment, steps: &'static [(i64, Step)]) -> Story {
    Story { payment, is_fetched: false, steps, stands: None }
}

const fn open(payment: Payment, steps: &'static [(i64, Step)], minutes: i64) -> Story {
    Story { payment, is_fetched: false, steps, stands: Some(minutes) }
}

const DAY: i64 = 24 * 60;

/// Most orders end well; what is still open is young.
pub(super) const STORIES: &[Story] = &[
    story(Payment::BankTransfer, &[(5, Receive(100)), (20, ShipRest)]),
    story(Payment::Stripe, &[(0, Capture), (26, ShipRest)]),
    open(Payment::BankTransfer, &[], 2 * DAY),
    story(Payment::CashOnDelivery, &[(20, ShipRest), (60, Receive(100))]),
    open(Payment::Stripe, &[(0, Capture)], 2 * DAY),
    story(Payment::BankTransfer, &[(9, Receive(100)), (8, ShipOne), (40, ShipRest)]),
    open(Payment::CashOnDelivery, &[], 2 * DAY),
    story(
        Payment::BankTransfer,
        &[
            (4, Receive(100)),
            (30, ShipRest),
            (120, Ask),
            (5, Approve),
            (90, TakeIn),
            (1, Refund),
            (3, RefundSent),
        ],
    ),
    open(Payment::BankTransfer, &[(4, Receive(100)), (18, ShipOne)], 5 * DAY),
    Story {
        payment: Payment::BankTransfer,
        is_fetched: true,
        steps: &[(3, Receive(100)), (6, Ready), (20, ShipRest)],
        stands: None,
    },
    open(Payment::Stripe, &[], 20),
    story(Payment::BankTransfer, &[(72, Cancel)]),
    story(
        Payment::BankTransfer,
        &[
            (7, Receive(100)),
            (16, ShipRest),
            (100, AskAll),
            (9, Approve),
            (80, TakeIn),
            (2, RefundAll),
            (4, RefundSent),
        ],
    ),
    open(Payment::BankTransfer, &[(6, Receive(40))], DAY),
    story(Payment::Stripe, &[(0, Capture), (22, ShipRest)]),
    open(Payment::BankTransfer, &[(3, Receive(100)), (20, ShipRest), (90, Ask)], 3 * DAY),
    story(Payment::BankTransfer, &[(6, Receive(100)), (15, Cancel), (3, RefundSent)]),
    open(
        Payment::BankTransfer,
        &[(5, Receive(100)), (21, ShipRest), (80, Ask), (4, Approve)],
        7 * DAY,
    ),
    story(Payment::BankTransfer, &[(5, Receive(100)), (23, ShipRest), (110, Ask), (6, Decline)]),
    open(Payment::BankTransfer, &[(5, Receive(100)), (30, Goodwill)], 2 * DAY),
    story(
        Payment::BankTransfer,
        &[(5, Receive(100)), (24, ShipRest), (70, Goodwill), (20, RefundSent)],
    ),
    story(Payment::BankTransfer, &[(8, Receive(110)), (24, ShipRest)]),
    story(Payment::Stripe, &[(0, Capture), (18, ShipRest)]),
    story(Payment::CashOnDelivery, &[(26, ShipRest), (50, Receive(100))]),
];

impl Story {
    pub fn hours(&self) -> i64 {
        self.steps.iter().map(|(hours, _)| hours).sum()
    }
}

/// Does one step.
pub(super) fn take(conn: &mut Conn, order: OrderId, step: Step, at: NaiveDateTime) -> Moved {
    let (shop, rani) = (By::shop(at), By::staff("rani", at));
    let lines = book::lines_of(conn, order)?;
    match step {
        Receive(percent) => receive(conn, order, percent, &rani),
        Capture => capture(conn, order, &shop),
        Ready => fulfilment::ready(conn, order, &rani),
        ShipOne => ship(conn, order, wanted(&lines[..1], Some(1)), &rani),
        ShipRest => ship(conn, order, Vec::new(), &rani),
        Cancel => payments::call_off(conn, order, &Ending::Wanted(String::new()), &shop),
        Ask => ask(conn, order, wanted(&lines[..1], Some(1)), at),
        AskAll => ask(conn, order, wanted(&lines, None), at),
        Approve => {
            let id = the_return(conn, order)?;
            fulfilment::approve(conn, id, "", &rani)
        }
        Decline => {
            let id = the_return(conn, order)?;
            fulfilment::decline(conn, id, "It was used.", &rani)
        }
        TakeIn => take_in(conn, order, &rani),
        Refund => refund(conn, order, vec![(RowKey::Line(0), 1)], &rani),
        RefundAll => refund_all(conn, order, &lines, &rani),
        Goodwill => give(conn, order, &Giving::Amount(5_000), &rani),
        RefundSent => {
            let id = the_refund(conn, order)?;
            payments::confirm_sent(conn, id, &format!("OUT {order}"), &rani)
        }
    }
}

fn receive(conn: &mut Conn, order: OrderId, percent: i64, by: &By) -> Moved {
    let due = payments::payments_of(conn, order)?.iter().map(|row| row.amount).sum::<i64>();
    let receipt = Receipt { amount: due * percent / 100, reference: format!("BCA {order}") };
    payments::receive(conn, order, &receipt, by)
}

fn capture(conn: &mut Conn, order: OrderId, by: &By) -> Moved {
    let payments = payments::payments_of(conn, order)?;
    let payment = payments.first().ok_or(MoveError::NoPayment("to capture"))?;
    let currency = Currency::from_letters(&payment.currency)
        .ok_or_else(|| Error::internal("a payment in no currency"))?;
    let observed = Observed {
        gateway: Payment::Stripe.code(),
        attempt: AttemptToken::parse(&payment.attempt),
        reference: Some(format!("cs_{}", AttemptToken::random().as_str())),
        seen: Seen::Captured,
        captured: Money::new(payment.amount, currency),
        refunded: 0,
        disputes: Vec::new(),
        live: payment.live,
        expires_at: None,
    };
    payments::apply(conn, &observed, by).map(|_| ())
}

/// So many units of each line, or all of them.
fn wanted(lines: &[Line], units: Option<i64>) -> Vec<Wanted> {
    let wanted = lines.iter().filter_map(|line| {
        let quantity = Quantity::new(units.unwrap_or(line.quantity))?;
        Some(Wanted { position: line.position, quantity })
    });
    wanted.collect()
}

fn ship(conn: &mut Conn, order: OrderId, lines: Vec<Wanted>, by: &By) -> Moved {
    let parcel = Parcel {
        lines,
        carrier: "Kirana".into(),
        tracking_number: format!("KRN{order:012}"),
        tracking_url: String::new(),
    };
    fulfilment::ship(conn, order, &parcel, by).map(|_| ())
}

fn ask(conn: &mut Conn, order: OrderId, lines: Vec<Wanted>, at: NaiveDateTime) -> Moved {
    let asked = Asked {
        lines,
        reason: ReturnReason::NotAsDescribed,
        wish: ReturnWish::Refund,
        note: "The colour is another one than on the picture.".into(),
    };
    let by = By::shopper(at);
    fulfilment::request(conn, order, &asked, &ReturnWindow::Open, &by).map(|_| ())
}

fn take_in(conn: &mut Conn, order: OrderId, by: &By) -> Moved {
    let returns = book::returns_of(conn, order)?;
    let units = returns.iter().flat_map(book::Back::units);
    let counted: Vec<Counted> = units
        .map(|(position, units)| Counted { position, received: units, restocked: units })
        .collect();
    let id = the_return(conn, order)?;
    fulfilment::receive(conn, id, &counted, by)
}

fn refund_all(conn: &mut Conn, order: OrderId, lines: &[Line], by: &By) -> Moved {
    let mut rows: Vec<_> =
        lines.iter().enumerate().map(|(at, line)| (RowKey::Line(at), line.quantity)).collect();
    rows.extend(payments::left_besides_goods(conn, order)?);
    refund(conn, order, rows, by)
}

fn refund(conn: &mut Conn, order: OrderId, rows: Vec<(RowKey, i64)>, by: &By) -> Moved {
    give(conn, order, &Giving::Rows(rows), by)
}

fn give(conn: &mut Conn, order: OrderId, giving: &Giving, by: &By) -> Moved {
    payments::refund(conn, order, giving, "as agreed", by).map(|_| ())
}

fn the_return(conn: &mut Conn, order: OrderId) -> Moved<ReturnId> {
    let first = book::returns_of(conn, order)?.first().map(|back| back.id);
    first.ok_or(MoveError::Nothing)
}

fn the_refund(conn: &mut Conn, order: OrderId) -> Moved<RefundId> {
    let first = payments::refunds_of(conn, order)?.first().map(|row| row.id);
    first.ok_or(MoveError::Nothing)
}
