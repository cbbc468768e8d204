//! `GET /admin/orders/invoices`: the invoices of all orders that were ticked, to be printed.

use askama::Template;

use super::chosen;
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::error::Result;
use crate::invoices::{self, Sheet};
use crate::orders::slips::MOST_SLIPS;
use crate::staff::to;
use crate::web::Html;

#[derive(Template)]
#[template(path = "admin/orders/invoices.html")]
struct InvoicesPage {
    shell: Desk,
    sheets: Vec<Sheet>,
}

pub async fn show(staff: Allowed<to::ViewOrders>) -> Result<Html> {
    let numbers = chosen::numbers(&staff)?;
    let most = i64::try_from(MOST_SLIPS).unwrap_or(i64::MAX);
    let find = move |conn: &mut _| invoices::of_orders(conn, &numbers, most);
    let papers = staff.visit().shop.db.read(find).await?;
    let sheets = papers.iter().map(Sheet::of).collect();
    let page = InvoicesPage { shell: staff.desk("orders-print-invoices"), sheets };
    Ok(Html::page(&page)?.personal())
}
