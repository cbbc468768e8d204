//! The headers that keep a page to itself, on every answer.

use actix_web::middleware::DefaultHeaders;

/// No script and no style but our own files, no frame around us, no form to elsewhere.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; manifest-src 'self'; base-uri 'none'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'; \
    form-action 'self'";

/// Two years, as browsers' preload lists ask; without subdomains, which are not ours to decide.
const STRICT_TRANSPORT_SECURITY: &str = "max-age=63072000";

/// `is_https`: whether the shop's public address is, whatever this connection is. `pages`: origins
/// that our forms may lead to, as the checkout's does to a gateway's page: Chromium minds a redirect.
pub fn secure(is_https: bool, pages: &[String]) -> DefaultHeaders {
    let policy = pages
        .iter()
        .fold(CONTENT_SECURITY_POLICY.to_owned(), |policy, page| format!("{policy} {page}"));
    let headers = DefaultHeaders::new()
        .add(("content-security-policy", policy))
        .add(("x-content-type-options", "nosniff"))
        // What `frame-ancestors` says, for browsers that do not know it.
        .add(("x-frame-options", "DENY"))
        // Unless an answer says otherwise: what is new and forgotten here is kept nowhere.
        .add(("cache-control", "no-store"))
        .add(("referrer-policy", "strict-origin-when-cross-origin"))
        .add(("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=()"))
        .add(("cross-origin-opener-policy", "same-origin"))
        .add(("cross-origin-resource-policy", "same-origin"));
    match is_https {
        true => headers.add(("strict-transport-security", STRICT_TRANSPORT_SECURITY)),
        false => headers,
    }
}
