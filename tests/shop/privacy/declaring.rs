//! Every column of the database is declared.

use std::collections::BTreeSet;

use crate::both;
use crate::kit::FreshDatabase;
use crate::schema::sentences;
use etalase::privacy::{Fate, Ground, Personal, TABLES, Table, Whose};

both!(every_column_is_declared, whatever_belongs_to_a_shopper_is_found);

async fn every_column_is_declared(fresh: FreshDatabase) {
    let schema: BTreeSet<String> = sentences(&fresh).iter().filter_map(|it| column(it)).collect();
    let all = TABLES.iter().flat_map(|table| {
        let name = |column| format!("{}.{column}", table.name);
        table.columns().map(name).collect::<Vec<_>>()
    });
    let all: Vec<String> = all.collect();
    let declared: BTreeSet<String> = all.iter().cloned().collect();
    assert!(schema.len() > 300, "the schema is read");
    let advice = "say in src/privacy/declared.rs whether it is about a person";
    assert_eq!(Vec::from_iter(schema.difference(&declared)), [""; 0], "{advice}");
    assert_eq!(Vec::from_iter(declared.difference(&schema)), [""; 0], "there is no such column");
    assert_eq!(all.len(), declared.len(), "a column is declared twice");
}

/// `orders.email` of `orders.email text NOT NULL`.
fn column(sentence: &str) -> Option<String> {
    let name = sentence.split(' ').next()?;
    name.contains('.').then(|| name.to_owned())
}

/// A row that hangs on an order, on a payment or on an account is somebody's.
async fn whatever_belongs_to_a_shopper_is_found(fresh: FreshDatabase) {
    let owners = ["customer", "orders", "payment", "shipment", "order_return", "refund", "invoice"];
    let mut seen = 0;
    for sentence in sentences(&fresh) {
        let Some((table, rest)) = sentence.split_once(" FOREIGN KEY ") else { continue };
        let Some((_, other)) = rest.split_once(" REFERENCES ") else { continue };
        if owners.contains(&other.split(' ').next().unwrap()) {
            let table = TABLES.iter().find(|known| known.name == table).unwrap();
            assert!(!table.hers.is_empty(), "{}: which rows are hers?", table.name);
            seen += 1;
        }
    }
    assert!(seen > 15, "{seen} keys are read");
}

#[test]
fn a_row_goes_whole_or_not_at_all() {
    for Table { name, hers, personal, .. } in TABLES {
        let goes = personal.iter().filter(|it| it.fate == Fate::Goes).count();
        assert!(goes == 0 || goes == personal.len(), "{name}");
        let is_erased = personal.iter().any(|it| !matches!(it.fate, Fate::Kept(_)));
        assert!(!is_erased || !hers.is_empty(), "{name}: which rows are hers?");
    }
}

#[test]
fn the_merchants_page_lists_what_is_declared() {
    let page = std::fs::read_to_string("docs/privacy.md").unwrap();
    let listed: Vec<&str> = page.lines().filter(|line| line.starts_with("| `")).collect();
    let declared: Vec<String> = TABLES.iter().flat_map(rows).collect();
    let wanted = declared.join("\n");
    assert_eq!(listed.join("\n"), wanted, "docs/privacy.md should list:\n{wanted}");
}

/// The lines of a table in docs/privacy.md.
fn rows(table: &Table) -> Vec<String> {
    let row = |Personal { columns, whose, fate }: &Personal| {
        let columns = columns.replace(' ', ", ");
        format!("| `{}` | {columns} | {} | {} |", table.name, about(*whose), becomes(*fate))
    };
    table.personal.iter().map(row).collect()
}

fn about(whose: Whose) -> &'static str {
    match whose {
        Whose::Customer => "customers",
        Whose::Shopper => "shoppers",
        Whose::Subscriber => "subscribers",
        Whose::Staff => "staff",
        Whose::Anybody => "shoppers and staff",
    }
}

fn becomes(fate: Fate) -> &'static str {
    match fate {
        Fate::Goes => "deleted",
        Fate::Emptied => "emptied",
        Fate::Replaced(_) => "replaced",
        Fate::Kept(Ground::Invoices) => "kept ten years",
        Fate::Kept(Ground::Staff) => "kept: staff",
        Fate::Kept(Ground::ShutOut) => "kept: shut out",
        Fate::Kept(Ground::Hidden) => "a keyed hash, a day",
    }
}
