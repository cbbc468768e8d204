//! `etalase config`: the effective settings, secrets masked, and where each came from.

use std::io::{self, Write};
use std::process::ExitCode;

use crate::config::{Row, Settings};

/// Prints the table. Fails only when nobody reads it.
#[must_use]
pub fn run(settings: &Settings) -> ExitCode {
    match print(&settings.rows(), &mut io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn print(rows: &[Row], out: &mut impl Write) -> io::Result<()> {
    let names = rows.iter().map(|row| row.name.len()).max().unwrap_or_default();
    let values = rows.iter().map(|row| row.value.chars().count()).max().unwrap_or_default();
    for Row { name, value, origin } in rows {
        writeln!(out, "{name:names$}  {value:values$}  {origin}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Flags, load};

    #[test]
    fn the_table_lines_up_and_hides_passwords() {
        let env = [("DATABASE_URL", "postgres://shop:s3cret@db/shop"), ("ETALASE_PORT", "80")];
        let env = env.map(|(name, value)| (name.into(), value.into()));
        let settings = load(&Flags::default(), env.into_iter()).unwrap();
        let mut table = Vec::new();
        print(&settings.rows(), &mut table).unwrap();
        let table = String::from_utf8(table).unwrap();
        let column = |name: &str, value: &str| {
            let row = table.lines().find(|row| row.starts_with(name)).unwrap();
            row.find(value).unwrap()
        };
        let masked = column("database_url ", "  postgres://shop:***@db/shop  DATABASE_URL");
        assert_eq!(column("port ", "  80 "), masked);
    }
}
