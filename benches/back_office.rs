//! Every page of the back office, asked for one after the other by somebody who has signed in: how long each takes.
//!
//! `scripts/bench --back-office` runs this against a release build (`ETALASE_TEST_SHOP`; `ETALASE_TEST_STAFF`, an address and
//! a password with a space between) and shows its table: the page, median and slowest of 20 in milliseconds, slowest page
//! first, and what did not answer 200.

#[path = "../tests/shop/kit/mod.rs"]
mod kit;
#[path = "lib/times.rs"]
mod times;

use std::cmp::Reverse;
use std::collections::{HashSet, VecDeque};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use actix_web::dev::ResourceDef;
use etalase::routes::back_office;
use kit::{Page, Visitor};
use times::percentile;

/// How often each page is asked for.
const TURNS: usize = 20;

/// A word that half the goods, some orders' notes and some customers have.
const WORD: &str = "mug";

/// A page that was asked for again and again.
struct Timed {
    path: String,
    times: Vec<Duration>,
    wrong: usize,
}

fn main() -> ExitCode {
    let settings = (std::env::var("ETALASE_TEST_SHOP"), std::env::var("ETALASE_TEST_STAFF"));
    let (Ok(shop), Ok(staff)) = settings else {
        eprintln!("run scripts/bench --back-office, which opens a large shop");
        return ExitCode::from(2);
    };
    let Some((email, password)) = staff.split_once(' ') else {
        eprintln!("ETALASE_TEST_STAFF: an address, a space, a password");
        return ExitCode::from(2);
    };
    let mut pages =
        actix_web::rt::System::new().block_on(measure(&Visitor::new(&shop), email, password));
    pages.sort_by_key(|page| Reverse(page.times.get(TURNS / 2).copied()));
    println!("{:>9} {:>9} {:>6}  page", "p50 ms", "max ms", "wrong");
    for Timed { path, times, wrong } in &pages {
        println!("{:>9} {:>9} {wrong:>6}  {path}", percentile(times, 50), percentile(times, 100));
    }
    ExitCode::from(u8::from(pages.len() < 2 || pages.iter().any(|page| page.wrong > 0)))
}

async fn measure(visitor: &Visitor, email: &str, password: &str) -> Vec<Timed> {
    let form = visitor.get("/admin/sign-in").await.form("/admin/sign-in");
    form.fill("email", email).fill("password", password).press("Sign in").await;
    let mut pages = Vec::new();
    for path in walk(visitor).await {
        pages.push(time(visitor, path).await);
    }
    pages
}

/// One address of each kind of page that links and searches lead to.
async fn walk(visitor: &Visitor) -> Vec<String> {
    let doors: Vec<_> = back_office().iter().map(|door| ResourceDef::new(door.path)).collect();
    let mut seen = HashSet::new();
    let mut ahead = VecDeque::from(["/admin".to_owned()]);
    let mut pages = Vec::new();
    while let Some(path) = ahead.pop_front() {
        if !kind(&doors, &path).is_some_and(|kind| seen.insert(kind)) {
            continue;
        }
        let page = visitor.open(&path).await;
        if page.header("content-type").starts_with("text/html") {
            ahead.extend(ways_on(&page));
            pages.push(path);
        }
    }
    pages
}

/// The door that an address belongs to, and the names in its query: pages of one kind do the same work.
fn kind(doors: &[ResourceDef], address: &str) -> Option<(usize, Vec<String>)> {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let door = doors.iter().position(|door| door.is_match(path))?;
    let names = form_urlencoded::parse(query.as_bytes()).map(|(name, _)| name.into_owned());
    let mut names: Vec<String> = names.collect();
    names.sort();
    Some((door, names))
}

/// Where the links and the search fields of a page lead.
fn ways_on(page: &Page) -> Vec<String> {
    let links = page.attributes("a[href]", "href");
    let searches = page.all("form[action]:has(input[type=search])").into_iter();
    let searches = searches.filter_map(|form| Some(format!("{}?q={WORD}", form.attr("action")?)));
    let here = |address: String| {
        let url = page.url.join(&address).ok()?;
        let is_ours = url.origin() == page.url.origin();
        let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
        is_ours.then(|| format!("{}{query}", url.path()))
    };
    links.into_iter().chain(searches).filter_map(here).collect()
}

async fn time(visitor: &Visitor, path: String) -> Timed {
    let (mut times, mut wrong) = (Vec::new(), 0);
    for _ in 0..TURNS {
        let began = Instant::now();
        let page = visitor.get(&path).await;
        times.push(began.elapsed());
        wrong += usize::from(page.status != 200);
    }
    times.sort_unstable();
    Timed { path, times, wrong }
}
