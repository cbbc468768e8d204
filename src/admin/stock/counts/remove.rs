//! `POST /admin/stock/counts/{sheet}/remove`: a sheet of which nothing is booked is thrown away.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::{Staff, address, find};
use crate::db::Conn;
use crate::error::Result;
use crate::stocktake;
use crate::web::see_other;

pub async fn remove(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let (sheet, who) = (find(&staff, *id).await?.id, staff.who());
    let write = move |conn: &mut Conn| stocktake::remove(conn, sheet, &who);
    let shell = staff.desk("count-sheets");
    Ok(see_other(&match staff.visit().shop.db.write(write).await? {
        true => shell.href("/admin/stock/counts").into_owned(),
        false => address(&shell, sheet),
    }))
}
