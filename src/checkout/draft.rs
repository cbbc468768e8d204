//! `/drafts/{cart}`: what staff have put together for somebody, who says how she pays and orders it.
//! Whoever has the address needs no account.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::NaiveDateTime;

use super::field_view::errors;
use super::fields::Mistake;
use super::form::{self, Placeable};
use super::from_draft::place_draft;
use super::order::Outcome;
use super::page::{self, LineView};
use super::place::go_on;
use super::proposal::Proposal;
use crate::cart::{TotalRow, find_order, to_order};
use crate::db::Conn;
use crate::drafts::{self, Draft};
use crate::error::{Error, Result};
use crate::ids::{CartId, OrderToken};
use crate::limits::Limit;
use crate::orders::{Payment, address_lines};
use crate::payments::Gateways;
use crate::web::{Choice, Form, Head, Html, Shell, Visit, dates};

#[derive(Template)]
#[template(path = "checkout/draft.html")]
struct DraftPage {
    shell: Shell,
    path: String,
    /// What keeps it from being ordered; empty for nothing.
    trouble: String,
    /// What is wrong with what was sent; empty for nothing.
    error: String,
    /// Whether it can be ordered.
    is_open: bool,
    lines: Vec<LineView>,
    totals: Vec<TotalRow>,
    total: String,
    total_minor: i64,
    version: i64,
    address: Vec<String>,
    contact: Vec<String>,
    delivery: String,
    note: String,
    payments: Vec<Choice>,
    is_free: bool,
    until: String,
}

/// What the page says of a try.
enum News {
    None,
    /// It is not what she saw any more.
    Changed,
    Mistakes(Vec<Mistake>),
}

pub async fn show(
    visit: Visit,
    gateways: Data<Gateways>,
    cart: Path<String>,
) -> Result<HttpResponse> {
    match find(&visit, &cart).await? {
        Found::Order(token) => Ok(to_order(&visit, &token)),
        Found::Draft(draft) => {
            let proposal = proposal(&visit, &gateways, &draft, "").await?;
            page(&visit, &draft, &proposal, News::None)
        }
    }
}

/// `POST /drafts/{cart}`: she orders it.
pub async fn place(
    visit: Visit,
    gateways: Data<Gateways>,
    cart: Path<String>,
    form: Form,
) -> Result<HttpResponse> {
    let draft = match find(&visit, &cart).await? {
        Found::Order(token) => return go_on(&visit, &gateways, &token).await,
        Found::Draft(draft) => draft,
    };
    let proposal = proposal(&visit, &gateways, &draft, form.get("payment")).await?;
    if draft.is_over(visit.now) || form.get("version") != draft.version.to_string() {
        return page(&visit, &draft, &proposal, News::Changed);
    }
    let wanted = match proposal.placeable() {
        Ok(wanted) => wanted,
        Err(mistakes) => return page(&visit, &draft, &proposal, News::Mistakes(mistakes)),
    };
    let wanted = Placeable { seen_total: Some(form.get("total").parse().unwrap_or(-1)), ..wanted };
    let customer = visit.customer.as_ref().map(|customer| customer.id);
    let placing = proposal.placing(wanted, customer, visit.charges(Limit::PlaceOrder, ""));
    let taken = draft.clone();
    let write = move |conn: &mut Conn| place_draft(conn, &taken, &placing);
    match visit.shop.db.write(write).await? {
        Outcome::Placed(token) => go_on(&visit, &gateways, &token).await,
        Outcome::Changed => page(&visit, &draft, &proposal, News::Changed),
        Outcome::ShutOut => {
            let blocked = vec![Mistake::new("email", "checkout-blocked")];
            page(&visit, &draft, &proposal, News::Mistakes(blocked))
        }
    }
}

/// What an address leads to.
enum Found {
    Draft(Box<Draft>),
    Order(OrderToken),
}

async fn find(visit: &Visit, cart: &str) -> Result<Found> {
    let cart = CartId::parse(cart).ok_or(Error::NotFound)?;
    let of = cart.clone();
    let draft = visit.shop.db.read(move |conn| drafts::find_of_cart(conn, &of)).await?;
    match draft {
        Some(draft) => Ok(Found::Draft(Box::new(draft))),
        None => Ok(Found::Order(find_order(visit, Some(cart)).await?.ok_or(Error::NotFound)?)),
    }
}

async fn proposal(
    visit: &Visit,
    gateways: &Gateways,
    draft: &Draft,
    payment: &str,
) -> Result<Proposal> {
    let asked = (draft.cart.clone(), draft.form(payment));
    Proposal::of(&visit.shop.db, visit.view(), gateways, asked).await
}

fn page(visit: &Visit, draft: &Draft, proposal: &Proposal, news: News) -> Result<HttpResponse> {
    let mut shell = visit.shell(Head::private(""));
    shell.head.title = shell.with("draft-page", "shop", shell.shop_name());
    let (status, error) = told(&shell, &news);
    let trouble = trouble(draft, proposal, visit.now);
    let quote = proposal.quote().ok();
    let (desk, form) = (&proposal.desk, &proposal.form);
    let total = quote.as_ref().map(|quote| quote.bill.money(quote.bill.totals.payable));
    let page = DraftPage {
        path: shell.href(&format!("/drafts/{}", draft.cart.id.as_str())).into_owned(),
        is_open: trouble.is_empty(),
        trouble: shell.t(trouble).to_owned(),
        error,
        lines: desk.items.iter().map(|item| page::line(&shell, item, quote.as_ref())).collect(),
        totals: match &quote {
            Some(quote) => page::totals(&shell, quote, desk, desk.delivery(form)),
            None => Vec::new(),
        },
        total: total.map(|total| shell.money(&total)).unwrap_or_default(),
        total_minor: total.map(|total| total.minor()).unwrap_or_default(),
        version: draft.version,
        address: address_lines(&shell, &form::destination(form, desk)),
        contact: ["email", "phone"].map(|name| form.get(name).to_owned()).into(),
        delivery: proposal.delivery().map(|(_, name)| name.to_owned()).unwrap_or_default(),
        note: form.get("note").to_owned(),
        payments: page::payments(&shell, desk, form),
        is_free: desk.payment(form) == Some(Payment::Free),
        until: dates::day(shell.texts(), draft.expires_at.date()),
        shell,
    };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn told(shell: &Shell, news: &News) -> (StatusCode, String) {
    match news {
        News::None => (StatusCode::OK, String::new()),
        News::Changed => (StatusCode::CONFLICT, shell.t("draft-changed").to_owned()),
        News::Mistakes(mistakes) => {
            let words = errors(shell, mistakes).into_values().next().unwrap_or_default();
            (StatusCode::UNPROCESSABLE_ENTITY, words)
        }
    }
}

/// The key of what keeps it from being ordered; empty for nothing.
fn trouble(draft: &Draft, proposal: &Proposal, now: NaiveDateTime) -> &'static str {
    if draft.is_over(now) {
        "draft-is-over"
    } else if !proposal.is_whole() {
        "draft-not-whole"
    } else if !proposal.missing().is_empty() {
        "draft-not-ready"
    } else {
        ""
    }
}
