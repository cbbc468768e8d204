//! Everything is up again, and hours go by until there is nothing left to do.

use diesel::prelude::*;

use crate::hours::UNFINISHED;
use crate::kit::Manner;
use crate::{Town, gateways, hours, pause};
use etalase::db::Conn;
use etalase::db::schema::{job, orders, payment};
use etalase::web::visit::now;

/// How often, at two seconds each, is looked whether anything is left.
const LOOKS: usize = 60;

pub async fn settle(town: &Town) {
    let (mut conn, mut chance) = (town.house.fresh.conn(), town.chance(3_000));
    town.mail.manner(Manner::Take);
    for _ in 0..LOOKS {
        gateways::calm(town, &mut chance);
        gateways::come_back(town, &mut chance, usize::MAX);
        hours::all_go_by(&mut conn);
        let left = left(&mut conn);
        if left == [0; 3] {
            return;
        }
        take_up(&mut conn);
        pause(2_000).await;
    }
    panic!("jobs, payments and orders are left: {:?}", left(&mut conn));
}

/// Jobs that are not done, payments that a gateway may have news of, orders that wait for one.
fn left(conn: &mut Conn) -> [i64; 3] {
    let by_hand = ["bank_transfer", "cash_on_delivery"];
    let payments = payment::table.filter(payment::status.eq_any(UNFINISHED));
    let payments = payments.filter(payment::gateway.ne_all(by_hand));
    let orders = orders::table.filter(orders::status.eq("pending"));
    [
        to_do().count().get_result(conn).unwrap(),
        payments.count().get_result(conn).unwrap(),
        orders.count().get_result(conn).unwrap(),
    ]
}

#[diesel::dsl::auto_type]
fn to_do() -> _ {
    job::table.filter(job::done_at.is_null()).filter(job::unique_key.is_null())
}

/// What was put off is due now.
fn take_up(conn: &mut Conn) {
    let none = None::<chrono::NaiveDateTime>;
    diesel::update(to_do())
        .set((job::due_at.eq(now()), job::failed_at.eq(none), job::attempts.eq(0)))
        .execute(conn)
        .unwrap();
}
