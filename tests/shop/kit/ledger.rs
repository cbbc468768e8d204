//! What must hold of everything that any story has ordered. Looked at when its shop closes, so that no story has to ask.

use diesel::prelude::*;
use std::collections::BTreeMap;

use etalase::db::Conn;
use etalase::db::schema::{invoice, orders};
use etalase::ids::OrderId;
use etalase::invoices::Document;
use etalase::pricing::Bill;
use etalase::web::visit::now;

pub(super) fn hold(conn: &mut Conn) {
    books_balance(conn);
    invoices_equal_their_bills(conn);
    papers_add_up(conn);
}

/// `etalase verify`: every order is priced anew from its stored request, among others.
fn books_balance(conn: &mut Conn) {
    let findings = etalase::verify::verify(conn, now()).expect("the books can be read");
    assert_eq!(findings.broken, [""; 0]);
}

fn invoices_equal_their_bills(conn: &mut Conn) {
    let rows: Vec<(OrderId, (String, String))> = invoice::table
        .inner_join(orders::table)
        .filter(invoice::kind.eq("invoice"))
        .order(invoice::id)
        .select((orders::id, (invoice::document, orders::bill)))
        .load(conn)
        .expect("the invoices can be read");
    // Of an order that was changed the last one is in force.
    let last: BTreeMap<OrderId, (String, String)> = rows.into_iter().collect();
    for (document, bill) in last.into_values() {
        let (document, bill) = (paper(&document), stored(&bill));
        assert_eq!((document.totals, document.taxes), (bill.totals, bill.taxes));
    }
}

fn papers_add_up(conn: &mut Conn) {
    type Paper = (String, i64, i64, i64);
    let rows: Vec<Paper> = invoice::table
        .select((
            invoice::document,
            invoice::net_amount,
            invoice::tax_amount,
            invoice::total_amount,
        ))
        .load(conn)
        .expect("the papers can be read");
    for (document, net, tax, total) in rows {
        let Document { number, rows, taxes, totals, .. } = paper(&document);
        assert_eq!((net, tax, total), (totals.net, totals.tax, totals.payable), "{number}");
        assert_eq!(rows.iter().map(|row| row.net).sum::<i64>(), totals.net, "{number}");
        assert_eq!(rows.iter().map(|row| row.gross).sum::<i64>(), totals.total, "{number}");
        assert_eq!(totals.total + totals.rounding, totals.payable, "{number}");
        assert!(rows.iter().all(|row| row.net + row.tax == row.gross), "{number}");
        for rate in taxes {
            let carriers = rows.iter().flat_map(|row| {
                row.taxes
                    .iter()
                    .filter(|share| share.rate == rate.rate)
                    .map(|s| (row.net, s.amount))
            });
            let (net, tax) = carriers.fold((0, 0), |sum, row| (sum.0 + row.0, sum.1 + row.1));
            assert_eq!((net, tax), (rate.net, rate.amount), "{} on {number}", rate.name);
        }
    }
}

fn stored(bill: &str) -> Bill {
    serde_json::from_str(bill).expect("a stored bill can be read")
}

fn paper(document: &str) -> Document {
    serde_json::from_str(document).expect("a stored paper can be read")
}
