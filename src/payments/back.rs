//! `GET /orders/{token}/payments/{attempt}`: the way back from a gateway's page, from any browser.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::TimeDelta;
use tokio::time::timeout;

use super::gateways::Gateways;
use super::queries::{self, PaymentRow};
use super::start::PATIENCE;
use super::sweep::look;
use crate::error::{Error, Result};
use crate::ids::{AttemptToken, OrderToken};
use crate::web::{Visit, see_other};

/// Whoever asks more often than this is shown what is known.
const ASK_EVERY: TimeDelta = TimeDelta::seconds(3);

/// What the address says is not believed: the gateway is asked, and the order's page tells.
pub async fn back(
    visit: Visit,
    gateways: Data<Gateways>,
    path: Path<(String, String)>,
) -> Result<HttpResponse> {
    let (token, attempt) = path.into_inner();
    let token = OrderToken::parse(&token).ok_or(Error::NotFound)?;
    let attempt = AttemptToken::parse(&attempt).ok_or(Error::NotFound)?;
    let address = visit.href(&format!("/orders/{}", token.as_str()));
    let find = move |conn: &mut _| queries::find_try(conn, &token, &attempt);
    let payment = visit.shop.db.read(find).await?.ok_or(Error::NotFound)?;
    if payment.is_unfinished() {
        ask(&visit, &gateways, payment).await?;
    }
    Ok(see_other(&address))
}

/// A gateway that does not answer leaves everything as it is.
async fn ask(visit: &Visit, gateways: &Gateways, payment: PaymentRow) -> Result<()> {
    let (id, now) = (payment.id, visit.now);
    let may_ask = move |conn: &mut _| queries::may_ask(conn, id, now - ASK_EVERY, now);
    if !visit.shop.db.write(may_ask).await? {
        return Ok(());
    }
    match timeout(PATIENCE, look(&visit.shop.db, gateways, payment, now)).await {
        Ok(Ok(_)) => {}
        Ok(Err(failure)) => {
            tracing::warn!(payment = id.0, text = failure.text(), "a gateway gives no answer");
        }
        Err(_) => tracing::warn!(payment = id.0, "a gateway takes too long to answer"),
    }
    Ok(())
}
