//! Counting by a sheet: made, printed, typed in by several, compared, booked once.

use chrono::TimeDelta;
use diesel::prelude::*;

use crate::both;
use crate::kit::upload::Sent;
use crate::kit::{Page, TestShop, Visitor, goods};
use etalase::db::schema::{orders, stock, stock_move, stocktake, stocktake_line, variant};
use etalase::fulfilment::{Parcel, ship};
use etalase::orders::By;
use etalase::verify::verify;
use etalase::web::visit::now;

both!(
    a_sheet_is_made_printed_counted_and_booked,
    what_is_sold_and_sent_meanwhile_does_not_falsify_a_count,
    a_sheet_that_is_half_done_waits,
    two_who_count_do_not_overwrite_each_other,
    a_sheet_is_booked_once_and_as_it_was_seen,
    what_cannot_be_booked_is_named,
    only_what_was_not_counted_since_is_on_a_sheet,
    counts_come_with_a_file_or_not_at_all,
    a_sheet_is_thrown_away_until_it_is_booked,
);

async fn cups(shop: &TestShop) {
    shop.with_db(|conn| {
        goods("aaa-cup").costing(50_000).on_hand(10).put(conn)?;
        goods("aaa-jug").costing(80_000).on_hand(4).put(conn)?;
        goods("aaa-pot").costing(90_000).on_hand(5).put(conn)
    })
    .await;
}

/// The form for the counts of a page.
const TYPING: &str = "form[action*='?page=']";

/// Makes a sheet; its page, and its address.
async fn make(visitor: &Visitor, category: &str) -> (Page, String) {
    let form = visitor.get("/admin/stock/counts").await.form("/admin/stock/counts");
    let page = form.choose("category", category).press("Make the sheet").await;
    page.expect_status(200);
    let path = page.url.path().to_owned();
    (page, path)
}

/// The field of a line.
fn cell(page: &Page, sku: &str) -> String {
    let label = format!("input[aria-label=\"Count: {sku}\"]");
    page.one(&label).attr("name").unwrap().to_owned()
}

async fn count(page: &Page, counts: &[(&str, &str)]) -> Page {
    let form = page.form(TYPING);
    let fill = |form: crate::kit::form::Form, (sku, units): &(&str, &str)| {
        form.fill(&cell(page, sku), units)
    };
    counts.iter().fold(form, fill).press("Save").await
}

async fn book(visitor: &Visitor, path: &str) -> Page {
    let page = visitor.get(&format!("{path}/differences")).await;
    page.form(&format!("{path}/book")).press("Book the differences").await
}

fn on_hand(shop: &TestShop, sku: &str) -> i64 {
    let of = stock::table.inner_join(variant::table).filter(variant::sku.eq(sku.to_owned()));
    of.select(stock::on_hand).first(&mut shop.fresh.conn()).unwrap()
}

/// What the ledger says of stocktakes: pieces, reason, who.
fn booked(shop: &TestShop) -> Vec<(i64, String, String)> {
    stock_move::table
        .filter(stock_move::cause.like("stocktake:%"))
        .order(stock_move::id)
        .select((stock_move::on_hand, stock_move::reason, stock_move::actor))
        .load(&mut shop.fresh.conn())
        .unwrap()
}

/// Somebody orders so many, and they are sent.
async fn sell(shop: &TestShop, slug: &str, units: i64) {
    let shopper = shop.shopper();
    shopper.add(slug, &[], units).await;
    shopper.order().await;
    shop.with_db(|conn| {
        let newest = orders::table.order(orders::id.desc()).select(orders::id).first(conn)?;
        ship(conn, newest, &Parcel::default(), &By::staff("rani", now())).unwrap();
        Ok(())
    })
    .await;
}

async fn balances(shop: &TestShop) {
    let broken = shop.with_db(|conn| verify(conn, now())).await.broken;
    assert_eq!(broken, [""; 0]);
}

async fn a_sheet_is_made_printed_counted_and_booked(shop: TestShop) {
    cups(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    let (page, path) = make(&sari, "mugs").await;
    page.expect_heading("Count: Mugs & cups").see("0 of");
    let paper = sari.get(&format!("{path}/print")).await;
    let skus = paper.texts("tbody td:nth-child(2)");
    assert!(skus.starts_with(&["AAA-CUP".into(), "AAA-JUG".into(), "AAA-POT".into()]), "{skus:?}");
    assert!(paper.texts("tbody td:nth-child(4)").iter().all(String::is_empty), "boxes to fill");
    let wrong = count(&page, &[("AAA-CUP", "nine"), ("AAA-JUG", "6")]).await;
    wrong.expect_status(422).see("Enter a whole number");
    assert_eq!(wrong.attributes("[aria-invalid]", "name"), [cell(&page, "AAA-CUP")]);
    assert_eq!(wrong.form(TYPING).value(&cell(&page, "AAA-JUG")), "6");
    let counts = [("AAA-CUP", "9"), ("AAA-JUG", "6"), ("AAA-POT", "5")];
    count(&page, &counts).await.expect_status(200).see("Saved.").see("3 of");
    let told = sari.get(&format!("{path}/differences")).await;
    assert_eq!(told.texts("tbody .sku"), ["AAA-CUP", "AAA-JUG"]);
    assert_eq!(told.texts("tbody td:nth-child(5)"), ["\u{2212}1", "+2"]);
    told.see("2 levels are corrected").see("160.000").see("50.000").see("110.000");
    assert_eq!(on_hand(&shop, "AAA-CUP"), 10, "nothing is booked yet");
    book(&sari, &path).await.expect_status(200).see("This sheet is booked");
    assert_eq!([on_hand(&shop, "AAA-CUP"), on_hand(&shop, "AAA-JUG")], [9, 6]);
    let by = |units| (units, "stocktake".to_owned(), "staff:sari".to_owned());
    assert_eq!(booked(&shop), [by(-1), by(2)]);
    balances(&shop).await;
}

async fn what_is_sold_and_sent_meanwhile_does_not_falsify_a_count(shop: TestShop) {
    cups(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    let (_, path) = make(&sari, "mugs").await;
    // Sent before the count: what is counted is what was left of the cups.
    sell(&shop, "aaa-cup", 2).await;
    let page = sari.get(&path).await;
    page.see("2 went since the sheet was made");
    // The sheet was made an hour ago, and the jugs were counted half an hour before they went.
    let hour_ago = now() - TimeDelta::hours(1);
    let made = diesel::update(stocktake::table).set(stocktake::made_at.eq(hour_ago));
    made.execute(&mut shop.fresh.conn()).unwrap();
    count(&page, &[("AAA-CUP", "8")]).await.expect_status(200);
    sell(&shop, "aaa-jug", 3).await;
    let page = sari.get(&path).await;
    let then = (now() - TimeDelta::minutes(30)).and_utc().with_timezone(&zone(&shop));
    let then = then.format("%Y-%m-%dT%H:%M").to_string();
    let form = page.form(TYPING).fill(&cell(&page, "AAA-JUG"), "4");
    let late = form.clone().fill("counted_at", "2020-01-01T10:00").press("Save").await;
    late.expect_status(422).see("after the sheet was made");
    form.fill("counted_at", &then).press("Save").await.expect_status(200);
    let told = sari.get(&format!("{path}/differences")).await;
    told.see("lies there as the ledger has it");
    // Sent after the count, before it is booked.
    sell(&shop, "aaa-pot", 1).await;
    book(&sari, &path).await.see("This sheet is booked");
    let left = ["AAA-CUP", "AAA-JUG", "AAA-POT"].map(|sku| on_hand(&shop, sku));
    assert_eq!(left, [8, 1, 4]);
    assert!(booked(&shop).is_empty());
    balances(&shop).await;
}

fn zone(shop: &TestShop) -> chrono_tz::Tz {
    shop.shop.frame().settings.time_zone
}

async fn a_sheet_that_is_half_done_waits(shop: TestShop) {
    cups(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    let (page, path) = make(&sari, "").await;
    count(&page, &[("AAA-CUP", "9")]).await.expect_status(200);
    let again = sari.get(&path).await;
    assert_eq!(again.form(TYPING).value(&cell(&page, "AAA-CUP")), "9");
    let last: String = variant::table
        .filter(variant::active.eq(true))
        .order(variant::sku.desc())
        .select(variant::sku)
        .first(&mut shop.fresh.conn())
        .unwrap();
    let sought = sari.get(&format!("{path}?sku={last}")).await;
    assert_eq!(sought.status, 303);
    assert!(!sought.header("location").ends_with("page=0"), "it is on a page behind");
    sari.get(&format!("{path}?sku=NOBODYS")).await.see("NOBODYS is not on this sheet");
    count(&again, &[("AAA-CUP", "")]).await.expect_status(200).see("0 of");
    let told = sari.get(&format!("{path}/differences")).await;
    assert!(told.all("main form").is_empty(), "there is nothing to book");
}

async fn two_who_count_do_not_overwrite_each_other(shop: TestShop) {
    cups(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    let budi = shop.colleague("budi", "manager").await;
    let (first, path) = make(&sari, "mugs").await;
    let second = budi.get(&path).await;
    count(&first, &[("AAA-CUP", "9")]).await.expect_status(200);
    // Another line is no matter.
    count(&second, &[("AAA-JUG", "3")]).await.expect_status(200);
    let told = count(&second, &[("AAA-CUP", "7")]).await;
    told.expect_status(409).see("Somebody else has counted").see("“9”");
    let form = told.form(TYPING);
    assert_eq!(form.value(&cell(&first, "AAA-JUG")), "3");
    form.press("Save").await.expect_status(200);
    let by: Vec<(Option<i64>, String)> = stocktake_line::table
        .filter(stocktake_line::counted.is_not_null())
        .order(stocktake_line::number)
        .select((stocktake_line::counted, stocktake_line::counted_by))
        .load(&mut shop.fresh.conn())
        .unwrap();
    assert_eq!(by, [(Some(7), "staff:budi".into()), (Some(3), "staff:budi".into())]);
}

async fn a_sheet_is_booked_once_and_as_it_was_seen(shop: TestShop) {
    cups(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    let (page, path) = make(&sari, "mugs").await;
    count(&page, &[("AAA-CUP", "9")]).await.expect_status(200);
    let seen = sari.get(&format!("{path}/differences")).await.form(&format!("{path}/book"));
    let page = sari.get(&path).await;
    count(&page, &[("AAA-JUG", "1")]).await.expect_status(200);
    let told = seen.press("Book the differences").await;
    told.expect_status(409).see("has typed counts since");
    assert!(booked(&shop).is_empty());
    let form = told.form(&format!("{path}/book"));
    // Interrupted after the sheet was closed, and taken up again; then pressed once more.
    let closed = (stocktake::status.eq("booking"), stocktake::booked_at.eq(now()));
    diesel::update(stocktake::table).set(closed).execute(&mut shop.fresh.conn()).unwrap();
    let on = sari.get(&format!("{path}/differences")).await.form(&format!("{path}/book"));
    on.press("Go on booking").await.see("This sheet is booked");
    form.press("Book the differences").await.expect_status(200);
    assert_eq!(booked(&shop).len(), 2);
    assert_eq!([on_hand(&shop, "AAA-CUP"), on_hand(&shop, "AAA-JUG")], [9, 1]);
    let late = count(&page, &[("AAA-POT", "1")]).await;
    late.expect_status(409).see("books the sheet");
    balances(&shop).await;
}

async fn what_cannot_be_booked_is_named(shop: TestShop) {
    cups(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    let (page, path) = make(&sari, "mugs").await;
    count(&page, &[("AAA-JUG", "1"), ("AAA-CUP", "9")]).await.expect_status(200);
    // The ledger had more than there was, and now even those are sent.
    sell(&shop, "aaa-jug", 3).await;
    let told = book(&sari, &path).await;
    told.see("1 level could not be corrected").see("Not booked");
    assert_eq!([on_hand(&shop, "AAA-JUG"), on_hand(&shop, "AAA-CUP")], [1, 9]);
}

async fn only_what_was_not_counted_since_is_on_a_sheet(shop: TestShop) {
    cups(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    let (page, path) = make(&sari, "mugs").await;
    let all = page.texts("tbody .sku").len();
    count(&page, &[("AAA-CUP", "10"), ("AAA-JUG", "4")]).await.expect_status(200);
    book(&sari, &path).await;
    let form = sari.get("/admin/stock/counts").await.form("/admin/stock/counts");
    let form = form.choose("category", "mugs");
    let wrong = form.clone().forge("since", "yesterday").press("Make the sheet").await;
    wrong.expect_status(422).see("Enter a day that exists");
    let rest = form.fill("since", "2020-01-01").press("Make the sheet").await;
    let skus = rest.texts("tbody .sku");
    assert_eq!((skus.len(), skus[0].as_str()), (all - 2, "AAA-POT"));
    rest.expect_heading("Count: Mugs & cups, not counted since 1 January 2020");
}

async fn counts_come_with_a_file_or_not_at_all(shop: TestShop) {
    cups(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    let (_, path) = make(&sari, "mugs").await;
    let table = sari.get(&format!("{path}/sheet.csv")).await.expect_status(200).source().to_owned();
    let line = table.lines().find(|line| line.contains("AAA-CUP")).unwrap();
    assert!(line.ends_with(','), "nothing is counted yet: {line}");
    let send = |text: String| {
        let (sari, path) = (sari.clone(), path.clone());
        async move {
            let sent =
                Sent { field: "file", name: "c.csv", kind: "text/csv", bytes: text.as_bytes() };
            sari.upload(&format!("{path}/file"), &sent).await
        }
    };
    let wrong = send("sku,counted\nAAA-CUP,9\nNOBODYS,1\nAAA-JUG,x\nAAA-CUP,8\n".into()).await;
    wrong.expect_status(422).see("Row 4: “x”").see("Row 5: AAA-CUP stands in the file twice");
    let unknown = send("sku,counted\nAAA-CUP,9\nNOBODYS,1\n".into()).await;
    unknown.expect_status(422).see("Row 3: NOBODYS is not on this sheet");
    send("a,b\n1,2\n".into()).await.expect_status(422).see("no columns called sku and counted");
    send("\u{ff}".into()).await.expect_status(422);
    let counted: i64 =
        stocktake::table.select(stocktake::counted).first(&mut shop.fresh.conn()).unwrap();
    assert_eq!(counted, 0, "nothing is taken over");
    sell(&shop, "aaa-jug", 1).await;
    let filled = table.replace(line, &format!("{line}9"));
    let jug = table.lines().find(|line| line.contains("AAA-JUG")).unwrap();
    let told = send(filled.replace(jug, &format!("{jug}3"))).await;
    told.expect_status(200).see("1 count is taken over");
    assert_eq!(told.texts("section li"), ["AAA-JUG"]);
    let page = sari.get(&format!("{path}/differences")).await;
    assert_eq!(page.texts("tbody .sku"), ["AAA-CUP"]);
}

async fn a_sheet_is_thrown_away_until_it_is_booked(shop: TestShop) {
    cups(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    let (page, path) = make(&sari, "mugs").await;
    let gone = page.form(&format!("{path}/remove")).press("Throw the sheet away").await;
    gone.expect_status(200).see("No sheet yet");
    sari.get(&path).await.expect_status(404);
    let (page, path) = make(&sari, "mugs").await;
    let form = page.form(&format!("{path}/remove"));
    count(&page, &[("AAA-CUP", "9")]).await.expect_status(200);
    book(&sari, &path).await;
    form.press("Throw the sheet away").await;
    sari.get(&path).await.expect_status(200);
    assert_eq!(booked(&shop).len(), 1);
}
