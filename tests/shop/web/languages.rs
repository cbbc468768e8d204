//! Every page in every language: the shop's own without a prefix, others with one.

use crate::both;
use crate::kit::TestShop;

both!(
    the_own_language_has_no_prefix,
    a_redirect_stays_in_the_shop,
    a_page_leads_to_itself_in_the_other_language,
    a_page_names_its_address_in_every_language,
    links_stay_in_the_language,
);

async fn the_own_language_has_no_prefix(shop: TestShop) {
    let visitor = shop.visitor();
    for (path, plain) in [
        ("/en", "/"),
        ("/en/", "/"),
        ("/en/search?q=mug&sort=name", "/search?q=mug&sort=name"),
        ("/en/products/bumi-stoneware-mug", "/products/bumi-stoneware-mug"),
    ] {
        let page = visitor.get(path).await;
        page.expect_status(301);
        assert_eq!(page.location().as_deref(), Some(plain));
    }
    visitor.get("/english").await.expect_status(404);
    visitor.get("/fr/").await.expect_status(404);
}

async fn a_redirect_stays_in_the_shop(shop: TestShop) {
    for path in [
        "/en//evil.example",
        "/en/\\evil.example",
        "/en/\\/evil.example",
        "/en///evil.example/%2e%2e",
        "/en//evil.example?x=//evil.example",
        "//evil.example/en/",
        "/en/%2fevil.example",
        "/en/%5cevil.example",
        "/en/\tevil.example",
    ] {
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        let answer = shop.answer_to(request.as_bytes());
        let (status, rest) = answer.split_once("\r\n").unwrap_or_default();
        assert!(!status.starts_with("HTTP/1.1 5"), "{path:?}: {status}");
        for location in rest.lines().filter_map(|line| line.strip_prefix("location: ")) {
            let is_ours = location.starts_with('/') && !location[1..].starts_with(['/', '\\']);
            assert!(is_ours, "{path:?} leads to {location:?}");
        }
    }
}

async fn a_page_leads_to_itself_in_the_other_language(shop: TestShop) {
    let visitor = shop.visitor();
    for path in ["/", "/categories/mugs?colour=oat&sort=name", "/search?q=mug", "/pages/returns"] {
        let english = visitor.get(path).await;
        let indonesian = visitor.get(&english.link("Bahasa Indonesia")).await;
        indonesian.expect_status(200);
        assert_eq!(indonesian.attributes("html", "lang"), ["id"]);
        let back = visitor.url(&indonesian.link("English"));
        assert_eq!(back, visitor.url(path));
    }
}

async fn a_page_names_its_address_in_every_language(shop: TestShop) {
    let visitor = shop.visitor();
    let path = "/products/bumi-stoneware-mug";
    let own = |prefix: &str| format!("{}{prefix}{path}", shop.url);
    for (prefix, wanted) in [("", "?colour=oat"), ("/id", "")] {
        let page = visitor.get(&format!("{prefix}{path}{wanted}")).await;
        assert_eq!(page.attributes("link[rel=canonical]", "href"), [own(prefix)]);
        assert_eq!(page.attributes("link[hreflang=en]", "href"), [own("")]);
        assert_eq!(page.attributes("link[hreflang=id]", "href"), [own("/id")]);
        assert_eq!(page.attributes("link[hreflang=x-default]", "href"), [own("")]);
    }
}

async fn links_stay_in_the_language(shop: TestShop) {
    let visitor = shop.visitor();
    for path in ["/id/", "/id/categories/mugs", "/id/products/bumi-stoneware-mug", "/id/no-such"] {
        let page = visitor.get(path).await;
        let to_pages = |href: &String| {
            !["/id/", "/static/", "/media/", "/manifest", "#", "mailto:"]
                .iter()
                .any(|start| href.starts_with(start))
        };
        let mut leaving: Vec<String> = page.attributes("body a:not([hreflang])", "href");
        leaving.extend(page.attributes("form", "action"));
        leaving.retain(to_pages);
        assert_eq!(leaving, [""; 0], "on {path}");
    }
}
