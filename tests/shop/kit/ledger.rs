//! What must hold of every order that any story has placed. Looked at when its shop closes, so that no story has to ask.

use diesel::prelude::*;

use etalase::db::Conn;
use etalase::db::schema::orders;
use etalase::pricing::{Bill, Request, quote};

/// Prices every order anew from its stored request, and expects the bill that is stored with it.
pub(super) fn hold(conn: &mut Conn) {
    let rows: Vec<(String, String, String)> = orders::table
        .select((orders::number, orders::quote_request, orders::bill))
        .load(conn)
        .expect("the orders can be read");
    for (number, request, bill) in rows {
        let request = Request::from_json(&request);
        let again = request.and_then(|request| quote(&request));
        let stored: Bill = serde_json::from_str(&bill).expect("a stored bill can be read");
        assert_eq!(again, Ok(stored), "order {number} priced anew");
    }
}
