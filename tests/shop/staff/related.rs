//! What goes well with a product: chosen by the staff, seen by shoppers.

use diesel::prelude::*;

use etalase::catalog::model::Status;
use etalase::db::schema::{audit_entry, product, related_product};
use etalase::ids::ProductId;
use etalase::staff::{Permission, Permissions};

use crate::both;
use crate::kit::goods::{goods, product_id};
use crate::kit::{Page, TestShop, Visitor};

both!(
    what_goes_well_is_chosen_ordered_and_shown,
    what_shoppers_cannot_see_is_left_out,
    a_list_that_is_full_says_so,
    what_is_not_there_goes_well_with_nothing,
    a_copy_goes_well_with_the_same,
    whoever_may_only_look_sees_no_button,
);

const SHOWN: &str = "section[aria-labelledby=related] .card h3 a";

/// The list of a product.
async fn open(shop: &TestShop, visitor: &Visitor, slug: &'static str) -> Page {
    let id = shop.with_db(move |conn| product_id(conn, slug)).await;
    visitor.get(&format!("/admin/products/{id}/related")).await
}

/// Gongs by these names.
async fn gongs(shop: &TestShop, slugs: &'static [&'static str]) {
    shop.with_db(move |conn| slugs.iter().try_for_each(|slug| goods(slug).put(conn).map(|_| ())))
        .await;
}

/// Searches for a word and adds the product with this name.
async fn add(page: &Page, word: &str, name: &str) -> Page {
    let found = page.form("form.inline").fill("q", word).press("Search").await;
    found.form("form:has(button[name=add])").press(&format!("Add {name}")).await
}

/// Whatever stands in the list, in its order.
fn chosen(page: &Page) -> Vec<String> {
    page.texts("section[aria-labelledby=chosen] .rows a")
}

async fn what_goes_well_is_chosen_ordered_and_shown(shop: TestShop) {
    gongs(&shop, &["gong", "bell", "drum"]).await;
    let sari = shop.colleague("sari", "owner").await;
    let page = open(&shop, &sari, "gong").await;
    page.expect_status(200).expect_heading("Goes well with").see("Nothing yet.");
    let page = add(&add(&page, "drum", "The drum").await, "bell", "The bell").await;
    assert_eq!(chosen(&page), ["The drum", "The bell"]);
    assert!(page.url.query().unwrap_or_default().contains("q=bell"), "the search goes on");
    let page = page.form("li:nth-child(2) form.row-tools").press("Move The bell up").await;
    assert_eq!(chosen(&page), ["The bell", "The drum"]);
    let product = shop.visitor().get("/products/gong").await;
    assert_eq!(product.texts(SHOWN), ["The bell", "The drum"]);
    let edit = page.go("The gong").await;
    edit.see("The bell, The drum");
    let page = page.form("li:nth-child(1) form.row-tools").press("Remove The bell").await;
    assert_eq!(chosen(&page), ["The drum"]);
    let (before, after): (String, String) = audit_entry::table
        .order(audit_entry::sequence.desc())
        .select((audit_entry::before, audit_entry::after))
        .first(&mut shop.fresh.conn())
        .unwrap();
    assert!(before.contains("related") && after.contains("related"), "{before} {after}");
    // One that is there already, or the product itself, changes nothing.
    let gong = shop.with_db(|conn| product_id(conn, "gong")).await;
    let drum = shop.with_db(|conn| product_id(conn, "drum")).await;
    for id in [gong, drum] {
        let path = format!("/admin/products/{gong}/related");
        sari.post(&path, format!("add={id}")).await.expect_status(303);
    }
    assert_eq!(chosen(&open(&shop, &sari, "gong").await), ["The drum"]);
}

async fn what_shoppers_cannot_see_is_left_out(shop: TestShop) {
    gongs(&shop, &["gong", "bell", "drum"]).await;
    let sari = shop.colleague("sari", "owner").await;
    let page = open(&shop, &sari, "gong").await;
    add(&add(&page, "drum", "The drum").await, "bell", "The bell").await;
    let set = async |status: Status| {
        shop.with_db(move |conn| {
            let drum = product::table.filter(product::slug.eq("drum"));
            Ok(diesel::update(drum).set(product::status.eq(status.code())).execute(conn)?)
        })
        .await;
    };
    for status in [Status::Draft, Status::Archived] {
        set(status).await;
        assert_eq!(shop.visitor().get("/products/gong").await.texts(SHOWN), ["The bell"]);
        assert_eq!(chosen(&open(&shop, &sari, "gong").await).len(), 2, "she still sees it");
    }
    set(Status::Active).await;
    assert_eq!(shop.visitor().get("/products/gong").await.texts(SHOWN), ["The drum", "The bell"]);
}

async fn a_list_that_is_full_says_so(shop: TestShop) {
    let (gong, last) = shop
        .with_db(|conn| {
            let gong = goods("gong").put(conn)?;
            let many = (0..13).map(|n| goods(&format!("tile-{n}")).put(conn));
            let many: Vec<ProductId> = many.collect::<Result<_, _>>()?;
            etalase::catalog::writes::relate(conn, gong, &many[..12])?;
            Ok((gong, many[12]))
        })
        .await;
    let sari = shop.colleague("sari", "owner").await;
    let path = format!("/admin/products/{gong}/related");
    sari.get(&path).await.see("It goes well with 12 products already.");
    let refused = sari.post(&path, format!("add={last}")).await;
    refused.expect_status(409).see("Remove one first.");
    let rows: i64 = related_product::table
        .filter(related_product::product_id.eq(gong))
        .count()
        .get_result(&mut shop.fresh.conn())
        .unwrap();
    assert_eq!(rows, 12);
    let shown = shop.visitor().get("/products/gong").await.texts(SHOWN);
    assert_eq!(shown, ["The tile-0", "The tile-1", "The tile-2", "The tile-3"]);
}

async fn what_is_not_there_goes_well_with_nothing(shop: TestShop) {
    gongs(&shop, &["gong"]).await;
    let sari = shop.colleague("sari", "owner").await;
    let page = open(&shop, &sari, "gong").await;
    sari.post(page.url.path(), "add=999999999").await.expect_status(404);
    sari.post(page.url.path(), "add=x").await.expect_status(400);
    sari.get("/admin/products/999999999/related").await.expect_status(404);
    sari.post("/admin/products/999999999/related", "add=1").await.expect_status(404);
    let none = page.form("form.inline").fill("q", "zzzz").press("Search").await;
    none.see("No other product fits these words.");
}

async fn a_copy_goes_well_with_the_same(shop: TestShop) {
    gongs(&shop, &["gong", "bell"]).await;
    let sari = shop.colleague("sari", "owner").await;
    add(&open(&shop, &sari, "gong").await, "bell", "The bell").await;
    let gong = shop.with_db(|conn| product_id(conn, "gong")).await;
    let copy = sari.get(&format!("/admin/products/{gong}")).await;
    let copy = copy.form(&format!("/admin/products/{gong}/copies")).press("Duplicate").await;
    let list = sari.get(&format!("{}/related", copy.url.path())).await;
    assert_eq!(chosen(&list), ["The bell"]);
}

async fn whoever_may_only_look_sees_no_button(shop: TestShop) {
    gongs(&shop, &["gong"]).await;
    let role = shop.role("looks", Permissions::from_iter([Permission::ViewProducts])).await;
    let budi = shop.colleague("budi", &role).await;
    let page = open(&shop, &budi, "gong").await;
    assert!(page.expect_status(200).all("main form").is_empty());
    budi.post(page.url.path(), "add=1").await.expect_status(403);
}
