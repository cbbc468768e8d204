//! The database: one `Conn` over SQLite and PostgreSQL, `Db::read` for pages, `Db::write` for
//! changes. Owns the migrations and `schema.rs`; what differs between the two databases stands in
//! the twins `sqlite.rs` and `postgres.rs`.

mod conn;
mod migrate;
mod moment;
mod postgres;
mod prefix;
pub mod schema;
mod sqlite;
mod within;
mod writer;

pub use conn::Conn;
pub use migrate::{MigrateError, migrate, revert_all};
pub use prefix::{begins_with, last_word_begins_with};
pub use within::{any_of, within};

use actix_web::web;
use diesel::r2d2::Pool;
use diesel::{Connection, RunQueryDsl};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::watch;

use crate::config::{Database, Patience};
use crate::error::{Error, Result};
use conn::{Access, Manager};
use writer::Writer;

/// How often a transaction that lost a race on PostgreSQL is tried again.
const TRIES: usize = 5;
/// How long opening waits for the first connection.
const OPENING: Duration = Duration::from_secs(10);
/// The longest that a transaction which lost a race stands aside, so that the two do not meet again.
const ASIDE: Duration = Duration::from_millis(20);

/// The door to the database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    pool: Pool<Manager>,
    /// SQLite's one writer; PostgreSQL writes through the pool.
    writer: Option<Writer>,
    statements: Arc<AtomicU64>,
    written: watch::Sender<()>,
    /// How long a connection is waited for.
    patience: Duration,
}

impl Db {
    /// Opens a migrated database with at most `connections` connections for reading.
    ///
    /// # Errors
    /// When the database cannot be opened.
    pub fn open(database: &Database, connections: u32) -> Result<Self> {
        let statements = Arc::new(AtomicU64::new(0));
        let is_sqlite = matches!(database, Database::Sqlite(_));
        let manager = Manager {
            database: database.clone(),
            access: if is_sqlite { Access::Read } else { Access::Write },
            statements: statements.clone(),
        };
        let writer = match is_sqlite {
            true => Some(start_writer(&manager)?),
            false => None,
        };
        let pool = Pool::builder()
            .max_size(connections)
            .min_idle(Some(1))
            .connection_timeout(OPENING)
            .test_on_check_out(!is_sqlite)
            .build(manager)
            .map_err(|error| Error::internal(format!("cannot open the database: {error}")))?;
        let (written, patience) = (watch::Sender::new(()), Patience::default().connection);
        Ok(Self { pool, writer, statements, written, patience })
    }

    /// The same door, at which who wants a connection waits for so long.
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Runs the loads of a page: a handful of bounded, indexed queries.
    ///
    /// Inline on SQLite, where they take less than a trip to another thread, and in one transaction,
    /// which asks for the file's lock once for all of them; on PostgreSQL in the blocking pool.
    /// Reads that may take long go through [`Db::read_long`].
    pub async fn read<T: Send + 'static>(
        &self,
        load: impl FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        match self.writer {
            Some(_) => passing((*self.connection()?).transaction(load)),
            None => self.read_long(load).await,
        }
    }

    /// Runs a report or an export, off the threads that answer requests.
    pub async fn read_long<T: Send + 'static>(
        &self,
        load: impl FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let db = self.clone();
        off_thread(move || passing(load(&mut *db.connection()?))).await
    }

    /// Runs `load` so many times at once, each with a connection and a thread of its own; all of them
    /// see the database as it is at one moment, whatever is written meanwhile.
    ///
    /// # Errors
    /// The first of `load`; `Busy` when the pool has not so many connections.
    pub async fn at_one_moment<T: Send + 'static>(
        &self,
        times: usize,
        load: impl Fn(&mut Conn) -> Result<T> + Send + Sync + 'static,
    ) -> Result<Vec<T>> {
        let conns: Result<Vec<_>> = (0..times).map(|_| self.connection()).collect();
        let begin = |mut conns: Vec<_>| moment::begin(&mut conns).map(|()| conns);
        let conns = match &self.writer {
            // In the writer's transaction: so nobody else writes.
            Some(writer) => {
                let conns = conns?;
                writer.write(move |_| Ok(begin(conns)?)).await?
            }
            None => begin(conns?)?,
        };
        off_thread(move || passing(side_by_side(conns, &load))).await
    }

    /// Runs `change` in one transaction: all of it is on disk when this returns, or none of it.
    ///
    /// `change` may run again when it lost a race with another instance, so it has no effects but
    /// on the database, and no network call.
    pub async fn write<T: Send + 'static>(
        &self,
        change: impl Fn(&mut Conn) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let result = passing(match &self.writer {
            Some(writer) => writer.write(change).await,
            None => {
                let db = self.clone();
                off_thread(move || db.write_with_retries(&change)).await
            }
        });
        if result.is_ok() {
            self.written.send_replace(());
        }
        result
    }

    /// Tells of every write of this process, after its commit.
    pub fn written(&self) -> watch::Receiver<()> {
        self.written.subscribe()
    }

    fn write_with_retries<T>(&self, change: &impl Fn(&mut Conn) -> Result<T>) -> Result<T> {
        let conn: &mut Conn = &mut *self.connection()?;
        for _ in 1..TRIES {
            match conn.transaction(change) {
                Err(Error::Database(error)) if postgres::is_passing(&error) => stand_aside(),
                result => return result,
            }
        }
        conn.transaction(change)
    }

    /// Lets the database look at its tables anew, so that it plans queries for what is in them:
    /// worth it when very much has been written at once.
    pub async fn refresh_statistics(&self) -> Result<()> {
        self.write(|conn| Ok(diesel::sql_query("ANALYZE").execute(conn).map(|_| ())?)).await
    }

    /// Takes what was deleted out of SQLite's log of writes too; `false` while somebody reads from
    /// it. PostgreSQL's log is the operator's (docs/privacy.md).
    pub async fn empty_log(&self) -> Result<bool> {
        self.read_long(|conn| match conn {
            Conn::Sqlite(conn) => Ok(sqlite::empty_log(conn)?),
            Conn::Postgres(_) => Ok(true),
        })
        .await
    }

    fn connection(&self) -> Result<diesel::r2d2::PooledConnection<Manager>> {
        self.pool.get_timeout(self.patience).map_err(|error| {
            tracing::error!(%error, "no database connection");
            Error::Busy
        })
    }

    /// Whether the database answers: for the readiness check.
    pub async fn is_ready(&self) -> bool {
        self.read(|conn| Ok(diesel::sql_query("SELECT 1").execute(conn)?)).await.is_ok()
    }

    /// How many statements all connections have run since the start.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }
}

/// What the database could not do just now, and can do again in a while, is no mistake of the shop's.
fn passing<T>(result: Result<T>) -> Result<T> {
    match result {
        Err(Error::Database(error)) if postgres::is_gone(&error) || sqlite::is_stuck(&error) => {
            tracing::error!(%error, "the database is away");
            Err(Error::Busy)
        }
        Err(Error::Database(error)) if postgres::is_passing(&error) => {
            tracing::error!(%error, "a transaction has lost every race");
            Err(Error::Busy)
        }
        result => result,
    }
}

fn stand_aside() {
    std::thread::sleep(ASIDE.mul_f64(rand::random()));
}

fn side_by_side<T: Send>(
    conns: Vec<diesel::r2d2::PooledConnection<Manager>>,
    load: &(impl Fn(&mut Conn) -> Result<T> + Sync),
) -> Result<Vec<T>> {
    std::thread::scope(|scope| {
        let loads = conns.into_iter().map(|mut conn| {
            scope.spawn(move || {
                let loaded = load(&mut conn);
                moment::end(&mut conn)?;
                loaded
            })
        });
        let loads: Vec<_> = loads.collect();
        let ended = loads.into_iter().map(|load| {
            load.join().unwrap_or_else(|_| Err(Error::internal("a read has panicked")))
        });
        ended.collect()
    })
}

fn start_writer(reader: &Manager) -> Result<Writer> {
    let manager = Manager { access: Access::Write, ..reader.clone() };
    let conn = manager
        .open()
        .map_err(|error| Error::internal(format!("cannot open the database: {error}")))?;
    Writer::start(conn).map_err(|error| Error::internal(format!("cannot start a thread: {error}")))
}

async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    web::block(work).await.map_err(|error| Error::internal(error.to_string()))?
}

/// Which database this is.
#[derive(Debug, Clone)]
pub struct About {
    /// Its product and version.
    pub name: String,
    /// What it takes on the disk.
    pub bytes: i64,
}

/// Which database holds the rows, and how large it is.
pub fn about(conn: &mut Conn) -> Result<About> {
    let (name, bytes) = match conn {
        Conn::Sqlite(conn) => sqlite::about(conn)?,
        Conn::Postgres(conn) => postgres::about(conn)?,
    };
    Ok(About { name, bytes })
}
