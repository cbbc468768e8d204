//! `/admin/menus/new?menu=header`: one more entry.

use actix_web::HttpResponse;

use super::Staff;
use super::edit::page;
use super::form::read;
use crate::admin::reader::Mistakes;
use crate::admin::sent::Sent;
use crate::content::menus::{self, Menu};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::web::{Form, see_other};

pub async fn show(staff: Staff) -> Result<HttpResponse> {
    let query = staff.visit().query()?;
    let menu = query.get("menu").and_then(Menu::parse).unwrap_or(Menu::Header);
    page(&staff, (menu, None), (&Form::filled(&[("target", "address")]), None)).await
}

pub async fn make(staff: Staff, form: Form) -> Result<HttpResponse> {
    let visit = staff.visit();
    let menu = Menu::parse(form.get("menu")).ok_or(Error::Malformed("there is no such menu"))?;
    let again = async |mistakes: Mistakes| {
        let sent = Sent { form: &form, mistakes: &mistakes, merged: None };
        page(&staff, (menu, None), (&form, Some(sent))).await
    };
    let sheet = match read(&form, menu, &visit.frame) {
        Ok(sheet) => sheet,
        Err(mistakes) => return again(mistakes).await,
    };
    let who = staff.who();
    let write = move |conn: &mut Conn| menus::make(conn, &who, &sheet);
    if visit.shop.db.write(write).await?.is_none() {
        return again(Mistakes::from([("parent".to_owned(), "menu-full")])).await;
    }
    visit.shop.refresh().await?;
    Ok(see_other(&visit.href("/admin/menus?saved=1")))
}
