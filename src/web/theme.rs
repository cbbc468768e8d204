//! `GET /theme/{name}`: the merchant's own style sheet, by a name made of its content.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

use super::shop::Shop;
use crate::error::{Error, Result};

/// By its own name it is kept for ever. By another one, as of a page that another instance has just
/// made, it is the newest and kept nowhere.
pub async fn show(shop: Data<Shop>, name: Path<String>) -> Result<HttpResponse> {
    let frame = shop.frame();
    let sheet = frame.theme.as_ref().ok_or(Error::NotFound)?;
    let cache = match sheet.name == *name {
        true => "public, max-age=31536000, immutable",
        false => "no-store",
    };
    Ok(HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .insert_header(("cache-control", cache))
        .body(sheet.css.clone()))
}
