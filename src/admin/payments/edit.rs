//! `GET /admin/payments`: the ways to pay in their order, the terms of each, and a worked example.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::example::{self, Example};
use super::form::{accounts, cash, fields, label, number};
use super::ways::{WayView, ways};
use crate::admin::desk::Desk;
use crate::admin::example::asked;
use crate::admin::field::Field;
use crate::admin::meanwhile::seal;
use crate::admin::sent::{Notice, Sent};
use crate::admin::typed::Typed;
use crate::admin::zones::{Staff, now};
use crate::config::Settings;
use crate::db::Conn;
use crate::error::Result;
use crate::payments::Gateways;
use crate::web::{Form, Html};

#[derive(Template)]
#[template(path = "admin/payments/edit.html")]
struct PaymentsPage {
    shell: Desk,
    seen: String,
    notice: Notice,
    ways: Vec<WayView>,
    accounts: Vec<Vec<Field>>,
    transfer: Vec<Field>,
    cash: Vec<Field>,
    online: Vec<Field>,
    example: Example,
}

/// What the example is asked in the address.
const FIELDS: [&str; 4] = ["lines", "country", "region", "postcode"];

pub async fn show(
    staff: Staff,
    gateways: Data<Gateways>,
    config: Data<Settings>,
) -> Result<HttpResponse> {
    page(&staff, (&gateways, &config), None).await
}

pub(super) async fn page(
    staff: &Staff,
    (gateways, config): (&Gateways, &Settings),
    sent: Option<&Sent<'_>>,
) -> Result<HttpResponse> {
    let (shell, frame) = (staff.desk("admin-payments"), now(staff).await?);
    let stored = fields(&shell, &frame.settings);
    let as_stored = Form::default().with(stored.clone());
    let form = sent.map_or(&as_stored, |sent| sent.form);
    let typed = Typed { shell: &shell, form, sent, label };
    let query = staff.visit().query()?;
    let question = Form::filled(&FIELDS.map(|name| (name, query.get(name).unwrap_or_default())));
    let page = PaymentsPage {
        seen: seal(&stored),
        notice: typed.notice(query.get("saved").is_some(), "rules-meanwhile"),
        ways: ways(&shell, gateways, &frame.settings, config),
        accounts: accounts(&typed),
        transfer: vec![number(&typed, "pay_within_days")],
        online: vec![number(&typed, "hold_minutes")],
        cash: cash(&typed),
        example: tried(staff, (&shell, gateways), &question).await?,
        shell,
    };
    let status = match sent {
        Some(sent) => sent.status(),
        None if page.example.is_wrong => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

async fn tried(
    staff: &Staff,
    (shell, gateways): (&Desk, &Gateways),
    question: &Form,
) -> Result<Example> {
    let usual = shell.settings().place();
    let asked = match asked(question, &usual) {
        Ok(asked) => asked,
        Err(line) => return Ok(example::unread(shell, question, &usual, &line)),
    };
    let view = staff.visit().view();
    let reckon = move |conn: &mut Conn| example::reckon(conn, &asked, &view);
    let tried = staff.visit().shop.db.read(reckon).await?;
    Ok(example::show(shell, &tried, question, gateways))
}
