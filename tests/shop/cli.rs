//! The shop as its operator meets it: commands, settings, files, signals.

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::kit::process::{Running, binary, copied_into, etalase, free_port, run, said};
use crate::kit::{Dbms, FreshDatabase, Visitor, tell};
use etalase::config::Database;

const MUG: &str = "/products/bumi-stoneware-mug";

#[test]
fn the_demo_is_made_once_and_goes_on_until_it_is_wanted_fresh() {
    tell(Dbms::Sqlite, async |_: Dbms| {
        let folder = tempfile::tempdir().unwrap();
        let first = Running::open(folder.path(), &["demo"]);
        first.visitor().get(MUG).await.expect_status(200);
        assert!(first.close().success());
        rename_mug(&folder.path().join("data/etalase.sqlite3"));

        let second = Running::open(folder.path(), &["demo"]);
        second.visitor().get(MUG).await.expect_heading("Renamed");
        assert!(second.close().success());

        let third = Running::open(folder.path(), &["demo", "--fresh"]);
        third.visitor().get(MUG).await.expect_heading("Bumi Stoneware Mug");
        assert!(third.close().success());
    });
}

#[test]
fn the_binary_alone_in_an_empty_folder_is_the_whole_shop() {
    tell(Dbms::Sqlite, async |_: Dbms| {
        let folder = tempfile::tempdir().unwrap();
        let copy = copied_into(folder.path());
        let port = free_port().to_string();
        let mut command = binary(&copy, folder.path(), &["demo", "--port", &port]);
        command.env_clear();
        let shop = Running::wait_for(command, format!("http://127.0.0.1:{port}"));
        let visitor = shop.visitor();
        let home = visitor.get("/id/").await;
        let mut shown = home.attributes("main img", "src");
        shown.extend(home.attributes("link[rel=stylesheet], link[rel=preload]", "href"));
        for path in shown {
            visitor.get(&path).await.expect_status(200);
        }
        assert!(shop.close().success());
        let key = folder.path().join("data/session.key");
        assert_eq!(key.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    });
}

#[test]
fn a_request_in_flight_is_answered_before_the_shop_closes() {
    for signal in ["TERM", "INT"] {
        let folder = tempfile::tempdir().unwrap();
        let shop = Running::open(folder.path(), &["demo"]);
        let address = shop.url.trim_start_matches("http://").to_owned();
        let body = "product=kenanga-candle&quantity=1";
        let mut stream = TcpStream::connect(&address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let head = format!(
            "POST /cart/lines HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&body.as_bytes()[..10]).unwrap();
        std::thread::sleep(Duration::from_millis(200));
        shop.signal(signal);
        std::thread::sleep(Duration::from_millis(300));
        assert!(TcpStream::connect(&address).is_err(), "nobody new is let in");
        stream.write_all(&body.as_bytes()[10..]).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 303"), "{signal}: {answer}");
        assert!(shop.wait().0.success());
    }
}

#[test]
fn a_real_shop_opens_without_the_demos_goods() {
    tell(Dbms::Sqlite, async |_: Dbms| {
        let folder = tempfile::tempdir().unwrap();
        let shop = Running::open(folder.path(), &["serve", "--data-dir", "elsewhere"]);
        let visitor = shop.visitor();
        visitor.get("/").await.expect_status(503).expect_heading("We are closed at the moment");
        visitor.get(MUG).await.expect_status(503);
        assert!(folder.path().join("elsewhere/etalase.sqlite3").exists());
        shop.signal("INT");
        assert!(shop.wait().0.success());
    });
}

#[test]
fn the_program_alone_opens_a_shop_and_prints_where_its_owner_begins() {
    let folder = tempfile::tempdir().unwrap();
    let shop = Running::open(folder.path(), &[]);
    shop.signal("INT");
    let (status, said) = shop.wait();
    assert!(status.success());
    let begin = said.split_whitespace().find(|word| word.contains("/admin/join/"));
    let (_, token) = begin.expect("it says where to begin").split_once("/admin/join/").unwrap();
    assert!(token.len() >= 43 && token.bytes().all(|b| b.is_ascii_alphanumeric()), "{token}");
}

#[test]
fn the_demo_moves_to_postgresql_by_its_address() {
    tell(Dbms::Postgres, async |dbms: Dbms| {
        let (fresh, folder) = (FreshDatabase::empty(dbms), tempfile::tempdir().unwrap());
        let Database::Postgres(url) = &fresh.database else { panic!("it is PostgreSQL") };
        let port = free_port().to_string();
        let mut command = etalase(folder.path(), &["demo", "--port", &port]);
        command.env("DATABASE_URL", url.expose());
        let shop = Running::wait_for(command, format!("http://127.0.0.1:{port}"));
        Visitor::new(&shop.url).get(MUG).await.expect_status(200);
        assert!(!folder.path().join("data/etalase.sqlite3").exists());
        assert!(shop.close().success());
    });
}

#[test]
fn all_mistakes_in_the_settings_are_named_at_once() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("etalase.toml"), "workers = \"many\"\n").unwrap();
    let mut command = etalase(folder.path(), &["serve", "--port", "http"]);
    command.env("ETALASE_HOSTT", "127.0.0.1");
    let output = run(command);
    assert_eq!(output.status.code(), Some(2));
    for named in ["workers", "etalase.toml, line 1", "--port", "ETALASE_HOSTT", "3 mistakes"] {
        assert!(said(&output).contains(named), "{named} is not in:\n{}", said(&output));
    }
    assert!(!folder.path().join("data").exists(), "nothing is begun");
}

#[test]
fn the_effective_settings_are_shown_with_where_they_came_from() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = etalase(folder.path(), &["config", "--port", "8081"]);
    command.env("DATABASE_URL", "postgres://shop:s3cret@db.example/shop");
    let output = run(command);
    assert!(output.status.success());
    for shown in
        ["postgres://shop:***@db.example/shop", "DATABASE_URL", "8081", "--port", "default"]
    {
        assert!(said(&output).contains(shown), "{shown} is not in:\n{}", said(&output));
    }
    assert!(!said(&output).contains("s3cret"));
}

#[test]
fn processes_that_start_together_migrate_once() {
    let folder = tempfile::tempdir().unwrap();
    let start = || {
        let mut command = etalase(folder.path(), &["migrate"]);
        command.stdout(std::process::Stdio::piped()).spawn().unwrap()
    };
    let both = [start(), start(), start()].map(|child| child.wait_with_output().unwrap());
    let words: Vec<String> = both.iter().map(said).collect();
    assert!(both.iter().all(|output| output.status.success()), "{words:?}");
    let migrated = words.iter().filter(|words| words.contains("migrated")).count();
    assert_eq!(migrated, 1, "{words:?}");
}

#[test]
fn a_schema_of_a_newer_version_is_refused_with_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    assert!(run(etalase(folder.path(), &["migrate"])).status.success());
    change(
        &folder.path().join("data/etalase.sqlite3"),
        "INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')",
    );
    let output = run(etalase(folder.path(), &["serve", "--port", &free_port().to_string()]));
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("written by a newer one"), "{}", said(&output));
}

#[test]
fn a_port_that_is_taken_is_named() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let folder = tempfile::tempdir().unwrap();
    let output = run(etalase(folder.path(), &["serve", "--port", &port]));
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains(&port), "{}", said(&output));
}

#[test]
fn a_key_that_others_can_read_opens_no_shop() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("data")).unwrap();
    let key = folder.path().join("data/session.key");
    std::fs::write(&key, [7; 64]).unwrap();
    std::fs::set_permissions(&key, PermissionsExt::from_mode(0o644)).unwrap();
    let output = run(etalase(folder.path(), &["serve", "--port", &free_port().to_string()]));
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("chmod 600"), "{}", said(&output));
}

#[test]
fn a_large_shop_is_seeded_once() {
    tell(Dbms::Sqlite, async |_: Dbms| {
        let folder = tempfile::tempdir().unwrap();
        let seed = || -> Command { etalase(folder.path(), &["seed", "--products", "40"]) };
        let output = run(seed());
        assert!(output.status.success(), "{}", said(&output));
        let shop = Running::open(folder.path(), &["serve"]);
        let list = shop.visitor().get("/search").await;
        list.expect_status(200).see("40 products");
        let product = list.attributes("main .card a", "href").remove(0);
        shop.visitor().get(&product).await.expect_status(200);
        assert!(shop.close().success());
    });
}

fn rename_mug(path: &Path) {
    change(path, "UPDATE product_text SET name = 'Renamed' WHERE name = 'Bumi Stoneware Mug'");
}

fn change(path: &Path, sql: &str) {
    let mut conn = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    conn.batch_execute(sql).unwrap();
}

/// Bytes that are no request, as anybody can send them: what is written of them unless somebody wants to see them.
#[test]
fn a_stranger_cannot_fill_the_log() {
    for (filter, is_told) in [("info", false), ("info,actix_http::h1=error", true)] {
        let folder = tempfile::tempdir().unwrap();
        let port = free_port().to_string();
        let mut command = etalase(folder.path(), &["serve", "--port", &port]);
        command.env("ETALASE_LOG", filter);
        let shop = Running::wait_for(command, format!("http://127.0.0.1:{port}"));
        for bytes in ["nonsense\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u{16}\u{3}\u{1}\r\n\r\n"] {
            let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
            stream.write_all(bytes.as_bytes()).unwrap();
            let _ = stream.read_to_end(&mut Vec::new());
        }
        assert!(shop.close().success());
        let log = std::fs::read_to_string(folder.path().join("stderr.log")).unwrap();
        assert_eq!(log.contains("ERROR"), is_told, "{log}");
    }
}
