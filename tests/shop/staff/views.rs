//! Views of one's own above the lists of products and orders.

use diesel::prelude::*;

use etalase::catalog::model::Status;
use etalase::db::schema::saved_view;
use etalase::staff::{MOST_VIEWS, Permissions};

use crate::both;
use crate::kit::goods::goods;
use crate::kit::{Page, TestShop, Visitor};

both!(
    a_view_of_products_is_saved_renamed_and_removed,
    a_view_of_orders_keeps_no_words,
    nobody_sees_the_views_of_somebody_else,
    a_view_needs_a_name_of_its_own,
    there_is_room_for_so_many_views,
);

const OWN: &str = "nav.saved a";

/// Saves what a list shows.
async fn save(visitor: &Visitor, list: &str, name: &str) -> Page {
    let new = visitor.get(list).await.go("Save this view").await;
    new.form("/admin/views/new").fill("name", name).press("Save").await
}

async fn a_view_of_products_is_saved_renamed_and_removed(shop: TestShop) {
    shop.with_db(|conn| goods("gong").status(Status::Draft).put(conn)).await;
    let sari = shop.colleague("sari", "owner").await;
    assert!(sari.get("/admin/products").await.all(OWN).is_empty(), "all is no view");
    let drafts = save(&sari, "/admin/products?status=draft&q=gong", "Gongs to come").await;
    drafts.expect_status(200).see("The gong");
    assert_eq!(drafts.url.query(), Some("q=gong&status=draft"));
    assert_eq!(drafts.texts(OWN), ["Gongs to come", "Rename or remove"]);
    assert_eq!(drafts.texts("nav.saved [aria-current=page]"), ["Gongs to come"]);
    let all = sari.get("/admin/products").await;
    assert_eq!(all.texts(OWN), ["Gongs to come"]);
    assert!(sari.get("/admin/orders").await.all(OWN).is_empty(), "each list has its own");
    let edit = all.go("Gongs to come").await.go("Rename or remove").await;
    let form = edit.form(edit.url.path()).fill("name", "Drafts of gongs");
    let renamed = form.press("Save").await;
    assert_eq!(renamed.texts(OWN), ["Drafts of gongs", "Rename or remove"]);
    let edit = renamed.go("Rename or remove").await;
    let gone = edit.form(&format!("{}/remove", edit.url.path())).press("Remove the view").await;
    assert!(gone.expect_status(200).all(OWN).is_empty());
    sari.get(edit.url.path()).await.expect_status(404);
}

async fn a_view_of_orders_keeps_no_words(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let page = save(&sari, "/admin/orders?payment=unpaid&q=rani", "Unpaid").await;
    assert_eq!(page.url.query(), Some("payment=unpaid"));
    assert_eq!(page.texts(OWN), ["Unpaid", "Rename or remove"]);
    let query: String =
        saved_view::table.select(saved_view::query).first(&mut shop.fresh.conn()).unwrap();
    assert_eq!(query, "payment=unpaid");
    let found = sari.get("/admin/orders?q=rani").await;
    assert_eq!(found.texts(OWN), ["Unpaid"], "words alone are no view");
}

async fn nobody_sees_the_views_of_somebody_else(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let page = save(&sari, "/admin/products?stock=out", "Sold out").await;
    let own = page.link("Rename or remove");
    let path = own.split_once("/admin").map(|(_, path)| format!("/admin{path}")).unwrap();
    let budi = shop.colleague("budi", "owner").await;
    assert_eq!(budi.get("/admin/products").await.all(OWN).len(), 0);
    budi.get(&path).await.expect_status(404);
    budi.post(&path, "name=Mine").await.expect_status(404);
    budi.post(&format!("{path}/remove"), "").await.expect_status(404);
    assert_eq!(sari.get("/admin/products").await.texts(OWN), ["Sold out"]);
    // Whoever sees no products has no list above which a view would stand.
    let role = shop.role("nothing", Permissions::default()).await;
    let nia = shop.colleague("nia", &role).await;
    nia.get("/admin/products?stock=out").await.expect_status(403);
}

async fn a_view_needs_a_name_of_its_own(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let nameless = save(&sari, "/admin/products?stock=out", " ").await;
    nameless.expect_status(422).see("Enter a name.");
    let form = nameless.form("/admin/views/new").fill("name", &"x".repeat(41));
    form.press("Save").await.expect_status(422);
    save(&sari, "/admin/products?stock=out", "Scarce").await.expect_status(200);
    let taken = save(&sari, "/admin/products?stock=low", "Scarce").await;
    taken.expect_status(422).see("You have a view of this name already.");
    assert_eq!(taken.form("/admin/views/new").value("name"), "Scarce");
    let low = taken.form("/admin/views/new").fill("name", "Low").press("Save").await;
    let edit = low.go("Rename or remove").await;
    let twice = edit.form(edit.url.path()).fill("name", "Scarce").press("Save").await;
    twice.expect_status(422).see("You have a view of this name already.");
    for nonsense in ["", "?list=customers&query=a%3Db", "?list=products&query="] {
        sari.get(&format!("/admin/views/new{nonsense}")).await.expect_status(404);
    }
}

async fn there_is_room_for_so_many_views(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    for n in 0..MOST_VIEWS {
        let body = format!("list=products&query=q%3Dcup-{n}&name=View+{n}");
        sari.post("/admin/views/new", body).await.expect_status(303);
    }
    let full = save(&sari, "/admin/products?stock=out", "One more").await;
    full.expect_status(422).see("There is room for 20 views.");
    save(&sari, "/admin/orders?payment=unpaid", "Of orders").await.expect_status(200);
}
