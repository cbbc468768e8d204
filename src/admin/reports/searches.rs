//! `GET /admin/reports/searches`: what shoppers search, and what they search in vain.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data};
use futures_util::stream::once;

use super::show::{Shown, page};
use super::table::Table;
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::download::tell;
use crate::admin::figures::Asked;
use crate::error::Result;
use crate::staff::{Rule, to};
use crate::tally::{self, Searched, Tally};
use crate::web::cells::{self, guarded};

const CODE: &str = "searches";
const HEADS: [&str; 3] = ["report-words", "report-searches", "report-in-vain"];
/// So many words are told.
const MOST: i64 = 5_000;

pub async fn show(staff: Allowed<to::ViewReports>, tally: Data<Tally>) -> Result<HttpResponse> {
    let shell = staff.desk("admin-reports");
    let asked = Asked::read(&staff.visit().query()?, &shell);
    let (in_vain, found) = load(&staff, &tally, &asked).await?;
    let choice = |value: &str, key: &str| (value.to_owned(), shell.t(key).to_owned());
    let shown = Shown {
        code: CODE,
        asked: Some(&asked),
        as_of: String::new(),
        choices: vec![choice("", "report-all-words"), choice("none", "report-in-vain")],
        chosen: ("found", if in_vain { "none" } else { "" }.to_owned()),
        table: table(&shell, in_vain, &found),
        hint: "report-searches-hint",
    };
    page(&staff, shell, shown)
}

/// `GET /admin/reports/searches/table.csv`
pub async fn download(
    staff: Allowed<to::ExportOrders>,
    tally: Data<Tally>,
) -> Result<HttpResponse> {
    let shell = staff.desk("admin-reports");
    let asked = Asked::read(&staff.visit().query()?, &shell);
    let (_, found) = load(&staff, &tally, &asked).await?;
    tell(&staff, format!("reports/{CODE}")).await?;
    let rows = lines(&shell, &found)?;
    Ok(cells::file(&format!("{CODE}-{}.csv", asked.days.until), once(async { Ok(rows) })))
}

async fn load<R: Rule>(
    staff: &Allowed<R>,
    tally: &Tally,
    asked: &Asked,
) -> Result<(bool, Vec<Searched>)> {
    let visit = staff.visit();
    tally.write_down(&visit.shop.db, visit.now).await?;
    let in_vain = visit.query()?.get("found") == Some("none");
    let days = (asked.days.from, asked.days.until);
    let load = move |conn: &mut _| tally::searches(conn, days, in_vain, MOST);
    Ok((in_vain, visit.shop.db.read_long(load).await?))
}

fn table(shell: &Desk, in_vain: bool, found: &[Searched]) -> Table {
    let heads = HEADS.into_iter().enumerate();
    let cells = |searched: &Searched| {
        let cells =
            [searched.words.clone(), searched.searches.to_string(), searched.empty.to_string()];
        (cells.into(), if in_vain { searched.empty } else { searched.searches })
    };
    let sum = |of: fn(&Searched) -> i64| found.iter().map(of).sum::<i64>().to_string();
    let total = vec![shell.t("report-total").to_owned(), sum(|it| it.searches), sum(|it| it.empty)];
    let heads = heads.map(|(at, key)| (shell.t(key).to_owned(), at > 0)).collect();
    Table::new(heads, found.iter().map(cells), total)
}

fn lines(shell: &Desk, found: &[Searched]) -> Result<Bytes> {
    let head = HEADS.map(|key| shell.t(key).to_owned());
    let row = |searched: &Searched| {
        [
            guarded(&searched.words).into_owned(),
            searched.searches.to_string(),
            searched.empty.to_string(),
        ]
    };
    cells::lines([head].into_iter().chain(found.iter().map(row)))
}
