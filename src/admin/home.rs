//! `GET /admin`: what needs doing, and what was sold on some days.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use chrono::TimeZone;

use super::Allowed;
use super::desk::Desk;
use super::figures::{self, Asked, Figures};
use super::tasks::{self, Task};
use crate::error::Result;
use crate::staff::{Permission, to};
use crate::tally::Tally;
use crate::web::{Html, dates};

#[derive(Template)]
#[template(path = "admin/home.html")]
struct HomePage {
    shell: Desk,
    today: String,
    tasks: Vec<Task>,
    /// `None` for who may not see them.
    figures: Option<Figures>,
}

pub async fn show(staff: Allowed<to::Enter>, tally: Data<Tally>) -> Result<HttpResponse> {
    let shell = staff.desk("admin-home");
    let asked = Asked::read(&staff.visit().query()?, &shell);
    let tasks = tasks::load(&staff, &shell).await?;
    let figures = match staff.may(Permission::ViewReports) {
        true => {
            tally.write_down(&staff.visit().shop.db, staff.visit().now).await?;
            Some(figures::load(&staff, &shell, &asked).await?)
        }
        false => None,
    };
    let now = shell.settings().time_zone.from_utc_datetime(&shell.now());
    let today = dates::date(shell.texts(), now.date_naive());
    let status = match asked.is_wrong {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    };
    let page = HomePage { shell, today, tasks, figures };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}
