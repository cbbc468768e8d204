//! Options and variants in the back office: what a product comes in, and the lines that are edited
//! together.

use diesel::prelude::*;
use etalase::db::schema::{audit_entry, price_history, product, stock, stock_move, variant};

use crate::both;
use crate::kit::goods::{leave_of, product_id};
use crate::kit::page::text_of;
use crate::kit::{Page, TestShop, Visitor, goods};

both!(
    many_variants_are_changed_in_one_form,
    a_mistake_stands_at_its_cell_and_nothing_is_saved,
    a_count_that_has_been_overtaken_is_counted_again,
    two_who_edit_the_same_lines_do_not_overwrite_each_other,
    options_make_variants_and_only_those_that_are_missing,
    two_options_come_at_once,
    before_variants_are_taken_out_the_page_says_what_uses_them,
    somebody_without_the_permission_corrects_no_stock,
    a_sale_begins_and_ends_by_itself,
);

/// A page of the product with this handle.
async fn open(shop: &TestShop, visitor: &Visitor, handle: &'static str, page: &str) -> Page {
    let id = shop.with_db(move |conn| product_id(conn, handle)).await;
    visitor.get(&format!("/admin/products/{id}/{page}")).await
}

/// The name of the field in a line, by the SKU that the line has.
fn cell(page: &Page, sku: &str, column: &str) -> String {
    let field = page.one(&format!("input[value=\"{sku}\"][id^=\"sku-\"]")).attr("name").unwrap();
    field.replacen("sku", column, 1)
}

/// The name of the box beside these words.
fn tick(page: &Page, words: &str) -> String {
    let label =
        page.all("label.check").into_iter().find(|label| text_of(*label).starts_with(words));
    let label = label.unwrap_or_else(|| panic!("no box {words:?}"));
    let input = label.select(&scraper::Selector::parse("input").unwrap()).next().unwrap();
    input.attr("name").unwrap().to_owned()
}

/// SKUs of a product and whether they are sold, in their order.
fn skus(shop: &TestShop, handle: &str) -> Vec<(String, bool)> {
    variant::table
        .inner_join(product::table)
        .filter(product::slug.eq(handle))
        .order((variant::active.desc(), variant::position, variant::id))
        .select((variant::sku, variant::active))
        .load(&mut shop.fresh.conn())
        .unwrap()
}

fn sold(shop: &TestShop, handle: &str) -> Vec<String> {
    let all = skus(shop, handle).into_iter();
    all.filter(|(_, is_sold)| *is_sold).map(|(sku, _)| sku).collect()
}

async fn two_cups(shop: &TestShop) {
    shop.with_db(|conn| {
        goods("cup").costing(50_000).on_hand(10).put(conn)?;
        goods("mug").costing(80_000).on_hand(4).put(conn)
    })
    .await;
}

async fn many_variants_are_changed_in_one_form(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let page = open(&shop, &sari, "bumi-stoneware-mug", "variants").await;
    let before = sold(&shop, "bumi-stoneware-mug");
    let path = page.url.path().to_owned();
    let (first, second) = (before[0].as_str(), before[1].as_str());
    let on_hand = page.form(&path).value(&cell(&page, first, "stock"));
    let more = (on_hand.parse::<i64>().unwrap() + 3).to_string();
    let form = page
        .form(&path)
        .fill(&cell(&page, first, "price"), "142.000")
        .fill(&cell(&page, first, "compare"), "150000")
        .fill(&cell(&page, first, "stock"), &more)
        .fill(&cell(&page, second, "sku"), "MUG-NEW")
        .fill(&cell(&page, second, "weight"), "412")
        .fill("reason", "Found behind the oven");
    form.press("Save").await.expect_status(200).see("Saved.");
    let conn = &mut shop.fresh.conn();
    let (kind, by, reason, actor): (String, i64, String, String) = stock_move::table
        .order(stock_move::id.desc())
        .select((stock_move::kind, stock_move::on_hand, stock_move::reason, stock_move::actor))
        .first(conn)
        .unwrap();
    assert_eq!((kind.as_str(), by, actor.as_str()), ("adjusted", 3, "staff:sari"));
    assert_eq!(reason, "Found behind the oven");
    let history: Vec<Option<i64>> = price_history::table
        .inner_join(variant::table.on(variant::id.eq(price_history::variant_id)))
        .filter(variant::sku.eq(first))
        .order(price_history::since)
        .select(price_history::amount)
        .load(conn)
        .unwrap();
    assert_eq!(history.last(), Some(&Some(142_000)));
    assert!(history.len() > 1, "what it cost before is known");
    let weight: i64 = variant::table
        .filter(variant::sku.eq("MUG-NEW"))
        .select(variant::weight_grams)
        .first(conn)
        .unwrap();
    assert_eq!(weight, 412);
    let told: Vec<(String, String)> = audit_entry::table
        .filter(audit_entry::action.eq("variant-changed"))
        .order(audit_entry::sequence)
        .select((audit_entry::entity, audit_entry::after))
        .load(conn)
        .unwrap();
    assert_eq!(told.len(), 2, "only what has changed is told: {told:?}");
    assert!(told[0].1.contains(r#""price":142000"#) && told[1].1.contains(r#""sku":"MUG-NEW""#));
    let found = sari.get("/admin/products?q=MUG-NEW").await;
    assert_eq!(found.texts("tbody a"), ["Bumi Stoneware Mug"]);
    shop.visitor().get("/products/bumi-stoneware-mug").await.see("142.000").see("150.000");
}

async fn a_mistake_stands_at_its_cell_and_nothing_is_saved(shop: TestShop) {
    two_cups(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    let page = open(&shop, &sari, "cup", "variants").await;
    let path = page.url.path().to_owned();
    let form = page
        .form(&path)
        .fill(&cell(&page, "CUP", "price"), "many")
        .fill(&cell(&page, "CUP", "stock"), "-2")
        .fill(&cell(&page, "CUP", "weight"), "500");
    let wrong = form.press("Save").await;
    wrong.expect_status(422).see("Nothing was saved yet").see("Enter a price");
    let at = [cell(&page, "CUP", "price"), cell(&page, "CUP", "stock")];
    assert_eq!(wrong.attributes("[aria-invalid]", "name"), at);
    assert_eq!(wrong.form(&path).value(&cell(&page, "CUP", "weight")), "500");
    let taken = page.form(&path).fill(&cell(&page, "CUP", "sku"), "MUG").press("Save").await;
    taken.expect_status(422).see("Another variant has this SKU");
    let form = page.form(&path).fill(&cell(&page, "CUP", "stock"), "9").fill("reason", "");
    form.press("Save").await.expect_status(422).see("why stock is corrected");
    let again = open(&shop, &sari, "cup", "variants").await;
    assert_eq!(again.form(&path).values(), page.form(&path).values());
}

async fn a_count_that_has_been_overtaken_is_counted_again(shop: TestShop) {
    two_cups(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    let page = open(&shop, &sari, "cup", "variants").await;
    let path = page.url.path().to_owned();
    shop.with_db(|conn| leave_of(conn, "CUP", 7)).await;
    let field = cell(&page, "CUP", "stock");
    let told = page.form(&path).fill(&field, "12").press("Save").await;
    told.expect_status(422).see("7 lie there now");
    assert_eq!(told.form(&path).value(&field), "12");
    told.form(&path).fill(&field, "9").press("Save").await.expect_status(200);
    let on_hand: i64 = stock::table
        .inner_join(variant::table)
        .filter(variant::sku.eq("CUP"))
        .select(stock::on_hand)
        .first(&mut shop.fresh.conn())
        .unwrap();
    assert_eq!(on_hand, 9);
}

async fn two_who_edit_the_same_lines_do_not_overwrite_each_other(shop: TestShop) {
    two_cups(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    let budi = shop.colleague("budi", "editor").await;
    let first = open(&shop, &sari, "cup", "variants").await;
    let second = open(&shop, &budi, "cup", "variants").await;
    let path = first.url.path().to_owned();
    let (price, weight) = (cell(&first, "CUP", "price"), cell(&first, "CUP", "weight"));
    let form = first.form(&path).fill(&price, "60000").fill(&weight, "300");
    form.press("Save").await.expect_status(200);
    let told = second.form(&path).fill(&price, "70000").press("Save").await;
    told.expect_status(409).see("Somebody else has saved");
    assert_eq!(told.attributes("[aria-invalid]", "name"), [price.as_str()]);
    let form = told.form(&path);
    assert_eq!((form.value(&price), form.value(&weight)), ("70000".into(), "300".into()));
    let saved = form.press("Save").await;
    saved.expect_status(200);
    assert_eq!(saved.form(&path).value(&weight), "300");
}

async fn options_make_variants_and_only_those_that_are_missing(shop: TestShop) {
    two_cups(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    let page = open(&shop, &sari, "cup", "options").await;
    let path = page.url.path().to_owned();
    let empty = page.form(&path).fill("add_values", "S").press("Save").await;
    empty.expect_status(422).see("Choose an option for these values");
    let form = page.form(&path).fill("add_name", "Fit").fill("add_values", "Slim, Wide, slim");
    let lines = form.press("Save").await;
    lines.expect_status(200).see("Slim").see("Wide");
    assert_eq!(sold(&shop, "cup"), ["CUP", "CUP-WIDE"]);
    let page = lines.go("Options").await;
    let form = page.form(&path).fill("add_name", "fIt 2").fill("add_values", "A, B");
    form.press("Save").await.expect_status(200);
    assert_eq!(sold(&shop, "cup"), ["CUP", "CUP-SLIM-B", "CUP-WIDE", "CUP-WIDE-B"]);
    let shown = shop.visitor().get("/products/cup").await;
    shown.expect_status(200).see("Fit").see("Wide");
    // The same option for the other product: its values are known by their names.
    let page = open(&shop, &sari, "mug", "options").await;
    let form = page.form(page.url.path()).fill("add_name", "FIT").fill("add_values", "wide, Loose");
    form.press("Save").await.expect_status(200).see("Wide").see("Loose");
    assert_eq!(sold(&shop, "mug"), ["MUG", "MUG-LOOSE"]);
}

async fn two_options_come_at_once(shop: TestShop) {
    two_cups(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    let page = open(&shop, &sari, "cup", "options").await;
    let form = page.form(page.url.path()).fill("add_name", "Fit").fill("add_values", "Slim, Wide");
    let form = form.fill("also_values", "Low, Tall");
    form.clone()
        .fill("also_name", "fit")
        .press("Save")
        .await
        .expect_status(422)
        .see("above already");
    form.fill("also_name", "Size").press("Save").await.expect_status(200).see("Wide").see("Tall");
    assert_eq!(sold(&shop, "cup"), ["CUP", "CUP-SLIM-TALL", "CUP-WIDE-LOW", "CUP-WIDE-TALL"]);
}

async fn before_variants_are_taken_out_the_page_says_what_uses_them(shop: TestShop) {
    two_cups(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    let page = open(&shop, &sari, "cup", "options").await;
    let path = page.url.path().to_owned();
    let form = page.form(&path).fill("add_name", "Fit").fill("add_values", "Slim, Wide");
    form.press("Save").await.expect_status(200);
    shop.with_db(|conn| leave_of(conn, "CUP-WIDE", 5)).await;
    let shopper = shop.shopper();
    shopper.add("cup", &[("fit", "wide")], 1).await;
    shopper.order().await;
    let page = open(&shop, &sari, "cup", "options").await;
    let asked = page.form(&path).untick(&tick(&page, "Wide")).press("Save").await;
    asked.expect_status(422).see("CUP-WIDE: 5 on the shelf, in 1 open orders");
    assert_eq!(sold(&shop, "cup"), ["CUP", "CUP-WIDE"]);
    asked.form(&path).choose("sure", "1").press("Save").await.expect_status(200);
    assert_eq!(sold(&shop, "cup"), ["CUP"]);
    let page = open(&shop, &sari, "cup", "options").await;
    let form = page.form(&path).choose(&tick(&page, "Wide"), "1");
    form.press("Save").await.expect_status(200);
    assert_eq!(skus(&shop, "cup"), [("CUP".to_owned(), true), ("CUP-WIDE".to_owned(), true)]);
    // Without the option one variant is left, and it is asked about the other.
    let page = open(&shop, &sari, "cup", "options").await;
    let asked = page.form(&path).choose(&tick(&page, "Take Fit away"), "1").press("Save").await;
    asked.expect_status(422).see("CUP-WIDE");
    asked.form(&path).choose("sure", "1").press("Save").await.expect_status(200);
    assert_eq!(sold(&shop, "cup"), ["CUP"]);
    shop.visitor().get("/products/cup").await.expect_status(200).see_no("Fit");
}

async fn somebody_without_the_permission_corrects_no_stock(shop: TestShop) {
    use etalase::staff::{Permission, Permissions};
    two_cups(&shop).await;
    let may = Permissions::from_iter([Permission::ViewProducts, Permission::ChangeProducts]);
    let role = shop.role("writers", may).await;
    let budi = shop.colleague("budi", &role).await;
    let page = open(&shop, &budi, "cup", "variants").await;
    let stock = cell(&page, "CUP", "stock");
    let form = page.form(page.url.path()).forge(&stock, "99").forge("reason", "x");
    form.press("Save").await.expect_status(200);
    let again = open(&shop, &budi, "cup", "variants").await;
    assert_eq!(again.form(again.url.path()).value(&stock), "10");
}

async fn a_sale_begins_and_ends_by_itself(shop: TestShop) {
    two_cups(&shop).await;
    let sari = shop.colleague("sari", "owner").await;
    let page = open(&shop, &sari, "cup", "sale").await;
    let path = page.url.path().to_owned();
    let wrong = page.form(&path).fill("percent", "120").press("Put on sale").await;
    wrong.expect_status(422).see("from 1 to 95").see("when it begins or ends");
    let form = page.form(&path).fill("percent", "20");
    let backwards = form.clone().fill("from", "2030-01-02T10:00").fill("until", "2030-01-01T10:00");
    backwards.press("Put on sale").await.expect_status(422).see("must be later");
    let form = form.fill("from", "2020-01-01T10:00").fill("until", "2099-01-01T10:00");
    let set = form.press("Put on sale").await;
    set.expect_status(200).see("40.000").see("50.000").see("1 January 2099");
    shop.visitor().get("/products/cup").await.see("40.000").see("50.000");
    let stale = page.form(&path).fill("percent", "50").fill("until", "2099-01-01T10:00");
    stale.press("Put on sale").await.expect_status(409).see("Somebody else has changed");
    set.form(&path).press("End the sale").await.expect_status(200).see_no("40.000");
    shop.visitor().get("/products/cup").await.see("50.000").see_no("40.000");
}
