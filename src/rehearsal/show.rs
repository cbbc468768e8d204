//! `GET /payments/rehearsal/{reference}`: the gateway's page.

use actix_web::web::{Data, Path};
use askama::Template;

use super::model::{Act, State};
use super::queries;
use crate::error::{Error, Result};
use crate::money::{Currency, Money};
use crate::orders::Payment;
use crate::payments::Gateways;
use crate::web::{Head, Html, Shell, Visit};

#[derive(Template)]
#[template(path = "rehearsal/show.html")]
struct RehearsalPage {
    shell: Shell,
    action: String,
    number: String,
    amount: String,
    /// What has become of the payment; empty while the page is open.
    status: &'static str,
    /// The button and its words; the first is the one that is expected.
    acts: Vec<(&'static str, String)>,
    back: String,
}

pub async fn show(visit: Visit, gateways: Data<Gateways>, reference: Path<String>) -> Result<Html> {
    is_open(&gateways)?;
    let action = visit.href(&format!("/payments/rehearsal/{reference}"));
    let find = move |conn: &mut _| queries::find(conn, &reference);
    let payment = visit.shop.db.read(find).await?.ok_or(Error::NotFound)?;
    let broken = || Error::internal("a rehearsed payment that cannot be read");
    let currency = Currency::from_letters(&payment.currency).ok_or_else(broken)?;
    let state = match State::parse(&payment.status).ok_or_else(broken)? {
        State::Open if payment.expires_at <= visit.now => State::Expired,
        state => state,
    };
    let shell = visit.shell(Head::of_order(""));
    let amount = shell.money(&Money::new(payment.amount, currency));
    let mut page = RehearsalPage {
        acts: Act::of(state).map(|act| (act.code(), words(&shell, act, &amount))).collect(),
        action,
        number: payment.order_number,
        amount,
        status: status(state),
        back: payment.return_url,
        shell,
    };
    page.shell.head.title = page.shell.t("pay-rehearsal").to_owned();
    Ok(Html::page(&page)?.personal())
}

/// # Errors
/// `NotFound` in a shop where nothing is rehearsed.
pub(super) fn is_open(gateways: &Gateways) -> Result<()> {
    gateways.find(Payment::Rehearsal).map(|_| ()).ok_or(Error::NotFound)
}

fn words(shell: &Shell, act: Act, amount: &str) -> String {
    match act {
        Act::Pay => shell.with(act.text(), "amount", amount),
        act => shell.t(act.text()).to_owned(),
    }
}

fn status(state: State) -> &'static str {
    match state {
        State::Open => "",
        State::Processing => "rehearsal-processing",
        State::Captured => "rehearsal-captured",
        State::Failed => "rehearsal-failed",
        State::Expired => "rehearsal-expired",
    }
}
