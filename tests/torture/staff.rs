//! Staff: read the bank's statement, some lines of it twice, and move orders on. Their commands are killed as well.

use actix_web::web;
use rand::RngExt;
use rand::rngs::StdRng;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;

use crate::kit::process::said;
use crate::witness::End;
use crate::{Town, pause};

/// Takes up one confirmed order after another, until it is over.
pub async fn work(town: &Town) {
    let mut chance = town.chance(1_000);
    let mut next = 0;
    while !town.is_over() {
        let Some(trip) = town.witness.trips().get(next).cloned() else {
            pause(50).await;
            continue;
        };
        next += 1;
        let End::Confirmed { number, total, is_transfer, .. } = trip.end else { continue };
        match chance.random_range(0..4) {
            0 => {}
            1 => act(town, &mut chance, vec!["cancel".into(), number]).await,
            _ if is_transfer => pay(town, &mut chance, (next, number, total)).await,
            _ => act(town, &mut chance, vec!["ship".into(), number]).await,
        }
    }
}

/// The same line of the statement, up to three times.
async fn pay(town: &Town, chance: &mut StdRng, (line, number, total): (usize, String, i64)) {
    let words = [
        "mark-paid",
        &number,
        "--amount",
        &total.to_string(),
        "--reference",
        &format!("BCA {line}"),
    ];
    for _ in 0..chance.random_range(1..=3) {
        act(town, chance, words.map(str::to_owned).to_vec()).await;
    }
}

async fn act(town: &Town, chance: &mut StdRng, words: Vec<String>) {
    let words: Vec<&str> = ["order"].into_iter().chain(words.iter().map(String::as_str)).collect();
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
