//! `GET` and `POST /newsletter/{token}`: no more newsletters, by one click in a mail (RFC 8058) or on
//! the page that its link opens. It needs no sign-in, and says the same for whatever is a token.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::done;
use super::form::Sheet;
use crate::error::{Error, Result};
use crate::ids::OrderToken;
use crate::newsletter::{self, Source};
use crate::web::{Html, Visit};

/// Looking ends nothing: programs look at links before people do.
pub async fn show(visit: Visit, token: Path<String>) -> Result<HttpResponse> {
    let token = OrderToken::parse(&token).ok_or(Error::NotFound)?;
    let sheet = Sheet {
        name: "newsletter-leave",
        action: format!("/newsletter/{}", token.as_str()),
        is_secret: true,
        ..Sheet::default()
    };
    sheet.blank(&visit)
}

/// Whatever the body says: a mail program sends one of its own. No redirect, which it would not follow.
pub async fn leave(visit: Visit, token: Path<String>) -> Result<Html> {
    let (token, now) = (OrderToken::parse(&token).ok_or(Error::NotFound)?, visit.now);
    let leave = move |conn: &mut _| newsletter::leave(conn, token.as_str(), Source::Mail, now);
    visit.shop.db.write(leave).await?;
    done::page(&visit, "newsletter-left")
}
