//! `GET /admin/reports/stock`: what lies on the shelf, and what it would bring at today's prices.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data};
use futures_util::{StreamExt, stream};

use super::cells::{category, money};
use super::show::{Shown, page};
use super::table::Table;
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::download::tell;
use crate::catalog::labels::{Label, labels};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::VariantId;
use crate::money::{Currency, Money};
use crate::reports::{self, Held, HeldVariant, Worth};
use crate::staff::to;
use crate::web::cells::{self, guarded};
use crate::web::{Shop, View, dates};

const CODE: &str = "stock";
const HEADS: [&str; 4] = ["product-category", "report-units", "report-unpriced", "report-value"];
const COLUMNS: [&str; 5] = ["sku", "product", "on_hand", "price", "value"];
/// So many variants are read at once.
const AT_ONCE: i64 = 1_000;

pub async fn show(staff: Allowed<to::ViewReports>) -> Result<HttpResponse> {
    let shell = staff.desk("admin-reports");
    let (currency, now) = (shell.settings().currency, staff.visit().now);
    let load = move |conn: &mut _| reports::stock_worth(conn, currency, now);
    let Worth { held, made_at } = staff.visit().shop.db.read_long(load).await?;
    let as_of = |at| shell.with("report-as-of", "instant", dates::instant(&shell, at));
    let shown = Shown {
        code: CODE,
        asked: None,
        as_of: made_at.map(as_of).unwrap_or_default(),
        choices: Vec::new(),
        chosen: ("", String::new()),
        table: table(&shell, &held, currency),
        hint: "report-stock-hint",
    };
    page(&staff, shell, shown)
}

fn table(shell: &Desk, held: &[Held], currency: Currency) -> Table {
    let heads = HEADS.into_iter().enumerate();
    let heads = heads.map(|(at, key)| (shell.t(key).to_owned(), at > 0)).collect();
    let cells = |units: i64, unpriced: i64, amount: i64| {
        [units.to_string(), unpriced.to_string(), money(shell, amount, currency)]
    };
    let line = |it: &Held| {
        let name = [category(shell, &it.category)].into_iter();
        (name.chain(cells(it.units, it.unpriced, it.amount)).collect(), it.amount)
    };
    let sum = |of: fn(&Held) -> i64| held.iter().map(of).sum::<i64>();
    let sums = cells(sum(|it| it.units), sum(|it| it.unpriced), sum(|it| it.amount));
    let total = [shell.t("report-total").to_owned()].into_iter().chain(sums).collect();
    Table::new(heads, held.iter().map(line), total)
}

/// What goes on after a SKU; `None` behind the last.
struct Reading {
    shop: Data<Shop>,
    view: View,
    currency: Currency,
    after: Option<String>,
}

/// `GET /admin/reports/stock/table.csv`: every variant, read while it is sent.
pub async fn download(staff: Allowed<to::ExportOrders>) -> Result<HttpResponse> {
    tell(&staff, format!("reports/{CODE}")).await?;
    let visit = staff.visit();
    let currency = visit.frame.settings.currency;
    let (shop, view) = (visit.shop.clone(), visit.view());
    let reading = Reading { shop, view, currency, after: Some(String::new()) };
    let header = stream::once(async { cells::lines([COLUMNS.map(str::to_owned)]) });
    let rows = header.chain(stream::try_unfold(reading, next));
    Ok(cells::file(&format!("{CODE}-{}.csv", visit.now.date()), rows))
}

async fn next(mut reading: Reading) -> Result<Option<(Bytes, Reading)>> {
    let Some(after) = reading.after.take() else { return Ok(None) };
    let (view, currency) = (reading.view.clone(), reading.currency);
    let load = move |conn: &mut Conn| {
        let found = reports::stock_after(conn, &after, (currency, view.now), AT_ONCE)?;
        let ids: Vec<VariantId> = found.iter().map(|held| held.id).collect();
        let labels = labels(conn, &view, &ids)?;
        Ok((found, labels))
    };
    let (found, labels) = reading.shop.db.read_long(load).await?;
    reading.after = found.last().map(|last| last.sku.clone());
    let rows = found.iter().map(|held| row(held, labels.get(&held.id), currency));
    Ok(Some((cells::lines(rows)?, reading)))
}

fn row(held: &HeldVariant, label: Option<&Label>, currency: Currency) -> [String; 5] {
    let name = label.map(|label| label.name.as_str()).unwrap_or_default();
    let money = |minor: Option<i64>| minor.map(|minor| Money::new(minor, currency).plain());
    [
        guarded(&held.sku).into_owned(),
        guarded(name).into_owned(),
        held.units.to_string(),
        money(held.price).unwrap_or_default(),
        money(held.price.map(|price| price * held.units)).unwrap_or_default(),
    ]
}
