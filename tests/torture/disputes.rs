//! Shoppers' banks take back what was paid by card, or try to, and decide in the end.

use diesel::prelude::*;
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use serde_json::Value;

use crate::Town;
use etalase::db::Conn;
use etalase::db::schema::{order_event, payment, payment_dispute};

/// Name, name of the try, minor units, how it stands.
type Quarrel = (String, String, i64, String);

/// Now and then a bank asks for money back, and another one decides.
pub fn change(town: &Town, chance: &mut StdRng) {
    let disputes = town.gateways.disputes();
    let is_quiet = |session: &&Value| {
        let is_its = |known: &Value| known["payment_intent"] == session["payment_intent"];
        session["payment_status"] == "paid" && !disputes.iter().any(is_its)
    };
    let sessions = town.gateways.sessions();
    let paid: Vec<&Value> = sessions.iter().filter(is_quiet).collect();
    if let Some(session) = paid.choose(chance).filter(|_| chance.random_bool(0.5)) {
        town.gateways.dispute(session["id"].as_str().unwrap(), "needs_response");
        town.witness.count("disputes");
    }
    for dispute in disputes.iter().filter(|known| known["status"] == "needs_response") {
        if chance.random_bool(0.2) {
            decide(town, chance, dispute);
        }
    }
}

/// All are decided, and those that the shop has not heard of are told once more, as Stripe does for days.
pub fn end(town: &Town, chance: &mut StdRng) {
    let known = known(&mut town.house.fresh.conn());
    for dispute in town.gateways.disputes() {
        let is_known = known
            .iter()
            .any(|(name, .., status)| dispute["id"] == **name && dispute["status"] == **status);
        if !is_known {
            decide(town, chance, &dispute);
        }
    }
}

/// What has been decided stays so.
fn decide(town: &Town, chance: &mut StdRng, dispute: &Value) {
    let ends = match dispute["status"].as_str() {
        Some("needs_response") => ["won", "lost"][chance.random_range(0..2)],
        Some(decided) => decided,
        None => panic!("{dispute}"),
    };
    let sessions = town.gateways.sessions();
    let is_its = |session: &&Value| session["payment_intent"] == dispute["payment_intent"];
    let session = sessions.iter().find(is_its).expect("something was paid");
    town.gateways.dispute(session["id"].as_str().unwrap(), ends);
}

/// How many the shop has not heard the end of.
pub fn left(town: &Town) -> i64 {
    let (known, told) = (known(&mut town.house.fresh.conn()), at_stripe(town));
    told.iter().filter(|quarrel| !known.contains(quarrel)).count().try_into().unwrap()
}

/// Each stands in the shop's books as in Stripe's, and its end once in its order's timeline.
pub fn hold(town: &Town) {
    let conn = &mut town.house.fresh.conn();
    let told = at_stripe(town);
    assert_eq!(known(conn), told);
    let ends = order_event::table.filter(order_event::kind.eq_any(["dispute_won", "dispute_lost"]));
    assert_eq!(ends.count().get_result::<i64>(conn).unwrap(), told.len() as i64);
    println!("{:>8}  disputes that were decided", told.len());
}

fn at_stripe(town: &Town) -> Vec<Quarrel> {
    let sessions = town.gateways.sessions();
    let quarrel = |dispute: &Value| {
        let is_its = |session: &&Value| session["payment_intent"] == dispute["payment_intent"];
        let session = sessions.iter().find(is_its).expect("something was paid");
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        // Counted in sen there.
        let amount = dispute["amount"].as_i64().unwrap() / 100;
        (
            text(&dispute["id"]),
            text(&session["client_reference_id"]),
            amount,
            text(&dispute["status"]),
        )
    };
    let mut quarrels: Vec<Quarrel> = town.gateways.disputes().iter().map(quarrel).collect();
    quarrels.sort();
    quarrels
}

fn known(conn: &mut Conn) -> Vec<Quarrel> {
    let mut known: Vec<Quarrel> = payment_dispute::table
        .inner_join(payment::table.on(payment::id.eq(payment_dispute::payment_id)))
        .select((
            payment_dispute::reference,
            payment::attempt,
            payment_dispute::amount,
            payment_dispute::status,
        ))
        .load(conn)
        .unwrap();
    known.sort();
    known
}
