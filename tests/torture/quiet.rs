//! Everything is up again, and hours go by until there is nothing left to do.

use diesel::prelude::*;

use crate::hours::UNFINISHED;
use crate::kit::Manner;
use crate::{Town, disputes, gateways, hours, pause};
use etalase::db::Conn;
use etalase::db::schema::{job, orders, payment};
use etalase::web::visit::now;

/// How often, at two seconds each, is looked before nothing has become less.
const LOOKS: usize = 60;

pub async fn settle(town: &Town) {
    let (mut conn, mut chance) = (town.house.fresh.conn(), town.chance(3_000));
    town.mail.manner(Manner::Take);
    give_back(&mut conn);
    let (mut least, mut looks) = (i64::MAX, 0);
    while least > 0 {
        assert!(
            looks < LOOKS,
            "jobs, payments and orders are left: {:?}, and {} disputes",
            left(&mut conn),
            disputes::left(town)
        );
        gateways::calm(town, &mut chance);
        gateways::come_back(town, &mut chance, usize::MAX);
        hours::all_go_by(&mut conn);
        take_up(&mut conn);
        pause(2_000).await;
        let left = left(&mut conn).iter().sum::<i64>() + disputes::left(town);
        looks = if left < least { 0 } else { looks + 1 };
        least = least.min(left);
    }
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

/// What those had in hand who were killed.
fn give_back(conn: &mut Conn) {
    diesel::update(to_do()).set(job::worker.eq(None::<String>)).execute(conn).unwrap();
}

/// What was put off or given up is due now.
fn take_up(conn: &mut Conn) {
    let none = None::<chrono::NaiveDateTime>;
    diesel::update(to_do().filter(job::worker.is_null()))
        .set((job::due_at.eq(now()), job::failed_at.eq(none), job::attempts.eq(0)))
        .execute(conn)
        .unwrap();
}
