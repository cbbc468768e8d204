//! What only PostgreSQL needs. Its twin is `sqlite.rs`.

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// Any number that no other program on this server uses: "etalase" as letters of a telephone.
const MIGRATION_LOCK: i64 = 3_825_273;

/// Runs `work` while no other instance can be in here.
pub(super) fn alone<T>(
    conn: &mut PgConnection,
    work: impl FnOnce(&mut PgConnection) -> T,
) -> QueryResult<T> {
    conn.batch_execute(&format!("SELECT pg_advisory_lock({MIGRATION_LOCK})"))?;
    let result = work(conn);
    conn.batch_execute(&format!("SELECT pg_advisory_unlock({MIGRATION_LOCK})"))?;
    Ok(result)
}

/// Whether the same transaction, tried again, can succeed: a serialization failure or a deadlock.
pub(super) fn is_passing(error: &DieselError) -> bool {
    match error {
        DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => true,
        DieselError::DatabaseError(_, info) => info.message().contains("deadlock detected"),
        _ => false,
    }
}
