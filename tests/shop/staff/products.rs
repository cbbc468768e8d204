//! Products in the back office: found by whoever may see them.

use etalase::catalog::model::Status;
use etalase::db::schema::{audit_entry, product, product_category, variant};

use diesel::prelude::*;

use crate::both;
use crate::kit::goods::{available, product_id};
use crate::kit::{Page, TestShop, Visitor, goods};

both!(
    products_are_found_by_words_sku_and_what_they_are,
    a_long_list_goes_on_after_the_last_product,
    what_runs_low_or_is_sold_out_is_seen_at_once,
    an_empty_shop_says_what_to_do,
    a_name_and_a_price_make_a_draft_that_is_published_by_saving,
    the_handle_follows_the_name_until_it_is_published,
    mistakes_are_all_named_and_nothing_typed_is_lost,
    of_two_who_edit_one_product_the_second_sees_what_changed,
    a_preview_shows_a_draft_to_whoever_has_the_link,
    a_product_is_archived_and_restored,
    a_copy_has_everything_but_stock_and_name_of_its_own,
    whoever_may_only_look_changes_nothing,
);

/// Names of the products in the list, in its order.
async fn names(visitor: &Visitor, query: &str) -> Vec<String> {
    visitor.get(&format!("/admin/products{query}")).await.texts("tbody a")
}

async fn products_are_found_by_words_sku_and_what_they_are(shop: TestShop) {
    shop.with_db(|conn| {
        goods("bell-7").named("Zinc bell").status(Status::Draft).put(conn)?;
        goods("gong").named("Zinc gong").status(Status::Archived).put(conn)
    })
    .await;
    let sari = shop.colleague("sari", "owner").await;
    assert_eq!(names(&sari, "?q=zinc&sort=newest").await, ["Zinc gong", "Zinc bell"]);
    assert_eq!(names(&sari, "?q=zinc&sort=handle").await, ["Zinc bell", "Zinc gong"]);
    for found in ["?q=zinc+bel", "?q=BELL-7", "?q=bell7", "?q=zinc&status=draft"] {
        assert_eq!(names(&sari, found).await, ["Zinc bell"], "{found}");
    }
    for found in ["?status=archived", "?q=gong&category=mugs", "?q=gong&stock=in"] {
        assert_eq!(names(&sari, found).await, ["Zinc gong"], "{found}");
    }
    for missed in
        ["?q=zinc&status=active", "?q=gong&stock=out", "?q=gong&category=coffee", "?q=%25"]
    {
        assert!(names(&sari, missed).await.is_empty(), "{missed}");
    }
    sari.get("/admin/products?q=zinc").await.see("2 products").see("Archived").see("Draft");
}

async fn a_long_list_goes_on_after_the_last_product(shop: TestShop) {
    shop.with_db(|conn| {
        (0..60).try_for_each(|n| goods(&format!("tile-{n:02}")).put(conn).map(|_| ()))
    })
    .await;
    let sari = shop.colleague("sari", "owner").await;
    for sort in ["changed", "newest", "handle"] {
        let first = sari.get(&format!("/admin/products?q=tile&sort={sort}")).await;
        let second = first.go("Next page").await;
        let mut all = first.texts("tbody a");
        assert_eq!(all.len(), 50, "{sort}");
        all.extend(second.texts("tbody a"));
        assert!(second.all("a[rel=next]").is_empty(), "{sort}");
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 60, "{sort}");
        let again = second.go("To the beginning").await;
        assert_eq!(again.texts("tbody a"), first.texts("tbody a"), "{sort}");
    }
}

async fn what_runs_low_or_is_sold_out_is_seen_at_once(shop: TestShop) {
    shop.with_db(|conn| {
        goods("last-cup").on_hand(2).put(conn)?;
        goods("no-cup").on_hand(0).put(conn)?;
        goods("many-cups").on_hand(500).put(conn)
    })
    .await;
    let sari = shop.colleague("sari", "owner").await;
    let page = sari.get("/admin/products").await;
    let low = page.go("Running low").await;
    assert!(low.texts("tbody a").contains(&"The last-cup".to_owned()));
    assert!(low.texts("tbody a").contains(&"The no-cup".to_owned()));
    low.see_no("The many-cups");
    let out = page.go("Sold out").await;
    assert_eq!(out.texts("tbody a").first().map(String::as_str), Some("The no-cup"));
    out.see_no("The last-cup").see_no("The many-cups");
}

async fn an_empty_shop_says_what_to_do(shop: TestShop) {
    shop.with_db(|conn| Ok(diesel::delete(product::table).execute(conn)?)).await;
    let sari = shop.colleague("sari", "owner").await;
    sari.get("/admin/products").await.see("What do you sell?").expect_status(200);
    sari.get("/admin/products?q=cup").await.see("No products were found");
}

/// The page of the product with this handle.
async fn open(shop: &TestShop, visitor: &Visitor, handle: &'static str) -> Page {
    let id = shop.with_db(move |conn| product_id(conn, handle)).await;
    visitor.get(&format!("/admin/products/{id}")).await
}

/// The last thing that was done to a product: what, before, after.
fn told(shop: &TestShop) -> (String, String, String) {
    let of = audit_entry::table.filter(audit_entry::entity_kind.eq("product"));
    let last = of.order(audit_entry::sequence.desc());
    last.select((audit_entry::action, audit_entry::before, audit_entry::after))
        .first(&mut shop.fresh.conn())
        .unwrap()
}

async fn a_name_and_a_price_make_a_draft_that_is_published_by_saving(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let form = sari.get("/admin/products/new").await.form("/admin/products/new");
    let wrong = form.clone().fill("name", "Zinc bell").fill("price", "cheap").press("Make").await;
    wrong.expect_status(422).see("Enter a price");
    assert_eq!(wrong.form("/admin/products/new").value("name"), "Zinc bell");
    let page = form.fill("name", "Zinc bell").fill("price", "135.000").press("Make").await;
    page.expect_status(200).expect_heading("Zinc bell").see("Draft");
    assert_eq!(told(&shop).0, "product-made");
    assert_eq!(shop.visitor().get("/products/zinc-bell").await.status, 404);
    let path = page.url.path().to_owned();
    let saved = page
        .form(&path)
        .choose("status", "active")
        .choose("category", "mugs")
        .fill("description-en", "It rings.")
        .fill("name-id", "Lonceng perunggu")
        .fill("tags", "gift, bell,,gift")
        .fill("seo_title-en", "A bell of zinc")
        .press("Save")
        .await;
    saved.expect_status(200).see("Saved.").see("Live");
    let shown = shop.visitor().get("/products/zinc-bell").await;
    shown.expect_status(200).see("It rings.").see("135.000");
    assert!(shown.texts("title").concat().starts_with("A bell of zinc"));
    shop.visitor().get("/id/products/zinc-bell").await.expect_heading("Lonceng perunggu");
    assert_eq!(names(&sari, "?q=lonceng").await, ["Zinc bell"]);
    assert_eq!(names(&sari, "?q=gift+bell").await, ["Zinc bell"]);
    let (action, before, after) = told(&shop);
    assert_eq!(action, "product-changed");
    assert!(before.contains(r#""status":"draft""#) && after.contains(r#""status":"active""#));
    assert!(after.contains(r#""tags":"bell, gift""#) && !after.contains("Zinc bell"), "{after}");
    let places: i64 = product_category::table
        .inner_join(product::table)
        .filter(product::slug.eq("zinc-bell"))
        .count()
        .get_result(&mut shop.fresh.conn())
        .unwrap();
    assert_eq!(places, 2, "its category, and the one above");
}

async fn the_handle_follows_the_name_until_it_is_published(shop: TestShop) {
    shop.with_db(|conn| goods("gong").put(conn)).await;
    let sari = shop.colleague("sari", "owner").await;
    let form = sari.get("/admin/products/new").await.form("/admin/products/new");
    let page = form.fill("name", "Gong").fill("price", "1").press("Make").await;
    let path = page.url.path().to_owned();
    assert_eq!(page.form(&path).value("handle"), "gong-2", "the other is taken");
    let page = page.form(&path).fill("name-en", "Big gong").press("Save").await;
    assert_eq!(page.form(&path).value("handle"), "big-gong");
    let page = page.form(&path).choose("status", "active").press("Save").await;
    let page = page.form(&path).fill("name-en", "Huge gong").press("Save").await;
    assert_eq!(page.form(&path).value("handle"), "big-gong");
    let taken = page.form(&path).fill("handle", "gong").press("Save").await;
    taken.expect_status(422).see("Another product has this handle");
    page.form(&path).fill("handle", "huge-gong").press("Save").await.expect_status(200);
    let moved = shop.visitor().get("/products/big-gong").await;
    assert_eq!((moved.status, moved.header("location")), (301, "/products/huge-gong"));
}

async fn mistakes_are_all_named_and_nothing_typed_is_lost(shop: TestShop) {
    shop.with_db(|conn| goods("gong").put(conn)).await;
    let sari = shop.colleague("sari", "owner").await;
    let page = open(&shop, &sari, "gong").await;
    let path = page.url.path().to_owned();
    let typed = page
        .form(&path)
        .fill("name-en", "")
        .fill("name-id", "")
        .fill("description-id", "Teks")
        .fill("handle", "No Handle")
        .fill("publish_at", "2030-01-01T10:00")
        .fill("unpublish_at", "2029-01-01T10:00")
        .fill("tags", &"x".repeat(41))
        .forge("category", "nowhere");
    let wrong = typed.press("Save").await;
    wrong.expect_status(422).see("Nothing was saved yet");
    let at = wrong.attributes("[aria-invalid]", "name");
    assert_eq!(
        at,
        ["name-en", "name-id", "handle", "unpublish_at", "category", "tags"],
        "every mistake is at its field"
    );
    let form = wrong.form(&path);
    assert_eq!(form.value("description-id"), "Teks");
    assert_eq!(form.value("handle"), "No Handle");
    assert_eq!(form.value("publish_at"), "2030-01-01T10:00");
    open(&shop, &sari, "gong").await.expect_heading("The gong");
}

async fn of_two_who_edit_one_product_the_second_sees_what_changed(shop: TestShop) {
    shop.with_db(|conn| goods("gong").put(conn)).await;
    let sari = shop.colleague("sari", "owner").await;
    let budi = shop.colleague("budi", "editor").await;
    let (first, second) = (open(&shop, &sari, "gong").await, open(&shop, &budi, "gong").await);
    let path = first.url.path().to_owned();
    let saved = first.form(&path).fill("name-en", "Loud gong").fill("tags", "loud").press("Save");
    saved.await.expect_status(200);
    let form = second.form(&path).fill("name-en", "Soft gong").fill("subtitle-en", "For sleep");
    let told = form.press("Save").await;
    told.expect_status(409).see("Somebody else has saved").see("Changed by sari");
    assert_eq!(told.texts(".notice li"), ["Tags"]);
    told.see("Saved meanwhile by somebody else: “Loud gong”");
    let merged = told.form(&path);
    let typed = ["name-en", "subtitle-en", "tags"].map(|name| merged.value(name));
    assert_eq!(typed, ["Soft gong", "For sleep", "loud"]);
    open(&shop, &sari, "gong").await.expect_heading("Loud gong");
    let saved = merged.press("Save").await;
    saved.expect_status(200).expect_heading("Soft gong");
    assert_eq!(saved.form(&path).value("tags"), "loud");
}

async fn a_preview_shows_a_draft_to_whoever_has_the_link(shop: TestShop) {
    shop.with_db(|conn| goods("gong").status(Status::Draft).put(conn)).await;
    let sari = shop.colleague("sari", "owner").await;
    let link = open(&shop, &sari, "gong").await.link("Preview");
    let shown = shop.visitor().get(&link).await;
    shown.expect_status(200).expect_heading("The gong").see("This is a preview");
    assert_eq!(shown.header("cache-control"), "no-store");
    assert_eq!(shown.attributes("meta[name=robots]", "content"), ["noindex,follow"]);
    let forged = format!("{}0", &link[..link.len() - 1]);
    let forged = if forged == link { format!("{}1", &link[..link.len() - 1]) } else { forged };
    for dead in [forged.as_str(), "/previews/1", "/previews/1-2-3", "/previews/x-y-zz"] {
        assert_eq!(shop.visitor().get(dead).await.status, 404, "{dead}");
    }
}

async fn a_product_is_archived_and_restored(shop: TestShop) {
    shop.with_db(|conn| goods("gong").put(conn)).await;
    let sari = shop.colleague("sari", "owner").await;
    let page = open(&shop, &sari, "gong").await;
    let path = page.url.path().to_owned();
    let archived = page.form(&format!("{path}/archive")).press("Archive").await;
    archived.expect_status(200).see("Archived");
    assert_eq!(shop.visitor().get("/products/gong").await.status, 410);
    let restored = archived.form(&format!("{path}/restore")).press("Restore").await;
    restored.expect_status(200).see("Draft");
    assert_eq!(shop.visitor().get("/products/gong").await.status, 404);
}

async fn a_copy_has_everything_but_stock_and_name_of_its_own(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let page = open(&shop, &sari, "bumi-stoneware-mug").await;
    let path = page.url.path().to_owned();
    let copy = page.form(&format!("{path}/copies")).press("Duplicate").await;
    copy.expect_status(200).expect_heading("Bumi Stoneware Mug").see("Draft");
    let form = copy.form(copy.url.path());
    assert_eq!(form.value("handle"), "bumi-stoneware-mug-2");
    assert_eq!(form.value("description-id"), page.form(&path).value("description-id"));
    assert_eq!(copy.all(".media li").len(), page.all(".media li").len());
    let (was, is) = shop
        .with_db(|conn| {
            let of = ["bumi-stoneware-mug", "bumi-stoneware-mug-2"];
            Ok((available(conn, of[0])?, available(conn, of[1])?))
        })
        .await;
    assert_eq!(is, vec![0; was.len()]);
    let skus: Vec<String> = variant::table
        .inner_join(product::table)
        .filter(product::slug.eq("bumi-stoneware-mug-2"))
        .select(variant::sku)
        .load(&mut shop.fresh.conn())
        .unwrap();
    assert!(skus.iter().all(|sku| sku.ends_with("-COPY")), "{skus:?}");
    copy.form(copy.url.path()).choose("status", "active").press("Save").await.expect_status(200);
    let shown = shop.visitor().get("/products/bumi-stoneware-mug-2").await;
    shown.expect_status(200).see("Colour");
}

async fn whoever_may_only_look_changes_nothing(shop: TestShop) {
    shop.with_db(|conn| goods("gong").put(conn)).await;
    let budi = shop.colleague("budi", "packer").await;
    let page = open(&shop, &budi, "gong").await;
    page.expect_status(200).expect_heading("The gong");
    assert!(page.texts("main button").is_empty(), "{:?}", page.texts("main button"));
    let list = budi.get("/admin/products").await;
    assert!(!list.texts("main a").contains(&"New product".to_owned()));
}
