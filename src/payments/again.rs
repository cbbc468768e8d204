//! `POST /orders/{token}/pay`: pays an order now, once more, or in another way.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::{NaiveDateTime, TimeDelta};

use super::close::{Closed, close};
use super::deadline::deadline;
use super::gateways::Gateways;
use super::model::PaymentState;
use super::page::page;
use super::payable::Payable;
use super::queries::PaymentRow;
use super::start::begin;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::OrderToken;
use crate::invoices;
use crate::limits::{self, Charge, Limit};
use crate::orders::{self, By, Moved, Payment, unmoved};
use crate::settings::{self, InvoiceAt, ShopSettings};
use crate::web::{Form, Visit, see_other};

/// So long a gateway that gave no clear answer is asked by the same name; then by another, as it may
/// have kept its refusal with that name. The first one's page, if there is one, was shown to nobody.
const SAME_NAME: TimeDelta = TimeDelta::minutes(1);

pub async fn again(
    visit: Visit,
    gateways: Data<Gateways>,
    token: Path<String>,
    form: Form,
) -> Result<HttpResponse> {
    let token = OrderToken::parse(&token).ok_or(Error::NotFound)?;
    let to_order = || Ok(see_other(&visit.href(&format!("/orders/{}", token.as_str()))));
    let Some(payable) = load(&visit, &gateways, &token).await? else { return to_order() };
    // Without a choice in the form: as it was.
    let wanted = form.find("payment").map_or(Some(payable.payment), Payment::parse);
    let Some(payment) = wanted.filter(|wanted| payable.offered.contains(wanted)) else {
        return Ok(see_other(&visit.href(&format!("/orders/{}/pay", token.as_str()))));
    };
    if !end_others(&visit, &gateways, payable, payment).await? {
        return to_order();
    }
    let renewal = Renewal {
        charges: visit.charges(Limit::PaymentAttempt, token.as_str()),
        order: token.clone(),
        gateways: gateways.as_ref().clone(),
        payment,
        now: visit.now,
    };
    visit.shop.db.write(move |conn| renewal.write(conn).map_err(unmoved)).await?;
    match page(&visit.shop, &gateways, &token, visit.now).await? {
        Some(page) => Ok(see_other(&page)),
        None => to_order(),
    }
}

pub(super) async fn load(
    visit: &Visit,
    gateways: &Gateways,
    token: &OrderToken,
) -> Result<Option<Payable>> {
    let (token, gateways, frame, now) =
        (token.clone(), gateways.clone(), visit.frame.clone(), visit.now);
    let find =
        move |conn: &mut Conn| Payable::find(conn, &token, (&gateways, &frame.settings), now);
    visit.shop.db.read(find).await
}

/// Ends the tries that are open on other pages, so that nobody pays two of them. `false` when money
/// is on its way. A gateway that does not answer stands in nobody's way: what is paid twice goes
/// back.
async fn end_others(
    visit: &Visit,
    gateways: &Gateways,
    payable: Payable,
    payment: Payment,
) -> Result<bool> {
    let stays = |row: &PaymentRow| {
        let fits = row.gateway == payment.code() && row.amount == payable.due.minor();
        fits && gateways.of(row).is_some() && is_usable(row, visit.now)
    };
    let others = payable.tries.iter().filter(|row| row.is_unfinished() && !stays(row)).cloned();
    for other in others {
        if close(&visit.shop.db, gateways, other, visit.now).await? == Closed::OnItsWay {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether the shopper can be sent to this try's page, or the gateway asked for it.
fn is_usable(row: &PaymentRow, now: NaiveDateTime) -> bool {
    match row.state() {
        Some(PaymentState::Open) => row.is_in_time(now),
        Some(PaymentState::Starting) => now - row.created_at < SAME_NAME,
        _ => false,
    }
}

/// Another try, in the way that was chosen.
struct Renewal {
    order: OrderToken,
    gateways: Gateways,
    payment: Payment,
    charges: Vec<Charge>,
    now: NaiveDateTime,
}

impl Renewal {
    /// Writes it, unless one stands: another window may have been faster.
    fn write(&self, conn: &mut Conn) -> Moved {
        let (payment, now, settings) = (self.payment, self.now, settings::load(conn)?);
        let Some(order) = self.find(conn, &settings)?.map(|payable| payable.order.id) else {
            return Ok(());
        };
        let mut held = orders::hold(conn, order)?;
        // Once more, as it may have been paid before it was ours.
        let Some(payable) = self.find(conn, &settings)? else { return Ok(()) };
        let until = until(&payable, payment, &settings, now);
        if payment != payable.payment {
            orders::pay_by(conn, &mut held, payment, until, &By::shop(now))?;
        } else if let Some(until) = until {
            orders::wait_until(conn, &held, until)?;
        }
        if payable.standing(payment, &self.gateways).is_none() {
            self.begin(conn, &payable, &settings)?;
        }
        if payment.is_by_hand() && settings.invoicing.at == InvoiceAt::Placed {
            invoices::issue(conn, order, now)?;
        }
        Ok(())
    }

    fn find(&self, conn: &mut Conn, settings: &ShopSettings) -> Result<Option<Payable>> {
        Payable::find(conn, &self.order, (&self.gateways, settings), self.now)
    }

    fn begin(&self, conn: &mut Conn, payable: &Payable, settings: &ShopSettings) -> Result<()> {
        let Some(gateway) = self.gateways.find(self.payment) else { return Ok(()) };
        if !self.payment.is_by_hand() {
            limits::spend(conn, &self.charges, self.now)?;
        }
        let until = deadline(self.payment, settings, self.now);
        begin(conn, payable.order.id, &**gateway, (payable.due, until), self.now)?;
        Ok(())
    }
}

/// No shorter than was said before; what is waited for as long as it takes stays so.
fn until(
    payable: &Payable,
    payment: Payment,
    settings: &ShopSettings,
    now: NaiveDateTime,
) -> Option<NaiveDateTime> {
    let (before, until) = (payable.order.pay_until?, deadline(payment, settings, now)?);
    Some(before.max(until))
}
