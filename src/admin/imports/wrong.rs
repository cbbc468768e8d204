//! `GET /admin/products/imports/{id}/wrong.csv`: the rows of products that were left out, each with what
//! is wrong, to mend and bring again.

use actix_web::HttpResponse;
use actix_web::web::Path;
use std::collections::BTreeMap;

use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::exchange::{self, MOST_PROBLEMS, Problem};
use crate::ids::ImportId;
use crate::staff::to;
use crate::web::cells;

pub async fn show(staff: Allowed<to::ChangeProducts>, id: Path<String>) -> Result<HttpResponse> {
    let id = ImportId(id.parse().map_err(|_| Error::NotFound)?);
    let load = move |conn: &mut Conn| {
        let import = exchange::find(conn, id)?.ok_or(Error::NotFound)?;
        Ok((import, exchange::problems(conn, id, MOST_PROBLEMS)?))
    };
    let (import, problems) = staff.visit().shop.db.read(load).await?;
    let said = said(&staff.desk("imports-title"), &problems);
    let (files, own) = (staff.visit().shop.files.clone(), staff.visit().frame.own_language());
    let rows = exchange::wrong_rows(files, (import, own), said);
    Ok(cells::file(&format!("wrong-{id}.csv"), rows))
}

/// What is wrong with each row, in words.
fn said(shell: &Desk, problems: &[Problem]) -> BTreeMap<i64, String> {
    let mut said: BTreeMap<i64, String> = BTreeMap::new();
    for problem in problems.iter().filter(|problem| !problem.is_note) {
        let text = shell.t(&problem.key);
        let text = match problem.column.as_str() {
            "" => text.to_owned(),
            column => format!("{column}: {text}"),
        };
        let of_row = said.entry(problem.line).or_default();
        let space = if of_row.is_empty() { "" } else { " " };
        of_row.push_str(&format!("{space}{text}"));
    }
    said
}
