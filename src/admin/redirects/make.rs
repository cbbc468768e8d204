//! `/admin/redirects/new`: one more address that leads elsewhere.

use actix_web::HttpResponse;

use super::{Staff, page, read};
use crate::content::redirects;
use crate::db::Conn;
use crate::error::Result;
use crate::web::{Form, see_other};

pub async fn show(staff: Staff) -> Result<HttpResponse> {
    page(&staff, None, &Form::default(), &[])
}

pub async fn make(staff: Staff, form: Form) -> Result<HttpResponse> {
    let (from, to) = match read(&form) {
        Ok(leads) => leads,
        Err(mistakes) => return page(&staff, None, &form, &mistakes),
    };
    let (visit, who) = (staff.visit(), staff.who());
    let write = move |conn: &mut Conn| redirects::put(conn, &who, None, (&from, &to));
    match visit.shop.db.write(write).await? {
        Ok(()) => Ok(see_other(&visit.href("/admin/redirects?saved=1"))),
        Err(mistake) => page(&staff, None, &form, &[("from", mistake.key())]),
    }
}
