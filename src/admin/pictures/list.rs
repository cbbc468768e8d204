//! `GET /admin/products/{id}/pictures`: a product's pictures in their order.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::{Product, Staff, address, find};
use crate::admin::desk::Desk;
use crate::error::Result;
use crate::ids::MediaId;
use crate::pictures::{self, PictureMistake, PictureRow, Status};
use crate::web::{Html, Picture};

#[derive(Template)]
#[template(path = "admin/pictures/list.html")]
struct PicturesPage {
    shell: Desk,
    product: String,
    back: String,
    action: String,
    /// What has become of the files that were sent; empty when none was.
    added: String,
    mistakes: Vec<(String, String)>,
    pictures: Vec<PictureView>,
}

struct PictureView {
    id: MediaId,
    href: String,
    picture: Picture,
    is_waiting: bool,
    is_failed: bool,
    is_described: bool,
}

/// Files that were sent: how many were taken, and which were not.
#[derive(Default)]
pub(super) struct Outcome {
    pub added: i64,
    pub mistakes: Vec<(String, PictureMistake)>,
}

pub async fn show(staff: Staff, id: Path<String>) -> Result<HttpResponse> {
    let product = find(&staff, &id).await?;
    page(&staff, &product, &Outcome::default()).await
}

/// The page; with what was wrong with files that were sent.
pub(super) async fn page(
    staff: &Staff,
    product: &Product,
    outcome: &Outcome,
) -> Result<HttpResponse> {
    let id = product.id;
    let shown = staff.visit().shop.db.read(move |conn| pictures::of_product(conn, id)).await?;
    let shell = staff.desk("pictures-title");
    let action = shell.href(&address(id)).into_owned();
    let languages = staff.visit().frame.settings.languages.len();
    let view = |row: &PictureRow| PictureView {
        id: row.id,
        href: format!("{action}/{}", row.id),
        picture: row.picture.clone().with_alt(row.words.values().next().map_or("", String::as_str)),
        is_waiting: row.status == Status::Waiting,
        is_failed: row.status == Status::Failed,
        is_described: row.words.len() >= languages,
    };
    let mistake = |(file, mistake): &(String, PictureMistake)| {
        (file.clone(), shell.t(mistake.key()).to_owned())
    };
    let page = PicturesPage {
        product: product.name.clone(),
        back: shell.href(&format!("/admin/products/{id}")).into_owned(),
        added: match outcome.mistakes.is_empty() {
            true => String::new(),
            false => shell.count("pictures-added", outcome.added),
        },
        mistakes: outcome.mistakes.iter().map(mistake).collect(),
        pictures: shown.iter().map(view).collect(),
        action,
        shell,
    };
    let status = match outcome.mistakes.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}
