//! Requests that nobody would send, made up at random: whatever comes, the shop answers, and never that it is to blame.
//!
//! A short run in every test; `ETALASE_TEST_FUZZ_SECONDS=600 cargo test --test shop fuzz` for a long one.

use proptest::prelude::*;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;
use std::io::Write;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::both;
use crate::kit::process::etalase;
use crate::kit::shopper::{ENGLISH, order_number};
use crate::kit::source::files;
use crate::kit::{Dbms, FreshDatabase, Shopper, TestShop};

both!(whatever_is_asked_the_shop_answers);

/// How many requests of a short run.
const FEW: usize = 300;

/// Addresses that leave the rest untried: they sign the owner out, close the shop to its shoppers (rightly with a 503)
/// or take away the goods that are asked for.
const ENDING: [&str; 3] = ["/admin/sign-out", "/admin/start/close", "/admin/start/goods/remove"];

async fn whatever_is_asked_the_shop_answers(dbms: Dbms) {
    // Half a request is not waited for.
    let shop = TestShop::open_with(FreshDatabase::filled(dbms), |settings| {
        settings.patience.head = Duration::from_secs(2);
        settings.patience.form = Duration::from_millis(100);
        settings.patience.upload = Duration::from_millis(100);
    })
    .await;
    let guest = shop.shopper();
    guest.add("hening-vase", &[("colour", "oat")], 1).await;
    let owner = shop.colleague("sari", "owner").await;
    let paths = paths(&guest).await;
    let cookie = format!("{}; {}", guest.visitor.cookies(), owner.cookies());
    let requests = request(paths, cookie);
    let mut runner = TestRunner::default();
    let before = resident_kib();
    let mut answers: BTreeMap<String, u32> = BTreeMap::new();
    let count = as_long_as_wanted(|| {
        let request = requests.new_tree(&mut runner).unwrap().current();
        let answer = shop.answer_to(&request);
        let status = answer.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3));
        *answers.entry(status.unwrap_or("none").to_owned()).or_default() += 1;
        // Bytes that are no request are hung up on.
        let is_to_blame = status.is_some_and(|status| status.starts_with('5'));
        assert!(!is_to_blame, "{answer:.300}\nto\n{}", String::from_utf8_lossy(&request));
    });
    guest.cart().await.see("Hening Vase");
    // Requests that are all refused at the door would try nothing.
    assert!(
        ["200", "303", "400", "404"].iter().all(|status| answers.contains_key(*status)),
        "{answers:?}"
    );
    eprintln!("{count} requests, {answers:?}, memory {before} → {} KiB", resident_kib());
}

#[test]
fn whatever_is_to_be_priced_gets_a_bill_or_a_reason() {
    let examples: Vec<Vec<u8>> = files("tests/pricing/examples", ".in.json")
        .into_iter()
        .map(|file| file.text.split_whitespace().collect::<Vec<_>>().join(" ").into_bytes())
        .collect();
    let lines = (prop::sample::select(examples), damage());
    let mut runner = TestRunner::default();
    let mut text = Vec::new();
    for _ in 0..FEW * 10 {
        let (mut line, damage) = lines.new_tree(&mut runner).unwrap().current();
        for (at, with) in damage {
            let at = at.index(line.len());
            line.splice(at..(at + with.len()).min(line.len()), with.bytes());
        }
        line.retain(|byte| *byte != b'\n');
        text.extend(line);
        text.push(b'\n');
    }
    let folder = tempfile::tempdir().unwrap();
    let mut command = etalase(folder.path(), &["price", "--jsonl"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(&text));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success(), "{output:?}");
    let answers = output.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    assert_eq!(answers.count(), FEW * 10);
}

/// Calls `one` so often, or for so long as whoever started the tests wants; how often that was.
fn as_long_as_wanted(mut one: impl FnMut()) -> usize {
    let seconds = std::env::var("ETALASE_TEST_FUZZ_SECONDS").ok().map(|s| s.parse().unwrap());
    let began = Instant::now();
    for count in 0.. {
        let is_enough = match seconds {
            Some(seconds) => began.elapsed() > Duration::from_secs(seconds),
            None => count == FEW,
        };
        if is_enough {
            return count;
        }
        one();
    }
    unreachable!("it ends inside")
}

/// Addresses that exist, with an order's among them, and a few that do not.
async fn paths(guest: &Shopper) -> Vec<String> {
    let buyer = Shopper { visitor: guest.visitor.clone(), words: guest.words };
    let thanks = buyer.order().await;
    let (order, number) = (thanks.url.path().to_owned(), order_number(&thanks, &ENGLISH));
    buyer.add("hening-vase", &[("colour", "oat")], 1).await;
    let mut paths: Vec<String> = files("src", "routes.rs")
        .iter()
        .flat_map(|file| {
            let open = file.between("resource(\"", '"');
            let all = open.chain(file.between("Door::at(\"", '"'));
            all.map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    paths.retain(|path| !ENDING.contains(&path.as_str()));
    paths.extend(paths.clone().iter().map(|path| format!("/id{path}")));
    for path in &mut paths {
        *path = path
            .replace("/orders/{token}", &order)
            .replace("/products/{slug}", "/products/hening-vase")
            .replace("/categories/{slug}", "/categories/mugs")
            .replace("{variant_id}", "1")
            .replace("{number}", &number)
            .replace("{id}", "1")
            .replace("{name:.*}", "x");
    }
    paths
}

/// Text that has broken other shops, and any text.
fn nasty() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "",
        "0",
        "1",
        "-1",
        "1.5",
        "1e9",
        "9999",
        "99999999999999999999",
        "+1",
        "٣",
        "'",
        "' OR 1=1 --",
        "\";--",
        "%",
        "_",
        "\\",
        "../../etc/passwd",
        "%2e%2e%2f",
        "%00",
        "\u{0}",
        "\r\nX-A: b",
        "\n",
        "<script>alert(1)</script>",
        "{{7*7}}",
        "${7*7}",
        "javascript:alert(1)",
        "//evil.example",
        "\u{202e}",
        "\u{feff}",
        "é\u{301}",
        "😀",
        "null",
        "true",
        "[]",
        "{}",
        "NaN",
        "oat",
        "hening-vase",
        "place",
        "id",
        "ID",
        "Jawa Barat",
        "40131",
        "rani@example.com",
        "a@b\r\nBcc: c@d",
    ]);
    prop_oneof![
        6 => known.prop_map(str::to_owned),
        2 => any::<String>(),
        1 => (1_usize..3_000).prop_map(|count| "a".repeat(count)),
        1 => (1_usize..500).prop_map(|count| "%f0%9f".repeat(count)),
    ]
}

/// Names of fields and filters, and anything else.
fn name() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "q",
        "page",
        "sort",
        "min",
        "max",
        "stock",
        "colour",
        "size",
        "variant",
        "product",
        "quantity",
        "code",
        "remove_code",
        "cart",
        "email",
        "phone",
        "name",
        "country",
        "region",
        "city",
        "district",
        "postcode",
        "line1",
        "line2",
        "delivery",
        "method",
        "payment",
        "total",
        "step",
        "note",
        "billing",
        "price",
        "next",
        "token",
        "password",
        "new_password",
        "amount",
        "reference",
        "reason",
        "tracking_url",
        "role",
        "do",
        "session",
        "ticket",
        "sealed",
    ]);
    prop_oneof![8 => known.prop_map(str::to_owned), 1 => nasty()]
}

fn pairs() -> impl Strategy<Value = Vec<(String, String)>> {
    prop::collection::vec((name(), nasty()), 0..12)
}

fn encoded(pairs: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

fn multipart(pairs: &[(String, String)]) -> String {
    let part = |(name, value): &(String, String)| {
        format!(
            "--x\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{value}\"\r\n\r\n{value}\r\n"
        )
    };
    pairs.iter().map(part).collect::<String>() + "--x--\r\n"
}

/// Places in a text, and what is put there.
fn damage() -> impl Strategy<Value = Vec<(prop::sample::Index, String)>> {
    prop::collection::vec((any::<prop::sample::Index>(), nasty()), 0..4)
}

/// A whole request as bytes: a right one with something wrong in it, most of the time.
fn request(paths: Vec<String>, cookie: String) -> impl Strategy<Value = Vec<u8>> {
    let method = prop_oneof![
        4 => Just("GET"),
        5 => Just("POST"),
        1 => prop::sample::select(vec!["HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "X"]),
    ];
    let path = prop_oneof![
        8 => prop::sample::select(paths),
        1 => "/[ -~]{0,40}".prop_map(|path| path.replace(' ', "+")),
    ];
    let header = (
        prop::sample::select(vec![
            "Accept-Language",
            "Accept-Encoding",
            "If-None-Match",
            "Range",
            "Content-Type",
            "Origin",
            "Sec-Fetch-Site",
            "X-Forwarded-For",
            "Forwarded",
            "User-Agent",
            "Referer",
            "Authorization",
            "Content-Encoding",
            "Expect",
            "Upgrade",
            "Stripe-Signature",
        ]),
        nasty(),
    );
    let cookie = prop_oneof![
        4 => Just(cookie.clone()),
        2 => damage().prop_map(move |damage| damaged(&cookie, &damage)),
        1 => nasty(),
    ];
    let body = (pairs(), 0..6_u8).prop_map(|(pairs, kind)| match kind {
        0 => ("multipart/form-data; boundary=x", multipart(&pairs)),
        1 => ("application/json", format!("{pairs:?}")),
        _ => ("application/x-www-form-urlencoded", encoded(&pairs)),
    });
    (method, path, pairs(), prop::collection::vec(header, 0..4), cookie, body, damage()).prop_map(
        |(method, path, query, headers, cookie, (kind, body), damage)| {
            let one_line = |text: &str| text.replace(['\r', '\n', '\0'], " ");
            let headers: String = headers
                .iter()
                .map(|(name, value)| format!("{name}: {}\r\n", one_line(value)))
                .collect();
            let query = encoded(&query);
            let request = format!(
                "{method} {path}?{query} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
                 Content-Type: {kind}\r\nContent-Length: {}\r\nCookie: {}\r\n{headers}\
                 Sec-Fetch-Site: same-origin\r\n\r\n{body}",
                body.len(),
                one_line(&cookie),
            );
            // Few are damaged as bytes: most of those are hung up on at once.
            match damage.len() {
                3 => damaged(&request, &damage).into_bytes(),
                _ => request.into_bytes(),
            }
        },
    )
}

fn damaged(text: &str, damage: &[(prop::sample::Index, String)]) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for (at, with) in damage {
        if !letters.is_empty() {
            let at = at.index(letters.len());
            letters.splice(at..=at, with.chars());
        }
    }
    letters.into_iter().collect()
}

/// What this process holds in memory, the shop's server included.
fn resident_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or_default()
}
