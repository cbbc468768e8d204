//! `GET /admin/stock/counts`: the count sheets, and what a new one is made of.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::{Staff, address, badge, name_of, progress};
use crate::admin::desk::Desk;
use crate::admin::field::{Field, Mistake, choose};
use crate::admin::listing::Pages;
use crate::admin::products::categories;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::StocktakeId;
use crate::stocktake::{self, Sheet};
use crate::web::{Form, Html, dates};

#[derive(Template)]
#[template(path = "admin/stock/counts/list.html")]
struct CountsPage {
    shell: Desk,
    fields: Vec<Field>,
    sheets: Vec<SheetView>,
    pages: Pages,
}

struct SheetView {
    href: String,
    name: String,
    badge: (String, &'static str),
    progress: String,
    made: String,
}

/// Sheets of a page.
const PAGE: usize = 20;

pub async fn show(staff: Staff) -> Result<HttpResponse> {
    page(&staff, &Form::default(), &[]).await
}

/// With what was typed of a new sheet, and what is wrong with it.
pub(super) async fn page(staff: &Staff, form: &Form, mistakes: &[Mistake]) -> Result<HttpResponse> {
    let query = staff.visit().query()?;
    let before = query.get("before").and_then(|id| id.parse().ok()).map(StocktakeId);
    let list = move |conn: &mut Conn| stocktake::list(conn, before, PAGE as i64 + 1);
    let found = staff.visit().shop.db.read(list).await?;
    let shell = staff.desk("count-sheets");
    let here = shell.href("/admin/stock/counts").into_owned();
    let next = match found.get(PAGE - 1) {
        Some(last) if found.len() > PAGE => format!("{here}?before={}", last.id),
        _ => String::new(),
    };
    let page = CountsPage {
        fields: fields(&shell, form, mistakes),
        sheets: found.iter().take(PAGE).map(|sheet| view(&shell, sheet)).collect(),
        pages: Pages { next, first: before.map(|_| here).unwrap_or_default() },
        shell,
    };
    let status = match mistakes.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn fields(shell: &Desk, form: &Form, mistakes: &[Mistake]) -> Vec<Field> {
    let everything = (String::new(), shell.t("count-everything").to_owned());
    let choices = std::iter::once(everything).chain(categories(shell)).collect();
    let what = choose(choices, form.get("category"));
    let since = Field::text(shell, "since", "count-since", form).with(shell, mistakes);
    vec![
        Field::select(shell, ("category", "count-what"), what).with(shell, mistakes),
        Field { kind: "date", most: 0, is_optional: true, ..since }
            .hint(shell.t("count-since-hint")),
    ]
}

fn view(shell: &Desk, sheet: &Sheet) -> SheetView {
    let made = [
        ("name", name_of(&sheet.made_by).to_owned().into()),
        ("at", dates::brief(shell, sheet.made_at).into()),
    ];
    SheetView {
        href: address(shell, sheet.id),
        name: sheet.name.clone(),
        badge: badge(shell, sheet),
        progress: progress(shell, sheet),
        made: shell.texts().with("count-made", &made),
    }
}
