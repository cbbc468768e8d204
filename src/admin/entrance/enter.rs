//! The last step of every way in.

use actix_web::HttpResponse;
use actix_web::cookie::Cookie;

use crate::admin::allowed::next;
use crate::admin::caller::Caller;
use crate::audit::Actor;
use crate::error::Result;
use crate::limits::Limit;
use crate::passwords::Hash;
use crate::sessions;
use crate::staff::{self, Known};
use crate::web::see_other;

/// Signs her in, and shows her the page that she wanted.
pub(super) async fn enter(
    caller: &Caller,
    known: Known,
    renewed: Option<Hash>,
    wanted: &str,
) -> Result<HttpResponse> {
    caller.visit.give_back(Limit::SignIn, &known.account.email).await?;
    let id = known.account.id;
    let (who, device) = (caller.who(Actor::Nobody), caller.device(id));
    let last = caller.token.clone();
    let open = move |conn: &mut _| {
        if let Some(last) = &last {
            sessions::end_of(conn, last)?;
        }
        staff::open(conn, &who, &known, (renewed.as_ref(), &device))
    };
    let token = caller.visit.shop.db.write(open).await?;
    let mut answer = see_other(&caller.visit.href(next(wanted)));
    keep(&mut answer, &caller.cookie(&token));
    keep(&mut answer, &caller.device_cookie(id)?);
    Ok(answer)
}

/// Puts a cookie into an answer. One that cannot be written would be a slip of ours: it holds letters
/// and digits.
pub(super) fn keep(answer: &mut HttpResponse, cookie: &Cookie<'_>) {
    if let Err(error) = answer.add_cookie(cookie) {
        tracing::error!(%error, "no cookie");
    }
}

/// Writes down that somebody did not get in.
pub(super) async fn refuse(caller: &Caller, known: Option<Known>) -> Result<()> {
    let who = caller.who(Actor::Nobody);
    let write = move |conn: &mut _| staff::refuse(conn, &who, known.as_ref());
    caller.visit.shop.db.write(write).await
}
