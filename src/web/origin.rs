//! Unsafe requests come from our own pages, or not at all.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap};
use actix_web::middleware::Next;

use crate::error::Error;

/// Refuses a form that another site sent in a visitor's name.
///
/// Every current browser says where a request comes from (`Sec-Fetch-Site`), older ones at least
/// by `Origin`. A client that says neither is no browser: there is no visitor whom it could abuse.
pub async fn check(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if request.method().is_safe() || is_signed(request.path()) || is_own(request.headers()) {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    tracing::warn!("a form of another site is refused");
    Ok(request.error_response(Error::CrossSite))
}

/// Notices of gateways come from elsewhere and carry a signature of their own; no cookie counts there.
fn is_signed(path: &str) -> bool {
    path.starts_with("/payments/") && path.ends_with("/notices")
}

fn is_own(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).map(|value: &header::HeaderValue| value.to_str());
    match text("sec-fetch-site") {
        Some(site) => matches!(site, Ok("same-origin" | "none")),
        None => match (text("origin"), text("host")) {
            (None, _) => true,
            // The browser writes both; only the scheme may differ behind a proxy.
            (Some(Ok(origin)), Some(Ok(host))) => {
                origin.split_once("://").is_some_and(|(_, from)| from.eq_ignore_ascii_case(host))
            }
            _ => false,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn from(headers: &[(&'static str, &'static str)]) -> bool {
        let request = TestRequest::post();
        let request = headers.iter().fold(request, |request, pair| request.insert_header(*pair));
        is_own(request.to_srv_request().headers())
    }

    #[test]
    fn only_our_own_pages_may_post() {
        assert!(from(&[("sec-fetch-site", "same-origin")]));
        assert!(!from(&[("sec-fetch-site", "cross-site")]));
        assert!(!from(&[("sec-fetch-site", "same-site")]));
        assert!(from(&[("host", "shop.example"), ("origin", "https://shop.example")]));
        assert!(!from(&[("host", "shop.example"), ("origin", "https://evil.example")]));
        assert!(!from(&[("host", "shop.example"), ("origin", "null")]));
        assert!(from(&[("host", "shop.example")]));
    }
}
