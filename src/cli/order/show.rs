//! Everything about an order, on a page.

use chrono::NaiveDateTime;
use std::fs::File;
use std::io::Write;
use std::path::Path;

use super::words::{self, money};
use crate::cli::Outcome;
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::mail::{self, Mail};
use crate::orders::book::{self, Back, Entry, Line, Sent};
use crate::orders::{self, Address, AddressKind, Event, ReturnStatus};
use crate::payments::{self, PaymentRow, ReceiptRow, RefundRow};

/// What stands on it.
struct Sheet {
    lines: Vec<Line>,
    addresses: [(&'static str, Address); 2],
    payments: Vec<PaymentRow>,
    receipts: Vec<ReceiptRow>,
    proofs: Vec<NaiveDateTime>,
    refunds: Vec<RefundRow>,
    parcels: Vec<Sent>,
    returns: Vec<Back>,
    events: Vec<Event>,
    mails: Vec<Mail>,
}

pub async fn show(db: &Db, number: &str) -> Outcome {
    let number = number.to_owned();
    let find = move |conn: &mut Conn| match book::find_number(conn, &number)? {
        Some(order) => Ok(Some((load(conn, &order)?, order))),
        None => Ok(None),
    };
    let (sheet, order) = db.read_long(find).await?.ok_or("there is no such order")?;
    let is_test = sheet.payments.last().is_some_and(|row| !row.live);
    println!("{}", words::entry(&order, is_test));
    goods(&sheet, &order);
    money_of(&sheet, &order);
    ways(&sheet);
    Ok(())
}

/// Writes a proof of payment into a file that is not there yet.
pub async fn proof(db: &Db, number: &str, which: i64, out: &Path) -> Outcome {
    let number = number.to_owned();
    let find = move |conn: &mut Conn| match book::find_number(conn, &number)? {
        Some(order) => payments::find_proof(conn, order.id, which - 1),
        None => Ok(None),
    };
    let picture = db.read_long(find).await?.ok_or("there is no such proof")?;
    let mut file = File::create_new(out).map_err(|error| format!("{}: {error}", out.display()))?;
    file.write_all(&picture)?;
    println!("{}: {} kB", out.display(), picture.len() / 1_000);
    Ok(())
}

fn load(conn: &mut Conn, order: &Entry) -> Result<Sheet> {
    let id = order.id;
    Ok(Sheet {
        lines: book::lines_of(conn, id)?,
        addresses: [
            ("deliver to", book::address_of(conn, id, AddressKind::Delivery)?),
            ("bill to", book::address_of(conn, id, AddressKind::Billing)?),
        ],
        payments: payments::payments_of(conn, id)?,
        receipts: payments::receipts_of(conn, id)?,
        proofs: book::proofs_of(conn, id)?,
        refunds: payments::refunds_of(conn, id)?,
        parcels: book::parcels_of(conn, id)?,
        returns: book::returns_of(conn, id)?,
        events: orders::timeline(conn, id)?,
        mails: mail::of_order(conn, id)?,
    })
}

fn goods(sheet: &Sheet, order: &Entry) {
    for line in &sheet.lines {
        let Line { sku, name, options, quantity, shipped, returned, .. } = line;
        let sum = money(line.gross_amount, &order.currency);
        println!(
            "line {}: {quantity} x {name} {options} ({sku}) {sum}, shipped {shipped}, returned {returned}",
            line.position + 1
        );
    }
    let sum = |amount| money(amount, &order.currency);
    println!(
        "goods {}, discount {}, delivery {}, fees {}, total {}",
        sum(order.goods_amount),
        sum(order.discount_amount),
        sum(order.delivery_amount),
        sum(order.fee_amount),
        sum(order.total_amount)
    );
    for (what, address) in &sheet.addresses {
        println!("{what}: {}, {}", address.lines().join(", "), address.country);
    }
}

fn money_of(sheet: &Sheet, order: &Entry) {
    let sum = |amount| money(amount, &order.currency);
    for row in &sheet.payments {
        let trouble = match row.trouble.as_str() {
            "" => String::new(),
            "missed" => ", OUT OF SIGHT".to_owned(),
            what => format!(", NOT BELIEVED: {what}"),
        };
        println!(
            "payment by {}: {} of {} captured, {} refunded, {}{trouble}",
            row.gateway,
            sum(row.captured_amount),
            sum(row.amount),
            sum(row.refunded_amount),
            row.status
        );
    }
    for row in &sheet.receipts {
        println!("received {} ({}) by {}", sum(row.amount), row.reference, row.actor);
    }
    for (n, at) in (1..).zip(&sheet.proofs) {
        println!("proof {n}: {}", at.format("%Y-%m-%d %H:%M"));
    }
    for row in &sheet.refunds {
        let RefundRow { kind, reason, status, actor, .. } = row;
        println!("refund {}: {} {status}, {kind} {reason}, by {actor}", row.id, sum(row.amount));
    }
}

fn ways(sheet: &Sheet) {
    let units = |lines: &[(i64, i64)]| {
        let parts = lines.iter().map(|(position, units)| format!("{}={units}", position + 1));
        parts.collect::<Vec<_>>().join(" ")
    };
    for sent in &sheet.parcels {
        let at = sent.shipped_at.format("%Y-%m-%d %H:%M");
        let Sent { carrier, tracking_number, tracking_url, .. } = sent;
        println!("parcel {at}: {} {carrier} {tracking_number} {tracking_url}", units(&sent.lines));
    }
    for back in &sheet.returns {
        let Back { reason, wish, note, answer, .. } = back;
        let status = back.status.code();
        println!(
            "return {}: {} {status}, {reason}, wants a {wish}",
            back.position + 1,
            asked(back)
        );
        for text in [note, answer].into_iter().filter(|text| !text.is_empty()) {
            println!("  {}", text.replace('\n', "\n  "));
        }
    }
    for event in &sheet.events {
        let at = event.at.format("%Y-%m-%d %H:%M:%S");
        println!("{at}  {}  {}  {}", event.kind, event.actor, event.data);
    }
    for mail in &sheet.mails {
        let Mail { id, template, status, recipient, .. } = mail;
        println!("mail {id}: {template} to {recipient}, {status}");
    }
}

/// Units asked for, and of them what came.
fn asked(back: &Back) -> String {
    let lines = back.lines.iter().map(|line| match back.status {
        ReturnStatus::Received => {
            format!("{}={} ({} came)", line.position + 1, line.asked, line.received)
        }
        _ => format!("{}={}", line.position + 1, line.asked),
    });
    lines.collect::<Vec<_>>().join(" ")
}
