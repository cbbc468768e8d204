//! What gateways do meanwhile: bad days, notices that are late, repeated, in any order or lost, and banks that take their
//! time or say no; and shoppers who come back to a page that they had left open.

use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom, SliceRandom};
use std::time::Duration;

use crate::kit::StandIn;
use crate::kit::stand_in::{Fault, Plan, Stands};
use crate::{Town, disputes};

/// Of what is on its way so much arrives, in the long run.
const ARRIVES: f64 = 0.7;

pub fn change(town: &Town, chance: &mut StdRng) {
    town.gateways.faults(&bad_day(chance));
    town.gateways.plan(Plan {
        // Now and then nothing is told at all: the shop has to ask.
        shop: chance.random_bool(0.9).then(|| town.house.urls().choose(chance).unwrap().clone()),
        delay: Duration::from_millis(chance.random_range(0..300)),
        spread: Duration::from_millis(chance.random_range(0..2_000)),
        repeats: chance.random_range(0..3),
    });
    match chance.random_range(0..10) {
        0 | 1 => town.gateways.refunds_end(Some("pending")),
        2 => town.gateways.refunds_end(Some("failed")),
        3 | 4 => decide_refunds(&town.gateways, "failed"),
        _ => decide_refunds(&town.gateways, "succeeded"),
    }
    disputes::change(town, chance);
    decide(&town.gateways, chance, 0.3);
    let some = chance.random_range(0..4);
    come_back(town, chance, some);
}

/// All is as it should be, and what was left open is done.
pub fn calm(town: &Town, chance: &mut StdRng) {
    town.gateways.calm();
    town.gateways.plan(Plan { shop: Some(town.house.urls()[0].clone()), ..Plan::default() });
    decide_refunds(&town.gateways, "succeeded");
    disputes::end(town, chance);
    decide(&town.gateways, chance, 1.0);
}

/// Shoppers press "pay" on pages that have been open for a while.
pub fn come_back(town: &Town, chance: &mut StdRng, most: usize) {
    let mut windows = town.windows.borrow_mut();
    windows.shuffle(chance);
    let left = windows.len().saturating_sub(most);
    for page in windows.drain(left..) {
        let pressed =
            ureq::post(&page).config().max_redirects(0).build().send_form([("do", "pay")]);
        assert!(pressed.is_ok(), "{page}");
        town.witness.count("pages that somebody came back to");
    }
}

fn bad_day(chance: &mut StdRng) -> Vec<Fault> {
    let fault = |chance: &mut StdRng| match chance.random_range(0..12) {
        0..3 => Fault::Cut,
        3..6 => Fault::Lost,
        6 => Fault::Status(429),
        7 => Fault::Status(503),
        8 => Fault::Garbage,
        9..11 => Fault::Slow(Duration::from_millis(chance.random_range(100..1_500))),
        // Longer than anybody waits.
        _ => Fault::Slow(Duration::from_secs(13)),
    };
    (0..chance.random_range(0..8)).map(|_| fault(chance)).collect()
}

fn decide(gateways: &StandIn, chance: &mut StdRng, share: f64) {
    let entries = gateways.books();
    for entry in entries.iter().filter(|entry| entry.stands == Stands::OnItsWay) {
        if chance.random_bool(share) {
            gateways.decide(entry, chance.random_bool(ARRIVES));
        }
    }
}

fn decide_refunds(gateways: &StandIn, status: &str) {
    gateways.refunds_end(None);
    gateways.decide_refunds(status);
}
