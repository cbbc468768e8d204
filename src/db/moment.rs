//! Several connections that see the database as it is at one moment, whatever is written meanwhile.

use diesel::connection::TransactionManager;
use diesel::{Connection, QueryResult};

use super::conn::Conn;
use super::{postgres, sqlite};

type Manager = <Conn as Connection>::TransactionManager;

/// Begins a transaction on each, all at one moment. On SQLite nobody may write meanwhile.
pub(super) fn begin<C: std::ops::DerefMut<Target = Conn>>(conns: &mut [C]) -> QueryResult<()> {
    let mut moment = None;
    for conn in conns {
        if let Conn::Sqlite(conn) = &mut **conn {
            sqlite::map_whole_file(conn)?;
        }
        Manager::begin_transaction(&mut **conn)?;
        match &mut **conn {
            Conn::Sqlite(conn) => sqlite::see(conn)?,
            Conn::Postgres(conn) => moment = Some(postgres::see(conn, moment.take())?),
        }
    }
    Ok(())
}

/// Ends it: nothing was written.
pub(super) fn end(conn: &mut Conn) -> QueryResult<()> {
    Manager::rollback_transaction(conn)
}
