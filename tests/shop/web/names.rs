//! By which names a shop answers, and that no name a stranger chose gets anywhere.

use crate::both;
use crate::kit::{Dbms, FreshDatabase, TestShop};
use etalase::config::PublicUrl;

both!(
    a_strange_name_is_told_the_right_one,
    a_shop_for_everybody_answers_by_its_public_name,
    those_who_watch_may_call_it_by_number,
    no_header_of_a_proxy_reaches_a_page,
);

async fn a_strange_name_is_told_the_right_one(shop: TestShop) {
    for host in ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", ""] {
        for request in [
            format!("GET / HTTP/1.1\r\nHost: {host}\r\n"),
            format!("POST /cart/lines HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n"),
        ] {
            let answer = shop.answer_to(format!("{request}Connection: close\r\n\r\n").as_bytes());
            let is_refused = ["HTTP/1.1 421", "HTTP/1.1 400"].iter().any(|s| answer.starts_with(s));
            assert!(is_refused, "{host}: {answer}");
            assert!(!answer.contains("evil"), "{answer}");
        }
    }
    let answer = ask(&shop, "evil.example", "/");
    assert!(answer.contains(&format!("href=\"{}\"", shop.url)), "{answer}");
    assert!(answer.to_lowercase().contains("content-security-policy"), "{answer}");
    // The whole address in the first line does not go past it.
    let absolute =
        "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assert!(shop.answer_to(absolute.as_bytes()).starts_with("HTTP/1.1 421"));
    let missing = shop.answer_to(b"GET / HTTP/1.0\r\n\r\n");
    assert!(!missing.starts_with("HTTP/1.0 200") && !missing.starts_with("HTTP/1.1 200"));
}

async fn a_shop_for_everybody_answers_by_its_public_name(dbms: Dbms) {
    let fresh = FreshDatabase::filled(dbms);
    let public = PublicUrl::parse("https://selasar.example").unwrap();
    let shop = TestShop::open_with(fresh, move |settings| {
        settings.public_url = public;
        settings.host = [0, 0, 0, 0].into();
    })
    .await;
    for (host, status) in
        [("selasar.example", "200"), ("SELASAR.example:443", "200"), ("localhost", "421")]
    {
        let answer = ask(&shop, host, "/");
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{host}: {answer}");
    }
}

async fn those_who_watch_may_call_it_by_number(shop: TestShop) {
    for path in ["/healthz", "/readyz"] {
        assert!(ask(&shop, "10.1.2.3:8080", path).starts_with("HTTP/1.1 200"), "{path}");
    }
}

async fn no_header_of_a_proxy_reaches_a_page(shop: TestShop) {
    let visitor = shop.visitor();
    for path in ["/", "/products/bumi-stoneware-mug", "/sitemap.xml", "/robots.txt", "/no-such"] {
        let mut request = visitor.request(reqwest::Method::GET, path);
        for name in
            ["x-forwarded-host", "x-forwarded-server", "x-host", "x-original-url", "x-rewrite-url"]
        {
            request = request.header(name, "evil.example");
        }
        let request = request
            .header("forwarded", "for=9.9.9.9;host=evil.example;proto=https")
            .header("x-forwarded-proto", "evil");
        let page = visitor.send(request).await;
        assert!(!page.source().contains("evil"), "{path}");
        assert!(!format!("{:?}", page.headers).contains("evil"), "{path}");
    }
}

fn ask(shop: &TestShop, host: &str, path: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    shop.answer_to(request.as_bytes())
}
