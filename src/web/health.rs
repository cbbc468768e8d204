//! Whether the process lives and whether the shop can answer.

use actix_web::HttpResponse;
use actix_web::web::Data;

use super::Shop;

/// The process answers.
pub async fn alive() -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(r#"{"status":"ok"}"#)
}

/// The database answers, too.
pub async fn ready(shop: Data<Shop>) -> HttpResponse {
    match shop.db.is_ready().await {
        true => HttpResponse::Ok().content_type("application/json").body(r#"{"status":"ok"}"#),
        false => HttpResponse::ServiceUnavailable()
            .content_type("application/json")
            .body(r#"{"status":"no database"}"#),
    }
}
