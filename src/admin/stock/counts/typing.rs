//! `POST /admin/stock/counts/{sheet}`: what was counted of the lines of a page.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use chrono::{NaiveDateTime, TimeDelta};
use std::collections::BTreeMap;

use super::sheet::{Loaded, Sent, cell, load, page, stored};
use super::{Staff, address, find};
use crate::admin::desk::Desk;
use crate::admin::meanwhile::{Merged, merge};
use crate::db::Conn;
use crate::error::Result;
use crate::stocktake::{self, Count, Sheet, Typed};
use crate::web::{Form, dates, see_other};

/// No shop counts more of a thing.
const MOST_UNITS: i64 = 1_000_000;

pub async fn save(staff: Staff, id: Path<i64>, form: Form) -> Result<HttpResponse> {
    let loaded = load(&staff, find(&staff, *id).await?).await?;
    let shell = staff.desk("count-sheets");
    let merged = merge(&form, &stored(&loaded.lines));
    if !loaded.sheet.is_open() || !merged.theirs.is_empty() {
        return meanwhile(&staff, loaded, merged);
    }
    let (counts, at) = match read(&shell, &merged.form, &loaded) {
        Ok(read) => read,
        Err(errors) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            let sent = Sent { form, errors, status, wrong: "form-not-saved" };
            return page(&staff, loaded, Some(sent), "");
        }
    };
    match write(&staff, &loaded.sheet, counts, at).await? {
        Typed::Done => Ok(see_other(&next(&shell, &loaded, &form))),
        Typed::Meanwhile => {
            let loaded = load(&staff, find(&staff, *id).await?).await?;
            let merged = merge(&form, &stored(&loaded.lines));
            meanwhile(&staff, loaded, merged)
        }
    }
}

async fn write(
    staff: &Staff,
    sheet: &Sheet,
    counts: Vec<Count>,
    at: NaiveDateTime,
) -> Result<Typed> {
    if counts.is_empty() {
        return Ok(Typed::Done);
    }
    let (who, sheet) = (staff.who(), sheet.clone());
    let write = move |conn: &mut Conn| stocktake::type_in(conn, &sheet, (&counts, at), &who);
    staff.visit().shop.db.write(write).await
}

type Read = (Vec<Count>, NaiveDateTime);

/// The counts that are other than they are stored, and when they were made, or every mistake.
fn read(
    shell: &Desk,
    form: &Form,
    loaded: &Loaded,
) -> std::result::Result<Read, BTreeMap<String, String>> {
    let (mut counts, mut errors) = (Vec::new(), BTreeMap::new());
    for line in &loaded.lines {
        let (seen, position) = (line.counted, line.position);
        match counted(form.get(&cell(line))) {
            Some(counted) if counted != seen => counts.push(Count { position, seen, counted }),
            Some(_) => {}
            None => {
                errors.insert(cell(line), shell.t("stock-whole").to_owned());
            }
        }
    }
    let at = counted_at(shell, form.get("counted_at"), loaded.sheet.made_at);
    if at.is_none() {
        errors.insert("counted_at".to_owned(), shell.t("count-at-wrong").to_owned());
    }
    match at {
        Some(at) if errors.is_empty() => Ok((counts, at)),
        _ => Err(errors),
    }
}

/// Nothing typed is not counted; `None` for what is no number.
fn counted(typed: &str) -> Option<Option<i64>> {
    if typed.is_empty() {
        return Some(None);
    }
    typed.parse().ok().filter(|units| (0..=MOST_UNITS).contains(units)).map(Some)
}

/// By the end of the minute that was typed: after the sheet was made, and not later than now.
fn counted_at(shell: &Desk, typed: &str, made_at: NaiveDateTime) -> Option<NaiveDateTime> {
    let begin = dates::parse_typed(typed, shell.settings().time_zone)?;
    let end = begin + TimeDelta::seconds(59);
    (end >= made_at && begin <= shell.now()).then(|| end.min(shell.now()))
}

/// The next page, or this one, or what differs after the last.
fn next(shell: &Desk, loaded: &Loaded, form: &Form) -> String {
    let base = address(shell, loaded.sheet.id);
    let is_last = loaded.lines.last().is_none_or(|last| last.position >= loaded.sheet.lines);
    match form.get("go") {
        "on" if is_last => format!("{base}/differences"),
        "on" => format!("{base}?page={}&saved=1", loaded.number + 1),
        _ => format!("{base}?page={}&saved=1", loaded.number),
    }
}

/// What was typed, and what somebody else has counted since the page was opened.
fn meanwhile(staff: &Staff, loaded: Loaded, merged: Merged) -> Result<HttpResponse> {
    let shell = staff.desk("count-sheets");
    let theirs = merged.theirs.into_iter();
    let errors =
        theirs.map(|(name, text)| (name, shell.with("form-theirs", "text", text))).collect();
    let (form, status) = (merged.form, StatusCode::CONFLICT);
    page(staff, loaded, Some(Sent { form, errors, status, wrong: "count-meanwhile" }), "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_is_not_counted() {
        assert_eq!(counted(""), Some(None));
        assert_eq!(counted("0"), Some(Some(0)));
        assert_eq!(counted("12"), Some(Some(12)));
        for wrong in ["-1", "x", "1.5", "1000001"] {
            assert_eq!(counted(wrong), None, "{wrong}");
        }
    }
}
