//! Orders placed a second: carts are filled and brought to the checkout first, which is not counted, and then 16 shoppers
//! press "Place order", each as soon as the last answer is there, until no cart is left.
//!
//! `scripts/bench` runs this against a release build (`ETALASE_TEST_SHOP`, `ETALASE_TEST_CARTS`) and reads its one line:
//! orders a second, median and 99th percentile in milliseconds, answers that were wrong.

#[path = "../tests/shop/kit/mod.rs"]
mod kit;
#[path = "lib/times.rs"]
mod times;
#[path = "lib/wishes.rs"]
mod wishes;

use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use kit::Visitor;
use reqwest::{Client, redirect};
use times::percentile;
use wishes::{Plan, encoded, hidden};

const SHOPPERS: usize = 16;

/// A cart whose checkout is filled in.
struct Ready {
    cookies: String,
    form: String,
}

fn main() -> ExitCode {
    let settings = (std::env::var("ETALASE_TEST_SHOP"), std::env::var("ETALASE_TEST_CARTS"));
    let (Ok(shop), Ok(Ok(carts))) = (settings.0, settings.1.map(|text| text.parse())) else {
        eprintln!("run scripts/bench, which starts a shop to order from");
        return ExitCode::from(2);
    };
    println!("{}", actix_web::rt::System::new().block_on(measure(&shop, carts)));
    ExitCode::SUCCESS
}

async fn measure(shop: &str, carts: usize) -> String {
    let plan = Plan::of(shop).await;
    let next = AtomicUsize::new(0);
    let prepared = join_all((0..SHOPPERS).map(|_| prepare(shop, &plan, (&next, carts)))).await;
    let ready: Vec<Ready> = prepared.into_iter().flatten().collect();
    let next = AtomicUsize::new(0);
    let began = Instant::now();
    let placed = join_all((0..SHOPPERS).map(|_| place(shop, &ready, &next))).await;
    let elapsed = began.elapsed().as_millis().max(1);
    let mut times: Vec<Duration> = placed.into_iter().flatten().collect();
    times.sort_unstable();
    let per_second = times.len() as u128 * 1_000 / elapsed;
    let wrong = carts - times.len();
    format!("{per_second} {} {} {wrong}", percentile(&times, 50), percentile(&times, 99))
}

/// Fills carts, each of a visitor of her own, until there are so many.
async fn prepare(shop: &str, plan: &Plan, (next, carts): (&AtomicUsize, usize)) -> Vec<Ready> {
    let mut ready = Vec::new();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= carts {
            return ready;
        }
        let visitor = Visitor::new(shop);
        visitor.post("/cart/lines", plan.adds[number % plan.adds.len()].clone()).await;
        let checkout = visitor.get("/checkout").await;
        let mut form = plan.fields.clone();
        for name in ["cart", "total"] {
            form.push((name.to_owned(), hidden(&checkout, name).unwrap_or_default().to_owned()));
        }
        ready.push(Ready { cookies: visitor.cookies(), form: encoded(&form) });
    }
}

/// Places orders; how long each took.
async fn place(shop: &str, ready: &[Ready], next: &AtomicUsize) -> Vec<Duration> {
    let client = Client::builder().redirect(redirect::Policy::none()).no_proxy().build();
    let client = client.expect("a client without settings");
    let mut times = Vec::new();
    while let Some(Ready { cookies, form }) = ready.get(next.fetch_add(1, Ordering::Relaxed)) {
        let began = Instant::now();
        let request = client
            .post(format!("{shop}/checkout"))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .header("cookie", cookies)
            .body(form.clone());
        match request.send().await {
            Ok(answer) if answer.status() == 303 => times.push(began.elapsed()),
            answer => eprintln!("not placed: {answer:?}"),
        }
    }
    times
}
