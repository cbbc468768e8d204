//! Brings the schema up to this binary's, once, however many instances start together.

use diesel::migration::{Migration, MigrationSource, MigrationVersion};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::conn::{self, Access, Conn};
use crate::config::Database;

const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");
const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");

/// Why the schema could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    #[error("cannot open the database: {0}")]
    Open(#[from] diesel::ConnectionError),
    #[error("cannot lock the database for the migration: {0}")]
    Lock(#[from] diesel::result::Error),
    #[error("{0}")]
    Run(Box<dyn std::error::Error + Send + Sync>),
    #[error(
        "the database has migration {0}, which this version of Etalase does not know: it was \
         written by a newer one; start that one, or restore a backup from before the upgrade"
    )]
    Newer(String),
}

/// Runs what is missing and returns the names of the migrations that ran.
///
/// # Errors
/// `Newer` when the database has a migration that this binary does not know; nothing is changed.
pub fn migrate(database: &Database) -> Result<Vec<String>, MigrateError> {
    match conn::open(database, Access::Write)? {
        Conn::Postgres(mut conn) => super::postgres::alone(&mut conn, |c| run(c, POSTGRES))?,
        Conn::Sqlite(mut conn) => super::sqlite::alone(&mut conn, |c| run(c, SQLITE))?,
    }
}

/// Undoes every migration, last first. For tests and for developers: all data are lost.
pub fn revert_all(database: &Database) -> Result<usize, MigrateError> {
    let reverted = match conn::open(database, Access::Write)? {
        Conn::Postgres(mut conn) => {
            super::postgres::alone(&mut conn, |c| Ok(c.revert_all_migrations(POSTGRES)?.len()))?
        }
        Conn::Sqlite(mut conn) => {
            super::sqlite::alone(&mut conn, |c| Ok(c.revert_all_migrations(SQLITE)?.len()))?
        }
    };
    reverted.map_err(MigrateError::Run)
}

fn run<C, DB>(conn: &mut C, source: EmbeddedMigrations) -> Result<Vec<String>, MigrateError>
where
    DB: diesel::backend::Backend,
    C: MigrationHarness<DB>,
    EmbeddedMigrations: MigrationSource<DB>,
{
    refuse_newer(conn, &source)?;
    let ran = conn.run_pending_migrations(source).map_err(MigrateError::Run)?;
    Ok(ran.iter().map(ToString::to_string).collect())
}

fn refuse_newer<C, DB>(conn: &mut C, source: &EmbeddedMigrations) -> Result<(), MigrateError>
where
    DB: diesel::backend::Backend,
    C: MigrationHarness<DB>,
    EmbeddedMigrations: MigrationSource<DB>,
{
    let known = MigrationSource::<DB>::migrations(source).map_err(MigrateError::Run)?;
    let known: Vec<MigrationVersion<'_>> = known.iter().map(|m| m.name().version()).collect();
    let applied = conn.applied_migrations().map_err(MigrateError::Run)?;
    match applied.iter().find(|version| !known.contains(version)) {
        Some(version) => Err(MigrateError::Newer(version.to_string())),
        None => Ok(()),
    }
}
