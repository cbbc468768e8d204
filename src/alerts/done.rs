//! `GET /alerts`: from now on she waits.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::page::Sheet;
use crate::error::Result;
use crate::web::Visit;

pub async fn show(visit: Visit) -> Result<HttpResponse> {
    Sheet { name: "done", status: StatusCode::OK, action: None }.page(&visit)
}
