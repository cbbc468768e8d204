//! `GET /admin/blocks`: the home page from top to bottom.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::{Staff, kind_name};
use crate::admin::desk::Desk;
use crate::content::blocks::{self, Kept};
use crate::content::model::BlockKind;
use crate::error::Result;
use crate::web::Html;

#[derive(Template)]
#[template(path = "admin/blocks/list.html")]
struct BlocksPage {
    shell: Desk,
    saved: bool,
    blocks: Vec<BlockView>,
    /// Code and words of what can be added.
    kinds: Vec<(&'static str, String)>,
    /// Why nothing was added; empty for no reason.
    error: String,
}

struct BlockView {
    id: String,
    href: String,
    name: String,
    heading: String,
    /// Why shoppers do not see it; empty where they do.
    state: String,
}

pub async fn show(staff: Staff) -> Result<HttpResponse> {
    page(&staff, "").await
}

/// The page, with the key of why nothing was added.
pub(super) async fn page(staff: &Staff, wrong: &str) -> Result<HttpResponse> {
    let known = staff.visit().shop.db.read(blocks::list).await?;
    let shell = staff.desk("admin-blocks");
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = BlocksPage {
        saved: staff.visit().query()?.get("saved").is_some(),
        blocks: known.iter().map(|kept| view_of(&shell, kept)).collect(),
        kinds: BlockKind::ALL.map(|kind| (kind.code(), kind_name(&shell, kind))).into(),
        error: if wrong.is_empty() { String::new() } else { shell.t(wrong).to_owned() },
        shell,
    };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn view_of(shell: &Desk, kept: &Kept) -> BlockView {
    let (sheet, now) = (&kept.sheet, shell.now());
    let own = shell.frame().own_language();
    let words = sheet.words.get(&shell.language()).or_else(|| sheet.words.get(&own));
    let state = match () {
        () if sheet.hidden => "block-hidden",
        () if sheet.starts_at.is_some_and(|start| start > now) => "block-early",
        () if sheet.ends_at.is_some_and(|end| end <= now) => "block-late",
        () if sheet.kind == BlockKind::Goods && sheet.category.is_none() => "block-no-category",
        () => "",
    };
    BlockView {
        id: kept.id.to_string(),
        href: shell.href(&format!("/admin/blocks/{}", kept.id)).into_owned(),
        name: kind_name(shell, sheet.kind),
        heading: words.map(|words| words.heading.clone()).unwrap_or_default(),
        state: if state.is_empty() { String::new() } else { shell.t(state).to_owned() },
    }
}
