//! What must hold afterwards.

use diesel::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

use crate::Town;
use crate::kit::process::{run, said};
use crate::shelves::{CODE, SCARCE, UNITS, USES};
use crate::witness::{End, Seen, Trip};
use etalase::db::Conn;
use etalase::db::schema::{mail, order_event, order_line, orders, promotion, redemption};

pub fn hold(town: &Town) {
    let conn = &mut town.house.fresh.conn();
    let verified = run(town.house.command(&["verify"]));
    assert!(verified.status.success(), "{}", said(&verified));
    let trips = town.witness.trips();
    every_confirmation_is_an_order(conn, &trips);
    no_cart_has_an_order_that_its_shopper_does_not_know(conn, &trips);
    nothing_is_oversold(conn);
    limits_hold(conn);
    every_mail_was_sent_and_written_down_once(conn, town);
    nothing_has_panicked(town);
}

fn every_confirmation_is_an_order(conn: &mut Conn, trips: &[Trip]) {
    for trip in trips {
        let End::Ordered(Seen { token, number, total, .. }) = &trip.end else { continue };
        let found: Option<(String, String, i64)> = orders::table
            .filter(orders::token.eq(token))
            .select((orders::number, orders::cart_id, orders::total_amount))
            .first(conn)
            .optional()
            .unwrap();
        assert_eq!(found, Some((number.clone(), trip.cart.clone(), *total)), "{trip:?}");
    }
}

/// Two orders for one cart cannot be; here: none for a cart whose shopper was refused, and none out of nowhere.
fn no_cart_has_an_order_that_its_shopper_does_not_know(conn: &mut Conn, trips: &[Trip]) {
    let known = trips.iter().filter(|trip| trip.end != End::Refused).map(|trip| trip.cart.clone());
    let known: BTreeSet<String> = known.collect();
    let carts: Vec<String> = orders::table.select(orders::cart_id).load(conn).unwrap();
    assert_eq!(carts.into_iter().collect::<BTreeSet<_>>(), known);
}

fn nothing_is_oversold(conn: &mut Conn) {
    let sold: Vec<(String, i64)> = order_line::table
        .inner_join(orders::table)
        .filter(orders::status.ne("cancelled"))
        .select((order_line::product_slug, order_line::quantity))
        .load(conn)
        .unwrap();
    for slug in SCARCE {
        let sold: i64 = sold.iter().filter(|(of, _)| of == slug).map(|(_, units)| units).sum();
        assert!(sold <= UNITS, "{sold} of {slug} are sold, and there were {UNITS}");
    }
}

fn limits_hold(conn: &mut Conn) {
    let used: i64 = promotion::table
        .filter(promotion::slug.eq(CODE))
        .select(promotion::used)
        .first(conn)
        .unwrap();
    assert!(used <= USES, "the code was used {used} times");
    let customers: Vec<String> =
        redemption::table.select(redemption::customer_key).load(conn).unwrap();
    let different: BTreeSet<&String> = customers.iter().collect();
    assert_eq!(different.len(), customers.len(), "a customer has used the code twice");
}

fn every_mail_was_sent_and_written_down_once(conn: &mut Conn, town: &Town) {
    let mails: Vec<(String, String, String)> =
        mail::table.select((mail::message_id, mail::status, mail::template)).load(conn).unwrap();
    let mut arrived: BTreeMap<String, usize> = BTreeMap::new();
    for delivery in town.mail.deliveries() {
        *arrived.entry(delivery.header("Message-ID")).or_default() += 1;
    }
    for (id, status, _) in &mails {
        assert_eq!(status, "sent");
        assert!(arrived.remove(&format!("<{id}>")).is_some(), "the mail {id} never arrived");
    }
    assert_eq!(arrived, BTreeMap::new(), "mails that nobody has written down");
    let told = mails.iter().filter(|(.., template)| template == "order_placed").count();
    assert_eq!(told, placed(conn), "each order is told of once");
    println!("{:>8}  mails, {} deliveries", mails.len(), town.mail.deliveries().len());
}

/// Orders that were placed: who pays on a page has placed hers when it is paid.
fn placed(conn: &mut Conn) -> usize {
    let is_placed = order_event::kind
        .eq("confirmed")
        .or(order_event::kind.eq("placed").and(order_event::data.not_like("%\"waits\":true%")));
    let events = order_event::table.filter(is_placed).count().get_result::<i64>(conn);
    usize::try_from(events.unwrap()).expect("not so many")
}

fn nothing_has_panicked(town: &Town) {
    for number in 0..town.house.instances() {
        let log = std::fs::read_to_string(town.house.log(number)).unwrap();
        let panics: Vec<&str> = log.lines().filter(|line| line.contains("panicked")).collect();
        assert_eq!(panics, [""; 0]);
    }
}
