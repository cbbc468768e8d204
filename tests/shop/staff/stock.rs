//! Stock in the back office: found, looked at, taken in, corrected, limited.

use diesel::prelude::*;

use crate::both;
use crate::kit::goods::{leave_of, variant_ids};
use crate::kit::{Page, TestShop, Visitor, goods};
use etalase::db::Conn;
use etalase::db::schema::{audit_entry, orders, stock, stock_move, variant};
use etalase::fulfilment::{Parcel, ship};
use etalase::ids::VariantId;
use etalase::orders::By;
use etalase::stock::{Limits, set_limits};
use etalase::verify::verify;
use etalase::web::visit::now;

both!(
    a_level_is_found_by_words_and_by_sku,
    a_word_that_thousands_have_finds_levels_in_their_order,
    what_is_scarce_is_listed_with_the_scarcest_first,
    a_level_shows_what_has_moved_it_and_for_which_order,
    goods_that_come_are_taken_in_once,
    a_level_is_corrected_for_a_reason,
    limits_are_set_and_not_overwritten,
    whoever_only_looks_changes_nothing,
    every_level_is_in_a_table_without_formulas,
);

async fn three(shop: &TestShop) {
    shop.with_db(|conn| {
        goods("aaa-cup").named("Zebra cup").on_hand(30).put(conn)?;
        goods("aaa-jug").named("Zebra jug").on_hand(3).put(conn)?;
        goods("aaa-pot").named("Zebra pot").on_hand(0).put(conn)
    })
    .await;
}

fn id(shop: &TestShop, sku: &str) -> VariantId {
    let found = variant::table.filter(variant::sku.eq(sku)).select(variant::id);
    found.first(&mut shop.fresh.conn()).unwrap()
}

fn level(shop: &TestShop, sku: &str) -> (i64, i64, i64, Option<i64>) {
    let columns = (stock::on_hand, stock::reserved, stock::backorder_limit, stock::low_at);
    stock::table.find(id(shop, sku)).select(columns).first(&mut shop.fresh.conn()).unwrap()
}

fn deeds(shop: &TestShop, action: &str) -> Vec<String> {
    let told = audit_entry::table.filter(audit_entry::action.eq(action.to_owned()));
    let told = told.order(audit_entry::sequence).select(audit_entry::after);
    told.load(&mut shop.fresh.conn()).unwrap()
}

async fn found(visitor: &Visitor, query: &str) -> Vec<String> {
    let page = visitor.get(&format!("/admin/stock?{query}")).await;
    page.expect_status(200).texts("tbody .sku")
}

/// The page of a level, and its address.
async fn open(shop: &TestShop, visitor: &Visitor, sku: &str) -> (Page, String) {
    let path = format!("/admin/stock/{}", id(shop, sku));
    (visitor.get(&path).await, path)
}

async fn balances(shop: &TestShop) {
    let broken = shop.with_db(|conn| verify(conn, now())).await.broken;
    assert_eq!(broken, [""; 0]);
}

async fn a_level_is_found_by_words_and_by_sku(shop: TestShop) {
    three(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    assert_eq!(found(&sari, "q=zebra").await, ["AAA-CUP", "AAA-JUG", "AAA-POT"]);
    assert_eq!(found(&sari, "q=zebra+jug").await, ["AAA-JUG"]);
    assert_eq!(found(&sari, "q=aaa-pot").await, ["AAA-POT"]);
    assert_eq!(found(&sari, "q=zebra&category=mugs").await.len(), 3);
    assert!(found(&sari, "q=zebra&category=plates").await.is_empty());
    let first = sari.get("/admin/stock").await;
    assert_eq!(first.texts("tbody .sku").len(), 50);
    let next = sari.get(&first.link("Next page")).await.texts("tbody .sku");
    assert!(next[0] > first.texts("tbody .sku")[49], "it goes on by SKU");
    sari.get("/admin/stock?q=nothing-like-it").await.see("Nothing fits");
}

/// A word of so many products that each level is asked whether it is of one.
const HERD: [&str; 2] = [
    "INSERT INTO product (slug, status, publish_at, tax_class, requires_shipping, popularity, updated_at, version)
    WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 2001)
    SELECT 'zebra-' || n, status, publish_at, tax_class, requires_shipping, 0, updated_at, 1
    FROM number CROSS JOIN product WHERE slug = 'aaa-cup'",
    "INSERT INTO search_term (term, product_id, weight) SELECT 'zebra', id, 1 FROM product WHERE slug LIKE 'zebra-%'",
];

async fn a_word_that_thousands_have_finds_levels_in_their_order(shop: TestShop) {
    three(&shop).await;
    shop.with_db(|conn| {
        for sql in HERD {
            diesel::sql_query(sql).execute(conn)?;
        }
        Ok(())
    })
    .await;
    let sari = shop.colleague("sari", "owner").await;
    assert_eq!(found(&sari, "q=zebra").await, ["AAA-CUP", "AAA-JUG", "AAA-POT"]);
    assert_eq!(found(&sari, "q=zebra&state=out").await, ["AAA-POT"]);
    assert_eq!(found(&sari, "q=zebra+jug").await, ["AAA-JUG"]);
}

async fn what_is_scarce_is_listed_with_the_scarcest_first(shop: TestShop) {
    three(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    assert_eq!(found(&sari, "q=zebra&state=low").await, ["AAA-POT", "AAA-JUG"]);
    assert_eq!(found(&sari, "q=zebra&state=out").await, ["AAA-POT"]);
    assert!(found(&sari, "q=zebra&state=owed").await.is_empty());
    // A word of its own for few counts, in both directions.
    let (cup, jug) = (id(&shop, "AAA-CUP"), id(&shop, "AAA-JUG"));
    let limits = move |conn: &mut Conn| {
        let low = |low_at| Limits { backorder: 2, low_at: Some(low_at) };
        assert!(set_limits(conn, cup, (Limits::default(), low(30)))?);
        set_limits(conn, jug, (Limits::default(), low(2)))
    };
    assert!(shop.with_db(limits).await);
    assert_eq!(found(&sari, "q=zebra&state=low").await, ["AAA-POT", "AAA-CUP"]);
    let shopper = shop.shopper();
    shopper.add("aaa-jug", &[], 5).await;
    shopper.order().await;
    assert_eq!(found(&sari, "q=zebra&state=owed").await, ["AAA-JUG"]);
    assert_eq!(found(&sari, "q=zebra&state=out").await, ["AAA-JUG", "AAA-POT"]);
    assert_eq!(found(&sari, "q=zebra&state=low&after=0_0").await, ["AAA-POT", "AAA-CUP"]);
    let after = format!("q=zebra&state=low&after=0_{}", id(&shop, "AAA-POT"));
    assert_eq!(found(&sari, &after).await, ["AAA-CUP"]);
}

async fn a_level_shows_what_has_moved_it_and_for_which_order(shop: TestShop) {
    three(&shop).await;
    let shopper = shop.shopper();
    shopper.add("aaa-cup", &[], 2).await;
    shopper.order().await;
    shop.with_db(|conn| {
        let newest = orders::table.order(orders::id.desc()).select(orders::id).first(conn)?;
        ship(conn, newest, &Parcel::default(), &By::staff("rani", now())).unwrap();
        Ok(())
    })
    .await;
    let number: String = orders::table
        .order(orders::id.desc())
        .select(orders::number)
        .first(&mut shop.fresh.conn())
        .unwrap();
    let sari = shop.colleague("sari", "owner").await;
    let (page, _) = open(&shop, &sari, "AAA-CUP").await;
    page.expect_status(200);
    assert_eq!(page.texts("dl.kv dd"), ["28", "0", "28"]);
    assert_eq!(page.texts("tbody td:nth-child(2)"), ["Sent", "Held for an order", "Came in"]);
    assert_eq!(page.texts("tbody td:nth-child(3)"), ["\u{2212}2", "", "+30"]);
    assert_eq!(page.texts("tbody td:nth-child(4)"), ["\u{2212}2", "+2", ""]);
    assert_eq!(page.texts("tbody td:nth-child(5) a"), [number.as_str(), number.as_str()]);
    assert_eq!(page.texts("tbody td:nth-child(6)")[..2], ["rani", "Shop"]);
    let order = sari.get(&page.link(&number)).await;
    order.expect_status(200).expect_heading(&format!("Order {number}"));
    sari.get("/admin/stock/99999999").await.expect_status(404);
}

async fn goods_that_come_are_taken_in_once(shop: TestShop) {
    three(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    let (page, path) = open(&shop, &sari, "AAA-POT").await;
    let form = page.form(&format!("{path}/deliveries"));
    for wrong in ["", "0", "-4", "1.5", "many"] {
        let page = form.clone().fill("units", wrong).press("Take them in").await;
        page.expect_status(422).see("Enter how many have come");
        assert_eq!(page.attributes("#units", "value"), [wrong]);
    }
    let with_note = form.clone().fill("units", "40").fill("reference", "DN 118");
    with_note.clone().press("Take them in").await.expect_status(200).see("on the shelf");
    with_note.press("Take them in").await.expect_status(422).see("taken in before");
    let (page, _) = open(&shop, &sari, "AAA-POT").await;
    let without = page.form(&format!("{path}/deliveries")).fill("units", "2");
    without.clone().press("Take them in").await.expect_status(200);
    without.press("Take them in").await.expect_status(422).see("taken in before");
    assert_eq!(level(&shop, "AAA-POT"), (42, 0, 0, None));
    let told = deeds(&shop, "stock-received");
    assert!(told.len() == 2 && told[0].contains("DN 118"), "{told:?}");
    balances(&shop).await;
}

async fn a_level_is_corrected_for_a_reason(shop: TestShop) {
    three(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    let (page, path) = open(&shop, &sari, "AAA-JUG").await;
    let form = page.form(&format!("{path}/corrections"));
    let unsaid = form.clone().fill("by", "-2").press("Correct it").await;
    unsaid.expect_status(422).see("why stock is corrected");
    assert_eq!(unsaid.attributes("#by", "value"), ["-2"]);
    let more = form.clone().fill("by", "-4").fill("reason", "Broken").press("Correct it").await;
    more.expect_status(422).see("So many do not lie there");
    let right = form.fill("by", "-2").fill("reason", "Broken <i>");
    right.clone().press("Correct it").await.expect_status(200).see("Broken <i>").see("Corrected");
    right.press("Correct it").await.expect_status(200);
    assert_eq!(level(&shop, "AAA-JUG").0, 1, "a button that is pressed twice does it once");
    assert_eq!(deeds(&shop, "stock-adjusted").len(), 1);
    let (kind, by, actor): (String, i64, String) = stock_move::table
        .order(stock_move::id.desc())
        .select((stock_move::kind, stock_move::on_hand, stock_move::actor))
        .first(&mut shop.fresh.conn())
        .unwrap();
    assert_eq!((kind.as_str(), by, actor.as_str()), ("adjusted", -2, "staff:sari"));
    balances(&shop).await;
}

async fn limits_are_set_and_not_overwritten(shop: TestShop) {
    three(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    let budi = shop.colleague("budi", "manager").await;
    let (page, path) = open(&shop, &sari, "AAA-POT").await;
    let to = format!("{path}/limits");
    let (form, other) = (page.form(&to), open(&shop, &budi, "AAA-POT").await.0.form(&to));
    let wrong = form.clone().fill("backorder", "x").fill("low_at", "-1").press("Save").await;
    wrong.expect_status(422);
    assert_eq!(wrong.attributes("[aria-invalid]", "name"), ["backorder", "low_at"]);
    form.fill("backorder", "7").fill("low_at", "9").press("Save").await.see("limits are set");
    assert_eq!(level(&shop, "AAA-POT"), (0, 0, 7, Some(9)));
    let told = other.fill("backorder", "1").press("Save").await;
    told.expect_status(409).see("Somebody else").see("“7”");
    told.form(&to).fill("low_at", "").press("Save").await.expect_status(200);
    assert_eq!(level(&shop, "AAA-POT"), (0, 0, 1, None));
    assert_eq!(deeds(&shop, "backorder-set").len(), 2);
    shop.visitor().get("/products/aaa-pot").await.see("On backorder");
}

async fn whoever_only_looks_changes_nothing(shop: TestShop) {
    three(&shop).await;
    let may = [etalase::staff::Permission::ViewProducts].into_iter().collect();
    let role = shop.role("Looking", may).await;
    let dewi = shop.colleague("dewi", &role).await;
    let (page, path) = open(&shop, &dewi, "AAA-CUP").await;
    page.expect_status(200);
    assert!(page.all("main form").is_empty());
    for deed in ["deliveries", "corrections", "limits"] {
        dewi.post(&format!("{path}/{deed}"), "units=1").await.expect_status(403);
    }
    let list = dewi.get("/admin/stock").await;
    list.expect_status(200).see_no("Count sheets").see_no("Download");
}

async fn every_level_is_in_a_table_without_formulas(shop: TestShop) {
    three(&shop).await;
    shop.with_db(|conn| {
        goods("evil").named("=HYPERLINK(\"http://evil.example\")").put(conn)?;
        leave_of(conn, "AAA-CUP", 7)
    })
    .await;
    let sari = shop.colleague("sari", "owner").await;
    let page = sari.get("/admin/stock/levels.csv").await;
    assert!(page.expect_status(200).header("content-disposition").contains("stock.csv"));
    let text = page.source().trim_start_matches('\u{feff}').to_owned();
    let mut table = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(table.headers().unwrap().get(0), Some("sku"));
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    let all: i64 = stock::table.count().get_result(&mut shop.fresh.conn()).unwrap();
    assert_eq!(rows.len(), all as usize);
    let of = |sku: &str| rows.iter().find(|row| &row[0] == sku).unwrap().clone();
    assert_eq!(of("AAA-CUP").iter().skip(3).take(3).collect::<Vec<_>>(), ["7", "0", "7"]);
    assert_eq!(&of("EVIL")[1], "'=HYPERLINK(\"http://evil.example\")");
    let id = shop.with_db(|conn| variant_ids(conn, "evil")).await[0];
    assert!(id.0 > 0);
}
