//! Hours go by in a moment: rows are made older, so that deadlines pass and what is done every few minutes is due.

use chrono::TimeDelta;
use diesel::prelude::*;
use rand::RngExt;
use rand::rngs::StdRng;

use crate::Town;
use etalase::db::Conn;
use etalase::db::schema::{job, orders, payment};
use etalase::ids::OrderId;
use etalase::web::visit::now;

/// What the shop does every few minutes.
const SWEEPS: [&str; 2] = ["payments.sweep", "payments.deadline"];
/// A payment that there may be news of.
pub const UNFINISHED: [&str; 3] = ["starting", "open", "processing"];
/// Orders are told apart by their ids: the time of one in so many is over.
const ONE_IN: i64 = 4;

/// For some orders that want money, transfers too, and for all payments.
pub fn go_by(town: &Town, chance: &mut StdRng) {
    let conn = &mut town.house.fresh.conn();
    if chance.random_bool(0.5) {
        let some = chance.random_range(0..ONE_IN);
        let orders = with_time(conn, &["pending", "placed"]).into_iter();
        end(conn, orders.filter(|order| order.0 % ONE_IN == some));
    }
    pass(conn);
}

/// For all that wait for a gateway.
pub fn all_go_by(conn: &mut Conn) {
    let orders = with_time(conn, &["pending"]);
    end(conn, orders);
    pass(conn);
}

fn with_time(conn: &mut Conn, statuses: &[&str]) -> Vec<OrderId> {
    let unpaid = orders::table.filter(orders::payment_status.eq("unpaid"));
    let waiting = unpaid.filter(orders::pay_until.is_not_null());
    let of = waiting.filter(orders::status.eq_any(statuses.to_vec()));
    of.select(orders::id).load(conn).unwrap()
}

/// Their time is over.
fn end(conn: &mut Conn, ids: impl IntoIterator<Item = OrderId>) {
    for order in ids {
        let over = orders::pay_until.eq(now() - TimeDelta::seconds(1));
        diesel::update(orders::table.find(order)).set(over).execute(conn).unwrap();
    }
}

fn pass(conn: &mut Conn) {
    let earlier = now() - TimeDelta::minutes(10);
    diesel::update(payment::table.filter(payment::status.eq_any(UNFINISHED)))
        .set((payment::created_at.eq(earlier), payment::checked_at.eq(earlier)))
        .execute(conn)
        .unwrap();
    diesel::update(job::table.filter(job::kind.eq_any(SWEEPS)))
        .set(job::due_at.eq(now()))
        .execute(conn)
        .unwrap();
}
