//! The audit log: what stands in it, and that nobody can change it unseen.

use diesel::prelude::*;

use crate::both;
use crate::kit::process::{etalase_on, run, said};
use crate::kit::{TestShop, goods};
use etalase::audit::{self, Action, Actor, Deed, Entity, Who};
use etalase::db::Conn;
use etalase::db::schema::{audit_entry, orders};
use etalase::error::Error;
use etalase::ids::StaffId;
use etalase::verify::verify;
use etalase::web::visit::now;
use serde_json::{Value, json};

both!(
    what_is_typed_about_an_order_is_written_down,
    what_cannot_be_done_is_not_written_down,
    applied_rules_are_written_down_and_planned_ones_are_not,
    an_entry_can_be_neither_changed_nor_deleted,
    whatever_is_done_past_the_triggers_is_found,
    entries_that_are_written_at_once_stay_in_line,
);

/// Actor, action and entity of every entry.
async fn entries(shop: &TestShop) -> Vec<(String, String, String)> {
    let named = (audit_entry::actor_kind, audit_entry::actor_name);
    let rows: Vec<((String, String), String, String)> = audit_entry::table
        .order(audit_entry::sequence)
        .select((named, audit_entry::action, audit_entry::entity))
        .load(&mut shop.fresh.conn())
        .unwrap();
    rows.into_iter()
        .map(|((kind, name), action, of)| (format!("{kind} {name}"), action, of))
        .collect()
}

/// Before and after, of the last entry.
fn last(conn: &mut Conn) -> (Value, Value) {
    let (before, after): (String, String) = audit_entry::table
        .order(audit_entry::sequence.desc())
        .select((audit_entry::before, audit_entry::after))
        .first(conn)
        .unwrap();
    (serde_json::from_str(&before).unwrap(), serde_json::from_str(&after).unwrap())
}

fn write(conn: &mut Conn, name: &str) -> etalase::error::Result<()> {
    let who = Who {
        actor: Actor::Staff { id: StaffId(1), name: name.into() },
        address: "192.0.2.7".into(),
        request: "0123456789abcdef".into(),
        at: now(),
    };
    let (action, entity) = (Action::OrderShipped, Entity::Order("482-177-305".into()));
    let (before, after) = (json!({ "units": 1 }), json!({ "units": 2 }));
    audit::write(conn, &who, &Deed { action, entity, before, after })
}

async fn what_is_typed_about_an_order_is_written_down(shop: TestShop) {
    shop.with_db(|conn| goods("cup").on_hand(5).put(conn)).await;
    let shopper = shop.shopper();
    shopper.add("cup", &[], 2).await;
    shopper.order().await;
    let number: String =
        orders::table.select(orders::number).first(&mut shop.fresh.conn()).unwrap();
    let ship = ["order", "ship", &number, "--line", "1=2", "--tracking", "J1", "--as", "rani"];
    let output = run(etalase_on(&shop.fresh, &ship));
    assert!(output.status.success(), "{}", said(&output));
    let entry = ("operator rani".to_owned(), "order-shipped".to_owned(), number);
    assert_eq!(entries(&shop).await, [entry]);
    let (before, after) = last(&mut shop.fresh.conn());
    assert_eq!(before["fulfilment"], "unfulfilled");
    assert_eq!(after["fulfilment"], "shipped");
    assert_eq!((&after["lines"], &after["tracking"]), (&json!([[0, 2]]), &Value::Null));
    assert_eq!(
        after["tracking_sha256"].as_str().map(str::len),
        Some(64),
        "what was typed is hidden"
    );
}

async fn what_cannot_be_done_is_not_written_down(shop: TestShop) {
    shop.with_db(|conn| goods("cup").on_hand(5).put(conn)).await;
    let shopper = shop.shopper();
    shopper.add("cup", &[], 2).await;
    shopper.order().await;
    let number: String =
        orders::table.select(orders::number).first(&mut shop.fresh.conn()).unwrap();
    let output = run(etalase_on(&shop.fresh, &["order", "ship", &number, "--line", "1=9"]));
    assert!(!output.status.success());
    assert_eq!(entries(&shop).await, []);
}

async fn applied_rules_are_written_down_and_planned_ones_are_not(shop: TestShop) {
    let file = shop.fresh.folder.path().join("name.toml");
    std::fs::write(file, "[settings]\nname = \"Serambi\"\n").unwrap();
    for arguments in [&["apply", "name.toml", "--plan"][..], &["apply", "name.toml"]] {
        let output = run(etalase_on(&shop.fresh, arguments));
        assert!(output.status.success(), "{}", said(&output));
    }
    let entry = ("operator ".to_owned(), "rules-applied".to_owned(), String::new());
    assert_eq!(entries(&shop).await, [entry]);
    let (_, after) = last(&mut shop.fresh.conn());
    assert!(after["changes"][0].as_str().unwrap().contains("Serambi"), "{after}");
    shop.shop.refresh().await.unwrap();
}

async fn an_entry_can_be_neither_changed_nor_deleted(shop: TestShop) {
    shop.with_db(|conn| write(conn, "Rani")).await;
    for sql in [
        "UPDATE audit_entry SET actor_name = 'Budi'",
        "DELETE FROM audit_entry",
        "UPDATE audit_head SET entries = 0",
        "DELETE FROM audit_head",
    ] {
        let refused = diesel::sql_query(sql).execute(&mut shop.fresh.conn()).unwrap_err();
        assert!(refused.to_string().contains("the audit log is never changed"), "{sql}: {refused}");
    }
}

async fn whatever_is_done_past_the_triggers_is_found(shop: TestShop) {
    for name in ["Rani", "Budi", "Sari", "Dewi"] {
        shop.with_db(move |conn| write(conn, name)).await;
    }
    let copy = "INSERT INTO audit_entry SELECT 5, happened_at, actor_kind, actor_id, actor_name,
        address, request, action, entity_kind, entity, before, after, hash FROM audit_entry WHERE sequence = 4";
    for (sql, named) in [
        ("UPDATE audit_entry SET actor_name = 'x' WHERE sequence = 2", "entry 2 is not as"),
        ("UPDATE audit_entry SET hash = 'x' WHERE sequence = 2", "entry 2 is not as"),
        ("UPDATE audit_entry SET after = '{}' WHERE sequence = 4", "entry 4 is not as"),
        ("DELETE FROM audit_entry WHERE sequence = 1", "entry 1 is missing"),
        ("DELETE FROM audit_entry WHERE sequence IN (2, 3)", "the entries 2 to 3 are missing"),
        ("DELETE FROM audit_entry WHERE sequence = 4", "entry 4 is missing"),
        ("DELETE FROM audit_entry", "the entries 1 to 4 are missing"),
        ("UPDATE audit_head SET entries = 3", "entry 4 was put in"),
        (copy, "entry 5 is not as"),
    ] {
        let broken = shop.with_db(move |conn| Ok(altered(conn, sql))).await;
        assert!(broken.iter().any(|line| line.contains(named)), "{sql}: {broken:#?}");
    }
    assert_eq!(shop.with_db(|conn| verify(conn, now())).await.broken, [""; 0], "all is as it was");
}

/// What `verify` says of a log that `sql` changed past its triggers, which is then undone.
fn altered(conn: &mut Conn, sql: &str) -> Vec<String> {
    let mut broken = Vec::new();
    let triggers = [
        ("audit_entry_is_never_changed", "audit_entry"),
        ("audit_entry_is_never_deleted", "audit_entry"),
        ("audit_head_only_goes_on", "audit_head"),
    ];
    let undone = conn.transaction(|conn| {
        for (trigger, table) in triggers {
            match conn {
                Conn::Sqlite(_) => {
                    diesel::sql_query(format!("DROP TRIGGER {trigger}")).execute(conn)?
                }
                Conn::Postgres(_) => {
                    let drop = format!("DROP TRIGGER IF EXISTS {trigger} ON {table}");
                    diesel::sql_query(drop).execute(conn)?
                }
            };
        }
        assert!(diesel::sql_query(sql).execute(conn)? > 0, "{sql} alters something");
        broken = verify(conn, now())?.broken;
        Err::<(), Error>(Error::internal("undone"))
    });
    assert!(undone.is_err());
    broken
}

async fn entries_that_are_written_at_once_stay_in_line(shop: TestShop) {
    let writes = (0..20).map(|_| shop.shop.db.write(|conn| write(conn, "Rani")));
    for written in futures_util::future::join_all(writes).await {
        written.unwrap();
    }
    assert_eq!(entries(&shop).await.len(), 20);
    assert_eq!(shop.with_db(|conn| verify(conn, now())).await.broken, [""; 0]);
}
