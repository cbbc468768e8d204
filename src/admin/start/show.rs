//! `GET /admin/start`: what is done, what is missing, and the key of the door.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use fluent_bundle::FluentValue;

use super::steps::{StepView, steps};
use super::{address, readiness};
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::error::Result;
use crate::opening::{Missing, Readiness, Step};
use crate::payments::Gateways;
use crate::staff::to;
use crate::web::{Html, Query};

type Staff = Allowed<to::ChangeSettings>;

#[derive(Template)]
#[template(path = "admin/start/show.html")]
struct StartPage {
    shell: Desk,
    is_open: bool,
    steps: Vec<StepView>,
    missing: Vec<MissingView>,
    /// Their codes: what whoever opens the shop has been told.
    told: String,
    has_demo_goods: bool,
    /// What has just been done; empty for nothing.
    done: String,
    /// The page of the product that was made just now; empty for none.
    made: String,
    /// What has not been done, and why; empty for nothing.
    wrong: String,
}

struct MissingView {
    text: String,
    /// Where it is put right; empty for here.
    href: String,
}

pub async fn show(staff: Staff, gateways: Data<Gateways>) -> Result<HttpResponse> {
    let readiness = readiness(&staff, &gateways).await?;
    let (page, query) = (page(&staff, &readiness), staff.visit().query()?);
    let done = done(&page.shell, &query);
    let made = query.get("product").and_then(|id| id.parse::<i64>().ok());
    let made = made.map(|id| page.shell.href(&format!("/admin/products/{id}")).into_owned());
    let made = made.unwrap_or_default();
    Ok(Html::page(&StartPage { done, made, ..page })?.personal().into_response())
}

/// The page with what stood in the way.
pub(super) async fn again(
    staff: &Staff,
    gateways: &Data<Gateways>,
    wrong: &'static str,
) -> Result<HttpResponse> {
    let page = page(staff, &readiness(staff, gateways).await?);
    let page = StartPage { wrong: page.shell.t(wrong).to_owned(), ..page };
    Ok(Html::page(&page)?.status(StatusCode::CONFLICT).personal().into_response())
}

fn page(staff: &Staff, readiness: &Readiness) -> StartPage {
    let (shell, missing) = (staff.desk("admin-start"), readiness.missing());
    let told: Vec<&str> = missing.iter().map(|missing| missing.code()).collect();
    StartPage {
        is_open: staff.visit().shop.frame().settings.open,
        steps: steps(&shell, readiness, None),
        told: told.join(" "),
        missing: missing.iter().map(|missing| view(&shell, *missing)).collect(),
        has_demo_goods: readiness.has_demo_goods,
        done: String::new(),
        made: String::new(),
        wrong: String::new(),
        shell,
    }
}

fn view(shell: &Desk, missing: Missing) -> MissingView {
    let step = Step::parse(missing.code()).map(|step| address(Some(step)));
    MissingView {
        text: shell.t(&format!("lacks-{}", missing.code())).to_owned(),
        href: step.map(|path| shell.href(&path).into_owned()).unwrap_or_default(),
    }
}

/// What the action has done that led here.
fn done(shell: &Desk, query: &Query) -> String {
    let count = |name| query.get(name).and_then(|text| text.parse::<i64>().ok());
    if let (Some(gone), Some(stay)) = (count("gone"), count("stay")) {
        let counts = [("gone", FluentValue::from(gone)), ("stay", FluentValue::from(stay))];
        return shell.texts().with("start-goods-removed", &counts);
    }
    let deeds = [
        ("product", "start-product-made"),
        ("added", "start-goods-added"),
        ("opened", "start-opened"),
        ("closed", "start-closed"),
    ];
    let done = deeds.into_iter().find(|(name, _)| query.get(name).is_some());
    done.map(|(_, key)| shell.t(key).to_owned()).unwrap_or_default()
}
