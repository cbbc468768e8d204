//! `GET /admin/tax`: zones in their order, the rates in each, how prices are quoted, and a worked
//! example.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::example::{self, Example};
use super::quoted;
use crate::admin::desk::Desk;
use crate::admin::example::asked;
use crate::admin::field::Field;
use crate::admin::rulebook::window;
use crate::admin::zones::{Staff, areas, href, href_of, now, segment};
use crate::db::Conn;
use crate::error::Result;
use crate::tax::Rate;
use crate::web::frame::Frame;
use crate::web::{Form, Html};
use crate::zones::{Kind, Zone};

#[derive(Template)]
#[template(path = "admin/tax/list.html")]
struct TaxPage {
    shell: Desk,
    saved: bool,
    zones: Vec<ZoneView>,
    quoted: Vec<Field>,
    example: Example,
}

struct ZoneView {
    code: String,
    anchor: String,
    href: String,
    name: String,
    areas: String,
    rates: Vec<RateView>,
}

struct RateView {
    code: String,
    href: String,
    name: String,
    percent: String,
    class: String,
    when: String,
}

/// What the example is asked in the address.
const FIELDS: [&str; 5] = ["lines", "country", "region", "postcode", "at"];

pub async fn show(staff: Staff) -> Result<HttpResponse> {
    let (query, frame) = (staff.visit().query()?, now(&staff).await?);
    let form = Form::filled(&FIELDS.map(|name| (name, query.get(name).unwrap_or_default())));
    let shell = staff.desk("admin-tax");
    let example = tried(&staff, &frame, (&shell, &form)).await?;
    let zones = frame.rules.zones.tax.iter();
    let page = TaxPage {
        zones: zones.map(|zone| zone_view(&shell, zone, &frame.rules.tax_rates)).collect(),
        quoted: quoted::fields(&shell, &frame.settings),
        saved: query.get("saved").is_some(),
        example,
        shell,
    };
    let status = match page.example.is_wrong {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

async fn tried(staff: &Staff, frame: &Frame, (shell, form): (&Desk, &Form)) -> Result<Example> {
    let usual = frame.settings.place();
    let asked = match asked(form, &usual) {
        Ok(asked) => asked,
        Err(line) => return Ok(example::unread(shell, form, &usual, Some(line))),
    };
    let (rules, view, at) =
        (frame.rules.clone(), staff.visit().view(), example::moment(shell, form));
    let reckon = move |conn: &mut Conn| example::reckon(conn, rules.clone(), (&asked, at), &view);
    let tried = staff.visit().shop.db.read(reckon).await?;
    Ok(example::show(shell, &tried, form))
}

fn zone_view(shell: &Desk, zone: &Zone, rates: &[Rate]) -> ZoneView {
    let own = rates.iter().filter(|rate| rate.zone == zone.code);
    ZoneView {
        code: zone.code.clone(),
        anchor: segment(&zone.code),
        href: href(shell, Kind::Tax, &zone.code),
        name: zone.name.clone(),
        areas: areas(shell, zone),
        rates: own.map(|rate| rate_view(shell, rate)).collect(),
    }
}

fn rate_view(shell: &Desk, Rate { zone, rate, valid_from, valid_to }: &Rate) -> RateView {
    RateView {
        code: rate.id.as_str().to_owned(),
        href: href_of(shell, Kind::Tax, zone, rate.id.as_str()),
        name: rate.name.as_str().to_owned(),
        percent: format!("{}%", shell.percent(rate.ppm.get())),
        class: rate.tax_class.as_str().to_owned(),
        when: window(shell, *valid_from, *valid_to),
    }
}
