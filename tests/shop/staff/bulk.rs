//! Many products changed at once: shown first, done, and put back.

use chrono::TimeDelta;
use diesel::prelude::*;

use etalase::catalog::model::Status;
use etalase::db::Conn;
use etalase::db::schema::{
    audit_entry, bulk_change, bulk_edit, job, price, price_history, product, product_tag,
    stock_move, variant,
};
use etalase::ids::ProductId;
use etalase::staff::{Permission, Permissions};

use crate::both;
use crate::kit::goods::{available, goods, product_id, reprice};
use crate::kit::office::Office;
use crate::kit::{Page, TestShop, Visitor};

both!(
    a_price_is_shown_as_it_would_be_then_changed_and_put_back,
    all_that_a_filter_finds_are_changed_by_a_job,
    a_change_that_has_stopped_says_so_and_goes_on,
    what_cannot_be_changed_is_named_and_left_alone,
    what_somebody_has_changed_since_is_not_put_back,
    status_category_brand_and_tags_are_changed_and_put_back,
    stock_moves_in_the_ledger_and_back,
    a_list_that_has_changed_meanwhile_is_shown_again,
    mistakes_stay_at_their_field,
    stock_is_for_whoever_may_change_it,
    what_products_would_go_back_to_may_be_gone,
    what_is_long_past_is_forgotten,
);

const BULK: &str = "/admin/products/bulk";

/// The page of changes for these products.
async fn choose(shop: &TestShop, visitor: &Visitor, slugs: &'static [&'static str]) -> Page {
    let find = move |conn: &mut Conn| slugs.iter().map(|slug| product_id(conn, slug)).collect();
    let ids: Vec<ProductId> = shop.with_db(find).await;
    let asked: Vec<String> = ids.iter().map(|id| format!("p={id}")).collect();
    visitor.get(&format!("{BULK}?{}", asked.join("&"))).await
}

/// The form of one kind of change.
fn kind(page: &Page, code: &str) -> crate::kit::form::Form {
    page.form(&format!("form:has(input[name=change][value={code}])"))
}

/// What one of each variant of a product costs.
fn prices(shop: &TestShop, slug: &str) -> Vec<i64> {
    price::table
        .inner_join(variant::table.inner_join(product::table))
        .filter(product::slug.eq(slug))
        .filter(price::specificity.eq(0))
        .filter(price::min_quantity.eq(1))
        .order(variant::position)
        .select(price::amount)
        .load(&mut shop.fresh.conn())
        .unwrap()
}

/// What one of a product has cost everybody, the oldest price first.
fn history(shop: &TestShop, slug: &str) -> Vec<i64> {
    price_history::table
        .inner_join(variant::table.inner_join(product::table))
        .filter(product::slug.eq(slug))
        .order(price_history::since)
        .filter(price_history::amount.is_not_null())
        .select(price_history::amount.assume_not_null())
        .load(&mut shop.fresh.conn())
        .unwrap()
}

/// Actions of the audit log, the latest first.
fn deeds(shop: &TestShop, most: i64) -> Vec<String> {
    let all = audit_entry::table.order(audit_entry::sequence.desc()).limit(most);
    all.select(audit_entry::action).load(&mut shop.fresh.conn()).unwrap()
}

async fn a_price_is_shown_as_it_would_be_then_changed_and_put_back(shop: TestShop) {
    shop.with_db(|conn| {
        goods("gong").costing(105_005).put(conn)?;
        goods("bell").costing(200_000).put(conn)
    })
    .await;
    let sari = shop.colleague("sari", "owner").await;
    let list = sari.get("/admin/products?sort=newest").await;
    let ticked = list.attributes("input[name=p]", "value");
    let page = list.form(BULK).choose("p", &ticked[0]).choose("p", &ticked[1]).press("Change …");
    let page = page.await;
    page.expect_status(200).see("2 products.");
    let preview = kind(&page, "price").fill("price-by", "-12.5").press("See what changes").await;
    preview.expect_status(200).see("Price: −12.5%").see("Rp 105.005 Rp 91.879");
    preview.see("Rp 200.000 Rp 175.000");
    assert_eq!(prices(&shop, "gong"), [105_005], "nothing is done yet");
    let done = preview.form(BULK).press("Change 2 products").await;
    done.expect_status(200).see("2 changed").see("Done").see("By sari");
    assert_eq!((prices(&shop, "gong"), prices(&shop, "bell")), (vec![91_879], vec![175_000]));
    shop.visitor().get("/products/gong").await.see("91.879");
    assert_eq!(history(&shop, "gong"), [105_005, 91_879]);
    assert_eq!(deeds(&shop, 3), ["product-changed", "product-changed", "products-changed"]);
    let back = done.form("form[action$=undo]").press("Put everything back").await;
    back.expect_status(200).see("2 put back").see("Put back");
    assert_eq!((prices(&shop, "gong"), prices(&shop, "bell")), (vec![105_005], vec![200_000]));
    assert_eq!(history(&shop, "gong"), [105_005, 91_879, 105_005]);
    assert!(back.all("form[action$=undo]").is_empty(), "once");
    sari.get(BULK).await.see("Changes of before").see("Price: −12.5%");
}

async fn all_that_a_filter_finds_are_changed_by_a_job(shop: TestShop) {
    shop.with_db(|conn| {
        (0..45).try_for_each(|n| goods(&format!("tile-{n:02}")).put(conn).map(|_| ()))
    })
    .await;
    let sari = shop.colleague("sari", "owner").await;
    let list = sari.get("/admin/products?q=tile").await;
    let page = list.form(BULK).press("Change all that are found").await;
    page.see("45 products.");
    let preview = kind(&page, "tag").fill("tag-to", "floor").press("See what changes").await;
    assert_eq!(preview.all("tbody tr").len(), 45);
    let begun = preview.form(BULK).press("Change 45 products").await;
    begun.see("20 changed").see("25 still to do").see("Going on");
    assert!(begun.all("form[action$=undo]").is_empty(), "not before it is done");
    // What fits the filter since is not meant.
    shop.with_db(|conn| goods("tile-99").put(conn)).await;
    Office::of(&shop).work().await;
    let done = begun.go("Look again").await;
    done.see("45 changed").see("Done");
    let tagged = || {
        let tags = product_tag::table.filter(product_tag::tag.eq("floor"));
        tags.count().get_result::<i64>(&mut shop.fresh.conn()).unwrap()
    };
    assert_eq!(tagged(), 45);
    sari.get("/admin/products?q=floor").await.see("45 products");
    let undoing = done.form("form[action$=undo]").press("Put everything back").await;
    undoing.see("Being put back").see("25 still to put back").see("20 put back");
    Office::of(&shop).work().await;
    assert_eq!(tagged(), 0);
}

async fn a_change_that_has_stopped_says_so_and_goes_on(shop: TestShop) {
    shop.with_db(|conn| {
        (0..25).try_for_each(|n| goods(&format!("tile-{n:02}")).put(conn).map(|_| ()))
    })
    .await;
    let sari = shop.colleague("sari", "owner").await;
    let page = sari.get("/admin/products?q=tile").await.form(BULK);
    let page = page.press("Change all that are found").await;
    let preview = kind(&page, "tag").fill("tag-to", "floor").press("See what changes").await;
    let begun = preview.form(BULK).press("Change 25 products").await;
    begun.see("Going on").see_no("Let it go on");
    let tried = diesel::update(job::table.filter(job::kind.eq("catalog.bulk")));
    tried.set(job::attempts.eq(10)).execute(&mut shop.fresh.conn()).unwrap();
    Office::of(&shop).work().await;
    sari.get(BULK).await.see("Stopped").see_no("Going on");
    let stopped = begun.go("Look again").await;
    stopped.see("Stopped").see("tried ten times").see("5 still to do").see_no("Look again");
    let going_on = stopped.form("form[action$=resume]").press("Let it go on").await;
    going_on.see("Going on").see("Look again");
    assert_eq!(deeds(&shop, 1), ["job-retried"]);
    Office::of(&shop).work().await;
    going_on.go("Look again").await.see("25 changed").see("Done");
}

async fn what_cannot_be_changed_is_named_and_left_alone(shop: TestShop) {
    shop.with_db(|conn| {
        goods("gong").costing(5_000).put(conn)?;
        goods("bell").costing(50_000).put(conn)
    })
    .await;
    let sari = shop.colleague("sari", "owner").await;
    let page = choose(&shop, &sari, &["gong", "bell"]).await;
    let form = kind(&page, "price").fill("price-by", "-10000").choose("price-unit", "amount");
    let preview = form.press("See what changes").await;
    preview.see("The price would be below nothing").see("Rp 50.000 Rp 40.000");
    let done = preview.form(BULK).press("Change 2 products").await;
    done.see("1 changed").see("1 left alone").see("The price would be below nothing");
    assert_eq!(done.texts(".rows a"), ["The gong"]);
    assert_eq!((prices(&shop, "gong"), prices(&shop, "bell")), (vec![5_000], vec![40_000]));
}

async fn what_somebody_has_changed_since_is_not_put_back(shop: TestShop) {
    shop.with_db(|conn| {
        goods("gong").costing(100_000).put(conn)?;
        goods("bell").costing(100_000).put(conn)
    })
    .await;
    let sari = shop.colleague("sari", "owner").await;
    let page = choose(&shop, &sari, &["gong", "bell"]).await;
    let preview = kind(&page, "price").fill("price-by", "10").press("See what changes").await;
    let done = preview.form(BULK).press("Change 2 products").await;
    shop.with_db(|conn| reprice(conn, "gong", 99_000)).await;
    let back = done.form("form[action$=undo]").press("Put everything back").await;
    back.see("1 put back").see("1 not put back").see("Somebody has changed it since.");
    assert_eq!(back.texts(".rows a"), ["The gong"]);
    assert_eq!((prices(&shop, "gong"), prices(&shop, "bell")), (vec![99_000], vec![100_000]));
}

async fn status_category_brand_and_tags_are_changed_and_put_back(shop: TestShop) {
    shop.with_db(|conn| {
        goods("gong").status(Status::Draft).put(conn)?;
        goods("bell").put(conn)
    })
    .await;
    let sari = shop.colleague("sari", "owner").await;
    let page = choose(&shop, &sari, &["gong", "bell"]).await;
    let stand = || {
        let columns = (product::status, product::category_id, product::brand_id);
        let of = product::table.filter(product::slug.eq_any(["gong", "bell"])).order(product::slug);
        of.select(columns)
            .load::<(String, Option<i64>, Option<i64>)>(&mut shop.fresh.conn())
            .unwrap()
    };
    let before = stand();
    let choices = [("status", "active"), ("category", "home"), ("brand", "selasar")];
    for (code, to) in choices {
        let form = kind(&page, code).choose(&format!("{code}-to"), to);
        let preview = form.press("See what changes").await;
        preview.form(BULK).press("Change 2 products").await.see("Done");
    }
    let after = stand();
    assert!(after.iter().all(|(status, ..)| status == "active"));
    assert_eq!(after[0].1, after[1].1);
    assert_ne!(after[0].1, before[0].1);
    shop.visitor().get("/products/gong").await.expect_status(200);
    shop.visitor().get("/categories/home").await.see("The bell");
    let same: i64 = bulk_change::table
        .filter(bulk_change::stand.eq("same"))
        .count()
        .get_result(&mut shop.fresh.conn())
        .unwrap();
    assert_eq!(same, 1, "the bell was live already");
    let list = sari.get(BULK).await;
    for words in ["Brand: Selasar", "Category: Home", "Status: Live"] {
        let heading = list.texts(".rows a").into_iter().find(|text| text.starts_with(words));
        let page = list.go(&heading.expect("it is listed")).await;
        page.form("form[action$=undo]").press("Put everything back").await.see("Put back");
    }
    assert_eq!(stand(), before);
}

async fn stock_moves_in_the_ledger_and_back(shop: TestShop) {
    shop.with_db(|conn| {
        goods("gong").on_hand(5).put(conn)?;
        goods("bell").on_hand(1).put(conn)
    })
    .await;
    let sari = shop.colleague("sari", "owner").await;
    let page = choose(&shop, &sari, &["gong", "bell"]).await;
    let form =
        kind(&page, "stock").fill("stock-by", "-3").fill("stock-reason", "Broken in the store");
    let preview = form.press("See what changes").await;
    preview.see("Fewer lie there");
    let done = preview.form(BULK).press("Change 2 products").await;
    let levels = || shop.with_db(|conn| Ok((available(conn, "gong")?, available(conn, "bell")?)));
    assert_eq!(levels().await, (vec![2], vec![1]));
    let reasons: i64 = stock_move::table
        .filter(stock_move::reason.eq("Broken in the store"))
        .count()
        .get_result(&mut shop.fresh.conn())
        .unwrap();
    assert_eq!(reasons, 1);
    done.form("form[action$=undo]").press("Put everything back").await.see("1 put back");
    assert_eq!(levels().await, (vec![5], vec![1]));
}

async fn a_list_that_has_changed_meanwhile_is_shown_again(shop: TestShop) {
    shop.with_db(|conn| goods("tile-1").put(conn)).await;
    let sari = shop.colleague("sari", "owner").await;
    let page = sari.get(&format!("{BULK}?all=1&q=tile")).await;
    let preview = kind(&page, "tag").fill("tag-to", "floor").press("See what changes").await;
    shop.with_db(|conn| goods("tile-2").put(conn)).await;
    let again = preview.form(BULK).press("Change one product").await;
    again.expect_status(409).see("Nothing was changed").see("The tile-2");
    let left: i64 = bulk_change::table.count().get_result(&mut shop.fresh.conn()).unwrap();
    assert_eq!(left, 0);
    again.form(BULK).press("Change 2 products").await.expect_status(200).see("2 changed");
}

async fn mistakes_stay_at_their_field(shop: TestShop) {
    shop.with_db(|conn| goods("gong").put(conn)).await;
    let sari = shop.colleague("sari", "owner").await;
    let page = choose(&shop, &sari, &["gong"]).await;
    for (code, field, typed, wrong_fields) in [
        ("price", "price-by", "-96", vec!["price-by"]),
        ("price", "price-by", "lots", vec!["price-by"]),
        ("price", "price-by", "0", vec!["price-by"]),
        ("tag", "tag-to", "", vec!["tag-to"]),
        ("stock", "stock-by", "1.5", vec!["stock-by", "stock-reason"]),
    ] {
        let wrong = kind(&page, code).fill(field, typed).press("See what changes").await;
        wrong.expect_status(422);
        assert_eq!(wrong.attributes("[aria-invalid]", "name"), wrong_fields, "{typed:?}");
        assert_eq!(kind(&wrong, code).value(field), typed);
    }
    sari.get(BULK).await.expect_status(200).see("Tick products in the list");
}

async fn stock_is_for_whoever_may_change_it(shop: TestShop) {
    shop.with_db(|conn| goods("gong").on_hand(5).put(conn)).await;
    let may = [Permission::ViewProducts, Permission::ChangeProducts];
    let role = shop.role("editor-only", Permissions::from_iter(may)).await;
    let budi = shop.colleague("budi", &role).await;
    let page = choose(&shop, &budi, &["gong"]).await;
    assert!(page.all("input[name=change][value=stock]").is_empty());
    let id = shop.with_db(|conn| product_id(conn, "gong")).await;
    let body = format!("change=stock&stock-by=5&stock-reason=x&products={id}&count=1");
    budi.post(BULK, body).await.expect_status(403);
    assert_eq!(shop.with_db(|conn| available(conn, "gong")).await, [5]);
    // Nor does she put back what somebody else has moved.
    let sari = shop.colleague("sari", "owner").await;
    let page = choose(&shop, &sari, &["gong"]).await;
    let form = kind(&page, "stock").fill("stock-by", "2").fill("stock-reason", "Found");
    let preview = form.press("See what changes").await;
    let done = preview.form(BULK).press("Change one product").await;
    let seen = budi.get(done.url.path()).await;
    assert!(seen.expect_status(200).all("form[action$=undo]").is_empty());
    budi.post(&format!("{}/undo", done.url.path()), "").await.expect_status(403);
    assert_eq!(shop.with_db(|conn| available(conn, "gong")).await, [7]);
}

async fn what_products_would_go_back_to_may_be_gone(shop: TestShop) {
    shop.with_db(|conn| goods("gong").put(conn)).await;
    let sari = shop.colleague("sari", "owner").await;
    let change = async |to: &'static str| {
        let page = choose(&shop, &sari, &["gong"]).await;
        let preview = kind(&page, "brand").choose("brand-to", to).press("See what changes").await;
        preview.form(BULK).press("Change one product").await
    };
    let brands = "/admin/products/brands/new";
    sari.get(brands).await.form(brands).fill("name", "Gone soon").press("Save").await;
    change("gone-soon").await.see("1 changed");
    let done = change("selasar").await;
    shop.with_db(|conn| {
        let brands = etalase::db::schema::brand::table;
        let gone = brands.filter(etalase::db::schema::brand::slug.eq("gone-soon"));
        Ok(diesel::delete(gone).execute(conn)?)
    })
    .await;
    let back = done.form("form[action$=undo]").press("Put everything back").await;
    back.see("1 not put back").see("The category or brand is no longer there.");
}

async fn what_is_long_past_is_forgotten(shop: TestShop) {
    shop.with_db(|conn| goods("gong").put(conn)).await;
    let sari = shop.colleague("sari", "owner").await;
    let page = choose(&shop, &sari, &["gong"]).await;
    let preview = kind(&page, "tag").fill("tag-to", "floor").press("See what changes").await;
    preview.form(BULK).press("Change one product").await.see("1 changed");
    let kept = || bulk_edit::table.count().get_result::<i64>(&mut shop.fresh.conn()).unwrap();
    let office = Office::of(&shop);
    office.begin().await;
    office.later(TimeDelta::days(89));
    office.work().await;
    assert_eq!(kept(), 1);
    office.later(TimeDelta::days(2));
    office.work().await;
    assert_eq!(kept(), 0);
}
