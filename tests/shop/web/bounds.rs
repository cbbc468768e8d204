//! What a client may ask of the server at most: raw bytes, as no browser sends them.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::both;
use crate::kit::{Dbms, FreshDatabase, TestShop};

both!(
    an_address_is_as_long_as_it_may_be_or_refused,
    a_form_is_as_large_as_it_may_be_or_refused,
    a_form_has_so_many_fields_and_no_more,
    headers_are_bounded,
    a_form_that_trickles_is_cut_off,
    headers_that_trickle_are_cut_off,
    those_who_trickle_hold_nobody_up,
    a_list_ends_where_it_ends,
    a_search_is_as_long_as_a_search_needs_to_be,
);

async fn an_address_is_as_long_as_it_may_be_or_refused(shop: TestShop) {
    let visitor = shop.visitor();
    let path = "/pages/delivery?x=";
    let fits = format!("{path}{}", "a".repeat(8 * 1024 - path.len()));
    visitor.get(&fits).await.expect_status(200);
    visitor
        .get(&format!("{fits}a"))
        .await
        .expect_status(414)
        .expect_heading("That was too much at once");
}

async fn a_form_is_as_large_as_it_may_be_or_refused(shop: TestShop) {
    let visitor = shop.visitor();
    let fits = format!("x={}", "a".repeat(64 * 1024 - 2));
    visitor.post("/cart/lines", fits.clone()).await.expect_status(404);
    let page = visitor.post("/cart/lines", format!("{fits}a")).await;
    page.expect_status(413).expect_heading("That was too much at once");
    // One that does not say how long it is is no longer for it.
    let endless = "POST /cart/lines HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\
                   Connection: close\r\n\r\n";
    let chunk = format!("{:x}\r\n{}\r\n", 60_000, "a".repeat(60_000));
    let answer = shop.answer_to(format!("{endless}{chunk}{chunk}0\r\n\r\n").as_bytes());
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 413"), "{answer}");
}

async fn a_form_has_so_many_fields_and_no_more(shop: TestShop) {
    let visitor = shop.visitor();
    let fields = |count: usize| {
        let pairs: Vec<String> = (0..count).map(|n| format!("f{n}=")).collect();
        pairs.join("&")
    };
    visitor.post("/cart/lines", fields(200)).await.expect_status(404);
    visitor.post("/cart/lines", fields(201)).await.expect_status(400);
}

async fn headers_are_bounded(shop: TestShop) {
    let many = "X-A: b\r\n".repeat(200);
    let long = format!("X-A: {}\r\n", "a".repeat(200_000));
    for headers in [&many, &long] {
        let request = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");
        let answer = shop.answer_to(request.as_bytes());
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    }
    shop.visitor().get("/").await.expect_status(200);
}

async fn a_form_that_trickles_is_cut_off(dbms: Dbms) {
    let shop = impatient(dbms).await;
    for (path, kind) in [
        ("/cart/lines", "application/x-www-form-urlencoded"),
        ("/cart/lines", "multipart/form-data; boundary=x"),
        ("/no-such-page", "text/plain"),
        ("/", "text/plain"),
    ] {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\n\
             Content-Length: 1000\r\n\r\nproduct="
        );
        let (answer, took) = trickle(&shop, &head);
        assert!(answer.starts_with("HTTP/1.1 4"), "{path} {kind}: {answer}");
        assert!(took < Duration::from_secs(8), "{path} {kind}: {took:?}");
        if path == "/cart/lines" {
            assert!(answer.starts_with("HTTP/1.1 408"), "{kind}: {answer}");
        }
    }
}

async fn headers_that_trickle_are_cut_off(dbms: Dbms) {
    let shop = impatient(dbms).await;
    let (answer, took) = trickle(&shop, "GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ");
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(took < Duration::from_secs(8), "{took:?}");
}

async fn those_who_trickle_hold_nobody_up(shop: TestShop) {
    let address = shop.url.trim_start_matches("http://").to_owned();
    let head = "POST /cart/lines HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\na";
    let slow: Vec<TcpStream> = (0..200)
        .map(|_| {
            let mut stream = TcpStream::connect(&address).unwrap();
            stream.write_all(head.as_bytes()).unwrap();
            stream
        })
        .collect();
    let guest = shop.shopper();
    guest.add("hening-vase", &[("colour", "oat")], 1).await.see("Hening Vase");
    assert_eq!(slow.len(), 200);
}

async fn a_list_ends_where_it_ends(shop: TestShop) {
    let visitor = shop.visitor();
    for path in ["/search?page=", "/categories/mugs?page="] {
        visitor.get(&format!("{path}1")).await.expect_status(200);
        for page in ["501", "100000", "9223372036854775807", "9223372036854775808"] {
            visitor.get(&format!("{path}{page}")).await.expect_status(404);
        }
    }
}

async fn a_search_is_as_long_as_a_search_needs_to_be(shop: TestShop) {
    let visitor = shop.visitor();
    let long = format!("/search?q=mug{}", "+zebra".repeat(500));
    let ask = || visitor.get(&long);
    let page = ask().await;
    page.expect_status(200);
    let shown = page.form("main form, header form").value("q");
    assert!(shown.chars().count() <= 100, "{shown}");
    let short = shop.statements(|| visitor.get("/search?q=mug+zebra")).await;
    assert!(shop.statements(ask).await <= short + 6, "a word costs a question, six at most");
}

/// Waits as long for a client as a test can.
async fn impatient(dbms: Dbms) -> TestShop {
    TestShop::open_with(FreshDatabase::filled(dbms), |settings| {
        settings.patience.head = Duration::from_millis(500);
        settings.patience.form = Duration::from_millis(300);
        settings.patience.upload = Duration::from_millis(300);
    })
    .await
}

/// Sends the beginning, then a byte now and then until the shop has had enough: its answer, and how
/// long that took.
fn trickle(shop: &TestShop, beginning: &str) -> (String, Duration) {
    let began = Instant::now();
    let mut stream = TcpStream::connect(shop.url.trim_start_matches("http://")).unwrap();
    stream.write_all(beginning.as_bytes()).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
    let mut answer = Vec::new();
    while began.elapsed() < Duration::from_secs(10) {
        let mut part = [0; 4096];
        match stream.read(&mut part) {
            Ok(0) => break,
            Ok(count) => answer.extend_from_slice(&part[..count]),
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {
                if stream.write_all(b"a").is_err() {
                    break;
                }
            }
            Err(_) => break,
        }
    }
    (String::from_utf8_lossy(&answer).into_owned(), began.elapsed())
}
