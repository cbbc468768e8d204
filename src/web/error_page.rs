//! The one place where an error becomes a page: in the shop's frame, in the visitor's language,
//! with what she can do next. The cause goes to the log.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use askama::Template;

use super::html::Html;
use super::logging::RequestId;
use super::shell::{Head, Link, Shell};
use super::visit::Visit;
use crate::error::Result;

#[derive(Template)]
#[template(path = "web/error.html")]
struct ErrorPage {
    shell: Shell,
    heading: String,
    advice: String,
    /// A number to tell us, where we are to blame.
    reference: String,
    categories: Vec<Link>,
}

/// What failed, for the page about it.
pub struct Failure {
    pub status: StatusCode,
    /// The family of its texts: `error-NAME-heading`, `error-NAME-advice`.
    pub name: &'static str,
    /// How long to wait, as far as that is known: the advice to slow down says so.
    pub minutes: i64,
    /// A number to tell us, where we are to blame.
    pub reference: String,
}

/// Gives every failed request that has no page yet the shop's own.
pub async fn fill(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let answer = next.call(request).await?.map_into_boxed_body();
    if !is_bare(&answer) {
        return Ok(answer);
    }
    Ok(dress(answer, |request, failure| page(Visit::unasked(request)?, failure)))
}

/// Whether somebody would get nothing to read: an answer that failed, without a page.
pub fn is_bare(answer: &ServiceResponse<BoxBody>) -> bool {
    let kind = answer.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let has_page = kind.is_some_and(|kind| kind.starts_with("text/html") || kind.contains("json"));
    let status = answer.status();
    (status.is_client_error() || status.is_server_error()) && !has_page
}

/// Puts the page that `draw` makes into an answer that failed, and the cause into the log.
pub fn dress(
    answer: ServiceResponse<BoxBody>,
    draw: impl FnOnce(&HttpRequest, Failure) -> Result<HttpResponse>,
) -> ServiceResponse<BoxBody> {
    log_cause(&answer);
    let (request, empty) = answer.into_parts();
    let page = draw(&request, failure(&request, &empty)).unwrap_or_else(|error| {
        tracing::error!(%error, "no page for an error");
        HttpResponse::new(empty.status())
    });
    ServiceResponse::new(request, with_headers_of(&empty, page))
}

fn log_cause(answer: &ServiceResponse<BoxBody>) {
    if answer.status().is_server_error() {
        let cause = answer.response().error().map(ToString::to_string).unwrap_or_default();
        tracing::error!(cause, "request failed");
    }
}

fn failure(request: &HttpRequest, empty: &HttpResponse) -> Failure {
    let status = empty.status();
    let id = request.extensions().get().map(RequestId::to_string);
    Failure {
        status,
        name: name_of(status),
        minutes: minutes_to_wait(empty),
        reference: id.filter(|_| status.is_server_error()).unwrap_or_default(),
    }
}

fn page(visit: Visit, failure: Failure) -> Result<HttpResponse> {
    let Failure { status, name, minutes, reference } = failure;
    let mut shell = visit.shell(Head::private(""));
    shell.head.title = shell.t(&format!("error-{name}-heading")).to_owned();
    let page = ErrorPage {
        heading: shell.head.title.clone(),
        advice: shell.count(&format!("error-{name}-advice"), minutes),
        reference,
        categories: shell.menu(),
        shell,
    };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

/// What `Retry-After` says, in whole minutes.
fn minutes_to_wait(empty: &HttpResponse) -> i64 {
    let seconds = empty.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
    let seconds: u32 = seconds.and_then(|text| text.parse().ok()).unwrap_or_default();
    i64::from(seconds.div_ceil(60))
}

fn name_of(status: StatusCode) -> &'static str {
    match status.as_u16() {
        403 => "cross-site",
        404 | 405 => "not-found",
        408 => "too-slow",
        410 => "gone",
        413 | 414 => "too-large",
        422 => "invalid",
        429 => "too-many",
        503 => "busy",
        400..=499 => "malformed",
        _ => "internal",
    }
}

/// Keeps what the failed answer said besides its body: `Allow`, `Retry-After`, cookies.
fn with_headers_of(empty: &HttpResponse, mut page: HttpResponse) -> HttpResponse {
    for (name, value) in empty.headers() {
        if name != header::CONTENT_TYPE && name != header::CONTENT_LENGTH {
            page.headers_mut().append(name.clone(), value.clone());
        }
    }
    page
}
