//! `/admin/customers/blocks`: everybody who is shut out, by address or by a pattern that stands for
//! many.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::name_of;
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::{Field, Mistake};
use crate::admin::listing::{Pages, address};
use crate::blocks::{self, Block, Pattern};
use crate::db::Conn;
use crate::error::Result;
use crate::staff::to;
use crate::web::{Form, Html, dates, see_other};

#[derive(Template)]
#[template(path = "admin/customers/blocks.html")]
struct BlocksPage {
    shell: Desk,
    blocks: Vec<(Block, String)>,
    fields: Vec<Field>,
    pages: Pages,
}

type Staff = Allowed<to::ChangeCustomers>;

const HERE: &str = "/admin/customers/blocks";
/// Blocks of a page.
const PAGE: usize = 50;

pub async fn show(staff: Staff) -> Result<HttpResponse> {
    page(&staff, &Form::default(), &[]).await
}

pub async fn change(staff: Staff, form: Form) -> Result<HttpResponse> {
    let who = staff.who();
    if let Some(lift) = form.find("lift") {
        let lift = lift.to_owned();
        let write = move |conn: &mut Conn| blocks::remove(conn, &lift, (None, &who));
        staff.visit().shop.db.write(write).await?;
        return Ok(see_other(&staff.visit().href(HERE)));
    }
    let Some(pattern) = Pattern::parse(form.get("pattern")) else {
        return page(&staff, &form, &[("pattern", "block-wrong")]).await;
    };
    if !Field::fits(&form, "reason", 200) {
        return page(&staff, &form, &[("reason", "admin-too-long")]).await;
    }
    let reason = form.get("reason").to_owned();
    let write = move |conn: &mut Conn| blocks::add(conn, (&pattern, &reason), (None, &who));
    match staff.visit().shop.db.write(write).await? {
        true => Ok(see_other(&staff.visit().href(HERE))),
        false => page(&staff, &form, &[("pattern", "block-known")]).await,
    }
}

async fn page(staff: &Staff, form: &Form, mistakes: &[Mistake]) -> Result<HttpResponse> {
    let query = staff.visit().query()?;
    let after = query.get("after").unwrap_or_default().to_owned();
    let is_first = after.is_empty();
    let list = move |conn: &mut Conn| blocks::list(conn, &after, PAGE as i64 + 1);
    let mut found = staff.visit().shop.db.read(list).await?;
    let shell = staff.desk("blocks");
    let has_more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = match found.last() {
        Some(last) if has_more => address(&shell.href(HERE), &[("after", last.pattern.as_str())]),
        _ => String::new(),
    };
    let pattern = Field::text(&shell, "pattern", "block-pattern", form).with(&shell, mistakes);
    let reason = Field::text(&shell, "reason", "customer-block-reason", form);
    let by = |block: Block| {
        let by = format!("{}, {}", name_of(&block.actor), dates::brief(&shell, block.blocked_at));
        (block, by)
    };
    let page = BlocksPage {
        blocks: found.into_iter().map(by).collect(),
        fields: vec![
            Field { most: 254, ..pattern }.hint(shell.t("block-pattern-hint")),
            Field { is_optional: true, most: 200, ..reason }.with(&shell, mistakes),
        ],
        pages: Pages {
            next,
            first: if is_first { String::new() } else { shell.href(HERE).into_owned() },
        },
        shell,
    };
    let status = match mistakes.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}
