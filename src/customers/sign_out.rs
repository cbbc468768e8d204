//! `POST /account/sign-out`.

use actix_web::http::header::HeaderName;
use actix_web::{HttpRequest, HttpResponse};

use crate::catalog::seen;
use crate::error::Result;
use crate::sessions::{self, Who};
use crate::web::{Visit, see_other, session};

const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

/// Ends this session: a copy of the cookie is worth nothing from now on. Her cart stays with her
/// account, and what the browser has kept of her pages goes, with what she has looked at.
///
/// Whose session has ended by itself is cleared away after, too.
pub async fn sign_out(request: HttpRequest, visit: Visit) -> Result<HttpResponse> {
    if let Some(customer) = &visit.customer {
        let (who, id) = (Who::Customer(customer.id), customer.session.id);
        visit.shop.db.write(move |conn| sessions::end(conn, who, id)).await?;
    }
    session::sign_out(&visit.session);
    let mut answer = see_other(&visit.href("/account/sign-in"));
    seen::forget(&request, &mut answer)?;
    let kept =
        "\"cache\", \"storage\"".parse().map_err(|_| crate::error::Error::internal("no header"))?;
    answer.headers_mut().insert(CLEAR_SITE_DATA, kept);
    Ok(answer)
}
