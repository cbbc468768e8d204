//! Databases to throw away. The demo's goods are put in once for each test process; every test gets a copy.

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, SqliteConnection};
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use etalase::config::{Database, Secret};
use etalase::db::{self, Conn};
use etalase::error::Error;
use etalase::{demo, web};

/// Which of the two databases a story runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dbms {
    Sqlite,
    Postgres,
}

/// A database of its own, and a folder beside it. Both are removed when this is dropped.
pub struct FreshDatabase {
    pub database: Database,
    pub folder: tempfile::TempDir,
    /// On PostgreSQL: its name in the cluster.
    name: Option<String>,
}

impl FreshDatabase {
    /// Without any table.
    pub fn empty(dbms: Dbms) -> Self {
        let folder = tempfile::tempdir().unwrap();
        match dbms {
            Dbms::Sqlite => {
                let database = Database::Sqlite(folder.path().join("etalase.sqlite3"));
                Self { database, folder, name: None }
            }
            Dbms::Postgres => Self::in_cluster(folder, "template0"),
        }
    }

    /// Migrated, and otherwise as a new shop begins.
    pub fn migrated(dbms: Dbms) -> Self {
        let fresh = Self::empty(dbms);
        db::migrate(&fresh.database).unwrap();
        fresh
    }

    /// Migrated, and filled with the demo shop's goods.
    pub fn filled(dbms: Dbms) -> Self {
        match dbms {
            Dbms::Sqlite => {
                let fresh = Self::empty(dbms);
                std::fs::write(fresh.folder.path().join("etalase.sqlite3"), sqlite_template())
                    .unwrap();
                fresh
            }
            Dbms::Postgres => Self::in_cluster(tempfile::tempdir().unwrap(), postgres_template()),
        }
    }

    fn in_cluster(folder: tempfile::TempDir, template: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("etalase_test_{}_{count}", std::process::id());
        let database = create(&name, template);
        Self { database, folder, name: Some(name) }
    }

    /// A connection that may do anything, past `Db`.
    pub fn conn(&self) -> Conn {
        connect(&self.database)
    }
}

impl Drop for FreshDatabase {
    fn drop(&mut self) {
        if let Some(name) = &self.name {
            // A story that fails has said why already; what is left goes with the cluster.
            let _ =
                cluster().batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

/// A connection that may do anything.
pub fn connect(database: &Database) -> Conn {
    match database {
        Database::Postgres(url) => Conn::Postgres(PgConnection::establish(url.expose()).unwrap()),
        Database::Sqlite(path) => {
            let mut conn = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
            conn.batch_execute("PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000").unwrap();
            Conn::Sqlite(conn)
        }
    }
}

fn fill(database: &Database) {
    db::migrate(database).unwrap();
    let fill = |conn: &mut Conn| demo::fill_once(conn, web::visit::now());
    let filled = connect(database).transaction::<bool, Error, _>(fill);
    assert!(filled.unwrap(), "it was empty");
}

/// The bytes of a filled file. Closing the last connection brings its log into it.
fn sqlite_template() -> &'static [u8] {
    static FILE: OnceLock<Vec<u8>> = OnceLock::new();
    FILE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("template.sqlite3");
        fill(&Database::Sqlite(path.clone()));
        assert!(!Path::new(&format!("{}-wal", path.display())).exists());
        std::fs::read(path).unwrap()
    })
}

/// The name of a filled database that nobody is connected to, as `CREATE DATABASE … TEMPLATE` wants it.
fn postgres_template() -> &'static str {
    static NAME: OnceLock<String> = OnceLock::new();
    NAME.get_or_init(|| {
        let name = format!("etalase_template_{}", std::process::id());
        fill(&create(&name, "template0"));
        name
    })
}

fn create(name: &str, template: &str) -> Database {
    let mut cluster = cluster();
    cluster.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).unwrap();
    cluster.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template}")).unwrap();
    let url = cluster_url();
    let (server, _) = url.rsplit_once('/').expect("the URL ends with /postgres");
    Database::Postgres(Secret::new(format!("{server}/{name}")))
}

fn cluster() -> PgConnection {
    PgConnection::establish(&cluster_url()).unwrap()
}

fn cluster_url() -> String {
    std::env::var("ETALASE_TEST_POSTGRES").expect("run scripts/test, which starts PostgreSQL")
}
