//! The demo's rules: files such as any merchant writes.

use chrono::NaiveDateTime;

use crate::db::Conn;
use crate::error::{Error, Result};
use crate::rules::{self, Mode, RuleFile, Tree};

/// What any shop of the demo's kind needs.
pub(super) const SHOP: [(&str, &str); 3] = [
    ("demo/rules/settings.toml", include_str!("../../demo/rules/settings.toml")),
    ("demo/rules/tax.toml", include_str!("../../demo/rules/tax.toml")),
    ("demo/rules/delivery.toml", include_str!("../../demo/rules/delivery.toml")),
];

/// Those that name goods, which must be there by then.
pub(super) const GOODS: [(&str, &str); 1] =
    [("demo/rules/promotions.toml", include_str!("../../demo/rules/promotions.toml"))];

/// What gives an invented shop's orders several rates of tax, and codes.
pub(super) const ORDERS: [(&str, &str); 1] =
    [("demo/rules/orders.toml", include_str!("../../demo/rules/orders.toml"))];

/// Applies files as `etalase apply` does.
pub(super) fn apply(conn: &mut Conn, files: &[(&str, &str)], now: NaiveDateTime) -> Result<()> {
    let files: Vec<RuleFile> =
        files.iter().map(|(name, text)| RuleFile::new(*name, *text)).collect();
    let outcome = rules::apply(conn, &Tree::read(&files), Mode::Apply, now)?;
    match outcome.mistakes.first() {
        Some(mistake) => Err(Error::internal(mistake.to_string())),
        None => Ok(()),
    }
}
