//! `GET /admin/products/export.csv`: all products, in a table that can be brought back.

use actix_web::HttpResponse;

use crate::admin::Allowed;
use crate::admin::download::tell;
use crate::error::Result;
use crate::exchange;
use crate::staff::to;
use crate::web::cells;

pub async fn show(staff: Allowed<to::ExportProducts>) -> Result<HttpResponse> {
    tell(&staff, "products".to_owned()).await?;
    let visit = staff.visit();
    let rows = exchange::export(visit.shop.db.clone(), visit.frame.clone());
    Ok(cells::file(&format!("products-{}.csv", visit.now.date()), rows))
}
