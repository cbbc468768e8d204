//! `GET /admin/system`: which program runs, on what, and with which configuration.

use actix_web::web::Data;
use askama::Template;

use super::Allowed;
use super::desk::Desk;
use crate::config::Settings;
use crate::db::{self, Conn};
use crate::error::Result;
use crate::staff::to;
use crate::web::Html;

#[derive(Template)]
#[template(path = "admin/system.html")]
struct SystemPage {
    shell: Desk,
    /// Words and what they are about.
    facts: Vec<(&'static str, String)>,
    /// Name, value, and where the value came from.
    configuration: Vec<(&'static str, String, String)>,
}

pub async fn show(staff: Allowed<to::ChangeSettings>, config: Data<Settings>) -> Result<Html> {
    let database = staff.visit().shop.db.read(|conn: &mut Conn| db::about(conn)).await?;
    let shell = staff.desk("settings-system");
    let free = free_bytes(&config);
    let facts = vec![
        ("system-version", env!("CARGO_PKG_VERSION").to_owned()),
        ("system-database", database.name),
        ("system-database-size", size(database.bytes)),
        ("system-folder", config.data_dir.display().to_string()),
        ("system-free", free.map_or_else(|| shell.t("system-unknown").to_owned(), size)),
    ];
    let rows = config.rows().into_iter();
    let configuration = rows.map(|row| (row.name, row.value, row.origin.to_string())).collect();
    Ok(Html::page(&SystemPage { facts, configuration, shell })?.personal())
}

/// What is left on the disk that the shop's folder is on, for the user that the shop runs as.
fn free_bytes(config: &Settings) -> Option<i64> {
    let disk = rustix::fs::statvfs(&config.data_dir).ok()?;
    i64::try_from(disk.f_bavail.saturating_mul(disk.f_frsize)).ok()
}

/// In the largest unit of which there is one, in whole tenths: `1.5 GB`.
fn size(bytes: i64) -> String {
    const UNITS: [(&str, i64); 3] = [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)];
    match UNITS.iter().find(|(_, unit)| bytes >= *unit) {
        Some((name, unit)) => format!("{}.{} {name}", bytes / unit, bytes % unit * 10 / unit),
        None => format!("{bytes} B"),
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_short() {
        assert_eq!(size(999), "999 B");
        assert_eq!(size(1_000), "1.0 kB");
        assert_eq!(size(2_560_000), "2.5 MB");
        assert_eq!(size(123_990_000_000), "123.9 GB");
    }
}
