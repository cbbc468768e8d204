//! Shoppers buy while everything breaks: the shop is killed at random moments and started again, connections to the
//! database end, the mail server comes and goes, gateways have bad days, and hours go by in which deadlines pass. Whoever
//! meets a broken connection does what people do: looks, and presses the button again. Afterwards the books must balance,
//! with those of the gateways too, and every shopper must have what she was shown.
//!
//! `cargo test` runs a short form. The long one is `scripts/torture`, which sets `ETALASE_TORTURE_KILLS`; what was chosen
//! at random is chosen again with the same `ETALASE_TORTURE_SEED`, though not at the same instants.

// `unwrap` and `panic!` are how a test fails; clippy allows them by itself in `#[test]` functions only.
#![allow(clippy::unwrap_used, clippy::panic)]

mod disputes;
mod gateways;
mod havoc;
mod hours;
mod house;
#[path = "../shop/kit/mod.rs"]
mod kit;
mod money;
mod proof;
mod quiet;
mod shelves;
mod shopper;
mod staff;
mod witness;

use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::time::{Duration, Instant};

use futures_util::future::{join, join_all, select};
use kit::{Dbms, FreshDatabase, MailServer, StandIn};
use rand::SeedableRng;
use rand::rngs::StdRng;

use house::House;
use witness::Witness;

/// How many people shop at the same time.
const SHOPPERS: u64 = 8;

#[test]
fn on_sqlite() {
    torture(Dbms::Sqlite, 1);
}

/// Two instances share the database.
#[test]
fn on_postgres() {
    torture(Dbms::Postgres, 2);
}

/// What every part of the run knows.
pub struct Town {
    pub house: House,
    pub mail: MailServer,
    pub gateways: StandIn,
    /// Pages of gateways that shoppers have left open.
    pub windows: RefCell<Vec<String>>,
    pub witness: Witness,
    pub kills: u32,
    pub seed: u64,
    is_over: Cell<bool>,
}

impl Town {
    pub fn is_over(&self) -> bool {
        self.is_over.get()
    }

    /// Chance of one's own: another one for everybody, the same one for the same seed.
    pub fn chance(&self, of: u64) -> StdRng {
        StdRng::seed_from_u64(self.seed.wrapping_mul(1_000).wrapping_add(of))
    }
}

fn torture(dbms: Dbms, instances: usize) {
    let number = |name| std::env::var(name).ok().map(|text| text.parse().expect("a number"));
    let seed = number("ETALASE_TORTURE_SEED").unwrap_or_else(|| rand::random_range(0..1_000_000));
    let kills = number("ETALASE_TORTURE_KILLS").unwrap_or(6);
    println!("{dbms:?}, {kills} kills, ETALASE_TORTURE_SEED={seed}");
    let fresh = FreshDatabase::filled(dbms);
    shelves::fill(&mut fresh.conn());
    let (mail, gateways) = (MailServer::open(), StandIn::open());
    let town = Town {
        house: House::open(fresh, (&mail, &gateways), instances),
        mail,
        gateways,
        windows: RefCell::default(),
        witness: Witness::default(),
        kills: u32::try_from(kills).expect("not so many"),
        seed,
        is_over: Cell::new(false),
    };
    let began = Instant::now();
    actix_web::rt::System::new().block_on(run(&town));
    town.witness.report(began.elapsed());
    proof::hold(&town);
    money::hold(&town);
    disputes::hold(&town);
}

async fn run(town: &Town) {
    let shoppers = join_all((0..SHOPPERS).map(|number| shopper::live(town, number)));
    let havoc = async {
        havoc::wreak(town).await;
        town.is_over.set(true);
    };
    let life = async {
        join(join(shoppers, staff::work(town)), havoc).await;
        quiet::settle(town).await;
    };
    select(pin!(life), pin!(watch(town))).await;
}

/// Starts again what has been killed, as the operator's system does.
async fn watch(town: &Town) {
    loop {
        town.house.open_all();
        pause(100).await;
    }
}

/// Lets a while go by.
pub async fn pause(milliseconds: u64) {
    actix_web::rt::time::sleep(Duration::from_millis(milliseconds)).await;
}
