//! The gateway's page on which a shopper pays: one and the same however often she asks for it.

use chrono::NaiveDateTime;

use super::gateway::Started;
use super::gateways::Gateways;
use super::model::PaymentState;
use super::queries::{self, PaymentRow};
use super::start::start;
use crate::error::{Error, Result};
use crate::ids::{AttemptToken, OrderToken};
use crate::language::Language;
use crate::web::Shop;

/// Where the shopper goes on to pay an order. `None` where its own page says what to do: it is not
/// paid on such a page, or not any more, or the gateway does not answer.
pub async fn page(
    shop: &Shop,
    gateways: &Gateways,
    order: &OrderToken,
    now: NaiveDateTime,
) -> Result<Option<String>> {
    let token = order.clone();
    let waiting = shop.db.read(move |conn| queries::find_waiting(conn, &token)).await?;
    let Some((payment, locale)) = waiting else { return Ok(None) };
    let Some(gateway) = gateways.of(&payment) else { return Ok(None) };
    match payment.state() {
        Some(PaymentState::Open) if payment.is_in_time(now) => {
            let url = Some(payment.redirect_url);
            Ok(url.filter(|url| Gateways::has_page(&**gateway, url)))
        }
        Some(PaymentState::Starting) => open(shop, gateways, order, (&payment, &locale), now).await,
        _ => Ok(None),
    }
}

async fn open(
    shop: &Shop,
    gateways: &Gateways,
    order: &OrderToken,
    (payment, locale): (&PaymentRow, &str),
    now: NaiveDateTime,
) -> Result<Option<String>> {
    let attempt = AttemptToken::parse(&payment.attempt);
    let attempt = attempt.ok_or_else(|| Error::internal("a payment that cannot be named"))?;
    let back = return_url(shop, order, &attempt, locale);
    match start(&shop.db, gateways, attempt, back, now).await? {
        Ok(Started::Page { url, .. }) => Ok(Some(url)),
        Ok(Started::ByHand) => Ok(None),
        Err(error) => {
            tracing::warn!(payment = payment.id.0, %error, "a gateway does not open its page");
            Ok(None)
        }
    }
}

/// Where she comes back to. It needs no cookie: whoever has the order's token sees the order.
fn return_url(shop: &Shop, order: &OrderToken, attempt: &AttemptToken, locale: &str) -> String {
    let frame = shop.frame();
    let language = Language::parse(locale).unwrap_or(frame.own_language());
    let path = format!("/orders/{}/payments/{}", order.as_str(), attempt.as_str());
    format!("{}{}", shop.public_url.as_str(), frame.href(language, &path))
}
