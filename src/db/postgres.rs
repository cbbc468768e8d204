//! What only PostgreSQL needs. Its twin is `sqlite.rs`.

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use diesel::sql_types::{BigInt, Text};

/// Any number that no other program on this server uses: "etalase" as letters of a telephone.
const MIGRATION_LOCK: i64 = 3_825_273;

#[derive(QueryableByName)]
struct About {
    #[diesel(sql_type = Text)]
    version: String,
    #[diesel(sql_type = BigInt)]
    bytes: i64,
}

/// The version, and how large the database is.
pub(super) fn about(conn: &mut PgConnection) -> QueryResult<(String, i64)> {
    let about: About = diesel::sql_query(
        "SELECT current_setting('server_version') AS version, \
         pg_database_size(current_database()) AS bytes",
    )
    .get_result(conn)?;
    Ok((format!("PostgreSQL {}", about.version), about.bytes))
}

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

/// Whether the connection has ended under a statement: the server is restarted, or ends it. Of a
/// commit nobody knows whether it came through.
pub(super) fn is_gone(error: &DieselError) -> bool {
    use DatabaseErrorKind::{ClosedConnection, UnableToSendCommand};
    match error {
        DieselError::DatabaseError(ClosedConnection | UnableToSendCommand, _) => true,
        // The server's last words may arrive before the end of the connection.
        DieselError::DatabaseError(_, info) => info.message().starts_with("terminating connection"),
        DieselError::RollbackErrorOnCommit { commit_error, .. } => is_gone(commit_error),
        _ => false,
    }
}

/// Sees the database from now on as it is at `moment`, or now; returns that moment's name.
pub(super) fn see(conn: &mut PgConnection, moment: Option<String>) -> QueryResult<String> {
    conn.batch_execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")?;
    match moment {
        Some(moment) => {
            conn.batch_execute(&format!("SET TRANSACTION SNAPSHOT '{moment}'"))?;
            Ok(moment)
        }
        None => diesel::select(diesel::dsl::sql::<Text>("pg_export_snapshot()")).get_result(conn),
    }
}

/// Whether the same transaction, tried again, can succeed: a serialization failure or a deadlock.
pub(super) fn is_passing(error: &DieselError) -> bool {
    match error {
        DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => true,
        DieselError::DatabaseError(_, info) => info.message().contains("deadlock detected"),
        _ => false,
    }
}
