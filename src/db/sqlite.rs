//! What only SQLite needs. Its twin is `postgres.rs`.

use diesel::connection::SimpleConnection;
use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::prelude::*;
use diesel::result::Error as DieselError;
use diesel::sql_types::{BigInt, Integer, Text};
use diesel::sqlite::SqliteConnection;

use super::conn::Access;

/// `FULL` so that a confirmed order survives a power cut (docs: ARCHITECTURE, Writing). What is deleted
/// is written over with zeros: who is forgotten is gone from the file.
const EVERY_CONNECTION: &str = "
    PRAGMA busy_timeout = 5000;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -4096;
    PRAGMA mmap_size = 268435456;
    PRAGMA journal_size_limit = 67108864;
";

/// Sets the pragmas of a new connection.
///
/// Two instances that start at once may find the file locked while one of them turns it to WAL,
/// which SQLite answers without waiting: hence the few tries.
pub(super) fn prepare(conn: &mut SqliteConnection, access: Access) -> QueryResult<()> {
    let mut tries = 0;
    while let Err(error) = conn.batch_execute(EVERY_CONNECTION) {
        tries += 1;
        if tries == 50 {
            return Err(error);
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    match access {
        Access::Read => conn.batch_execute("PRAGMA query_only = ON"),
        Access::Write => Ok(()),
    }
}

/// Begins the writer's transaction with the lock in hand, so that a read in it never has to wait.
pub(super) fn begin(conn: &mut SqliteConnection) -> QueryResult<()> {
    AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN IMMEDIATE")
}

/// Whether the disk is full or broken, or another process keeps the file to itself.
pub(super) fn is_stuck(error: &DieselError) -> bool {
    const STUCK: [&str; 3] = ["database or disk is full", "disk I/O error", "database is locked"];
    let DieselError::DatabaseError(_, info) = error else { return false };
    STUCK.contains(&info.message())
}

/// For a walk through all of a large file: its pages are read where they lie, and not copied one by one.
pub(super) fn map_whole_file(conn: &mut SqliteConnection) -> QueryResult<()> {
    conn.batch_execute("PRAGMA mmap_size = 1099511627776")
}

/// Sees the database from now on as it is now: a transaction only does so from its first look on.
pub(super) fn see(conn: &mut SqliteConnection) -> QueryResult<()> {
    conn.batch_execute("SELECT 1 FROM sqlite_schema LIMIT 1")
}

/// Runs `work` with the database locked against every other instance.
pub(super) fn alone<T>(
    conn: &mut SqliteConnection,
    work: impl FnOnce(&mut SqliteConnection) -> T,
) -> QueryResult<T> {
    conn.batch_execute("PRAGMA busy_timeout = 60000")?;
    begin(conn)?;
    let result = work(conn);
    <SqliteConnection as Connection>::TransactionManager::commit_transaction(conn)?;
    Ok(result)
}

#[derive(QueryableByName)]
struct About {
    #[diesel(sql_type = Text)]
    version: String,
    #[diesel(sql_type = BigInt)]
    bytes: i64,
}

/// The version, and how large the file is.
pub(super) fn about(conn: &mut SqliteConnection) -> QueryResult<(String, i64)> {
    let about: About = diesel::sql_query(
        "SELECT sqlite_version() AS version, page_count * page_size AS bytes \
         FROM pragma_page_count(), pragma_page_size()",
    )
    .get_result(conn)?;
    Ok((format!("SQLite {}", about.version), about.bytes))
}

#[derive(QueryableByName)]
struct Checkpoint {
    #[diesel(sql_type = Integer)]
    busy: i32,
}

/// Brings the log of writes into the file and empties it; `false` while somebody reads from it.
pub(super) fn empty_log(conn: &mut SqliteConnection) -> QueryResult<bool> {
    let done: Checkpoint = diesel::sql_query("PRAGMA wal_checkpoint(TRUNCATE)").get_result(conn)?;
    Ok(done.busy == 0)
}
