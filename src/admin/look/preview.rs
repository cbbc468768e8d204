//! `GET /admin/look/preview`: a page of the storefront in the look that is tried out.

use actix_web::HttpResponse;
use actix_web::web::Path;
use askama::Template;

use crate::admin::Allowed;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::look::{self, State};
use crate::staff::to;
use crate::web::frame::find_picture;
use crate::web::{Head, Html, Shell};

type Staff = Allowed<to::ChangeSettings>;

#[derive(Template)]
#[template(path = "admin/look/preview.html")]
struct PreviewPage {
    shell: Shell,
}

pub async fn show(staff: Staff) -> Result<Html> {
    let visit = staff.visit();
    let load = |conn: &mut Conn| {
        let draft = look::load(conn, State::Draft)?;
        Ok((find_picture(conn, draft.logo)?, draft))
    };
    let (logo, draft) = visit.shop.db.read(load).await?;
    let mut shell = visit.shell(Head::private(""));
    shell.head.title = shell.t("look-preview").to_owned();
    shell.theme = draft.sheet().map(|sheet| format!("/admin/look/drafts/{}", sheet.name));
    shell.logo = logo;
    Ok(Html::page(&PreviewPage { shell })?.personal())
}

/// `GET /admin/look/drafts/{name}`: its style sheet, kept nowhere. The name is of what stands in it.
pub async fn sheet(staff: Staff, name: Path<String>) -> Result<HttpResponse> {
    let draft = |conn: &mut Conn| look::load(conn, State::Draft);
    let draft = staff.visit().shop.db.read(draft).await?;
    let sheet = draft.sheet().filter(|sheet| sheet.name == *name).ok_or(Error::NotFound)?;
    Ok(HttpResponse::Ok().content_type("text/css; charset=utf-8").body(sheet.css))
}
