//! What must hold of everything that any story has ordered. Looked at when its shop closes, so that no story has to ask.

use diesel::prelude::*;

use etalase::db::Conn;
use etalase::db::schema::{invoice, invoice_series, orders};
use etalase::ids::InvoiceSeriesId;
use etalase::invoices::Document;
use etalase::pricing::{Bill, Request, quote};

pub(super) fn hold(conn: &mut Conn) {
    orders_are_priced_anew(conn);
    invoices_equal_their_bills(conn);
    papers_add_up(conn);
    numbers_have_no_gaps(conn);
}

/// Prices every order anew from its stored request, and expects the bill that is stored with it.
fn orders_are_priced_anew(conn: &mut Conn) {
    let rows: Vec<(String, String, String)> = orders::table
        .select((orders::number, orders::quote_request, orders::bill))
        .load(conn)
        .expect("the orders can be read");
    for (number, request, bill) in rows {
        let request = Request::from_json(&request);
        let again = request.and_then(|request| quote(&request));
        assert_eq!(again, Ok(stored(&bill)), "order {number} priced anew");
    }
}

fn invoices_equal_their_bills(conn: &mut Conn) {
    let rows: Vec<(String, String)> = invoice::table
        .inner_join(orders::table)
        .filter(invoice::kind.eq("invoice"))
        .select((invoice::document, orders::bill))
        .load(conn)
        .expect("the invoices can be read");
    for (document, bill) in rows {
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

fn numbers_have_no_gaps(conn: &mut Conn) {
    let series: Vec<(InvoiceSeriesId, i64)> = invoice_series::table
        .select((invoice_series::id, invoice_series::next))
        .load(conn)
        .expect("the series can be read");
    for (series, next) in series {
        let taken: Vec<i64> = invoice::table
            .filter(invoice::series_id.eq(series))
            .order(invoice::sequence)
            .select(invoice::sequence)
            .load(conn)
            .expect("the numbers can be read");
        assert_eq!(taken, Vec::from_iter(1..next), "the numbers of a series");
    }
}

fn stored(bill: &str) -> Bill {
    serde_json::from_str(bill).expect("a stored bill can be read")
}

fn paper(document: &str) -> Document {
    serde_json::from_str(document).expect("a stored paper can be read")
}
