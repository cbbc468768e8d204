//! A shop answers by its own names only: what is called by another gets the way to the public URL,
//! before anything is looked up. So no page, mail or cache ever holds a name that a stranger chose.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::HOST;
use actix_web::middleware::Next;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::html::Html;
use super::shell::{Head, Shell};
use super::shop::Shop;
use super::visit::Visit;
use crate::error::Result;

#[derive(Template)]
#[template(path = "web/elsewhere.html")]
struct ElsewherePage {
    shell: Shell,
    public_url: String,
}

/// Answers 421 (RFC 9110, 15.5.20) to a name that is not the shop's.
pub async fn check(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if is_ours(&request) {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    tracing::info!("called by a name that is not ours");
    let page = page(&request).unwrap_or_else(|error| {
        tracing::error!(%error, "no page for another name");
        HttpResponse::new(StatusCode::MISDIRECTED_REQUEST)
    });
    Ok(request.into_response(page))
}

fn is_ours(request: &ServiceRequest) -> bool {
    // Those who watch over many machines call them by their numbers.
    if matches!(request.path(), "/healthz" | "/readyz") {
        return true;
    }
    let Some(shop) = request.app_data::<web::Data<Shop>>() else { return false };
    let named = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    // `GET http://other.example/ HTTP/1.1`: both have to be ours.
    let asked = request.uri().authority().map(|authority| authority.as_str());
    named.is_some_and(|host| shop.hosts.has(host)) && asked.is_none_or(|host| shop.hosts.has(host))
}

fn page(request: &ServiceRequest) -> Result<HttpResponse> {
    let visit = Visit::unasked(request.request())?;
    let shell = visit.shell(Head::private(""));
    let page = ElsewherePage { shell, public_url: visit.shop.public_url.as_str().to_owned() };
    Ok(Html::page(&page)?.status(StatusCode::MISDIRECTED_REQUEST).personal().into_response())
}
