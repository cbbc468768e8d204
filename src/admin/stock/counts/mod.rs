//! Count sheets: made, printed, typed in, compared, booked.

pub mod book;
pub mod differences;
pub mod file;
pub mod list;
pub mod make;
pub mod print;
pub mod remove;
pub mod sheet;
pub mod typing;
pub mod upload;

use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::StocktakeId;
use crate::staff::to;
use crate::stocktake::{self, Sheet, Status};

type Staff = Allowed<to::ChangeStock>;

async fn find(staff: &Staff, id: i64) -> Result<Sheet> {
    let find = move |conn: &mut Conn| stocktake::find(conn, StocktakeId(id));
    staff.visit().shop.db.read(find).await?.ok_or(Error::NotFound)
}

fn address(shell: &Desk, id: StocktakeId) -> String {
    shell.href(&format!("/admin/stock/counts/{id}")).into_owned()
}

/// Who made or counted something, as the books name her.
fn name_of(actor: &str) -> &str {
    actor.strip_prefix("staff:").unwrap_or(actor)
}

/// A status in words, and the colour of its badge.
fn badge(shell: &Desk, sheet: &Sheet) -> (String, &'static str) {
    let status = sheet.status();
    let tone = match status {
        Status::Making | Status::Booking => "warn",
        Status::Open => "info",
        Status::Booked => "good",
    };
    (shell.t(&format!("count-status-{}", status.code())).to_owned(), tone)
}

/// "12 of 80 counted".
fn progress(shell: &Desk, sheet: &Sheet) -> String {
    let of = [("counted", sheet.counted.into()), ("lines", sheet.lines.into())];
    shell.texts().with("count-progress", &of)
}
