//! Files that the binary carries: style sheet, icons, font. The build script (`build.rs`) prepares them from `static/`.
//!
//! A file's address changes with its content, so a browser keeps it for a year and never asks again.

use actix_web::http::header::{
    AcceptEncoding, CACHE_CONTROL, CONTENT_ENCODING, Encoding, Header, VARY,
};
use actix_web::web::{Bytes, Path};
use actix_web::{HttpRequest, HttpResponse};

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// For addresses that change with the content.
pub const FOREVER: &str = "public, max-age=31536000, immutable";
const ONE_DAY: &str = "public, max-age=86400";

struct Asset {
    /// As in `static/`: `shop.css`
    name: &'static str,
    /// As browsers ask for it: `shop-1a2b3c4d.css`
    file: &'static str,
    /// `/static/shop-1a2b3c4d.css`
    url: &'static str,
    content_type: &'static str,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

/// Where browsers find a file of `static/`: `shop.css` becomes `/static/shop-1a2b3c4d.css`.
///
/// A name that does not exist is a slip of ours: a debug build stops, a release build writes an empty address.
pub fn url(name: &str) -> &'static str {
    let found = find_asset(name);
    debug_assert!(found.is_some(), "there is no {name} in static/");
    found.map_or("", |asset| asset.url)
}

/// `GET /static/{file}`
pub async fn show(request: HttpRequest, file: Path<String>) -> HttpResponse {
    match ASSETS.iter().find(|asset| asset.file == file.as_str()) {
        Some(asset) => answer(&request, asset, FOREVER),
        None => not_found(),
    }
}

/// `GET /favicon.ico`, for browsers that ask without reading the page. Kept for a day, as its address never changes.
pub async fn favicon(request: HttpRequest) -> HttpResponse {
    match find_asset("icon-192.png") {
        Some(icon) => answer(&request, icon, ONE_DAY),
        None => not_found(),
    }
}

pub fn not_found() -> HttpResponse {
    HttpResponse::NotFound().content_type("text/plain; charset=utf-8").body("Not found")
}

fn find_asset(name: &str) -> Option<&'static Asset> {
    let at = ASSETS.binary_search_by(|asset| asset.name.cmp(name)).ok()?;
    ASSETS.get(at)
}

fn answer(request: &HttpRequest, asset: &Asset, keep: &'static str) -> HttpResponse {
    let (bytes, encoding) = packed(request, asset);
    let mut answer = HttpResponse::Ok();
    answer.content_type(asset.content_type).insert_header((CACHE_CONTROL, keep));
    if asset.brotli.is_some() || asset.gzip.is_some() {
        answer.insert_header((VARY, "Accept-Encoding"));
    }
    if let Some(encoding) = encoding {
        answer.insert_header((CONTENT_ENCODING, encoding));
    }
    answer.body(Bytes::from_static(bytes))
}

/// The smallest form that the browser accepts, and the name of its encoding.
fn packed(request: &HttpRequest, asset: &Asset) -> (&'static [u8], Option<&'static str>) {
    let ours = [Encoding::brotli(), Encoding::gzip(), Encoding::identity()];
    let theirs =
        AcceptEncoding::parse(request).ok().and_then(|accept| accept.negotiate(ours.iter()));
    let is = |encoding| theirs == Some(encoding);
    match (asset.brotli, asset.gzip) {
        (Some(bytes), _) if is(Encoding::brotli()) => (bytes, Some("br")),
        (_, Some(bytes)) if is(Encoding::gzip()) => (bytes, Some("gzip")),
        _ => (asset.plain, None),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use actix_web::body::MessageBody;
    use actix_web::http::StatusCode;
    use actix_web::test::TestRequest;

    async fn get(file: &str, accepts: &str) -> HttpResponse {
        let request =
            TestRequest::get().insert_header(("Accept-Encoding", accepts)).to_http_request();
        show(request, Path::from(file.to_owned())).await
    }

    fn header(answer: &HttpResponse, name: &str) -> String {
        answer
            .headers()
            .get(name)
            .map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
    }

    fn style_sheet() -> &'static str {
        url("shop.css").trim_start_matches("/static/")
    }

    #[test]
    fn the_table_is_sorted_by_name() {
        assert!(ASSETS.is_sorted_by_key(|asset| asset.name));
    }

    #[test]
    fn an_address_carries_the_hash_of_the_content() {
        let (stem, rest) = url("shop.css").split_at("/static/shop-".len());
        assert_eq!(stem, "/static/shop-");
        assert_eq!(rest.len(), "1a2b3c4d.css".len());
    }

    #[test]
    fn the_style_sheet_names_the_font_by_its_address() {
        let css = std::str::from_utf8(find_asset("shop.css").unwrap().plain).unwrap();
        assert!(css.contains(&format!(
            "url(\"{}\")",
            find_asset("plus-jakarta-sans.woff2").unwrap().file
        )));
    }

    #[test]
    fn the_style_sheet_stays_small() {
        let css = find_asset("shop.css").unwrap();
        assert!(css.plain.len() < 40_000, "{} bytes", css.plain.len());
        assert!(css.brotli.unwrap().len() < 15 * 1024);
    }

    #[actix_web::test]
    async fn a_browser_gets_the_smallest_form_that_it_accepts() {
        for (accepts, encoding) in [
            ("gzip, deflate, br, zstd", "br"),
            ("gzip, br;q=0", "gzip"),
            ("gzip;q=0, br;q=0", ""),
            ("br;q=0.1, gzip;q=0.9", "gzip"),
            ("*;q=0", ""),
            ("zstd", ""),
            ("", ""),
        ] {
            let answer = get(style_sheet(), accepts).await;
            assert_eq!(header(&answer, "content-encoding"), encoding, "{accepts}");
            assert_eq!(header(&answer, "vary"), "Accept-Encoding");
        }
    }

    #[actix_web::test]
    async fn a_packed_style_sheet_is_the_style_sheet() {
        let plain = get(style_sheet(), "").await.into_body().try_into_bytes().unwrap();
        let gzip = get(style_sheet(), "gzip").await.into_body().try_into_bytes().unwrap();
        assert!(plain.starts_with(b"@layer reset,tokens,"));
        assert!(gzip.len() * 3 < plain.len());
    }

    #[actix_web::test]
    async fn a_file_is_kept_for_ever_and_a_picture_is_not_packed() {
        let icon = url("icon-192.png").trim_start_matches("/static/");
        let answer = get(icon, "br").await;
        assert_eq!(header(&answer, "content-type"), "image/png");
        assert_eq!(header(&answer, "cache-control"), FOREVER);
        assert_eq!(header(&answer, "content-encoding"), "");
    }

    #[actix_web::test]
    async fn a_file_that_is_not_there_is_not_found() {
        for file in ["shop.css", "shop-00000000.css", "../Cargo.toml", ""] {
            assert_eq!(get(file, "br").await.status(), StatusCode::NOT_FOUND, "{file}");
        }
    }
}
