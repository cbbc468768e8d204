//! What makes no sense, or is not meant well, gets a page that says what to do. Never a 500.

use crate::both;
use crate::kit::{Page, TestShop};
use reqwest::Method;

both!(
    a_form_of_another_site_is_refused,
    an_unknown_address_is_answered_in_the_shops_frame,
    an_unknown_method_is_answered_with_those_that_are_known,
    a_question_about_a_page_is_answered_without_the_page,
    an_address_that_is_no_text_is_answered_with_advice,
    an_address_that_asks_nonsense_is_answered,
    a_cookie_that_is_not_ours_is_no_cookie,
    bytes_that_are_no_request_are_refused,
    a_request_that_could_be_read_in_two_ways_is_refused,
);

async fn a_form_of_another_site_is_refused(shop: TestShop) {
    let visitor = shop.visitor();
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("sec-fetch-site", "nonsense"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
    ] {
        let request = visitor.request(Method::POST, "/cart/lines").header(name, value);
        let page = visitor.send(request).await;
        page.expect_status(403).expect_heading("This did not come from our pages");
    }
    let request = visitor.request(Method::POST, "/id/cart/lines").header("origin", "null");
    in_frame(&visitor.send(request).await, "id");
}

async fn an_unknown_address_is_answered_in_the_shops_frame(shop: TestShop) {
    let visitor = shop.visitor();
    for (path, language) in [
        ("/no-such-page", "en"),
        ("/id/tidak-ada", "id"),
        ("/products/no-such-product", "en"),
        ("/products/Not_A_Slug", "en"),
        ("/categories/no-such-category", "en"),
        ("/id/pages/tidak-ada", "id"),
        ("/products/", "en"),
    ] {
        let page = visitor.get(path).await;
        in_frame(page.expect_status(404), language);
        assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex,follow"]);
    }
    let page = visitor.get("/no-such-page").await;
    page.expect_heading("This page is not here");
    page.form("main form").fill("q", "mug").press("Search").await.see("Bumi Stoneware Mug");
}

async fn an_unknown_method_is_answered_with_those_that_are_known(shop: TestShop) {
    let visitor = shop.visitor();
    let page = visitor.send(visitor.request(Method::DELETE, "/")).await;
    in_frame(page.expect_status(405), "en");
    assert!(page.header("allow").contains("GET"), "allowed: {:?}", page.header("allow"));
}

async fn a_question_about_a_page_is_answered_without_the_page(shop: TestShop) {
    let visitor = shop.visitor();
    for (path, status) in
        [("/", 200), ("/id/search?q=mug", 200), ("/robots.txt", 200), ("/no", 404)]
    {
        let answer = visitor.send(visitor.request(Method::HEAD, path)).await;
        answer.expect_status(status);
        assert!(answer.body.is_empty(), "HEAD {path} has a body");
        let page = visitor.get(path).await;
        assert_eq!(answer.header("content-type"), page.header("content-type"));
        assert_eq!(answer.header("cache-control"), page.header("cache-control"));
    }
}

async fn an_address_that_is_no_text_is_answered_with_advice(shop: TestShop) {
    let visitor = shop.visitor();
    let many = format!("/search?q=mug{}", "&colour=oat".repeat(300));
    for path in ["/search?q=%ff", "/search?q=a%00b", "/categories/mugs?colour=%c3%28", &many] {
        let page = visitor.get(path).await;
        page.expect_status(400).expect_heading("We could not read that");
        in_frame(&page, "en");
    }
    for path in ["/products/%ff", "/products/%00", "/%ff", "/categories/a%2fb", "/pages/%"] {
        let status = visitor.get(path).await.status;
        assert!((400..500).contains(&status), "{path}: {status}");
    }
}

async fn an_address_that_asks_nonsense_is_answered(shop: TestShop) {
    let visitor = shop.visitor();
    let long = format!("/search?q={}", "word+".repeat(1_000));
    for path in [
        "/categories/mugs?min=abc&max=-1&stock=perhaps&sort=up",
        "/categories/mugs?min=99999999999999999999999&max=1e9",
        "/categories/mugs?min=100&max=1",
        "/categories/mugs?colour=no-such-colour&no-such-filter=1",
        "/categories/mugs?colour=%27%3B--&colour=oat",
        "/search?q=%27+OR+1%3D1+--",
        "/search?q=%25+_+%5C",
        "/search?q=%F0%9F%98%80",
        "/search",
        "/products/bumi-stoneware-mug?colour=&size=&variant=",
        "/products/bumi-stoneware-mug?colour=oat&colour=sage&size=%3Cscript%3E",
        &long,
    ] {
        visitor.get(path).await.expect_status(200);
    }
    for page in ["0", "-1", "1.5", "x", "999", "99999999999999999999"] {
        visitor.get(&format!("/categories/mugs?page={page}")).await.expect_status(404);
    }
}

async fn a_cookie_that_is_not_ours_is_no_cookie(shop: TestShop) {
    let long = "A".repeat(4_000);
    for value in ["", "garbage", "%%%", "eyJjYXJ0Ijp7fX0=", "a=b=c", "\"quoted\"", &long] {
        let visitor = shop.visitor();
        visitor.keep_cookie("etalase", value);
        for path in ["/", "/products/bumi-stoneware-mug"] {
            let page = visitor.get(path).await;
            page.expect_status(200);
            assert!(page.source().contains("aria-label=\"Cart, empty\""), "{value:?} is a cart");
        }
    }
}

async fn bytes_that_are_no_request_are_refused(shop: TestShop) {
    let huge = format!("GET / HTTP/1.1\r\nHost: x\r\nCookie: {}\r\n\r\n", "a".repeat(200_000));
    for bytes in ["nonsense\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET  HTTP/1.1\r\n\r\n", &huge] {
        let answer = shop.answer_to(bytes.as_bytes());
        let is_refused = answer.is_empty() || answer.starts_with("HTTP/1.1 4");
        assert!(is_refused, "{answer}");
    }
    shop.visitor().get("/").await.expect_status(200);
}

/// A proxy in front might read the other one: what follows would be a request that it has not seen.
async fn a_request_that_could_be_read_in_two_ways_is_refused(shop: TestShop) {
    for headers in [
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length: 5\r\nContent-Length: 6\r\n",
        "Content-Length: +5\r\n",
        "Content-Length: -1\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding : chunked\r\n",
        "X-A: b\r\n c\r\n",
        "X-A: b\0c\r\n",
        "Host: evil.example\r\n",
    ] {
        let request = format!("POST /cart/lines HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");
        let answer = shop.answer_to(format!("{request}0\r\n\r\n").as_bytes());
        assert!(answer.starts_with("HTTP/1.1 400"), "{headers:?}: {answer}");
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{headers:?}: {answer}");
    }
}

/// The shop's header and footer, in the visitor's language.
#[track_caller]
fn in_frame(page: &Page, language: &str) {
    assert_eq!(page.attributes("html", "lang"), [language]);
    page.one("header a.logo");
    page.one("footer .foot-news");
    assert!(!page.all("main a[href]").is_empty(), "a page about a mistake leads on");
    assert_eq!(page.header("cache-control"), "no-store");
}
