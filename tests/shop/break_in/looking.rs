//! Looking changes nothing: whatever address is only asked for, all tables stay as they are.

use diesel::prelude::*;
use diesel::sql_types::Text;
use reqwest::Method;

use crate::both;
use crate::kit::TestShop;
use crate::kit::member::{RANI, registered};
use crate::kit::shopper::{ENGLISH, order_number};
use crate::kit::source::files;
use etalase::db::Conn;

both!(looking_changes_nothing);

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    content: String,
}

fn ask(conn: &mut Conn, sql: &str) -> Vec<Row> {
    diesel::sql_query(sql).load(conn).unwrap()
}

/// All that is in all tables.
fn everything(shop: &TestShop) -> Vec<(String, String)> {
    let conn = &mut shop.fresh.conn();
    let (tables, whole) = match conn {
        Conn::Sqlite(_) => (
            "SELECT name, (SELECT group_concat('quote(\"' || name || '\")', ' || ') FROM pragma_table_info(m.name)) AS content
                FROM sqlite_master AS m WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
            "SELECT 'NAME' AS name, coalesce(group_concat(line, ''), '') AS content
                FROM (SELECT COLUMNS AS line FROM NAME ORDER BY 1)",
        ),
        Conn::Postgres(_) => (
            "SELECT table_name::text AS name, '' AS content FROM information_schema.tables
                WHERE table_schema = 'public' ORDER BY 1",
            "SELECT 'NAME' AS name, coalesce(string_agg(line::text, '' ORDER BY line::text), '') AS content FROM NAME AS line",
        ),
    };
    let tables = ask(conn, tables);
    assert!(tables.len() > 40, "{}", tables.len());
    let content = |table: Row| {
        let sql = whole.replace("NAME", &table.name).replace("COLUMNS", &table.content);
        let mut found = ask(&mut shop.fresh.conn(), &sql);
        (table.name, found.remove(0).content)
    };
    tables.into_iter().map(content).collect()
}

async fn looking_changes_nothing(shop: TestShop) {
    let rani = registered(&shop, RANI).await;
    rani.add("hening-vase", &[("colour", "oat")], 1).await;
    let thanks = rani.order().await;
    let (order, number) = (thanks.url.path().to_owned(), order_number(&thanks, &ENGLISH));
    rani.add("hening-vase", &[("colour", "oat")], 1).await;
    let owner = shop.colleague("sari", "owner").await;
    let before = everything(&shop);
    let routes = files("src", "routes.rs");
    let known = routes
        .iter()
        .flat_map(|file| file.between("resource(\"", '"').chain(file.between("Door::at(\"", '"')));
    // Of what staff take along as a file the audit log keeps a line, and is meant to.
    for path in known.filter(|path| !path.ends_with(".csv")) {
        let visitor = if path.starts_with("/admin") { &owner } else { &rani.visitor };
        let path = path
            .replace("/orders/{token}", &order)
            .replace("{number}", &number)
            .replace("{slug}", "hening-vase")
            .replace("{name:.*}", "x")
            .replace(['{', '}'], "");
        let path = path.replace("/id", "/1").replace("variant_id", "1");
        // What a form would send, in the address.
        let asked = format!(
            "{path}?do=disable&remove=1&quantity=3&code=HEMAT10&email=a%40b.example&role=packer"
        );
        for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
            let page = visitor.send(visitor.request(method.clone(), &asked)).await;
            assert!(page.status < 500, "{method} {path}: {}", page.status);
        }
    }
    let after = everything(&shop);
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before, after);
    }
    assert_eq!(before.len(), after.len());
}
