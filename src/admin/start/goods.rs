//! `POST /admin/start/goods` and `/admin/start/goods/remove`: goods to try things out with.

use actix_web::HttpResponse;
use actix_web::web::Data;

use super::show::again;
use crate::admin::Allowed;
use crate::demo;
use crate::error::Result;
use crate::payments::Gateways;
use crate::staff::to;
use crate::web::see_other;

type Staff = Allowed<to::ChangeSettings>;

pub async fn add(staff: Staff, gateways: Data<Gateways>) -> Result<HttpResponse> {
    let (who, shop) = (staff.who(), &staff.visit().shop);
    match shop.db.write(move |conn| demo::add_goods(conn, &who)).await {
        Err(error) if error.is_duplicate() => again(&staff, &gateways, "start-goods-taken").await,
        Err(error) => Err(error),
        Ok(()) => {
            shop.refresh().await?;
            Ok(see_other(&staff.visit().href("/admin/start?added=1")))
        }
    }
}

pub async fn remove(staff: Staff) -> Result<HttpResponse> {
    let (who, shop) = (staff.who(), &staff.visit().shop);
    let removed = shop.db.write(move |conn| demo::remove_goods(conn, &who)).await?;
    shop.refresh().await?;
    let stay = removed.archived + removed.kept;
    let path = format!("/admin/start?gone={}&stay={stay}", removed.gone);
    Ok(see_other(&staff.visit().href(&path)))
}
