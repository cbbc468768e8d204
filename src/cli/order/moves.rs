//! Moves an order on: each by the one function that does it everywhere.

use diesel::Connection;
use serde_json::{Value, json};

use super::resend::resend;
use super::words::Units;
use super::{Command, Who};
use crate::audit::Action;
use crate::cli::Outcome;
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::fulfilment::{self, Counted, Parcel, Wanted};
use crate::ids::{OrderId, RefundId, ReturnId};
use crate::invoices::RowKey;
use crate::money::{Currency, Money};
use crate::orders::book::{self, Entry};
use crate::orders::{By, Ending, MoveError, Moved, audited};
use crate::payments::{self, Giving, Receipt};
use crate::values::Quantity;

pub async fn run(db: &Db, command: &Command) -> Outcome {
    match command {
        Command::List { .. } | Command::Show { .. } | Command::Proof { .. } => Ok(()),
        Command::MarkPaid { number, amount, reference, by } => {
            let order = find(db, number).await?;
            let receipt = Receipt { amount: minor(amount, &order)?, reference: named(reference)? };
            let told = json!({ "amount": receipt.amount, "reference": receipt.reference });
            let step = move |conn: &mut Conn, order: &Entry, by: &By| {
                payments::receive(conn, order.id, &receipt, by).map(|()| "received".to_owned())
            };
            act(db, order, (by, Action::OrderPaid, told), step).await
        }
        Command::Resend { number, mail } => resend(db, find(db, number).await?, *mail).await,
        Command::Ready { number, by } => {
            let step = |conn: &mut Conn, order: &Entry, by: &By| {
                fulfilment::ready(conn, order.id, by).map(|()| "told".to_owned())
            };
            act(db, find(db, number).await?, (by, Action::OrderReady, json!({})), step).await
        }
        Command::Ship { number, lines, carrier, tracking, url, by } => {
            let parcel = Parcel {
                lines: wanted(lines)?,
                carrier: carrier.clone(),
                tracking_number: tracking.clone(),
                tracking_url: link(url)?,
            };
            let told = json!({ "lines": units(lines), "tracking": tracking });
            let step = move |conn: &mut Conn, order: &Entry, by: &By| {
                fulfilment::ship(conn, order.id, &parcel, by).map(|_| "shipped".to_owned())
            };
            act(db, find(db, number).await?, (by, Action::OrderShipped, told), step).await
        }
        Command::Cancel { number, reason, by } => {
            let order = find(db, number).await?;
            let (id, told) = (order.id, json!({ "reason": reason }));
            let ending = Ending::Wanted(reason.clone());
            let step = move |conn: &mut Conn, order: &Entry, by: &By| {
                payments::call_off(conn, order.id, &ending, by).map(|()| "cancelled".to_owned())
            };
            act(db, order, (by, Action::OrderCancelled, told), step).await?;
            refunds(db, id).await
        }
        Command::Refund { number, lines, delivery, amount, restock, which, reason, by } => {
            let order = find(db, number).await?;
            let amount = amount.as_deref().map(|amount| minor(amount, &order)).transpose()?;
            let told = json!({
                "lines": units(lines), "delivery": delivery, "amount": amount, "reason": reason,
                "restock": restock, "return": which,
            });
            let giving = Wish { lines: lines.clone(), delivery: *delivery, amount };
            let (came, which, reason) =
                (restock.then(|| wanted(lines)).transpose()?, *which, reason.clone());
            let step = move |conn: &mut Conn, order: &Entry, by: &By| {
                let back = match (&came, which) {
                    (Some(lines), _) => Some(fulfilment::take_back(conn, order.id, lines, by)?),
                    (None, Some(which)) => Some(back(conn, order, which)?),
                    (None, None) => None,
                };
                let giving = giving.read(conn, order, back)?;
                let id = match back {
                    Some(back) => {
                        payments::refund_return(conn, (order.id, back), &giving, &reason, by)?
                    }
                    None => payments::refund(conn, order.id, &giving, &reason, by)?,
                };
                Ok(format!("refund {id} is written"))
            };
            let id = order.id;
            act(db, order, (by, Action::OrderRefunded, told), step).await?;
            refunds(db, id).await
        }
        Command::RefundSent { number, refund, reference, by } => {
            let (id, reference) = (RefundId(*refund), named(reference)?);
            let told = json!({ "refund": id, "reference": reference });
            let step = move |conn: &mut Conn, order: &Entry, by: &By| {
                let known = payments::refunds_of(conn, order.id)?;
                if !known.iter().any(|row| row.id == id) {
                    return Err(MoveError::NoSuchRow(format!("refund {id}")));
                }
                payments::confirm_sent(conn, id, &reference, by).map(|()| "sent".to_owned())
            };
            act(db, find(db, number).await?, (by, Action::RefundSent, told), step).await
        }
        Command::ApproveReturn { number, which, note, by } => {
            let (which, note) = (*which, note.clone());
            let step = move |conn: &mut Conn, order: &Entry, by: &By| {
                let id = back(conn, order, which)?;
                fulfilment::approve(conn, id, &note, by).map(|()| "approved".to_owned())
            };
            let told = json!({ "return": which });
            act(db, find(db, number).await?, (by, Action::ReturnApproved, told), step).await
        }
        Command::DeclineReturn { number, which, reason, by } => {
            let (which, reason) = (*which, reason.clone());
            let step = move |conn: &mut Conn, order: &Entry, by: &By| {
                let id = back(conn, order, which)?;
                fulfilment::decline(conn, id, &reason, by).map(|()| "declined".to_owned())
            };
            let told = json!({ "return": which });
            act(db, find(db, number).await?, (by, Action::ReturnDeclined, told), step).await
        }
        Command::ReceiveReturn { number, which, lines, restock, by } => {
            let told = json!({ "return": which, "lines": units(lines), "restock": restock });
            let (which, counted) = (*which, counted(lines, *restock));
            let step = move |conn: &mut Conn, order: &Entry, by: &By| {
                let id = back(conn, order, which)?;
                fulfilment::receive(conn, id, &counted, by).map(|()| "received".to_owned())
            };
            act(db, find(db, number).await?, (by, Action::ReturnReceived, told), step).await
        }
    }
}

/// Does it in one transaction and writes it down, or says why not.
async fn act(
    db: &Db,
    order: Entry,
    (by, action, told): (&Who, Action, Value),
    step: impl Fn(&mut Conn, &Entry, &By) -> Moved<String> + Send + 'static,
) -> Outcome {
    let who = by.answers();
    let done = db.write(move |conn| -> Result<Moved<String>> {
        let deed = (&who, action, told.clone());
        let moved =
            |conn: &mut Conn| audited(conn, order.id, deed, |conn, by| step(conn, &order, by));
        match conn.transaction(moved) {
            Err(MoveError::Error(error)) => Err(error),
            done => Ok(done),
        }
    });
    println!("{}", done.await??);
    Ok(())
}

/// Positions of lines with their units, as the audit log tells them.
fn units(lines: &[Units]) -> Vec<(i64, i64)> {
    lines.iter().map(|units| (units.position(), units.units)).collect()
}

/// What becomes of an order's refunds. The gateway is asked by the open shop, never from here: a
/// shell may not have its secrets.
async fn refunds(db: &Db, order: OrderId) -> Outcome {
    for refund in db.read(move |conn| payments::refunds_of(conn, order)).await? {
        let next = match refund.status.as_str() {
            "pending" => ", the open shop (or its worker) sends it",
            "by_hand" | "failed" => ", send it and say so: etalase order refund-sent",
            _ => "",
        };
        println!("refund {}: {}{next}", refund.id, refund.status);
    }
    Ok(())
}

async fn find(db: &Db, number: &str) -> std::result::Result<Entry, String> {
    let number = number.to_owned();
    let found = db.read(move |conn| book::find_number(conn, &number)).await;
    found.map_err(|error| error.to_string())?.ok_or_else(|| "there is no such order".to_owned())
}

/// An amount as it was typed, in the order's currency.
fn minor(typed: &str, order: &Entry) -> std::result::Result<i64, String> {
    let currency = Currency::from_letters(&order.currency).ok_or("an order in no currency")?;
    let amount = Money::parse_typed(typed, currency, "en").map_err(|error| error.to_string())?;
    match amount.minor() {
        minor if minor > 0 => Ok(minor),
        _ => Err("the amount must be above 0".into()),
    }
}

fn named(reference: &str) -> std::result::Result<String, &'static str> {
    match reference.trim() {
        "" => Err("give the reference, so that nothing is taken twice"),
        reference => Ok(reference.to_owned()),
    }
}

/// A link that a page may show.
fn link(url: &str) -> std::result::Result<String, &'static str> {
    match url.is_empty() || url.starts_with("https://") || url.starts_with("http://") {
        true => Ok(url.to_owned()),
        false => Err("the address must begin with https://"),
    }
}

fn wanted(lines: &[Units]) -> std::result::Result<Vec<Wanted>, String> {
    let wanted = lines.iter().map(|units| {
        let quantity = Quantity::new(units.units).ok_or_else(|| "too many units".to_owned())?;
        Ok(Wanted { position: units.position(), quantity })
    });
    wanted.collect()
}

fn counted(lines: &[Units], restock: bool) -> Vec<Counted> {
    let counted = lines.iter().map(|units| Counted {
        position: units.position(),
        received: units.units,
        restocked: if restock { units.units } else { 0 },
    });
    counted.collect()
}

/// What a refund is to give back.
struct Wish {
    lines: Vec<Units>,
    /// What is left of delivery and fees.
    delivery: bool,
    amount: Option<i64>,
}

impl Wish {
    /// Where no line is named, it is what came of the return.
    fn read(&self, conn: &mut Conn, order: &Entry, back: Option<ReturnId>) -> Result<Giving> {
        if let Some(amount) = self.amount {
            return Ok(Giving::Amount(amount));
        }
        let mut units: Vec<(i64, i64)> = units(&self.lines);
        if let (Some(back), true) = (back, units.is_empty()) {
            let returns = book::returns_of(conn, order.id)?;
            let came =
                returns.iter().filter(|known| known.id == back).flat_map(|known| &known.lines);
            units = came.map(|line| (line.position, line.received)).collect();
        }
        let row = |(position, units)| {
            let position = usize::try_from(position).unwrap_or(usize::MAX);
            (RowKey::Line(position), units)
        };
        let mut rows: Vec<(RowKey, i64)> = units.into_iter().map(row).collect();
        if self.delivery {
            rows.extend(payments::left_besides_goods(conn, order.id)?);
        }
        Ok(Giving::Rows(rows))
    }
}

fn back(conn: &mut Conn, order: &Entry, which: i64) -> Moved<ReturnId> {
    let returns = book::returns_of(conn, order.id)?;
    let found = returns.iter().find(|back| back.position + 1 == which);
    found.map(|back| back.id).ok_or_else(|| MoveError::NoSuchRow(format!("return {which}")))
}
