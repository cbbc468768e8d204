//! Writes the shop's rules as the files that `apply` reads.

use diesel::Connection;
use std::io::{self, Write};

use super::entry::Entry;
use super::read::Ground;
use super::{delivery, prices, promotions, settings as section, tax};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::prices::load_prices;
use crate::settings;

/// How many variants' prices are read at once.
const AT_ONCE: i64 = 500;

/// A part of the rules, which has a file of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Settings,
    Tax,
    Delivery,
    Promotions,
    Prices,
}

impl Section {
    pub const ALL: [Self; 5] =
        [Self::Settings, Self::Tax, Self::Delivery, Self::Promotions, Self::Prices];

    /// The name of its table, and of its file before `.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Settings => "settings",
            Self::Tax => "tax",
            Self::Delivery => "delivery",
            Self::Promotions => "promotions",
            Self::Prices => "prices",
        }
    }

    /// What stands at the top of its file.
    fn heading(self) -> &'static str {
        match self {
            Self::Settings => {
                "What the shop has decided about itself. Only the keys that are here are changed."
            }
            Self::Tax => "Where which tax is owed. This is all of it: what is not here is removed.",
            Self::Delivery => {
                "Where the shop delivers, how, and at what price. This is all of it: what is not here is removed."
            }
            Self::Promotions => "Discounts. These are all of them: what is not here is removed.",
            Self::Prices => "What variants cost. Only the SKUs that are here are changed.",
        }
    }
}

/// Why an export ended early.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error(transparent)]
    Shop(#[from] Error),
    #[error("cannot write: {0}")]
    Write(#[from] io::Error),
}

impl From<diesel::result::Error> for ExportError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Shop(error.into())
    }
}

/// Writes sections one after the other, each to where `open` says, as they stand at one moment on
/// SQLite and nearly so on PostgreSQL. May take long: `Db::read_long`.
pub fn export<W: Write>(
    conn: &mut Conn,
    mut open: impl FnMut(Section) -> io::Result<W>,
) -> Result<(), ExportError> {
    conn.transaction(|conn| {
        for section in Section::ALL {
            let mut out = open(section)?;
            write_section(conn, section, &mut out)?;
            out.flush()?;
        }
        Ok(())
    })
}

/// Writes one section, with a line at the top that says what it is.
pub fn write_section(
    conn: &mut Conn,
    section: Section,
    out: &mut impl Write,
) -> Result<(), ExportError> {
    writeln!(out, "# {}", section.heading())?;
    writeln!(
        out,
        "# Every key is explained in docs/rules.md; etalase apply --plan shows what a change would do."
    )?;
    if section == Section::Prices {
        let ground = section::ground(&settings::load(conn)?);
        return write_prices(conn, &ground, out);
    }
    let entries = entries(conn, section)?;
    entries.iter().try_for_each(|entry| write!(out, "{}", Entry::toml(entry)))?;
    Ok(())
}

/// What a section's file holds, in its order. Prices are too many for that: of them nothing.
pub(super) fn entries(conn: &mut Conn, section: Section) -> Result<Vec<Entry>> {
    let settings = settings::load(conn)?;
    let ground = &section::ground(&settings);
    Ok(match section {
        Section::Settings => section::entries(&settings),
        Section::Tax => tax::entries(&tax::load(conn)?, ground),
        Section::Delivery => delivery::entries(&delivery::load(conn)?, ground),
        Section::Promotions => promotions::entries(&crate::promotions::load_rules(conn)?, ground),
        Section::Prices => Vec::new(),
    })
}

/// Page by page: there may be many.
fn write_prices(conn: &mut Conn, ground: &Ground, out: &mut impl Write) -> Result<(), ExportError> {
    writeln!(out, "\n[prices]")?;
    let mut last: Option<String> = None;
    loop {
        let page = load_prices(conn, last.as_deref(), AT_ONCE)?;
        for sku in &page {
            write!(out, "{}", prices::line(sku, ground))?;
        }
        match page.into_iter().next_back() {
            Some(sku) => last = Some(sku.sku),
            None => return Ok(()),
        }
    }
}
