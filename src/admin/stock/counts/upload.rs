//! `POST /admin/stock/counts/{sheet}/file`: counts that were written into the sheet's table. All of it
//! is read before anything is taken over.

use actix_web::http::StatusCode;
use actix_web::web::{Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use std::collections::BTreeSet;

use super::{Staff, address, find};
use crate::admin::desk::Desk;
use crate::db::Conn;
use crate::error::Result;
use crate::stocktake::{self, Count, Sheet};
use crate::uploads::{UploadMistake, receive};
use crate::web::{Html, cells, see_other};

#[derive(Template)]
#[template(path = "admin/stock/counts/upload.html")]
struct UploadPage {
    shell: Desk,
    base: String,
    /// What is wrong with the whole; empty for nothing.
    wrong: String,
    /// What is wrong with which row.
    problems: Vec<String>,
    taken: String,
    /// SKUs that have moved since the sheet was made.
    moved: Vec<String>,
}

/// So many rows are taken over at once.
const AT_ONCE: usize = 500;
/// So many problems are named.
const MOST_NAMED: usize = 100;
const MOST_UNITS: i64 = 1_000_000;

/// A row of the table that was counted.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    /// Of the file, from 1.
    number: usize,
    sku: String,
    counted: i64,
}

/// What is wrong with a row: the key of the words, and what stands there.
type Problem = (usize, &'static str, String);

pub async fn take(
    staff: Staff,
    id: Path<i64>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse> {
    let sheet = find(&staff, *id).await?;
    let file = match receive(&request, payload, "file").await? {
        Ok(file) => file,
        Err(UploadMistake::TooLarge) => return refuse(&staff, &sheet, "count-file-large", &[]),
        Err(_) => return refuse(&staff, &sheet, "count-file-missing", &[]),
    };
    let Some(text) = cells::text(file.bytes()) else {
        return refuse(&staff, &sheet, "count-file-odd", &[]);
    };
    let rows = match read(text) {
        Ok(rows) => rows,
        Err(problems) => return refuse(&staff, &sheet, "count-file-wrong", &problems),
    };
    let counts = match place(&staff, &sheet, rows).await? {
        Ok(counts) => counts,
        Err(problems) => return refuse(&staff, &sheet, "count-file-wrong", &problems),
    };
    take_over(&staff, &sheet, counts).await
}

/// The rows that are counted, or all that is wrong.
fn read(text: &str) -> std::result::Result<Vec<Row>, Vec<Problem>> {
    let mut table = csv::ReaderBuilder::new()
        .delimiter(if text.lines().next().unwrap_or_default().contains(';') { b';' } else { b',' })
        .flexible(true)
        .from_reader(text.as_bytes());
    let header = table.headers().cloned().unwrap_or_default();
    let column = |name| header.iter().position(|known| known.trim().eq_ignore_ascii_case(name));
    let (Some(sku), Some(counted)) = (column("sku"), column("counted")) else {
        return Err(vec![(1, "count-file-columns", String::new())]);
    };
    let (mut rows, mut problems, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (at, record) in table.records().enumerate() {
        let (number, record) = (at + 2, record.unwrap_or_default());
        let of =
            |column| cells::unguarded(record.get(column).unwrap_or_default()).trim().to_owned();
        match (of(sku), of(counted)) {
            (_, counted) if counted.is_empty() => {}
            (sku, _) if !seen.insert(sku.clone()) => {
                problems.push((number, "count-row-twice", sku))
            }
            (sku, counted) => match counted.parse().ok().filter(|n| (0..=MOST_UNITS).contains(n)) {
                Some(counted) => rows.push(Row { number, sku, counted }),
                None => problems.push((number, "count-row-number", counted)),
            },
        }
    }
    if problems.is_empty() { Ok(rows) } else { Err(problems) }
}

/// Where on the sheet the rows stand, each with its SKU.
async fn place(
    staff: &Staff,
    sheet: &Sheet,
    rows: Vec<Row>,
) -> Result<std::result::Result<Vec<(Count, String)>, Vec<Problem>>> {
    let id = sheet.id;
    let find = move |conn: &mut Conn| {
        let (mut placed, mut problems) = (Vec::new(), Vec::new());
        for rows in rows.chunks(AT_ONCE) {
            let skus: Vec<&str> = rows.iter().map(|row| row.sku.as_str()).collect();
            let known = stocktake::positions_of(conn, id, &skus)?;
            for Row { number, sku, counted } in rows {
                match known.get(sku) {
                    Some(&(position, seen)) => {
                        let count = Count { position, seen, counted: Some(*counted) };
                        placed.push((count, sku.clone()));
                    }
                    None => problems.push((*number, "count-row-unknown", sku.clone())),
                }
            }
        }
        Ok(if problems.is_empty() { Ok(placed) } else { Err(problems) })
    };
    staff.visit().shop.db.read_long(find).await
}

async fn take_over(
    staff: &Staff,
    sheet: &Sheet,
    counts: Vec<(Count, String)>,
) -> Result<HttpResponse> {
    let mut moved = Vec::new();
    for part in counts.chunks(AT_ONCE) {
        let (sheet_now, who) = (sheet.clone(), staff.who());
        let typed: Vec<Count> = part.iter().map(|(count, _)| *count).collect();
        let write = move |conn: &mut Conn| stocktake::take_over(conn, &sheet_now, &typed, &who);
        let Some(left) = staff.visit().shop.db.write(write).await? else {
            return refuse(staff, sheet, "count-file-meanwhile", &[]);
        };
        let is_left = |(count, _): &&(Count, String)| left.contains(&count.position);
        moved.extend(part.iter().filter(is_left).map(|(_, sku)| sku.clone()));
    }
    let shell = staff.desk("count-sheets");
    let taken = i64::try_from(counts.len() - moved.len()).unwrap_or(i64::MAX);
    if moved.is_empty() {
        return Ok(see_other(&format!("{}/differences", address(&shell, sheet.id))));
    }
    let page =
        UploadPage { taken: shell.count("count-file-taken", taken), moved, ..blank(shell, sheet) };
    Ok(Html::page(&page)?.personal().into_response())
}

fn refuse(staff: &Staff, sheet: &Sheet, wrong: &str, problems: &[Problem]) -> Result<HttpResponse> {
    let shell = staff.desk("count-sheets");
    let said = |(row, key, text): &Problem| {
        let named = [("row", (*row as i64).into()), ("text", text.clone().into())];
        shell.texts().with(key, &named)
    };
    let page = UploadPage {
        wrong: shell.t(wrong).to_owned(),
        problems: problems.iter().take(MOST_NAMED).map(said).collect(),
        ..blank(staff.desk("count-sheets"), sheet)
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn blank(mut shell: Desk, sheet: &Sheet) -> UploadPage {
    shell.shell.head.title = shell.with("count-of", "name", &sheet.name);
    UploadPage {
        base: address(&shell, sheet.id),
        wrong: String::new(),
        problems: Vec::new(),
        taken: String::new(),
        moved: Vec::new(),
        shell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_by_the_names_of_its_columns() {
        let rows = read("Counted;name;SKU\r\n7;\"a;b\";'=CUP\r\n;;MUG\r\n").expect("it is right");
        assert_eq!(rows, [Row { number: 2, sku: "=CUP".into(), counted: 7 }]);
        let wrong = read("sku,counted\nCUP,many\nCUP,1\nMUG,-1\n").expect_err("it is wrong");
        let keys: Vec<_> = wrong.iter().map(|(row, key, _)| (*row, *key)).collect();
        let twice = (3, "count-row-twice");
        assert_eq!(keys, [(2, "count-row-number"), twice, (4, "count-row-number")]);
        assert_eq!(read("a,b\n1,2\n"), Err(vec![(1, "count-file-columns", String::new())]));
    }
}
