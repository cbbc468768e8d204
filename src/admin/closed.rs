//! A closed shop: shoppers see that it is closed, staff who are signed in see the shop, marked as a
//! preview.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};
use askama::Template;

use super::allowed::find_member;
use super::caller::Caller;
use crate::error::Result;
use crate::web::logging::Closed;
use crate::web::visit::Preview;
use crate::web::{Head, Html, Shell, Shop};

#[derive(Template)]
#[template(path = "admin/closed.html")]
struct ClosedPage {
    shell: Shell,
}

/// What is there all the same: the back office, what belongs to an order or to somebody's own data,
/// and what machines ask. An address that is new is closed until it stands here.
const STAYS_OPEN: [&str; 17] = [
    "/admin",
    "/account",
    "/alerts",
    "/favicon.ico",
    "/healthz",
    "/manifest.webmanifest",
    "/media",
    "/metrics",
    "/newsletter",
    "/orders",
    "/payments",
    "/previews",
    "/readyz",
    "/robots.txt",
    "/static",
    "/theme",
    "/.well-known",
];

/// When a search engine may look again: an hour, in seconds.
const LOOK_AGAIN: HeaderValue = HeaderValue::from_static("3600");

/// Answers 503 (RFC 9110, 15.6.4) for whatever a shopper would look at or buy.
pub async fn check(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let shop = request.app_data::<web::Data<Shop>>();
    let is_open = shop.is_none_or(|shop| shop.frame().settings.open);
    if is_open || stays_open(request.path()) {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    if is_of_staff(request.request()).await? {
        request.extensions_mut().insert(Preview);
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    request.extensions_mut().insert(Closed);
    let page = page(&Caller::of(request.request())?)?;
    Ok(request.into_response(page))
}

/// Nothing may hold on to the request when it goes on.
async fn is_of_staff(request: &HttpRequest) -> Result<bool> {
    Ok(find_member(&Caller::of(request)?).await?.is_some())
}

fn stays_open(path: &str) -> bool {
    let is_within = |start: &str| {
        path.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    STAYS_OPEN.into_iter().any(is_within)
}

fn page(caller: &Caller) -> Result<HttpResponse> {
    let mut shell = caller.visit.shell(Head::private(""));
    shell.head.title = shell.t("closed-heading").to_owned();
    let page = Html::page(&ClosedPage { shell })?.status(StatusCode::SERVICE_UNAVAILABLE);
    let mut answer = page.personal().into_response();
    answer.headers_mut().insert(RETRY_AFTER, LOOK_AGAIN);
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::stays_open;

    #[test]
    fn what_is_not_named_is_closed() {
        for open in ["/admin", "/admin/orders", "/orders/find", "/payments/stripe/notices"] {
            assert!(stays_open(open), "{open}");
        }
        for closed in ["/", "/administrator", "/cart", "/checkout", "/products/a", "/new-page"] {
            assert!(!stays_open(closed), "{closed}");
        }
    }
}
