//! `GET /admin/orders/picking`: what to fetch from the shelf for all orders that were ticked, by SKU.

use askama::Template;
use std::collections::BTreeMap;

use super::chosen;
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::error::Result;
use crate::orders::slips::Slip;
use crate::staff::to;
use crate::web::Html;

#[derive(Template)]
#[template(path = "admin/orders/picking.html")]
struct PickingPage {
    shell: Desk,
    orders: i64,
    rows: Vec<Row>,
}

/// Units of one SKU, and the orders that they are for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Row {
    sku: String,
    name: String,
    options: String,
    units: i64,
    orders: Vec<String>,
}

pub async fn show(staff: Allowed<to::ViewOrders>) -> Result<Html> {
    let slips = chosen::load(&staff).await?;
    let orders = slips.iter().filter(|slip| !slip.lines.is_empty()).map(|_| 1).sum();
    let page =
        PickingPage { shell: staff.desk("orders-print-picking"), orders, rows: rows(&slips) };
    Ok(Html::page(&page)?.personal())
}

fn rows(slips: &[Slip]) -> Vec<Row> {
    let mut rows: BTreeMap<&str, Row> = BTreeMap::new();
    for slip in slips {
        for line in &slip.lines {
            let row = rows.entry(&line.sku).or_default();
            row.sku.clone_from(&line.sku);
            row.name.clone_from(&line.name);
            row.options.clone_from(&line.options);
            row.units += line.units;
            row.orders.push(format!("{} × {}", slip.order.number, line.units));
        }
    }
    rows.into_values().collect()
}
