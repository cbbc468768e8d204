//! What every answer says about itself, and what it leaves in a browser.

use crate::both;
use crate::kit::source::files;
use crate::kit::{Dbms, Page, TestShop, Visitor};

both!(
    every_answer_keeps_itself_to_itself,
    a_shop_on_https_asks_browsers_to_stay_there,
    a_visitor_who_only_looks_has_no_cookie,
    what_is_personal_is_kept_nowhere,
    a_page_is_compressed_for_browsers_that_can_read_it,
    the_shop_says_that_it_lives_and_is_ready,
);

const EXPECTED: [(&str, &str); 5] = [
    ("x-frame-options", "DENY"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

async fn every_answer_keeps_itself_to_itself(shop: TestShop) {
    for page in answers_of_every_kind(&shop.visitor()).await {
        let place = format!("{} ({})", page.url.path(), page.status);
        for (name, value) in EXPECTED {
            let values: Vec<_> = page.headers.get_all(name).iter().collect();
            assert_eq!(values, [value], "{name} of {place}");
        }
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{policy} of {place}");
        for part in [
            "script-src 'self';",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        ] {
            assert!(policy.contains(part), "{part} is not in {policy} of {place}");
        }
        assert!(!policy.contains("unsafe"), "{policy} of {place}");
        assert_eq!(page.header("strict-transport-security"), "", "{place} is not on https");
        assert_eq!(page.header("server"), "", "{place} names the server");
        assert_eq!(page.header("access-control-allow-origin"), "", "{place} is for everybody");
        let kind = page.header("content-type");
        let is_text = ["text/", "json", "xml"].iter().any(|text| kind.contains(text));
        let is_named = !is_text || kind.contains("charset=utf-8") || kind.contains("json");
        assert!(is_named, "{kind} of {place}");
    }
}

async fn a_shop_on_https_asks_browsers_to_stay_there(dbms: Dbms) {
    let shop = TestShop::open_https(dbms).await;
    for page in answers_of_every_kind(&shop.visitor()).await {
        let strict = page.header("strict-transport-security");
        assert_eq!(strict, "max-age=63072000", "{} ({})", page.url.path(), page.status);
    }
}

async fn a_visitor_who_only_looks_has_no_cookie(shop: TestShop) {
    let visitor = shop.visitor();
    for page in answers_of_every_kind(&visitor).await {
        assert_eq!(page.header("set-cookie"), "", "{} ({})", page.url.path(), page.status);
    }
    assert_eq!(visitor.cookies(), "");
}

/// Addresses whose pages are the same for everybody, or files: what is not listed here is personal.
const PUBLIC: [&str; 17] = [
    "/",
    "/categories/{slug}",
    "/products/{slug}",
    "/search",
    "/pages/{slug}",
    "/pages/{slug}/editions/{edition}",
    "/articles",
    "/articles.xml",
    "/articles/{slug}",
    "/static/{name:.*}",
    "/favicon.ico",
    "/media/{file}",
    "/manifest.webmanifest",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap-{map}.xml",
    "/.well-known/security.txt",
];

async fn what_is_personal_is_kept_nowhere(shop: TestShop) {
    let guest = shop.shopper();
    guest.add("hening-vase", &[("colour", "oat")], 1).await;
    let order = guest.order().await.url.path().to_owned();
    guest.add("hening-vase", &[("colour", "oat")], 1).await;
    let owner = shop.colleague("sari", "owner").await;
    let personal = personal_paths();
    for of_guest in ["/cart", "/checkout", "/admin", "/admin/orders/{number}"] {
        assert!(personal.iter().any(|path| path == of_guest), "{personal:?}");
    }
    for path in personal {
        let visitor = if path.starts_with("/admin") { &owner } else { &guest.visitor };
        let path = path.replace("/orders/{token}", &order).replace(['{', '}'], "");
        for path in [path.clone(), format!("/id{path}")] {
            let page = visitor.get(&path).await;
            let kept = page.header("cache-control");
            assert!(kept.contains("no-store"), "{path} ({}): {kept}", page.status);
        }
        // What looks like a file to a cache between (web cache deception).
        let page = visitor.get(&format!("{path}/x.css")).await;
        assert!((300..500).contains(&page.status), "{path}: {}", page.status);
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
    }
}

fn personal_paths() -> Vec<String> {
    let routes = files("src", "routes.rs");
    let known = routes.iter().flat_map(|file| {
        let open = file.between("resource(\"", '"');
        open.chain(file.between("Door::at(\"", '"'))
    });
    known.filter(|path| !PUBLIC.contains(path)).map(str::to_owned).collect()
}

async fn a_page_is_compressed_for_browsers_that_can_read_it(shop: TestShop) {
    let visitor = shop.visitor();
    let request = visitor.request(reqwest::Method::GET, "/").header("accept-encoding", "gzip");
    let packed = visitor.send(request).await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.header("vary").to_lowercase().contains("accept-encoding"));
    let plain = visitor.get("/").await;
    assert_eq!(plain.header("content-encoding"), "");
    assert!(packed.body.len() * 2 < plain.body.len());
}

async fn the_shop_says_that_it_lives_and_is_ready(shop: TestShop) {
    let visitor = shop.visitor();
    for path in ["/healthz", "/readyz"] {
        let page = visitor.get(path).await;
        page.expect_status(200);
        assert_eq!(page.source(), r#"{"status":"ok"}"#);
    }
}

/// Pages, files, redirects and refusals.
async fn answers_of_every_kind(visitor: &Visitor) -> Vec<Page> {
    let mut answers = Vec::new();
    for path in [
        "/",
        "/id/",
        "/categories/mugs",
        "/products/bumi-stoneware-mug",
        "/search?q=mug",
        "/pages/delivery",
        "/no-such-page",
        "/search?q=%ff",
        "/en/search",
        "/static/no-such.css",
        "/media/no-such-320.webp",
        "/robots.txt",
        "/.well-known/security.txt",
        "/sitemap.xml",
        "/manifest.webmanifest",
        "/favicon.ico",
        "/healthz",
    ] {
        answers.push(visitor.get(path).await);
    }
    let home = &answers[0];
    let sheet = home.attributes("link[rel=stylesheet]", "href").remove(0);
    let picture = home.attributes("main img", "src").remove(0);
    for path in [sheet, picture] {
        answers.push(visitor.get(&path).await);
    }
    answers.push(visitor.post("/", "a=1").await);
    let elsewhere = visitor.request(reqwest::Method::POST, "/").header("origin", "null");
    answers.push(visitor.send(elsewhere).await);
    answers
}
