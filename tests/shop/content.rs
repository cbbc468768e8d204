//! Static pages, and what machines ask for. Every address of the site map is walked.

use std::collections::BTreeSet;

use crate::both;
use crate::kit::{Dbms, Page, TestShop, Visitor, tell};
use diesel::prelude::*;
use etalase::db::schema::page;

both!(
    a_static_page_is_shown_in_both_languages,
    crawlers_are_kept_from_what_is_personal_or_endless,
    the_site_map_names_every_page_in_every_language,
    the_shop_can_be_put_on_a_home_screen,
);

/// A page's HTML, before compression.
const LARGEST_PAGE: usize = 60_000;

async fn a_static_page_is_shown_in_both_languages(shop: TestShop) {
    let visitor = shop.visitor();
    visitor.get("/pages/delivery").await.expect_status(200).see("courier");
    let page = visitor.get("/id/pages/delivery").await;
    assert_eq!(page.expect_status(200).attributes("html", "lang"), ["id"]);
    let footer = visitor.get("/").await.attributes("footer a[href^='/pages/']", "href");
    assert!(footer.len() >= 5, "{footer:?}");
    shop.with_db(|conn| {
        diesel::update(page::table).set(page::published.eq(false)).execute(conn)?;
        etalase::settings::announce(conn)
    })
    .await;
    visitor.get("/pages/delivery").await.expect_status(404);
    assert_eq!(visitor.get("/").await.attributes("footer a[href^='/pages/']", "href"), [""; 0]);
}

async fn crawlers_are_kept_from_what_is_personal_or_endless(shop: TestShop) {
    let visitor = shop.visitor();
    let robots = visitor.get("/robots.txt").await;
    for line in ["Disallow: /checkout", "Disallow: /orders/"] {
        assert!(robots.source().contains(line), "{}", robots.source());
    }
    let sitemap = format!("Sitemap: {}/sitemap.xml", shop.url);
    assert!(robots.source().contains(&sitemap), "{}", robots.source());
    for path in
        ["/search?q=mug", "/categories/mugs?sort=name", "/categories/mugs?colour=oat&size=m"]
    {
        let page = visitor.get(path).await;
        assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex,follow"], "{path}");
    }
    let page = visitor.get("/categories/mugs").await;
    assert_eq!(page.attributes("meta[name=robots]", "content"), [""; 0]);
}

async fn the_site_map_names_every_page_in_every_language(shop: TestShop) {
    let places = site_map(&shop.visitor()).await;
    for path in ["/", "/categories/mugs", "/products/bumi-stoneware-mug", "/pages/about"] {
        for prefix in ["", "/id"] {
            let place = format!("{}{prefix}{path}", shop.url);
            assert!(places.contains(&place), "{place} is not in the site map");
        }
    }
}

async fn the_shop_can_be_put_on_a_home_screen(shop: TestShop) {
    let visitor = shop.visitor();
    let manifest = visitor.get("/manifest.webmanifest").await;
    assert_eq!(manifest.header("content-type"), "application/manifest+json");
    let manifest: serde_json::Value = serde_json::from_str(manifest.source()).unwrap();
    assert_eq!(manifest["name"], "Selasar");
    for icon in manifest["icons"].as_array().expect("icons") {
        let file = visitor.get(icon["src"].as_str().expect("an address")).await;
        assert_eq!(file.expect_status(200).header("content-type"), "image/png");
    }
    visitor.get("/favicon.ico").await.expect_status(200);
}

/// The markup is the same on both databases, so one walk is enough.
#[test]
fn every_page_is_sound_and_every_link_leads_somewhere() {
    tell(Dbms::Sqlite, async |shop: TestShop| {
        let visitor = shop.visitor();
        let places = site_map(&visitor).await;
        assert!(places.len() > 150, "{} places", places.len());
        let mut links = BTreeSet::new();
        for place in &places {
            let page = visitor.get(place).await;
            is_sound(&page);
            links.extend(links_of(&page));
        }
        for place in places {
            links.remove(&place);
        }
        // Her own page asks a guest to sign in first.
        links.retain(|link| !link.ends_with("/account"));
        for link in links {
            let page = visitor.get(&link).await;
            assert_eq!(page.status, 200, "a page leads to {link}");
        }
    });
}

/// Every address in the site map, which is well-formed XML.
async fn site_map(visitor: &Visitor) -> BTreeSet<String> {
    let mut places = BTreeSet::new();
    for map in locations(&visitor.get("/sitemap.xml").await) {
        places.extend(locations(&visitor.get(&map).await));
    }
    places
}

fn locations(page: &Page) -> Vec<String> {
    assert_eq!(page.expect_status(200).header("content-type"), "application/xml; charset=utf-8");
    let xml = roxmltree::Document::parse(page.source()).unwrap();
    let locations = xml
        .descendants()
        .filter(|node| node.has_tag_name(("http://www.sitemaps.org/schemas/sitemap/0.9", "loc")));
    locations.filter_map(|node| node.text()).map(str::to_owned).collect()
}

fn is_sound(page: &Page) {
    let place = page.url.as_str();
    page.expect_status(200);
    assert!(page.body.len() < LARGEST_PAGE, "{place} has {} bytes", page.body.len());
    assert!(!page.heading().is_empty(), "{place} has no heading");
    assert!(!page.texts("head title").concat().is_empty(), "{place} has no title");
    assert_eq!(page.attributes("meta[name=description]", "content").len(), 1, "{place}");
    assert_eq!(page.all("img:not([alt]), img:not([width]), img:not([height])").len(), 0, "{place}");
    let ids = page.attributes("[id]", "id");
    let different: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(ids.len(), different.len(), "{place} has an id twice: {ids:?}");
    for data in page.all("script") {
        let parsed = serde_json::from_str::<serde_json::Value>(&data.inner_html());
        assert!(parsed.is_ok(), "{place} has structured data that is no JSON");
    }
    for target in page.attributes("a[href^='#'], svg[href^='#']", "href") {
        assert!(ids.contains(&target[1..].to_owned()), "{place} has no {target}");
    }
}

/// Everything on this server that a page leads to or shows.
fn links_of(page: &Page) -> BTreeSet<String> {
    let mut found = page.attributes("a[href], link[href]", "href");
    found.extend(page.attributes("img[src]", "src"));
    found.extend(page.attributes("form:not([method]), form[method=get]", "action"));
    for set in page.attributes("img[srcset]", "srcset") {
        found.extend(set.split(", ").filter_map(|one| one.split(' ').next()).map(str::to_owned));
    }
    let whole = found.iter().filter_map(|link| page.url.join(link).ok());
    let ours = whole.filter(|url| url.host() == page.url.host() && url.port() == page.url.port());
    ours.map(|mut url| {
        url.set_fragment(None);
        url.to_string()
    })
    .collect()
}
