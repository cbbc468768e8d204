//! Orders a second: 16 shoppers go through the whole guest checkout, one order after another, for a while.
//!
//! `scripts/bench` runs this against a release build (`ETALASE_TEST_SHOP`, `ETALASE_TEST_SECONDS`) and reads its one line:
//! orders a second, median and 99th percentile in milliseconds, answers that were wrong. The times are those of a whole
//! checkout, four requests: add to cart, see the checkout, place the order, see "Thank you".

#[path = "../tests/shop/kit/mod.rs"]
mod kit;
#[path = "lib/times.rs"]
mod times;
#[path = "lib/wishes.rs"]
mod wishes;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use kit::{Page, Visitor};
use times::percentile;
use wishes::{Plan, encoded, hidden};

const SHOPPERS: usize = 16;
#[derive(Default)]
struct Tally {
    times: Vec<Duration>,
    wrong: usize,
}

fn main() -> ExitCode {
    let settings = (std::env::var("ETALASE_TEST_SHOP"), std::env::var("ETALASE_TEST_SECONDS"));
    let (Ok(shop), Ok(Ok(seconds))) = (settings.0, settings.1.map(|text| text.parse())) else {
        eprintln!("run scripts/bench, which starts a shop to order from");
        return ExitCode::from(2);
    };
    let report = actix_web::rt::System::new().block_on(measure(&shop, seconds));
    println!("{report}");
    ExitCode::SUCCESS
}

async fn measure(shop: &str, seconds: u64) -> String {
    let plan = Plan::of(shop).await;
    let began = Instant::now();
    let until = began + Duration::from_secs(seconds);
    let shoppers = (0..SHOPPERS).map(|number| buy_until(until, Visitor::new(shop), &plan, number));
    let tallies = join_all(shoppers).await;
    let elapsed = began.elapsed();
    let mut times: Vec<Duration> = tallies.iter().flat_map(|tally| tally.times.clone()).collect();
    times.sort_unstable();
    let wrong: usize = tallies.iter().map(|tally| tally.wrong).sum();
    let per_second = times.len() as u128 * 1_000 / elapsed.as_millis().max(1);
    format!("{per_second} {} {} {wrong}", percentile(&times, 50), percentile(&times, 99))
}

async fn buy_until(until: Instant, visitor: Visitor, plan: &Plan, number: usize) -> Tally {
    let mut tally = Tally::default();
    // Each begins at another shelf and goes on to the next.
    let mut wishes = plan.adds.iter().cycle().skip(number * plan.adds.len() / SHOPPERS);
    while let (true, Some(wish)) = (Instant::now() < until, wishes.next()) {
        let began = Instant::now();
        match buy(&visitor, wish, &plan.fields).await {
            Bought::Yes => tally.times.push(began.elapsed()),
            Bought::SoldOut => {}
            Bought::Wrong(answer) => {
                eprintln!("{answer}");
                tally.wrong += 1;
            }
        }
    }
    tally
}

enum Bought {
    Yes,
    /// No mistake of the shop: there is no more.
    SoldOut,
    Wrong(String),
}

async fn buy(visitor: &Visitor, wish: &str, fields: &[(String, String)]) -> Bought {
    let added = visitor.post("/cart/lines", wish.to_owned()).await;
    match added.status {
        303 => {}
        422 => return Bought::SoldOut,
        _ => return wrong(&added),
    }
    let checkout = visitor.get("/checkout").await;
    let mut form = fields.to_vec();
    for name in ["cart", "total"] {
        let Some(value) = hidden(&checkout, name) else { return wrong(&checkout) };
        form.push((name.to_owned(), value.to_owned()));
    }
    let placed = visitor.post("/checkout", encoded(&form)).await;
    match (placed.status, placed.location()) {
        (303, Some(address)) => {
            let order = visitor.get(&address).await;
            let is_thanked = order.status == 200 && order.source().contains("Thank you");
            if is_thanked { Bought::Yes } else { wrong(&order) }
        }
        (409, _) => Bought::SoldOut,
        _ => wrong(&placed),
    }
}

fn wrong(page: &Page) -> Bought {
    Bought::Wrong(format!("{} answered {}", page.url.path(), page.status))
}
