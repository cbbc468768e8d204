//! The door to the database: what is written together, what is not, and what a read may do.

use diesel::prelude::*;
use futures_util::future::join_all;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::both;
use crate::kit::database::connect;
use crate::kit::{Dbms, FreshDatabase, tell};
use etalase::db::schema::setting;
use etalase::db::{Conn, Db};
use etalase::error::{Error, Result};

both!(
    a_failing_write_takes_nothing_else_with_it,
    a_write_that_panics_is_an_error_and_the_next_one_is_kept,
    a_write_that_fails_at_the_database_leaves_nothing,
    every_statement_is_counted,
);

async fn a_failing_write_takes_nothing_else_with_it(fresh: FreshDatabase) {
    let db = open(&fresh);
    // While the first one takes its time, the others queue up and share a transaction on SQLite.
    let slow = db.write(|conn| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        put(conn, "first")
    });
    let many = join_all((0..20).map(|n| {
        db.write(move |conn| {
            put(conn, &format!("key-{n:02}"))?;
            if n % 2 == 1 { Err(Error::NotFound) } else { Ok(()) }
        })
    }));
    let (first, many) = futures_util::future::join(slow, many).await;
    assert!(first.is_ok());
    let failed = many.iter().filter(|result| matches!(result, Err(Error::NotFound))).count();
    assert_eq!(failed, 10);
    let expected: Vec<String> = (0..20).step_by(2).map(|n| format!("key-{n:02}")).collect();
    assert_eq!(keys_like(&mut fresh.conn(), "key-%"), expected);
}

async fn a_write_that_panics_is_an_error_and_the_next_one_is_kept(fresh: FreshDatabase) {
    let db = open(&fresh);
    let panicked: Result<()> = db
        .write(|conn| {
            put(conn, "lost")?;
            conn.transaction(|_| -> Result<()> { panic!("a slip of ours") })
        })
        .await;
    assert!(matches!(panicked, Err(Error::Internal { .. })), "{panicked:?}");
    db.write(|conn| put(conn, "kept")).await.unwrap();
    // Another connection sees what is committed, not what is only pending.
    assert_eq!(keys_like(&mut fresh.conn(), "kept"), ["kept"]);
    assert_eq!(keys_like(&mut fresh.conn(), "lost"), [""; 0]);
}

async fn a_write_that_fails_at_the_database_leaves_nothing(fresh: FreshDatabase) {
    let db = open(&fresh);
    db.write(|conn| put(conn, "taken")).await.unwrap();
    let twice = db
        .write(|conn| {
            put(conn, "before")?;
            put(conn, "taken")
        })
        .await;
    assert!(twice.unwrap_err().is_duplicate());
    assert_eq!(keys_like(&mut fresh.conn(), "before"), [""; 0]);
}

async fn every_statement_is_counted(fresh: FreshDatabase) {
    let db = open(&fresh);
    db.read(|conn| count(conn, 1)).await.unwrap();
    let mut needed = [1, 5].map(|times| (times, 0));
    for (times, statements) in &mut needed {
        let before = db.statements();
        let times = *times;
        db.read(move |conn| count(conn, times)).await.unwrap();
        *statements = db.statements() - before;
    }
    let [(_, one), (_, five)] = needed;
    assert_eq!(five - one, 4);
}

#[test]
fn a_page_that_only_reads_cannot_write() {
    tell(Dbms::Sqlite, async |fresh: FreshDatabase| {
        let db = open(&fresh);
        let refused = db.read(|conn| put(conn, "sneaked")).await.unwrap_err();
        assert!(refused.to_string().contains("readonly"), "{refused}");
        assert_eq!(keys_like(&mut fresh.conn(), "sneaked"), [""; 0]);
    });
}

#[test]
fn a_connection_that_ends_is_a_busy_database_and_the_next_one_works() {
    tell(Dbms::Postgres, async |fresh: FreshDatabase| {
        let db = open(&fresh);
        let itself = db.write(|conn| {
            put(conn, "lost")?;
            end(conn, "pg_backend_pid()")
        });
        assert!(matches!(itself.await, Err(Error::Busy)));
        assert!(matches!(db.read(|conn| end(conn, "pg_backend_pid()")).await, Err(Error::Busy)));
        let database = fresh.database.clone();
        let from_outside: Result<()> = db
            .write(move |conn| {
                put(conn, "lost")?;
                let own = "SELECT pg_backend_pid() AS pid";
                let own: Backend = diesel::sql_query(own).get_result(conn)?;
                end(&mut connect(&database), &own.pid.to_string())?;
                loop {
                    count(conn, 1)?;
                }
            })
            .await;
        assert!(matches!(from_outside, Err(Error::Busy)), "{from_outside:?}");
        db.write(|conn| put(conn, "kept")).await.unwrap();
        assert_eq!(keys_like(&mut fresh.conn(), "kept"), ["kept"]);
        assert_eq!(keys_like(&mut fresh.conn(), "lost"), [""; 0]);
    });
}

#[test]
fn a_transaction_that_loses_a_race_is_tried_again_until_the_database_is_busy() {
    tell(Dbms::Postgres, async |fresh: FreshDatabase| {
        let db = open(&fresh);
        let losing = |key: &'static str, times: u32| {
            let lost = AtomicU32::new(0);
            db.write(move |conn| {
                put(conn, key)?;
                if lost.fetch_add(1, Ordering::Relaxed) < times {
                    diesel::sql_query(LOSE).execute(conn)?;
                }
                Ok(())
            })
        };
        losing("kept", 4).await.unwrap();
        assert!(matches!(losing("lost", 5).await, Err(Error::Busy)));
        assert_eq!(keys_like(&mut fresh.conn(), "kept"), ["kept"]);
        assert_eq!(keys_like(&mut fresh.conn(), "lost"), [""; 0]);
    });
}

const LOSE: &str =
    "DO $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = 'serialization_failure'; END $$";

#[derive(QueryableByName)]
struct Backend {
    #[diesel(sql_type = diesel::sql_types::Integer)]
    pid: i32,
}

/// As the server does when it is restarted.
fn end(conn: &mut Conn, pid: &str) -> Result<()> {
    diesel::sql_query(format!("SELECT pg_terminate_backend({pid})")).execute(conn)?;
    Ok(())
}

#[test]
fn a_full_disk_is_a_busy_database_until_there_is_room() {
    tell(Dbms::Sqlite, async |fresh: FreshDatabase| {
        let db = open(&fresh);
        let full = db.write(|conn| {
            put(conn, "lost")?;
            // No more than there are.
            diesel::sql_query("PRAGMA max_page_count = 1").execute(conn)?;
            let large = (setting::key.eq("large"), setting::value.eq("1".repeat(1 << 20)));
            Ok(diesel::insert_into(setting::table).values(large).execute(conn)?)
        });
        assert!(matches!(full.await, Err(Error::Busy)));
        let room = |conn: &mut Conn| {
            diesel::sql_query("PRAGMA max_page_count = 1000000").execute(conn)?;
            put(conn, "kept")
        };
        db.write(room).await.unwrap();
        assert_eq!(keys_like(&mut fresh.conn(), "kept"), ["kept"]);
        assert_eq!(keys_like(&mut fresh.conn(), "lost"), [""; 0]);
    });
}

fn open(fresh: &FreshDatabase) -> Db {
    Db::open(&fresh.database, 4).unwrap()
}

fn put(conn: &mut Conn, key: &str) -> Result<()> {
    diesel::insert_into(setting::table)
        .values((setting::key.eq(key), setting::value.eq("1")))
        .execute(conn)?;
    Ok(())
}

fn keys_like(conn: &mut Conn, pattern: &str) -> Vec<String> {
    let keys = setting::table.filter(setting::key.like(pattern)).order(setting::key);
    keys.select(setting::key).load(conn).unwrap()
}

fn count(conn: &mut Conn, times: usize) -> Result<()> {
    for _ in 0..times {
        setting::table.count().get_result::<i64>(conn)?;
    }
    Ok(())
}
