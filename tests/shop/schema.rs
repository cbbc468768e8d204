//! Two folders of migrations, one schema: both databases are asked what they have, in the same sentences.

use diesel::prelude::*;
use diesel::sql_types::Text;
use std::collections::BTreeSet;

use crate::both;
use crate::kit::{Dbms, FreshDatabase};
use etalase::db::{self, Conn, MigrateError};
use etalase::{demo, web};

both!(
    every_foreign_key_leads_an_index,
    migrations_go_up_and_down_and_up_again,
    instances_that_start_together_migrate_once,
    instances_that_start_together_fill_the_demo_once,
    a_database_of_a_newer_version_is_refused_and_left_alone,
);

const SQLITE: &str = include_str!("schema/sqlite.sql");
const POSTGRES: &str = include_str!("schema/postgres.sql");

#[test]
fn both_databases_end_in_the_same_schema() {
    let sqlite = sentences(&FreshDatabase::filled(Dbms::Sqlite));
    let postgres = sentences(&FreshDatabase::filled(Dbms::Postgres));
    assert!(sqlite.len() > 100, "the questions are answered");
    assert_eq!(Vec::from_iter(sqlite.difference(&postgres)), [""; 0], "only in SQLite");
    assert_eq!(Vec::from_iter(postgres.difference(&sqlite)), [""; 0], "only in PostgreSQL");
}

async fn every_foreign_key_leads_an_index(fresh: FreshDatabase) {
    let schema = sentences(&fresh);
    let leads_an_index = |table: &str, columns: &str| {
        schema.iter().filter(|s| !s.contains("FOREIGN KEY")).any(|sentence| {
            let (what, listed) = sentence.split_once('(').unwrap_or_default();
            let is_of_table = what.split(' ').next() == Some(table);
            is_of_table
                && format!("{},", listed.trim_end_matches(')')).starts_with(&format!("{columns},"))
        })
    };
    let keys: Vec<_> = schema.iter().filter_map(|s| s.split_once(" FOREIGN KEY (")).collect();
    assert!(!keys.is_empty());
    for (table, rest) in keys {
        let (columns, _) = rest.split_once(')').unwrap();
        assert!(leads_an_index(table, columns), "{table} ({columns}) leads no index");
    }
}

async fn migrations_go_up_and_down_and_up_again(dbms: Dbms) {
    let fresh = FreshDatabase::empty(dbms);
    let ran = db::migrate(&fresh.database).unwrap();
    let schema = sentences(&fresh);
    assert_eq!(db::revert_all(&fresh.database).unwrap(), ran.len());
    assert_eq!(sentences(&fresh), BTreeSet::new(), "something is left after going down");
    assert_eq!(db::migrate(&fresh.database).unwrap(), ran);
    assert_eq!(sentences(&fresh), schema);
}

async fn instances_that_start_together_migrate_once(dbms: Dbms) {
    let fresh = FreshDatabase::empty(dbms);
    let start = std::sync::Barrier::new(4);
    let begin = || {
        start.wait();
        db::migrate(&fresh.database).unwrap().len()
    };
    let ran: Vec<usize> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(begin)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let all = std::fs::read_dir("migrations/sqlite").unwrap().count();
    assert_eq!(ran.iter().sum::<usize>(), all, "{ran:?}");
    assert_eq!(ran.iter().max(), Some(&all), "one of them ran all: {ran:?}");
}

async fn instances_that_start_together_fill_the_demo_once(dbms: Dbms) {
    let fresh = FreshDatabase::empty(dbms);
    db::migrate(&fresh.database).unwrap();
    let start = std::sync::Barrier::new(2);
    let begin = || {
        let mut conn = fresh.conn();
        start.wait();
        conn.transaction(|conn| demo::fill_once(conn, web::visit::now())).unwrap()
    };
    let filled = std::thread::scope(|scope| {
        let threads = [scope.spawn(begin), scope.spawn(begin)];
        threads.map(|thread| thread.join().unwrap())
    });
    assert_eq!(filled.iter().filter(|filled| **filled).count(), 1, "{filled:?}");
}

async fn a_database_of_a_newer_version_is_refused_and_left_alone(dbms: Dbms) {
    let fresh = FreshDatabase::empty(dbms);
    db::migrate(&fresh.database).unwrap();
    let mut conn = fresh.conn();
    let mut known = applied(&mut conn);
    let newest = known.pop().unwrap();
    run(&mut conn, &format!("DELETE FROM __diesel_schema_migrations WHERE version = '{newest}'"));
    run(&mut conn, "INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')");
    let refused = db::migrate(&fresh.database).unwrap_err();
    assert!(matches!(refused, MigrateError::Newer(_)), "{refused}");
    assert!(refused.to_string().contains("9999"), "{refused}");
    assert!(refused.to_string().contains("newer"), "{refused}");
    known.push("9999".to_owned());
    assert_eq!(applied(&mut conn), known, "nothing was migrated");
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// What a database has, a fact a line.
pub fn sentences(fresh: &FreshDatabase) -> BTreeSet<String> {
    let lines: Vec<Line> = match fresh.conn() {
        Conn::Sqlite(mut conn) => diesel::sql_query(SQLITE).load(&mut conn).unwrap(),
        Conn::Postgres(mut conn) => diesel::sql_query(POSTGRES).load(&mut conn).unwrap(),
    };
    lines.into_iter().flat_map(|line| named_checks(&line.line)).collect()
}

/// SQLite tells of CHECKs only in the words that made the table: `… CONSTRAINT name CHECK (…`.
fn named_checks(line: &str) -> Vec<String> {
    let Some((table, definition)) = line.split_once(" IS ") else {
        return vec![line.to_owned()];
    };
    let checks = definition.match_indices("CHECK (").map(|(at, _)| {
        let words: Vec<&str> = definition[..at].split_whitespace().collect();
        match words[..] {
            [.., "CONSTRAINT", name] => format!("{table} CHECK {name}"),
            _ => format!("{table} has a CHECK without a name"),
        }
    });
    checks.collect()
}

fn applied(conn: &mut Conn) -> Vec<String> {
    let sql = "SELECT version AS line FROM __diesel_schema_migrations ORDER BY version";
    let lines: Vec<Line> = match conn {
        Conn::Sqlite(conn) => diesel::sql_query(sql).load(conn).unwrap(),
        Conn::Postgres(conn) => diesel::sql_query(sql).load(conn).unwrap(),
    };
    lines.into_iter().map(|line| line.line).collect()
}

fn run(conn: &mut Conn, sql: &str) -> usize {
    diesel::sql_query(sql).execute(conn).unwrap()
}
