//! Addresses that are the same in every shop: whom to tell of a hole, and where a password is
//! changed.

use actix_web::HttpResponse;
use chrono::TimeDelta;

use crate::error::{Error, Result};
use crate::web::{Visit, see_other};

/// RFC 9116 wants less than a year.
const GOOD_FOR: TimeDelta = TimeDelta::days(180);

/// `GET /.well-known/security.txt` (RFC 9116): whom to tell. A shop without an address has none.
pub async fn security(visit: Visit) -> Result<HttpResponse> {
    let settings = &visit.frame.settings;
    if settings.email.is_empty() {
        return Err(Error::NotFound);
    }
    let languages: Vec<&str> = settings.languages.iter().map(|language| language.code()).collect();
    let text = format!(
        "Contact: mailto:{}\nExpires: {}\nPreferred-Languages: {}\n\
         Canonical: {}/.well-known/security.txt\n",
        settings.email,
        (visit.now + GOOD_FOR).format("%Y-%m-%dT%H:%M:%SZ"),
        languages.join(", "),
        visit.shop.public_url,
    );
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(text))
}

/// `GET /.well-known/change-password` (W3C): where password managers send their people.
pub async fn change_password(visit: Visit) -> HttpResponse {
    see_other(&visit.href("/account/password"))
}
