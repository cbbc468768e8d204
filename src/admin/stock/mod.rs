//! Stock: what lies there, what has moved it, and counting it.

pub mod counts;
pub mod file;
pub mod list;
pub mod moves;
pub mod show;

use super::desk::Desk;
use super::products::named;
use crate::catalog::labels::Label;
use crate::catalog::levels::Entry;
use crate::ids::VariantId;
use crate::web::Picture;

/// What a line is about.
struct Item {
    href: String,
    name: String,
    /// Its values in words; empty for none.
    options: String,
    sku: String,
    picture: Option<Picture>,
}

impl Item {
    fn of(shell: &Desk, id: VariantId, label: Option<&Label>) -> Self {
        Self {
            href: shell.href(&format!("/admin/stock/{id}")).into_owned(),
            name: label.map(|label| label.name.clone()).unwrap_or_default(),
            options: label.map(|label| named(shell, &label.values)).unwrap_or_default(),
            sku: label.map(|label| label.sku.clone()).unwrap_or_default(),
            picture: label.and_then(|label| label.picture.clone()),
        }
    }
}

/// The colour of what can be had; empty for plain.
fn tone(available: i64, low_at: i64) -> &'static str {
    match available {
        ..=0 => "bad",
        few if few <= low_at => "warn",
        _ => "",
    }
}

/// With its sign; empty for nothing.
fn signed(units: i64) -> String {
    match units {
        0 => String::new(),
        ..0 => format!("\u{2212}{}", units.unsigned_abs()),
        more => format!("+{more}"),
    }
}

/// At how many of it it runs low.
fn few(shell: &Desk, entry: &Entry) -> i64 {
    entry.limits.low_at.unwrap_or(shell.settings().low_stock)
}
