//! `GET /admin/reports/orders/table.csv`: every order of some days, for the books. Nothing in it says who
//! has ordered.

use actix_web::HttpResponse;

use crate::admin::Allowed;
use crate::admin::download::tell;
use crate::admin::figures::Asked;
use crate::error::Result;
use crate::orders::export;
use crate::staff::to;
use crate::web::cells;

pub async fn show(staff: Allowed<to::ExportOrders>) -> Result<HttpResponse> {
    let shell = staff.desk("admin-reports");
    let asked = Asked::read(&staff.visit().query()?, &shell);
    tell(&staff, "orders".to_owned()).await?;
    let zone = shell.settings().time_zone;
    let rows = export::rows(staff.visit().shop.db.clone(), asked.days.instants(zone), zone);
    Ok(cells::file(&format!("orders-{}.csv", asked.days.until), rows))
}
