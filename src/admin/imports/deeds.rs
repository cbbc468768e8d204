//! What is done with a file that was brought: looked at again, run, stopped, gone on with, undone.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::address;
use crate::admin::Allowed;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::exchange::{self, By, Stock};
use crate::ids::ImportId;
use crate::staff::{Permission, to};
use crate::web::{Form, see_other};

type Staff = Allowed<to::ChangeProducts>;

/// `POST /admin/products/imports/{id}/check`: with another rule for stock.
pub async fn check(staff: Staff, id: Path<String>, form: Form) -> Result<HttpResponse> {
    let stock = match staff.may(Permission::ChangeStock) {
        true => Stock::parse(form.get("stock")),
        false => Stock::Nowhere,
    };
    act(&staff, &id, move |conn, id, by| exchange::again(conn, id, stock, by)).await
}

/// `POST /admin/products/imports/{id}/run`
pub async fn run(staff: Staff, id: Path<String>) -> Result<HttpResponse> {
    act(&staff, &id, exchange::run).await
}

/// `POST /admin/products/imports/{id}/stop`
pub async fn stop(staff: Staff, id: Path<String>) -> Result<HttpResponse> {
    act(&staff, &id, exchange::stop).await
}

/// `POST /admin/products/imports/{id}/resume`
pub async fn resume(staff: Staff, id: Path<String>) -> Result<HttpResponse> {
    act(&staff, &id, exchange::resume).await
}

/// `POST /admin/products/imports/{id}/undo`
pub async fn undo(staff: Staff, id: Path<String>) -> Result<HttpResponse> {
    act(&staff, &id, exchange::undo).await
}

/// Back to the file's page, which says how it stands, also where somebody else was first.
async fn act(
    staff: &Staff,
    id: &str,
    deed: impl Fn(&mut Conn, ImportId, &By<'_>) -> Result<()> + Send + 'static,
) -> Result<HttpResponse> {
    let id = ImportId(id.parse().map_err(|_| Error::NotFound)?);
    let (who, staff_id) = (staff.who(), staff.member.id());
    let may_count = staff.may(Permission::ChangeStock);
    let write =
        move |conn: &mut Conn| deed(conn, id, &By { who: &who, staff: staff_id, may_count });
    match staff.visit().shop.db.write(write).await {
        Ok(()) | Err(Error::NotFound) => Ok(see_other(&staff.visit().href(&address(id)))),
        Err(error) => Err(error),
    }
}
