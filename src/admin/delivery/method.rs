//! `GET /admin/delivery/zones/{zone}/methods/{method}`: a way of delivery, its price, its promise,
//! and what it comes to.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::example::{self, Example};
use super::form::{RATES, entry, fields, rate_of};
use super::{Badge, badge, method, prices, shown, zone};
use crate::admin::desk::Desk;
use crate::admin::example::{asked, place_in};
use crate::admin::field::Field;
use crate::admin::meanwhile::seal;
use crate::admin::sent::{Notice, Sent};
use crate::admin::typed::Typed;
use crate::admin::zones::{Staff, href, href_of, now};
use crate::db::Conn;
use crate::error::Result;
use crate::rules::method_of;
use crate::shipping::Method;
use crate::web::frame::Frame;
use crate::web::{Form, Html};
use crate::zones::Kind;

#[derive(Template)]
#[template(path = "admin/delivery/method.html")]
struct MethodPage {
    shell: Desk,
    zone: String,
    action: String,
    rate: String,
    /// The ways of pricing: address, words, whether it is this one.
    rates: Vec<(String, String, bool)>,
    seen: String,
    notice: Notice,
    words: Vec<Field>,
    price: Vec<Field>,
    free: Vec<Field>,
    promise: Vec<Field>,
    times: Vec<Field>,
    limits: Vec<Field>,
    example: Example,
    kept: Option<KeptView>,
}

/// What a method that is there already shows besides its form.
struct KeptView {
    promise: String,
    badge: Badge,
    is_stopped: bool,
}

/// Which method is meant: its zone, and itself unless it is yet to be made.
pub(super) struct At<'a> {
    pub frame: &'a Frame,
    pub zone: &'a str,
    pub known: Option<&'a Method>,
}

impl<'a> At<'a> {
    pub fn of(frame: &'a Frame, zone: &'a str, code: &str) -> Result<Self> {
        Ok(Self { frame, zone, known: Some(method(&frame.rules, zone, code)?) })
    }

    pub fn new(frame: &'a Frame, code: &'a str) -> Result<Self> {
        zone(&frame.rules, code)?;
        Ok(Self { frame, zone: code, known: None })
    }
}

/// What a method is called until it has a name of its own.
pub(super) const NEW: &str = "new";

pub async fn show_new(staff: Staff, zone: Path<String>) -> Result<HttpResponse> {
    let frame = now(&staff).await?;
    page(&staff, &At::new(&frame, &zone)?, None).await
}

pub async fn show(staff: Staff, at: Path<(String, String)>) -> Result<HttpResponse> {
    let frame = now(&staff).await?;
    page(&staff, &At::of(&frame, &at.0, &at.1)?, None).await
}

pub(super) fn rate_in(code: &str) -> &'static str {
    RATES.into_iter().find(|rate| *rate == code).unwrap_or("flat")
}

pub(super) async fn page(
    staff: &Staff,
    at: &At<'_>,
    sent: Option<&Sent<'_>>,
) -> Result<HttpResponse> {
    let mut shell = staff.desk("method-new");
    let stored = at.known.map(|method| fields(&shell, method)).unwrap_or_default();
    let as_stored = Form::default().with(stored.clone());
    let form = sent.map_or(&as_stored, |sent| sent.form);
    let query = staff.visit().query()?;
    let rate = match (sent, query.get("rate"), at.known) {
        (Some(sent), ..) => rate_in(sent.form.get("rate")),
        (None, Some(asked), _) => rate_in(asked),
        (None, None, known) => known.map_or("flat", rate_of),
    };
    if let Some(method) = at.known {
        let title = method.title(shell.language(), shell.frame().own_language()).to_owned();
        shell.shell.head.title = title;
    }
    let typed = Typed { shell: &shell, form, sent, label: shown::label };
    let action = match at.known {
        Some(method) => href_of(&shell, Kind::Delivery, at.zone, method.code()),
        None => format!("{}/new-method", href(&shell, Kind::Delivery, at.zone)),
    };
    let page = MethodPage {
        zone: zone(&at.frame.rules, at.zone)?.name.clone(),
        rates: RATES
            .map(|code| (format!("{action}?rate={code}"), rate_words(&shell, code), code == rate))
            .into(),
        rate: rate.to_owned(),
        seen: seal(&stored),
        notice: typed.notice(query.get("saved").is_some(), "rules-meanwhile"),
        words: shown::words(&typed),
        price: shown::price(&typed, rate),
        free: shown::free(&typed),
        promise: shown::promise(&typed),
        times: shown::times(&typed),
        limits: shown::limits(&typed),
        example: tried(staff, at, (&shell, form), rate).await?,
        kept: at.known.map(|method| kept_view(&shell, method)),
        action,
        shell,
    };
    let status = sent.map_or(StatusCode::OK, Sent::status);
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn kept_view(shell: &Desk, method: &Method) -> KeptView {
    KeptView {
        promise: prices::promise(shell, method),
        badge: badge(shell, method, shell.now()),
        is_stopped: !method.active,
    }
}

fn rate_words(shell: &Desk, rate: &str) -> String {
    shell.t(&format!("method-rate-{}", rate.replace('_', "-"))).to_owned()
}

/// What the form comes to, as far as it can be read, for goods that go to its zone.
async fn tried(
    staff: &Staff,
    at: &At<'_>,
    (shell, form): (&Desk, &Form),
    rate: &str,
) -> Result<Example> {
    let usual = place_in(zone(&at.frame.rules, at.zone)?, at.frame.settings.place());
    let code = at.known.map_or(NEW, Method::code);
    let method = method_of(&entry(shell, form, (at.zone, code, rate), at.known), shell.settings());
    let (method, asked) = match (method, asked(form, &usual)) {
        (Ok(method), Ok(asked)) => (method, asked),
        (_, asked) => return Ok(example::unread(shell, form, &usual, asked.err())),
    };
    let mut rules = at.frame.rules.clone();
    let same = |known: &Method| known.zone == at.zone && known.code() == code;
    rules.methods.retain(|known| !same(known));
    rules.methods.push(method.clone());
    let view = staff.visit().view();
    let reckon = move |conn: &mut Conn| example::reckon(conn, rules.clone(), &asked, &view);
    let tried = staff.visit().shop.db.read(reckon).await?;
    Ok(example::show(shell, &tried, form, Some(&method)))
}
