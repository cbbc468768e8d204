//! What is written can be read again, and is the same.

use etalase::catalog::model::NewCategory;
use etalase::catalog::writes::insert_category;
use etalase::db::{self, Conn};
use etalase::language::{Language, LocalText};
use etalase::rules::Section;
use etalase::values::Slug;

use super::{WITHOUT_PRICES, change, exported};
use crate::both;
use crate::kit::{Dbms, FreshDatabase};

both!(
    what_is_exported_changes_nothing,
    an_empty_shop_becomes_the_same,
    rules_of_every_kind_come_back_as_they_were,
);

async fn what_is_exported_changes_nothing(fresh: FreshDatabase) {
    let conn = &mut fresh.conn();
    for section in Section::ALL {
        let text = exported(conn, section);
        assert_eq!(change(conn, &text), [""; 0], "{text}");
    }
    let whole = Section::ALL.map(|section| exported(conn, section)).join("\n");
    assert_eq!(change(conn, &whole), [""; 0]);
}

async fn an_empty_shop_becomes_the_same(dbms: Dbms) {
    let (full, empty) = (FreshDatabase::filled(dbms), FreshDatabase::empty(dbms));
    db::migrate(&empty.database).unwrap();
    let (full, empty) = (&mut full.conn(), &mut empty.conn());
    // What the demo's promotions look at.
    ["single-origin", "blends"].into_iter().for_each(|slug| shelf(empty, slug));
    let texts = WITHOUT_PRICES.map(|section| exported(full, section));
    assert!(!change(empty, &texts.join("\n")).is_empty());
    assert_eq!(WITHOUT_PRICES.map(|section| exported(empty, section)), texts);
}

async fn rules_of_every_kind_come_back_as_they_were(dbms: Dbms) {
    let (first, second) = (FreshDatabase::filled(dbms), FreshDatabase::filled(dbms));
    let (first, second) = (&mut first.conn(), &mut second.conn());
    for block in super::examples::blocks() {
        change(first, &block);
    }
    let texts = Section::ALL.map(|section| exported(first, section));
    assert!(texts[4].contains("from_quantity = 12"), "{}", texts[4]);
    change(second, &texts.join("\n"));
    assert_eq!(Section::ALL.map(|section| exported(second, section)), texts);
}

fn shelf(conn: &mut Conn, slug: &str) {
    let name = LocalText::from([(Language::En, slug)]);
    let category = NewCategory {
        slug: &Slug::parse(slug).unwrap(),
        parent: None,
        position: 0,
        media: None,
        name: &name,
        description: &name,
    };
    insert_category(conn, &category).unwrap();
}
