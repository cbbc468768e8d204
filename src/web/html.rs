//! A rendered page as an answer.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, Responder};
use askama::Template;

use crate::error::{Error, Result};

/// Pages are 20 to 40 kB: one allocation.
const USUAL_SIZE: usize = 40 * 1024;

/// A page of the shop. Browsers ask again before they show it once more; a page that shows
/// somebody's data (`personal`) is not kept at all.
#[derive(Debug)]
pub struct Html {
    status: StatusCode,
    cache: &'static str,
    body: String,
}

impl Html {
    /// # Errors
    /// `Internal` when a value cannot be shown.
    pub fn page(template: &impl Template) -> Result<Self> {
        let mut body = String::with_capacity(USUAL_SIZE);
        template
            .render_into(&mut body)
            .map_err(|error| Error::internal(format!("cannot render: {error}")))?;
        Ok(Self { status: StatusCode::OK, cache: "private, no-cache", body })
    }

    pub fn status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    pub fn personal(self) -> Self {
        Self { cache: "no-store", ..self }
    }

    pub fn into_response(self) -> HttpResponse {
        self.head().body(self.body)
    }

    /// For an error, which is only lent out to be answered.
    pub fn to_response(&self) -> HttpResponse {
        self.head().body(self.body.clone())
    }

    fn head(&self) -> HttpResponseBuilder {
        let mut answer = HttpResponse::build(self.status);
        answer
            .content_type("text/html; charset=utf-8")
            .insert_header(("cache-control", self.cache));
        answer
    }
}

impl Responder for Html {
    type Body = actix_web::body::BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        self.into_response()
    }
}

/// 303: the answer to a form that did what it was asked.
pub fn see_other(address: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header(("location", address))
        .insert_header(("cache-control", "no-store"))
        .finish()
}

/// 301: the thing has moved for good.
pub fn moved(address: &str) -> HttpResponse {
    HttpResponse::MovedPermanently().insert_header(("location", address)).finish()
}
