//! Orders a second: 16 shoppers go through the whole guest checkout, one order after another, for a while.
//!
//! `scripts/bench` runs this against a release build (`ETALASE_TEST_SHOP`, `ETALASE_TEST_SECONDS`) and reads its one line:
//! orders a second, median and 99th percentile in milliseconds, answers that were wrong. The times are those of a whole
//! checkout, four requests: add to cart, see the checkout, place the order, see "Thank you".

#[path = "../tests/shop/kit/mod.rs"]
mod kit;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use kit::shopper::{ENGLISH, Shopper};
use kit::{Page, Visitor};

const SHOPPERS: usize = 16;
/// From so many products shoppers choose, so that they do not wait for one and the same shelf.
const PRODUCTS: usize = 200;

/// What all shoppers send.
struct Plan {
    /// Forms that put a product into the cart, one unit each.
    adds: Vec<String>,
    /// The checkout's fields, without those that belong to one cart.
    fields: Vec<(String, String)>,
}

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
    let plan = prepare(shop).await;
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

/// Looks at the pages once, as a browser does, so that the shoppers need not.
async fn prepare(shop: &str) -> Plan {
    let guest = Shopper { visitor: Visitor::new(shop), words: &ENGLISH };
    let map = guest.visitor.open("/sitemap-1.xml").await;
    let products = map.source().split("<loc>").filter_map(|part| part.split_once("</loc>"));
    let products = products.filter_map(|(address, _)| address.strip_prefix(shop));
    let mut adds = Vec::new();
    for path in products.filter(|path| path.starts_with("/products/")).take(PRODUCTS) {
        let form = guest.visitor.open(path).await.form("form#buy");
        adds.push(encoded(&form.values()));
    }
    let page = guest.visitor.post("/cart/lines", adds[0].clone()).await;
    guest.visitor.follow(page).await;
    let mut fields = guest.checkout_form().await.values();
    fields.retain(|(name, _)| !matches!(name.as_str(), "cart" | "total"));
    Plan { adds, fields }
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

/// A hidden field's value, without parsing the page: the machine is shared with the shop.
fn hidden<'a>(page: &'a Page, name: &str) -> Option<&'a str> {
    let (_, rest) = page.source().split_once(&format!("name=\"{name}\" value=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

fn encoded(pairs: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// In milliseconds, with two decimals.
fn percentile(sorted: &[Duration], percent: usize) -> String {
    let at = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    let micros = sorted.get(at).map_or(0, Duration::as_micros);
    format!("{}.{:02}", micros / 1_000, micros % 1_000 / 10)
}
