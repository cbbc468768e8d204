//! The last step of every way in.

use actix_web::HttpResponse;

use crate::admin::allowed::next;
use crate::admin::caller::Caller;
use crate::audit::Actor;
use crate::error::Result;
use crate::limits::Limit;
use crate::passwords::Hash;
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
    let open = move |conn: &mut _| staff::open(conn, &who, &known, (renewed.as_ref(), &device));
    let token = caller.visit.shop.db.write(open).await?;
    let mut answer = see_other(&caller.visit.href(next(wanted)));
    for cookie in [caller.cookie(&token), caller.device_cookie(id)?] {
        // One that cannot be written would be a slip of ours: it holds letters and digits.
        if let Err(error) = answer.add_cookie(&cookie) {
            tracing::error!(%error, "no cookie");
        }
    }
    Ok(answer)
}

/// Writes down that somebody did not get in.
pub(super) async fn refuse(caller: &Caller, known: Option<Known>) -> Result<()> {
    let who = caller.who(Actor::Nobody);
    let write = move |conn: &mut _| staff::refuse(conn, &who, known.as_ref());
    caller.visit.shop.db.write(write).await
}
