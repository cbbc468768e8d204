//! `GET /admin/tax/zones/{zone}/rates/{rate}`: a rate, its class, the time in which it holds, and
//! what it comes to.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::example::{self, Example};
use super::form::{entry, fields, label, shown};
use super::{rate, zone};
use crate::admin::desk::Desk;
use crate::admin::example::{asked, place_in};
use crate::admin::field::Field;
use crate::admin::meanwhile::seal;
use crate::admin::sent::{Notice, Sent};
use crate::admin::typed::Typed;
use crate::admin::zones::{Staff, href, href_of, now};
use crate::db::Conn;
use crate::error::Result;
use crate::rules::rate_of;
use crate::tax::Rate;
use crate::web::frame::Frame;
use crate::web::{Form, Html};
use crate::zones::Kind;

#[derive(Template)]
#[template(path = "admin/tax/rate.html")]
struct RatePage {
    shell: Desk,
    zone: String,
    action: String,
    seen: String,
    notice: Notice,
    fields: Vec<Field>,
    example: Example,
    is_new: bool,
}

/// Which rate is meant: its zone, and itself unless it is yet to be made.
pub(super) struct At<'a> {
    pub frame: &'a Frame,
    pub zone: &'a str,
    pub known: Option<&'a Rate>,
}

impl<'a> At<'a> {
    pub fn of(frame: &'a Frame, zone: &'a str, code: &str) -> Result<Self> {
        Ok(Self { frame, zone, known: Some(rate(&frame.rules, zone, code)?) })
    }

    pub fn new(frame: &'a Frame, code: &'a str) -> Result<Self> {
        zone(&frame.rules, code)?;
        Ok(Self { frame, zone: code, known: None })
    }

    fn code(&self) -> &'a str {
        self.known.map_or(NEW, |rate| rate.rate.id.as_str())
    }
}

/// What a rate is called until it has a name of its own.
pub(super) const NEW: &str = "new";

pub async fn show_new(staff: Staff, zone: Path<String>) -> Result<HttpResponse> {
    let frame = now(&staff).await?;
    page(&staff, &At::new(&frame, &zone)?, None).await
}

pub async fn show(staff: Staff, at: Path<(String, String)>) -> Result<HttpResponse> {
    let frame = now(&staff).await?;
    page(&staff, &At::of(&frame, &at.0, &at.1)?, None).await
}

pub(super) async fn page(
    staff: &Staff,
    at: &At<'_>,
    sent: Option<&Sent<'_>>,
) -> Result<HttpResponse> {
    let mut shell = staff.desk("rate-new");
    let stored = at.known.map(|rate| fields(&shell, rate)).unwrap_or_default();
    let as_stored = Form::default().with(stored.clone());
    let form = sent.map_or(&as_stored, |sent| sent.form);
    if let Some(rate) = at.known {
        rate.rate.name.as_str().clone_into(&mut shell.shell.head.title);
    }
    let typed = Typed { shell: &shell, form, sent, label };
    let is_saved = staff.visit().query()?.get("saved").is_some();
    let page = RatePage {
        zone: zone(&at.frame.rules, at.zone)?.name.clone(),
        action: match at.known {
            Some(_) => href_of(&shell, Kind::Tax, at.zone, at.code()),
            None => format!("{}/new-rate", href(&shell, Kind::Tax, at.zone)),
        },
        seen: seal(&stored),
        notice: typed.notice(is_saved, "rules-meanwhile"),
        fields: shown(&typed),
        example: tried(staff, at, (&shell, form)).await?,
        is_new: at.known.is_none(),
        shell,
    };
    let status = sent.map_or(StatusCode::OK, Sent::status);
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

/// What the form comes to, as far as it can be read, for goods that go to its zone.
async fn tried(staff: &Staff, at: &At<'_>, (shell, form): (&Desk, &Form)) -> Result<Example> {
    let usual = place_in(zone(&at.frame.rules, at.zone)?, at.frame.settings.place());
    let rate = rate_of(&entry(shell, form, (at.zone, at.code()), at.known), shell.settings());
    let (rate, asked) = match (rate, asked(form, &usual)) {
        (Ok(rate), Ok(asked)) => (rate, asked),
        (_, asked) => return Ok(example::unread(shell, form, &usual, asked.err())),
    };
    let mut rules = at.frame.rules.clone();
    let same = |known: &Rate| known.zone == at.zone && known.rate.id.as_str() == at.code();
    match rules.tax_rates.iter_mut().find(|known| same(known)) {
        Some(known) => *known = rate,
        None => rules.tax_rates.push(rate),
    }
    let (view, moment) = (staff.visit().view(), example::moment(shell, form));
    let reckon =
        move |conn: &mut Conn| example::reckon(conn, rules.clone(), (&asked, moment), &view);
    let tried = staff.visit().shop.db.read(reckon).await?;
    Ok(example::show(shell, &tried, form))
}
