//! `GET /admin/stock/counts/{sheet}/sheet.csv`: the sheet as a table to write counts into.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data, Path};
use futures_util::{StreamExt, stream};

use super::{Staff, find};
use crate::admin::desk::Desk;
use crate::admin::products::named;
use crate::catalog::labels::labels;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::{StocktakeId, VariantId};
use crate::stocktake;
use crate::web::{Shop, View, cells};

/// So many lines are read at once.
const AT_ONCE: i64 = 1_000;
const HEADER: [&str; 5] = ["line", "sku", "product", "variant", "counted"];

/// What goes on after a line; `None` behind the last.
struct Reading {
    shop: Data<Shop>,
    view: View,
    desk: Desk,
    sheet: StocktakeId,
    after: Option<i64>,
}

pub async fn show(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let sheet = find(&staff, *id).await?.id;
    let visit = staff.visit();
    let (shop, view, desk) = (visit.shop.clone(), visit.view(), staff.desk("count-sheets"));
    let reading = Reading { shop, view, desk, sheet, after: Some(0) };
    let header = stream::once(async { cells::lines([HEADER.map(str::to_owned)]) });
    let lines = header.chain(stream::try_unfold(reading, next));
    Ok(cells::file(&format!("count-{sheet}.csv"), lines))
}

async fn next(mut reading: Reading) -> Result<Option<(Bytes, Reading)>> {
    let Some(after) = reading.after.take() else { return Ok(None) };
    let (view, sheet) = (reading.view.clone(), reading.sheet);
    let load = move |conn: &mut Conn| {
        let lines = stocktake::lines(conn, sheet, after, AT_ONCE)?;
        let ids: Vec<VariantId> = lines.iter().map(|line| line.variant).collect();
        let labels = labels(conn, &view, &ids)?;
        Ok((lines, labels))
    };
    let (lines, labels) = reading.shop.db.read_long(load).await?;
    reading.after = lines.last().map(|last| last.position);
    let rows = lines.iter().filter_map(|line| {
        let label = labels.get(&line.variant)?;
        Some([
            line.position.to_string(),
            cells::guarded(&label.sku).into_owned(),
            cells::guarded(&label.name).into_owned(),
            cells::guarded(&named(&reading.desk, &label.values)).into_owned(),
            line.counted.map(|counted| counted.to_string()).unwrap_or_default(),
        ])
    });
    Ok(Some((cells::lines(rows)?, reading)))
}
