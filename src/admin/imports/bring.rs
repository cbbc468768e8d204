//! `POST /admin/products/imports`: a file is kept as it comes, piece by piece, and looked through by
//! a job.

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};

use super::address;
use super::list::page;
use crate::admin::Allowed;
use crate::error::Result;
use crate::exchange::{self, Stock};
use crate::staff::{Permission, to};
use crate::uploads::{Most, receive_pieces};
use crate::web::see_other;

/// A file of 200 MB: some 400,000 rows.
const MOST: Most = Most { file: 200 << 20, all: 201 << 20, fields: 8 };

pub async fn bring(
    staff: Allowed<to::ChangeProducts>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse> {
    let (shop, now) = (&staff.visit().shop, staff.visit().now);
    let file = exchange::new_name();
    let mut writing = shop.files.begin(&file).await?;
    let take = async |bytes: &[u8]| writing.add(bytes).await;
    let Some(name) = receive_pieces(&request, payload, ("goods", MOST), take).await? else {
        return page(&staff, "import-missing").await;
    };
    let size = writing.end().await?;
    let stock = match staff.may(Permission::ChangeStock) {
        true => Stock::OfNew,
        false => Stock::Nowhere,
    };
    let told = (staff.member.id(), stock, now);
    match exchange::keep(shop, (file, name, size), told).await? {
        Ok(id) => Ok(see_other(&staff.visit().href(&address(id)))),
        Err(wrong) => page(&staff, wrong).await,
    }
}
