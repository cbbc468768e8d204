//! `POST /admin/sign-out`.

use actix_web::HttpResponse;
use actix_web::http::header::{HeaderName, HeaderValue};

use super::enter::keep;
use crate::admin::Allowed;
use crate::error::Result;
use crate::ids::SessionToken;
use crate::staff::{self, to};
use crate::web::see_other;

/// Ends the sign-in, here and wherever its cookie was copied to.
pub async fn sign_out(staff: Allowed<to::KeepOwnAccount>) -> Result<HttpResponse> {
    let (who, of) = (staff.who(), (staff.member.id(), staff.member.session.id));
    staff.visit().shop.db.write(move |conn| staff::sign_out(conn, &who, of)).await?;
    let mut answer = see_other(&staff.visit().href("/admin/sign-in"));
    let mut cookie = staff.caller().cookie(&SessionToken::random());
    cookie.make_removal();
    keep(&mut answer, &cookie);
    // Pages of hers that the browser keeps for its back button (ASVS 14.3.1).
    let what = HeaderValue::from_static("\"cache\", \"storage\"");
    answer.headers_mut().insert(HeaderName::from_static("clear-site-data"), what);
    Ok(answer)
}
