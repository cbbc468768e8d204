//! `/admin/redirects/{id}`: where an old address leads.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::{Staff, page, read};
use crate::content::redirects::{self, Redirect};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::RedirectId;
use crate::web::{Form, see_other};

pub async fn show(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let known = find(&staff, *id).await?;
    let form = Form::filled(&[("from", &known.from_path), ("to", &known.to_address)]);
    page(&staff, Some(&known), &form, &[])
}

pub async fn save(staff: Staff, id: Path<i64>, form: Form) -> Result<HttpResponse> {
    let known = find(&staff, *id).await?;
    let (from, to) = match read(&form) {
        Ok(leads) => leads,
        Err(mistakes) => return page(&staff, Some(&known), &form, &mistakes),
    };
    let (visit, who, own) = (staff.visit(), staff.who(), Some(known.id));
    let write = move |conn: &mut Conn| redirects::put(conn, &who, own, (&from, &to));
    match visit.shop.db.write(write).await? {
        Ok(()) => Ok(see_other(&visit.href("/admin/redirects?saved=1"))),
        Err(mistake) => page(&staff, Some(&known), &form, &[("from", mistake.key())]),
    }
}

async fn find(staff: &Staff, id: i64) -> Result<Redirect> {
    let found =
        staff.visit().shop.db.read(move |conn| redirects::find(conn, RedirectId(id))).await?;
    found.ok_or(Error::NotFound)
}
