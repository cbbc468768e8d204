//! What happened to an order, in the order in which it did: who, when, what.

use chrono::NaiveDateTime;
use diesel::dsl::auto_type;
use diesel::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::audit::Who;
use crate::db::Conn;
use crate::db::schema::order_event;
use crate::error::{Error, Result};
use crate::ids::OrderId;
use crate::jobs::{self, Kind, NewJob, Queue};
use crate::stock::Actor;

/// How many events of an order are shown at most: far more than any order has.
const MOST_EVENTS: i64 = 500;

/// Who does something to an order, and when (UTC).
#[derive(Debug, Clone)]
pub struct By {
    pub actor: Actor,
    pub at: NaiveDateTime,
}

impl By {
    /// The shop's own doing.
    pub fn shop(at: NaiveDateTime) -> Self {
        Self { actor: Actor::shop(), at }
    }

    /// Whoever has the order's address.
    pub fn shopper(at: NaiveDateTime) -> Self {
        Self { actor: Actor::shopper(), at }
    }

    pub fn staff(name: &str, at: NaiveDateTime) -> Self {
        Self { actor: Actor::staff(name), at }
    }

    /// Whoever answers for it; an operator without a name acts for the shop.
    pub fn of(who: &Who) -> Self {
        Self { actor: Actor::of(who), at: who.at }
    }
}

/// What can happen to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    Placed,
    Confirmed,
    Completed,
    Cancelled,
    /// Its money came after it was cancelled.
    Reopened,
    /// Staff had put it together before it was placed.
    Drafted,
    /// Staff have changed what is in it, so it comes to another sum.
    Edited,
    /// It goes to another address, for the same sum.
    Readdressed,
    /// The shopper pays in another way than she first chose.
    PaymentChosen,
    /// So much has arrived.
    Paid,
    /// A try to pay has come to nothing.
    PaymentFailed,
    /// So much is to be given back.
    RefundDue,
    /// So much has been given back.
    Refunded,
    /// The gateway has sent nothing back.
    RefundFailed,
    /// The gateway cannot send it back: somebody has to.
    RefundLeft,
    /// The gateway has not said for days whether it is sent back.
    RefundSlow,
    /// Money has come that the order cannot use.
    SurplusCame,
    /// News of a payment were not believed.
    PaymentDoubted,
    /// Nobody says whether it is paid: its account is not set up here any more, or does not answer.
    PaymentMissed,
    /// A shopper's bank wants her money back.
    Disputed,
    DisputeWon,
    DisputeLost,
    /// A shopper has shown that she has paid.
    ProofGiven,
    /// It can be fetched.
    Ready,
    Shipped,
    ReturnRequested,
    ReturnApproved,
    ReturnDeclined,
    ReturnReceived,
    /// Staff keep it back.
    Stopped,
    LetGo,
    /// A word among the staff.
    Noted,
}

impl EventKind {
    /// Its name in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::Confirmed => "confirmed",
            Self::Completed => "completed",
            Self::Cancelled => "cancelled",
            Self::Reopened => "reopened",
            Self::Drafted => "drafted",
            Self::Edited => "edited",
            Self::Readdressed => "readdressed",
            Self::PaymentChosen => "payment_chosen",
            Self::Paid => "paid",
            Self::PaymentFailed => "payment_failed",
            Self::RefundDue => "refund_due",
            Self::Refunded => "refunded",
            Self::RefundFailed => "refund_failed",
            Self::RefundLeft => "refund_left",
            Self::RefundSlow => "refund_slow",
            Self::SurplusCame => "surplus_came",
            Self::PaymentDoubted => "payment_doubted",
            Self::PaymentMissed => "payment_missed",
            Self::Disputed => "disputed",
            Self::DisputeWon => "dispute_won",
            Self::DisputeLost => "dispute_lost",
            Self::ProofGiven => "proof_given",
            Self::Ready => "ready",
            Self::Shipped => "shipped",
            Self::ReturnRequested => "return_requested",
            Self::ReturnApproved => "return_approved",
            Self::ReturnDeclined => "return_declined",
            Self::ReturnReceived => "return_received",
            Self::Stopped => "stopped",
            Self::LetGo => "let_go",
            Self::Noted => "noted",
        }
    }

    /// Whether the shopper is told of it.
    fn is_public(self) -> bool {
        let is_inner = matches!(
            self,
            Self::Drafted
                | Self::RefundFailed
                | Self::RefundLeft
                | Self::RefundSlow
                | Self::SurplusCame
                | Self::PaymentDoubted
                | Self::PaymentMissed
                | Self::Disputed
                | Self::DisputeWon
                | Self::DisputeLost
                | Self::Stopped
                | Self::LetGo
                | Self::Noted
        );
        !is_inner
    }
}

/// A row of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Event {
    pub kind: String,
    pub actor: String,
    pub at: NaiveDateTime,
    /// A JSON object: before and after, quantities, references.
    pub data: String,
}

impl Event {
    /// What it says of itself.
    ///
    /// # Errors
    /// `Internal` when it is not what this version writes.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_str(&self.data)
            .map_err(|error| Error::internal(format!("an event's data: {error}")))
    }
}

/// Something has happened to an order: the job, about a [`Happened`], of whoever follows it. What
/// nobody follows is done by doing nothing.
pub const HAPPENED: Kind = Kind { queue: Queue::Shop, name: "order.event" };

/// What a job of an event is about.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Happened {
    /// The timeline's row.
    pub event: i64,
    pub order: OrderId,
    /// `EventKind`, by its code: this version may not know it.
    pub kind: String,
}

/// Adds to an order's timeline, in the transaction of what happened.
pub fn note(conn: &mut Conn, order: OrderId, kind: EventKind, by: &By, data: &Value) -> Result<()> {
    let event = diesel::insert_into(order_event::table)
        .values((
            order_event::order_id.eq(order),
            order_event::kind.eq(kind.code()),
            order_event::actor.eq(by.actor.as_str()),
            order_event::happened_at.eq(by.at),
            order_event::data.eq(data.to_string()),
            order_event::public.eq(kind.is_public()),
        ))
        .returning(order_event::id)
        .get_result(conn)?;
    let happened = Happened { event, order, kind: kind.code().to_owned() };
    jobs::enqueue(conn, &NewJob::new(HAPPENED, &happened, by.at)?, by.at)
}

/// How often this has happened to an order.
pub fn count_events(conn: &mut Conn, order: OrderId, kind: EventKind) -> Result<i64> {
    Ok(order_event::table
        .filter(order_event::order_id.eq(order))
        .filter(order_event::kind.eq(kind.code()))
        .count()
        .get_result(conn)?)
}

/// How often an order has become another: taken up again, or changed by staff. Each time it has an
/// invoice of its own.
pub fn rounds(conn: &mut Conn, order: OrderId) -> Result<i64> {
    let rounds = [EventKind::Reopened, EventKind::Edited].map(EventKind::code);
    Ok(order_event::table
        .filter(order_event::order_id.eq(order))
        .filter(order_event::kind.eq_any(rounds))
        .count()
        .get_result(conn)?)
}

/// The last row of an order's timeline that is no word among the staff: while it stays the last, the
/// order is what it was.
pub fn latest(conn: &mut Conn, order: OrderId) -> Result<i64> {
    Ok(order_event::table
        .filter(order_event::order_id.eq(order))
        .filter(order_event::kind.ne(EventKind::Noted.code()))
        .order(order_event::id.desc())
        .select(order_event::id)
        .first(conn)?)
}

/// The last time that this happened to an order.
pub fn find_last(conn: &mut Conn, order: OrderId, kind: EventKind) -> Result<Option<Event>> {
    Ok(order_event::table
        .filter(order_event::order_id.eq(order))
        .filter(order_event::kind.eq(kind.code()))
        .order(order_event::id.desc())
        .select(columns())
        .first(conn)
        .optional()?)
}

/// A row of a timeline.
pub fn find_event(conn: &mut Conn, id: i64) -> Result<Event> {
    Ok(order_event::table.find(id).select(columns()).first(conn)?)
}

/// An order's timeline, the oldest first.
pub fn timeline(conn: &mut Conn, order: OrderId) -> Result<Vec<Event>> {
    Ok(order_event::table
        .filter(order_event::order_id.eq(order))
        .order(order_event::id)
        .limit(MOST_EVENTS)
        .select(columns())
        .load(conn)?)
}

#[auto_type]
fn columns() -> _ {
    (order_event::kind, order_event::actor, order_event::happened_at, order_event::data)
}
