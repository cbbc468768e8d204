//! `GET /admin/stock/levels.csv`: every level, read while it is sent.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data};
use futures_util::{StreamExt, stream};

use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::download::tell;
use crate::admin::products::named;
use crate::catalog::labels::{Label, labels};
use crate::catalog::levels::{self, After, Entry, Wanted};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::VariantId;
use crate::staff::to;
use crate::web::{Shop, View, cells};

/// So many levels are read at once.
const AT_ONCE: i64 = 1_000;
const HEADER: [&str; 8] =
    ["sku", "product", "variant", "on_hand", "reserved", "available", "backorder_limit", "low_at"];

/// What goes on after a SKU; `None` behind the last.
struct Reading {
    shop: Data<Shop>,
    view: View,
    desk: Desk,
    after: Option<String>,
}

pub async fn show(staff: Allowed<to::ExportProducts>) -> Result<HttpResponse> {
    tell(&staff, "stock".to_owned()).await?;
    let visit = staff.visit();
    let reading = Reading {
        shop: visit.shop.clone(),
        view: visit.view(),
        desk: staff.desk("admin-stock"),
        after: Some(String::new()),
    };
    let header = stream::once(async { cells::lines([HEADER.map(str::to_owned)]) });
    Ok(cells::file("stock.csv", header.chain(stream::try_unfold(reading, next))))
}

async fn next(mut reading: Reading) -> Result<Option<(Bytes, Reading)>> {
    let Some(after) = reading.after.take() else { return Ok(None) };
    let view = reading.view.clone();
    let load = move |conn: &mut Conn| {
        let wanted = Wanted { after: Some(After::Sku(after.clone())), ..Wanted::default() };
        let found = levels::list(conn, &wanted, AT_ONCE)?;
        let ids: Vec<VariantId> = found.iter().map(|entry| entry.id).collect();
        let labels = labels(conn, &view, &ids)?;
        Ok((found, labels))
    };
    let (found, labels) = reading.shop.db.read_long(load).await?;
    reading.after = found.last().map(|last| last.sku.clone());
    let rows = found.iter().map(|entry| row(&reading.desk, entry, labels.get(&entry.id)));
    Ok(Some((cells::lines(rows)?, reading)))
}

fn row(desk: &Desk, entry: &Entry, label: Option<&Label>) -> [String; 8] {
    let name = label.map(|label| label.name.clone()).unwrap_or_default();
    let values = label.map(|label| named(desk, &label.values)).unwrap_or_default();
    let low_at = entry.limits.low_at.map(|low_at| low_at.to_string());
    [
        cells::guarded(&entry.sku).into_owned(),
        cells::guarded(&name).into_owned(),
        cells::guarded(&values).into_owned(),
        entry.on_hand.to_string(),
        entry.reserved.to_string(),
        entry.available().to_string(),
        entry.limits.backorder.to_string(),
        low_at.unwrap_or_default(),
    ]
}
