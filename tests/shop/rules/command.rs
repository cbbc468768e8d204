//! `etalase apply` and `etalase export`, as an operator uses them.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use etalase::config::Database;
use etalase::{rules, settings};

use crate::both;
use crate::kit::process::{Running, etalase, run, said};
use crate::kit::{Dbms, FreshDatabase, tell};

both!(
    files_are_planned_applied_and_written_back,
    mistakes_in_files_have_status_2_and_change_nothing,
);

/// The binary on this database.
fn on(fresh: &FreshDatabase, arguments: &[&str]) -> Command {
    let folder = fresh.folder.path();
    let mut command = etalase(folder, arguments);
    match &fresh.database {
        Database::Sqlite(_) => command.args(["--data-dir", "."]),
        Database::Postgres(url) => command.env("DATABASE_URL", url.expose()),
    };
    command
}

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).unwrap();
}

fn stdout(output: &Output) -> String {
    assert!(output.status.success(), "{}", said(output));
    String::from_utf8(output.stdout.clone()).unwrap()
}

async fn files_are_planned_applied_and_written_back(fresh: FreshDatabase) {
    write(fresh.folder.path(), "name.toml", "[settings]\nname = \"Serambi\"\n");
    let line = "~ settings: name \"Selasar\" → \"Serambi\"\n";
    let planned = stdout(&run(on(&fresh, &["apply", "name.toml", "--plan"])));
    assert_eq!(planned, format!("{line}1 change to make; nothing has been changed\n"));
    let applied = stdout(&run(on(&fresh, &["apply", "name.toml"])));
    assert_eq!(applied, format!("{line}1 change made\n"));
    assert_eq!(settings::load(&mut fresh.conn()).unwrap().name, "Serambi");
    assert_eq!(stdout(&run(on(&fresh, &["apply", "name.toml"]))), "nothing to change\n");

    assert_eq!(stdout(&run(on(&fresh, &["export", "rules"]))), "");
    assert_eq!(stdout(&run(on(&fresh, &["apply", "rules"]))), "nothing to change\n");
    let whole = stdout(&run(on(&fresh, &["export"])));
    let files = rules::Section::ALL.map(|section| {
        let path = fresh.folder.path().join(format!("rules/{}.toml", section.name()));
        std::fs::read_to_string(path).unwrap()
    });
    assert_eq!(whole, files.join("\n"));
    let mut command = on(&fresh, &["apply", "-"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(whole.as_bytes()).unwrap();
    assert_eq!(stdout(&child.wait_with_output().unwrap()), "nothing to change\n");
}

async fn mistakes_in_files_have_status_2_and_change_nothing(fresh: FreshDatabase) {
    write(fresh.folder.path(), "a.toml", "[settings]\nname = \"Serambi\"\nlow_stock = \"few\"\n");
    write(fresh.folder.path(), "b.toml", "[tax.zones.eu]\nwhere = [\n");
    let output = run(on(&fresh, &["apply", "a.toml", "b.toml"]));
    assert_eq!(output.status.code(), Some(2));
    for named in [
        "2 mistakes",
        "nothing has been changed",
        "a.toml, line 3: settings.low_stock:",
        "b.toml, line 2: ",
    ] {
        assert!(said(&output).contains(named), "{named} is not in:\n{}", said(&output));
    }
    assert_eq!(settings::load(&mut fresh.conn()).unwrap().name, "Selasar");
    let output = run(on(&fresh, &["apply", "a.toml", "no-such.toml"]));
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("no-such.toml: cannot be read"), "{}", said(&output));
}

#[test]
fn a_shop_that_is_open_sees_the_change() {
    tell(Dbms::Sqlite, async |_: Dbms| {
        let folder = tempfile::tempdir().unwrap();
        let shop = Running::open(folder.path(), &["demo"]);
        write(folder.path(), "news.toml", "settings.announcement = \"Closed on Monday\"\n");
        stdout(&run(etalase(folder.path(), &["apply", "news.toml"])));
        let began = Instant::now();
        while !shop.visitor().get("/").await.source().contains("Closed on Monday") {
            assert!(began.elapsed() < Duration::from_secs(30), "nobody told it");
            actix_web::rt::time::sleep(Duration::from_millis(50)).await;
        }
        assert!(shop.close().success());
    });
}
