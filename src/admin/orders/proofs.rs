//! `GET /admin/orders/{number}/proofs/{id}`: the picture by which a shopper shows that she has paid.

use actix_web::HttpResponse;
use actix_web::web::Path;

use crate::admin::Allowed;
use crate::error::{Error, Result};
use crate::orders::book;
use crate::payments;
use crate::staff::to;

pub async fn show(
    staff: Allowed<to::ViewOrders>,
    path: Path<(String, i64)>,
) -> Result<HttpResponse> {
    let (number, n) = path.into_inner();
    let name = format!("{number}-{n}.jpg");
    let find = move |conn: &mut _| match book::find_number(conn, &number)? {
        Some(order) => payments::find_proof(conn, order.id, n - 1),
        None => Ok(None),
    };
    let picture = staff.visit().shop.db.read(find).await?.ok_or(Error::NotFound)?;
    Ok(payments::proof::picture(&name, picture))
}
