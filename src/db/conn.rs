//! One connection type over both databases.

use diesel::connection::{Instrumentation, InstrumentationEvent};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::r2d2::ManageConnection;
use diesel::sqlite::SqliteConnection;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::config::Database;

/// A connection to whichever database the shop lives in.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    /// The way out of one machine.
    Postgres(PgConnection),
    /// Embedded, the default.
    Sqlite(SqliteConnection),
}

/// What a connection may do. SQLite has one writer; everything else is `query_only`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Access {
    Read,
    Write,
}

/// Opens connections for the pool and counts the statements that they run.
#[derive(Clone)]
pub(super) struct Manager {
    pub database: Database,
    pub access: Access,
    pub statements: Arc<AtomicU64>,
}

impl Manager {
    pub fn open(&self) -> ConnectionResult<Conn> {
        let mut conn = open(&self.database, self.access)?;
        let counter = Counter(self.statements.clone());
        match &mut conn {
            Conn::Postgres(inner) => inner.set_instrumentation(counter),
            Conn::Sqlite(inner) => inner.set_instrumentation(counter),
        }
        Ok(conn)
    }
}

/// Opens one connection, prepared for its part.
pub(super) fn open(database: &Database, access: Access) -> ConnectionResult<Conn> {
    match database {
        Database::Postgres(url) => PgConnection::establish(url.expose()).map(Conn::Postgres),
        Database::Sqlite(path) => {
            let mut inner = SqliteConnection::establish(&path.to_string_lossy())?;
            super::sqlite::prepare(&mut inner, access)
                .map_err(ConnectionError::CouldntSetupConfiguration)?;
            Ok(Conn::Sqlite(inner))
        }
    }
}

impl ManageConnection for Manager {
    type Connection = Conn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Conn, Self::Error> {
        self.open().map_err(diesel::r2d2::Error::ConnectionError)
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), Self::Error> {
        diesel::select(diesel::dsl::sql::<diesel::sql_types::Integer>("1"))
            .execute(conn)
            .map(|_| ())
            .map_err(diesel::r2d2::Error::QueryError)
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        use diesel::connection::TransactionManager;
        std::thread::panicking()
            || <Conn as Connection>::TransactionManager::is_broken_transaction_manager(conn)
    }
}

struct Counter(Arc<AtomicU64>);

impl Instrumentation for Counter {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::StartQuery { .. } = event {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}
