//! `/admin/menus/{id}`: an entry of a menu.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::Staff;
use super::form::{fields, read, stored};
use crate::admin::form::FormPage;
use crate::admin::meanwhile::{merge, seal};
use crate::admin::reader::Mistakes;
use crate::admin::sent::Sent;
use crate::content::menus::{self, Item, Menu};
use crate::content::model::Saved;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::MenuItemId;
use crate::web::{Form, see_other};

pub async fn show(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let item = find(&staff, MenuItemId(*id)).await?;
    let form = Form::default().with(stored(&item.sheet, &staff.visit().frame));
    page(&staff, (item.sheet.menu, Some(&item)), (&form, None)).await
}

pub async fn save(staff: Staff, id: Path<i64>, form: Form) -> Result<HttpResponse> {
    let visit = staff.visit();
    let item = find(&staff, MenuItemId(*id)).await?;
    if form.get("version") != item.version.to_string() {
        return meanwhile(&staff, &item, &form).await;
    }
    let menu = item.sheet.menu;
    let sheet = match read(&form, menu, &visit.frame) {
        Ok(sheet) => sheet,
        Err(mistakes) => {
            let sent = Sent { form: &form, mistakes: &mistakes, merged: None };
            return page(&staff, (menu, Some(&item)), (&form, Some(sent))).await;
        }
    };
    let (who, seen) = (staff.who(), (item.id, item.version));
    let write = move |conn: &mut Conn| menus::save(conn, &who, seen, &sheet);
    match visit.shop.db.write(write).await? {
        Saved::Done => {
            visit.shop.refresh().await?;
            Ok(see_other(&visit.href("/admin/menus?saved=1")))
        }
        Saved::Meanwhile => meanwhile(&staff, &find(&staff, item.id).await?, &form).await,
    }
}

async fn find(staff: &Staff, id: MenuItemId) -> Result<Item> {
    let found = staff.visit().shop.db.read(move |conn| menus::find(conn, id)).await?;
    found.ok_or(Error::NotFound)
}

/// What was typed, and what somebody else has saved since the form was opened.
async fn meanwhile(staff: &Staff, item: &Item, form: &Form) -> Result<HttpResponse> {
    let merged = merge(form, &stored(&item.sheet, &staff.visit().frame));
    let sent = Sent { form: &merged.form, mistakes: &Mistakes::new(), merged: Some(&merged) };
    page(staff, (item.sheet.menu, Some(item)), (&merged.form, Some(sent))).await
}

/// The form of an entry, of one that is there or of a new one.
pub(super) async fn page(
    staff: &Staff,
    (menu, item): (Menu, Option<&Item>),
    (form, sent): (&Form, Option<Sent<'_>>),
) -> Result<HttpResponse> {
    let items = staff.visit().shop.db.read(menus::list).await?;
    let items: Vec<Item> = items.into_iter().filter(|item| item.sheet.menu == menu).collect();
    let shell = staff.desk(if item.is_some() { "menu-entry" } else { "menu-new" });
    let mut hidden = vec![("menu", menu.code().to_owned())];
    if let Some(item) = item {
        hidden.push(("version", item.version.to_string()));
        hidden.push(("seen", seal(&stored(&item.sheet, shell.frame()))));
    }
    let action = item.map_or("new".to_owned(), |item| item.id.to_string());
    let error = match &sent {
        Some(Sent { merged: Some(_), .. }) => shell.t("menu-meanwhile").to_owned(),
        _ => String::new(),
    };
    let page = FormPage {
        lead: shell.t(&format!("menu-lead-{}", menu.code())).to_owned(),
        error,
        action: shell.href(&format!("/admin/menus/{action}")).into_owned(),
        hidden,
        fields: fields(&shell, (form, sent.as_ref()), (item.map(|item| item.id), &items)),
        button: shell.t("admin-save").to_owned(),
        back: (shell.href("/admin/menus").into_owned(), shell.t("admin-menus").to_owned()),
        shell,
    };
    let mut answer = page.answer()?;
    if let Some(sent) = sent {
        *answer.status_mut() = sent.status();
    }
    Ok(answer)
}
