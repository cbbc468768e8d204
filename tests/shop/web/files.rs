//! Style sheet, icons and pictures: found once, kept for ever.

use crate::both;
use crate::kit::{TestShop, Visitor};
use reqwest::Method;

both!(
    a_style_sheet_is_kept_for_ever_and_sent_small,
    a_picture_is_kept_for_ever,
    a_file_that_does_not_exist_is_not_found,
);

const FOREVER: &str = "public, max-age=31536000, immutable";

async fn a_style_sheet_is_kept_for_ever_and_sent_small(shop: TestShop) {
    let visitor = shop.visitor();
    let path = first(&visitor, "link[rel=stylesheet]", "href").await;
    for (accepts, sent) in [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("identity", "")] {
        let request = visitor.request(Method::GET, &path).header("accept-encoding", accepts);
        let file = visitor.send(request).await;
        assert_eq!(file.expect_status(200).header("content-encoding"), sent);
        assert_eq!(file.header("cache-control"), FOREVER);
        assert_eq!(file.header("vary"), "Accept-Encoding");
        assert_eq!(file.header("content-type"), "text/css; charset=utf-8");
    }
}

async fn a_picture_is_kept_for_ever(shop: TestShop) {
    let visitor = shop.visitor();
    let path = first(&visitor, "main img", "src").await;
    let file = visitor.get(&path).await;
    assert_eq!(file.expect_status(200).header("cache-control"), FOREVER);
    assert_eq!(file.header("content-type"), "image/webp");
    assert!(file.body.starts_with(b"RIFF"));
    // What a merchant puts into the data folder is shown likewise.
    std::fs::create_dir_all(shop.fresh.folder.path().join("media")).unwrap();
    std::fs::write(shop.fresh.folder.path().join("media/own-0a1b2c3d-320.webp"), b"RIFF").unwrap();
    let own = visitor.get("/media/own-0a1b2c3d-320.webp").await;
    assert_eq!(own.expect_status(200).header("cache-control"), FOREVER);
}

async fn a_file_that_does_not_exist_is_not_found(shop: TestShop) {
    std::fs::create_dir_all(shop.fresh.folder.path().join("media")).unwrap();
    for path in [
        "/static/shop.css",
        "/static/shop-00000000.css",
        "/static/../Cargo.toml",
        "/static/%2e%2e/Cargo.toml",
        "/media/no-such-320.webp",
        "/media/../session.key",
        "/media/..%2fsession.key",
        "/media/%2e%2e%2fsession.key",
        "/media/session.key",
        "/media/",
    ] {
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        let answer = shop.answer_to(request.as_bytes());
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
    }
}

async fn first(visitor: &Visitor, selector: &str, attribute: &str) -> String {
    visitor.get("/").await.attributes(selector, attribute).remove(0)
}
