//! `GET /admin/menus`: both menus in their order, and the announcement.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::announcement::{self, fields};
use super::{Staff, below, leads_to, name};
use crate::admin::desk::Desk;
use crate::admin::field::Field;
use crate::admin::reader::Mistakes;
use crate::content::menus::{self, Item, Menu};
use crate::error::Result;
use crate::web::{Form, Html};

#[derive(Template)]
#[template(path = "admin/menus/list.html")]
struct MenusPage {
    shell: Desk,
    saved: bool,
    menus: Vec<MenuView>,
    announcement: Vec<Field>,
    /// What is wrong with the announcement; empty for nothing.
    wrong: String,
}

struct MenuView {
    code: &'static str,
    name: String,
    /// What it shows without an entry.
    empty: String,
    entries: Vec<EntryView>,
}

struct EntryView {
    id: String,
    href: String,
    name: String,
    leads_to: String,
    is_below: bool,
    is_first: bool,
    is_last: bool,
    /// What removing it does, in words.
    remove: String,
}

pub async fn show(staff: Staff) -> Result<HttpResponse> {
    let stored = announcement::stored(&staff.visit().frame);
    page(&staff, &stored, &Mistakes::new()).await
}

/// The page, with the announcement as it was typed.
pub(super) async fn page(staff: &Staff, form: &Form, wrong: &Mistakes) -> Result<HttpResponse> {
    let items = staff.visit().shop.db.read(menus::list).await?;
    let shell = staff.desk("admin-menus");
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = MenusPage {
        saved: staff.visit().query()?.get("saved").is_some(),
        menus: Menu::ALL.map(|menu| view_of(&shell, menu, &items)).into(),
        announcement: fields(&shell, form, wrong),
        wrong: if wrong.is_empty() { String::new() } else { shell.t("form-not-saved").to_owned() },
        shell,
    };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn view_of(shell: &Desk, menu: Menu, items: &[Item]) -> MenuView {
    let own: Vec<Item> = items.iter().filter(|item| item.sheet.menu == menu).cloned().collect();
    let mut entries = Vec::new();
    for top in below(&own, None) {
        entries.push(entry(shell, top, &own));
        entries.extend(below(&own, Some(top.id)).map(|item| entry(shell, item, &own)));
    }
    MenuView {
        code: menu.code(),
        name: shell.t(&format!("menu-{}", menu.code())).to_owned(),
        empty: shell.t(&format!("menu-empty-{}", menu.code())).to_owned(),
        entries,
    }
}

fn entry(shell: &Desk, item: &Item, own: &[Item]) -> EntryView {
    let beside: Vec<&Item> = below(own, item.sheet.parent).collect();
    let is = |other: Option<&&Item>| other.is_some_and(|other| other.id == item.id);
    let (name, many) = (name(shell, item), below(own, Some(item.id)).count());
    let of = [("name", name.as_str().into()), ("count", many.into())];
    EntryView {
        id: item.id.to_string(),
        href: shell.href(&format!("/admin/menus/{}", item.id)).into_owned(),
        leads_to: leads_to(shell, &item.sheet.target),
        is_below: item.sheet.parent.is_some(),
        is_first: is(beside.first()),
        is_last: is(beside.last()),
        remove: shell.texts().with("menu-remove", &of),
        name,
    }
}
