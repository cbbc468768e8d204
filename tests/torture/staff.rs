//! Staff: read the bank's statement, some lines of it twice, give money back, cancel, and move orders on. Their commands
//! are killed as well.

use actix_web::web;
use rand::RngExt;
use rand::rngs::StdRng;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;

use crate::kit::process::said;
use crate::witness::{End, Seen};
use crate::{Town, pause};

/// Takes up one order after another, until it is over.
pub async fn work(town: &Town) {
    let mut chance = town.chance(1_000);
    let mut next = 0;
    while !town.is_over() {
        let Some(trip) = town.witness.trip(next) else {
            pause(50).await;
            continue;
        };
        next += 1;
        if let End::Ordered(seen) = trip.end {
            take_up(town, &mut chance, (next, seen)).await;
        }
    }
}

async fn take_up(town: &Town, chance: &mut StdRng, (line, seen): (usize, Seen)) {
    let Seen { number, total, .. } = seen;
    match chance.random_range(0..7) {
        0 => {}
        1 => act(town, chance, &["cancel", &number]).await,
        2 => {
            let part = chance.random_range(1..=total).to_string();
            act(town, chance, &["refund", &number, "--amount", &part]).await;
        }
        3 => act(town, chance, &["refund", &number, "--line", "1=1", "--delivery"]).await,
        4 => {
            act(town, chance, &["refund", &number, "--amount", &total.to_string()]).await;
            act(town, chance, &["cancel", &number]).await;
        }
        _ if seen.awaits_transfer => pay(town, chance, (line, &number, total)).await,
        _ => act(town, chance, &["ship", &number]).await,
    }
}

/// The same line of the statement, up to three times.
async fn pay(town: &Town, chance: &mut StdRng, (line, number, total): (usize, &str, i64)) {
    let (amount, reference) = (total.to_string(), format!("BCA {line}"));
    for _ in 0..chance.random_range(1..=3) {
        let words = ["mark-paid", number, "--amount", &amount, "--reference", &reference];
        act(town, chance, &words).await;
    }
}

async fn act(town: &Town, chance: &mut StdRng, words: &[&str]) {
    let words = [&["order"], words].concat();
    let mut command = town.house.command(&words);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let killed_after = chance.random_bool(0.2).then(|| chance.random_range(5..150));
    let output = web::block(move || {
        if let Some(milliseconds) = killed_after {
            sleep(Duration::from_millis(milliseconds));
            child.kill().unwrap();
        }
        child.wait_with_output().unwrap()
    });
    let output = output.await.unwrap();
    assert!(!said(&output).contains("panicked"), "{}", said(&output));
    town.witness.count(match (output.status.code(), killed_after) {
        (Some(0), _) => "moves by staff",
        (None, _) => "moves by staff that were killed",
        (Some(_), _) => "moves by staff that were refused",
    });
}
