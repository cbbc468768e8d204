//! The language of a request: addresses of the shop's own language have no prefix, others do.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Uri;
use actix_web::http::uri::PathAndQuery;
use actix_web::middleware::Next;
use actix_web::{HttpMessage, web};

use super::html;
use super::shop::Shop;
use crate::language::Language;

/// Takes `/id` off the path and remembers the language, so that every route exists in each.
///
/// The own language with its prefix is the same page: 301 to the address without.
pub async fn choose(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let languages = match request.app_data::<web::Data<Shop>>() {
        Some(shop) => shop.frame().settings.languages.clone(),
        None => Vec::new(),
    };
    let Some((language, rest)) = prefix(request.path(), &languages) else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let address = match request.query_string() {
        "" => rest,
        query => format!("{rest}?{query}"),
    };
    if languages.first() == Some(&language) && request.method().is_safe() {
        return Ok(request.into_response(html::moved(&address)));
    }
    rewrite(&mut request, address);
    request.extensions_mut().insert(language);
    Ok(next.call(request).await?.map_into_boxed_body())
}

/// The language that a path begins with, and the path without it.
fn prefix(path: &str, languages: &[Language]) -> Option<(Language, String)> {
    let (code, rest) = path.strip_prefix('/')?.split_once('/').unwrap_or((&path[1..], ""));
    let language = Language::parse(code).filter(|language| languages.contains(language))?;
    // `//host` would leave the shop when it is sent as a redirect.
    Some((language, format!("/{}", rest.trim_start_matches(['/', '\\']))))
}

fn rewrite(request: &mut ServiceRequest, address: String) {
    let mut parts = request.head().uri.clone().into_parts();
    // A suffix of a valid path is one.
    parts.path_and_query = PathAndQuery::try_from(address).ok();
    if let Ok(uri) = Uri::from_parts(parts) {
        request.match_info_mut().get_mut().update(&uri);
        request.head_mut().uri = uri;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_a_whole_part_of_the_path() {
        let languages = Language::ALL;
        let found = |path| prefix(path, &languages);
        assert_eq!(found("/id/cart"), Some((Language::Id, "/cart".into())));
        assert_eq!(found("/id"), Some((Language::Id, "/".into())));
        assert_eq!(found("/id//evil.example"), Some((Language::Id, "/evil.example".into())));
        assert_eq!(found("/idea"), None);
        assert_eq!(found("/"), None);
        assert_eq!(prefix("/id/cart", &[Language::En]), None);
    }
}
