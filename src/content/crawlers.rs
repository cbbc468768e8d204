//! What machines ask for: `robots.txt`, the site map, the web manifest.

use actix_web::HttpResponse;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::fmt::Write as _;

use crate::db::Conn;
use crate::db::schema::{page, product};
use crate::error::{Error, Result};
use crate::search::visible;
use crate::web::menus::CONTACT;
use crate::web::{PageKind, Visit, assets};

/// A site map holds at most 50,000 addresses (sitemaps.org); in every language ours are a page's.
const PER_MAP: i64 = 20_000;
/// Pages and articles of the first map, besides its products.
const MOST_PAGES: i64 = 4_000;

/// `GET /robots.txt`: everything but what is personal or endless.
pub async fn robots(visit: Visit) -> HttpResponse {
    let origin = visit.shop.public_url.as_str();
    let text = format!(
        "User-agent: *\nDisallow: /checkout\nDisallow: /orders/\n\
         Disallow: /*/checkout\nDisallow: /*/orders/\n\n\
         Sitemap: {origin}/sitemap.xml\n"
    );
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(text)
}

/// `GET /sitemap.xml`: the index of the maps.
pub async fn sitemap(visit: Visit) -> Result<HttpResponse> {
    let now = visit.now;
    let products = visit.shop.db.read(move |conn| count_products(conn, now)).await?;
    let maps = (products + PER_MAP - 1).div_euclid(PER_MAP).max(1);
    let mut xml = String::from(HEADER);
    xml.push_str("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for map in 1..=maps {
        let origin = visit.shop.public_url.as_str();
        let _ = writeln!(xml, "<sitemap><loc>{origin}/sitemap-{map}.xml</loc></sitemap>");
    }
    xml.push_str("</sitemapindex>\n");
    Ok(answer(xml))
}

/// `GET /sitemap-{map}.xml`: one map; the first also holds categories and pages.
pub async fn sitemap_part(visit: Visit, map: actix_web::web::Path<i64>) -> Result<HttpResponse> {
    let map = map.into_inner();
    let now = visit.now;
    if !(1..=10_000).contains(&map) {
        return Err(Error::NotFound);
    }
    let mut places = visit.shop.db.read_long(move |conn| load_places(conn, map, now)).await?;
    if map == 1 {
        let frame = &visit.frame;
        let categories = frame.categories.iter().filter(|it| frame.is_shown(it.id));
        places.extend(categories.map(|it| (format!("/categories/{}", it.slug), None)));
    }
    let mut xml = String::from(HEADER);
    xml.push_str(
        "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    let shell = visit.shell(Default::default());
    for (path, changed) in places {
        for (_, address) in shell.addresses(&path) {
            let _ = write!(xml, "<url><loc>{address}</loc>");
            for (language, other) in shell.addresses(&path) {
                let _ = write!(
                    xml,
                    "<xhtml:link rel=\"alternate\" hreflang=\"{language}\" href=\"{other}\"/>"
                );
            }
            if let Some(changed) = changed {
                let _ = write!(xml, "<lastmod>{}</lastmod>", changed.format("%Y-%m-%d"));
            }
            xml.push_str("</url>\n");
        }
    }
    xml.push_str("</urlset>\n");
    Ok(answer(xml))
}

/// `GET /manifest.webmanifest`: how the shop looks on a home screen.
pub async fn manifest(visit: Visit) -> HttpResponse {
    let icon = |name: &str, size: &str| serde_json::json!({"src": assets::url(name), "sizes": size, "type": "image/png"});
    let manifest = serde_json::json!({
        "name": visit.frame.settings.name,
        "short_name": visit.frame.settings.name,
        "start_url": "/",
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": "#ffffff",
        "icons": [icon("icon-192.png", "192x192"), icon("icon-512.png", "512x512")],
    });
    HttpResponse::Ok().content_type("application/manifest+json").body(manifest.to_string())
}

const HEADER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

fn answer(xml: String) -> HttpResponse {
    HttpResponse::Ok().content_type("application/xml; charset=utf-8").body(xml)
}

fn count_products(conn: &mut Conn, now: NaiveDateTime) -> Result<i64> {
    let shown = product::table.filter(visible(now));
    Ok(shown.select(diesel::dsl::count_star()).first(conn)?)
}

fn load_places(
    conn: &mut Conn,
    map: i64,
    now: NaiveDateTime,
) -> Result<Vec<(String, Option<NaiveDateTime>)>> {
    let mut places = Vec::new();
    if map == 1 {
        places.extend([("/".to_owned(), None), (CONTACT.to_owned(), None)]);
        let pages: Vec<(String, String, NaiveDateTime)> = page::table
            .filter(page::published.eq(true))
            .filter(page::publish_at.le(now))
            .order(page::id.desc())
            .select((page::kind, page::slug, page::updated_at))
            .limit(MOST_PAGES)
            .load(conn)?;
        places.extend(pages.into_iter().map(|(kind, slug, at)| {
            (PageKind::parse(&kind).unwrap_or_default().path(&slug), Some(at))
        }));
    }
    let products: Vec<(String, NaiveDateTime)> = product::table
        .filter(visible(now))
        .order(product::id)
        .select((product::slug, product::updated_at))
        .limit(PER_MAP)
        .offset((map - 1) * PER_MAP)
        .load(conn)?;
    places.extend(products.into_iter().map(|(slug, at)| (format!("/products/{slug}"), Some(at))));
    Ok(places)
}
