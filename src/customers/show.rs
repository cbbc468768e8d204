//! `GET /account`: who she is, her orders, and where she is signed in.

use askama::Template;
use chrono::NaiveDateTime;

use super::member::Member;
use super::queries::{self, OrderEntry};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::money::{Currency, Money};
use crate::newsletter::{self, Consent};
use crate::orders::{FulfilmentStatus, OrderStatus, PaymentStatus};
use crate::sessions::{self, Session};
use crate::web::pager::DEEPEST;
use crate::web::{Head, Html, Shell, dates};

/// Orders to a page.
const SIZE: i64 = 20;
/// She may have agreed more often; the file with her data has them all.
const MOST_CONSENTS: i64 = 5;

#[derive(Template)]
#[template(path = "customers/show.html")]
struct AccountPage {
    shell: Shell,
    name: String,
    email: String,
    /// What has just been done; may be empty.
    done: String,
    orders: Vec<OrderView>,
    newer: Option<i64>,
    older: Option<i64>,
    sessions: Vec<SessionView>,
    /// What she agreed to, while she gets newsletters: the words, and when and where.
    consents: Vec<(String, String)>,
}

struct OrderView {
    href: String,
    number: String,
    date: String,
    total: String,
    status: String,
}

struct SessionView {
    id: i64,
    device: String,
    seen: String,
    is_this: bool,
}

pub async fn show(member: Member) -> Result<Html> {
    let Member { visit, customer } = &member;
    let query = visit.query()?;
    let page = query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1);
    let page: i64 =
        Some(page).filter(|page| (1..=DEEPEST).contains(page)).ok_or(Error::NotFound)?;
    let (id, who, now) = (customer.id, member.who(), visit.now);
    let email = customer.email.clone();
    let load = move |conn: &mut Conn| {
        // One more than is shown tells whether there are older ones.
        let orders = queries::orders_of(conn, id, (SIZE + 1, (page - 1) * SIZE))?;
        let consents = newsletter::consents(conn, &email, MOST_CONSENTS)?;
        Ok((orders, sessions::list(conn, who, now)?, consents))
    };
    let (orders, sessions, consents) = visit.shop.db.read(load).await?;
    let mut shell = visit.shell(Head::of_account());
    shell.head.title = shell.t("account-heading").to_owned();
    let has_older = orders.len() > usize::try_from(SIZE).unwrap_or(usize::MAX);
    let shown = orders.iter().take(usize::try_from(SIZE).unwrap_or_default());
    let page = AccountPage {
        name: customer.name.clone(),
        email: customer.email.clone(),
        done: match query.get("done") {
            Some("password") => shell.t("account-done-password").to_owned(),
            Some("name") => shell.t("account-done-name").to_owned(),
            Some("newsletter") => shell.t("account-done-newsletter").to_owned(),
            Some("sessions") => shell.t("account-done-sessions").to_owned(),
            _ => String::new(),
        },
        consents: consents.into_iter().map(|it| consent_view(&shell, it)).collect(),
        orders: shown.map(|order| order_view(&shell, order)).collect::<Result<_>>()?,
        newer: (page > 1).then_some(page - 1),
        older: has_older.then_some(page + 1),
        sessions: sessions.iter().map(|it| session_view(&shell, it, &customer.session)).collect(),
        shell,
    };
    Ok(Html::page(&page)?.personal())
}

fn order_view(shell: &Shell, order: &OrderEntry) -> Result<OrderView> {
    let currency = Currency::from_letters(&order.currency)
        .ok_or_else(|| Error::internal("an order in no currency"))?;
    Ok(OrderView {
        href: shell.href(&format!("/orders/{}", order.token)).into_owned(),
        number: order.number.clone(),
        date: day(shell, order.placed_at),
        total: shell.money(&Money::new(order.total_amount, currency)),
        status: status(shell, order).to_owned(),
    })
}

/// The one thing about an order that she wants to know first.
fn status<'a>(shell: &'a Shell, order: &OrderEntry) -> &'a str {
    let is_cancelled = OrderStatus::parse(&order.status) == Some(OrderStatus::Cancelled);
    let is_unpaid = PaymentStatus::parse(&order.payment_status) == Some(PaymentStatus::Unpaid);
    let shipped = FulfilmentStatus::parse(&order.fulfilment_status);
    shell.t(match shipped {
        _ if is_cancelled => "account-order-cancelled",
        Some(FulfilmentStatus::Shipped) => "account-order-shipped",
        _ if is_unpaid => "account-order-unpaid",
        _ => "account-order-packed",
    })
}

fn session_view(shell: &Shell, session: &Session, own: &Session) -> SessionView {
    SessionView {
        id: session.id.0,
        device: match session.device.as_str() {
            "" => shell.t("account-device-unknown").to_owned(),
            device => device.to_owned(),
        },
        seen: shell.with("account-seen", "date", day(shell, session.seen_at)),
        is_this: session.id == own.id,
    }
}

fn consent_view(shell: &Shell, consent: Consent) -> (String, String) {
    let date = day(shell, consent.happened_at);
    (consent.text, shell.with(&format!("consent-given-{}", consent.source), "date", date))
}

fn day(shell: &Shell, at: NaiveDateTime) -> String {
    dates::date(shell.texts(), at.date())
}
