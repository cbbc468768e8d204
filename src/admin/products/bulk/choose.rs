//! `GET /admin/products/bulk`: what can be done to the products that are chosen; with a change in the
//! address what it would make of them.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::change::{self, ChangeForm};
use super::{Staff, chosen, forbidden, may, preview, words};
use crate::admin::desk::Desk;
use crate::admin::reader::Mistakes;
use crate::catalog::bulk::{self, Chosen, Edit};
use crate::db::Conn;
use crate::error::Result;
use crate::web::{Form, Html, dates};

#[derive(Template)]
#[template(path = "admin/products/bulk/choose.html")]
struct ChoosePage {
    shell: Desk,
    action: String,
    /// How many products are chosen, in words; empty for none.
    count: String,
    /// Fields that say which.
    chosen: Vec<(String, String)>,
    forms: Vec<ChangeForm>,
    last: Vec<LastView>,
}

/// A change of before.
struct LastView {
    href: String,
    text: String,
    detail: String,
    badge: String,
}

/// So many changes of before are shown.
const LAST: i64 = 20;

pub async fn show(staff: Staff) -> Result<HttpResponse> {
    let visit = staff.visit();
    let form = Form::from(visit.query()?);
    let chosen = chosen::read(&form, &visit.frame);
    match (chosen, change::read(&form, &visit.frame, visit.language.code())) {
        (_, Some(Ok(change))) if !may(&staff, &change) => forbidden(&staff),
        (Some(chosen), Some(Ok(change))) => {
            preview::page(&staff, (chosen, change, &form), StatusCode::OK).await
        }
        (chosen, change) => {
            let mistakes = change.and_then(std::result::Result::err).unwrap_or_default();
            page(&staff, chosen, &form, &mistakes).await
        }
    }
}

/// The page, with what is wrong with the change that was sent.
pub(super) async fn page(
    staff: &Staff,
    chosen: Option<Chosen>,
    form: &Form,
    mistakes: &Mistakes,
) -> Result<HttpResponse> {
    let (view, asked) = (staff.visit().view(), chosen.clone());
    let load = move |conn: &mut Conn| {
        let count = asked.as_ref().map(|chosen| bulk::count(conn, &view, chosen)).transpose()?;
        Ok((count.filter(|count| *count > 0), bulk::last(conn, LAST)?, bulk::stopped(conn)?))
    };
    let (count, last, stopped) = staff.visit().shop.db.read(load).await?;
    let shell = staff.desk("bulk");
    let last = last.iter().map(|edit| last_view(&shell, edit, stopped.contains_key(&edit.id)));
    let forms = change::forms(&shell, form, |it| staff.may(it), mistakes);
    let page = ChoosePage {
        action: shell.href("/admin/products/bulk").into_owned(),
        count: count.map(|count| shell.count("products-count", count)).unwrap_or_default(),
        forms: if count.is_some() { forms } else { Vec::new() },
        chosen: chosen.map(|chosen| chosen::fields(&shell, &chosen)).unwrap_or_default(),
        last: last.collect(),
        shell,
    };
    let status = match mistakes.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn last_view(shell: &Desk, edit: &Edit, has_stopped: bool) -> LastView {
    LastView {
        href: shell.href(&format!("/admin/products/bulk/{}", edit.id)).into_owned(),
        text: words::change(shell, &edit.change),
        detail: format!("{}, {}", edit.staff.1, dates::instant(shell, edit.made_at)),
        badge: words::status(shell, edit.stage, has_stopped),
    }
}
