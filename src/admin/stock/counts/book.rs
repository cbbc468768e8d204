//! `POST /admin/stock/counts/{sheet}/book`: what differs becomes corrections. What was interrupted
//! goes on where it stopped.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::{Staff, address, differences, find};
use crate::db::Conn;
use crate::error::Result;
use crate::stocktake::{self, Sheet, Status};
use crate::web::{Form, see_other};

pub async fn book(staff: Staff, id: Path<i64>, form: Form) -> Result<HttpResponse> {
    let sheet = find(&staff, *id).await?;
    if sheet.is_open() && !begin(&staff, &sheet, &form).await? {
        return differences::page(&staff, find(&staff, *id).await?, "count-moved-on").await;
    }
    if sheet.status() != Status::Booked {
        finish(&staff, &sheet).await?;
    }
    let there = address(&staff.desk("count-sheets"), sheet.id);
    Ok(see_other(&format!("{there}/differences")))
}

/// `false` when the sheet is not as she has seen it.
async fn begin(staff: &Staff, sheet: &Sheet, form: &Form) -> Result<bool> {
    let version = form.get("version").parse().unwrap_or_default();
    let (sheet, who) = (sheet.clone(), staff.who());
    let write = move |conn: &mut Conn| stocktake::begin(conn, (&sheet, version), &who);
    staff.visit().shop.db.write(write).await
}

async fn finish(staff: &Staff, sheet: &Sheet) -> Result<()> {
    let (db, id) = (&staff.visit().shop.db, sheet.id);
    loop {
        let who = staff.who();
        if !db.write(move |conn| stocktake::book_some(conn, id, &who)).await? {
            return Ok(());
        }
    }
}
