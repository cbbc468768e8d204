//! Breaks things at random moments.

use actix_web::web;
use diesel::connection::SimpleConnection;
use rand::RngExt;
use rand::seq::IndexedRandom;
use std::process::Command;

use crate::kit::Manner;
use crate::kit::process::{run, said};
use crate::{Town, gateways, hours, pause};
use etalase::config::Database;

/// How the mail server is, the more often the oftener it stands here.
const MANNERS: [Manner; 6] =
    [Manner::Take, Manner::Take, Manner::Take, Manner::Busy, Manner::Gone, Manner::HangUp];

/// So many kills, with what else goes wrong between them; the books are proved on the open shop now and then.
pub async fn wreak(town: &Town) {
    let mut chance = town.chance(2_000);
    for kill in 1..=town.kills {
        // Some die while they are being opened.
        if chance.random_bool(0.8) {
            town.house.wait().await;
        }
        pause(chance.random_range(100..2_500)).await;
        town.mail.manner(MANNERS.choose(&mut chance).unwrap().clone());
        gateways::change(town, &mut chance);
        hours::go_by(town, &mut chance);
        if chance.random_bool(0.2) {
            restart_database(town).await;
        }
        if chance.random_bool(0.3) {
            (0..town.house.instances()).for_each(|number| town.house.kill(number));
        } else {
            town.house.kill(chance.random_range(0..town.house.instances()));
        }
        town.witness.count("kills");
        if kill % 10 == 0 {
            balance(town).await;
        }
    }
}

/// A cluster of our own is restarted as after a crash; on one that is shared our connections are ended, which is what a
/// restart is to a client. SQLite has nothing to restart.
async fn restart_database(town: &Town) {
    if let Database::Sqlite(_) = town.house.fresh.database {
        return;
    }
    town.witness.count("restarts of the database");
    if let Ok(command) = std::env::var("ETALASE_TORTURE_RESTART") {
        let restarted =
            web::block(move || Command::new("sh").args(["-c", &command]).status().unwrap());
        assert!(restarted.await.unwrap().success(), "the database restarts");
        return;
    }
    town.house
        .fresh
        .conn()
        .batch_execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        .unwrap();
}

/// `etalase verify`, while people buy.
async fn balance(town: &Town) {
    let command = town.house.command(&["verify"]);
    let output = web::block(move || run(command)).await.unwrap();
    assert!(output.status.success(), "{}", said(&output));
    town.witness.count("proofs on the open shop");
}
