//! The demo's goods, put into a shop of somebody's own and taken out again.

use diesel::prelude::*;
use etalase::catalog::model::Status;
use etalase::db::schema::{
    attribute, brand, category, demo_thing, option_type, product, product_category, stock_move,
};
use etalase::ids::{CategoryId, ProductId};
use etalase::money::Currency;

use crate::both;
use crate::kit::rules::{change_settings, flat, only};
use crate::kit::{Dbms, TestShop, Visitor};

both!(
    goods_come_and_go_in_one_step,
    what_is_the_owners_own_stays,
    what_somebody_has_ordered_is_archived,
    goods_are_priced_in_the_shops_currency,
    nothing_is_added_beside_something_of_the_same_name,
);

async fn sari(shop: &TestShop) -> Visitor {
    shop.colleague("sari", "owner").await
}

async fn add(sari: &Visitor) {
    let form = sari.open("/admin/start").await.form("/admin/start/goods");
    form.press("Add demo goods").await.see("The demo goods are in your shop.");
}

async fn remove(sari: &Visitor) -> String {
    let form = sari.open("/admin/start").await.form("/admin/start/goods/remove");
    form.press("Remove demo goods").await.texts("[role=status]").concat()
}

/// Goods, categories, brands, attributes, options, and what is remembered of them.
async fn counts(shop: &TestShop) -> [i64; 6] {
    shop.with_db(|conn| {
        Ok([
            product::table.count().get_result(conn)?,
            category::table.count().get_result(conn)?,
            brand::table.count().get_result(conn)?,
            attribute::table.count().get_result(conn)?,
            option_type::table.count().get_result(conn)?,
            demo_thing::table.count().get_result(conn)?,
        ])
    })
    .await
}

async fn goods_come_and_go_in_one_step(dbms: Dbms) {
    let shop = TestShop::open_new(dbms).await;
    let sari = sari(&shop).await;
    for _ in 0..2 {
        add(&sari).await;
        assert_eq!(counts(&shop).await[0], 59);
        let page = sari.get("/products/bumi-stoneware-mug").await;
        page.expect_status(200).see("Rp 135.000");
        let picture = page.attributes("main img", "src").remove(0);
        sari.get(&picture).await.expect_status(200);
        sari.open("/admin/start").await.see("The demo goods are still there.");
        let said = remove(&sari).await;
        assert_eq!(said, "59 products are removed. Nothing of them is left.");
        assert_eq!(counts(&shop).await, [0; 6]);
        sari.get("/products/bumi-stoneware-mug").await.expect_status(404);
    }
    let moves = shop.with_db(|conn| Ok(stock_move::table.count().get_result::<i64>(conn)?)).await;
    assert_eq!(moves, 0);
}

async fn what_is_the_owners_own_stays(dbms: Dbms) {
    let shop = TestShop::open_new(dbms).await;
    let sari = sari(&shop).await;
    let own = "name=Own+cup&price=1000&units=3";
    sari.post("/admin/start/product", own).await.expect_status(303);
    add(&sari).await;
    let (own, changed, mugs) = shop
        .with_db(|conn| {
            let id = |slug: &'static str| product::table.filter(product::slug.eq(slug));
            let own: ProductId = id("own-cup").select(product::id).first(conn)?;
            let changed: ProductId = id("kenanga-candle").select(product::id).first(conn)?;
            let mugs = category::table.filter(category::slug.eq("mugs")).select(category::id);
            let mugs: CategoryId = mugs.first(conn)?;
            diesel::update(product::table.find(own))
                .set(product::category_id.eq(mugs))
                .execute(conn)?;
            Ok((own, changed, mugs))
        })
        .await;
    let form = sari.open(&format!("/admin/products/{changed}")).await.form("form#product");
    form.fill("name-en", "My candle").press("Save").await.expect_status(200);
    let said = remove(&sari).await;
    assert_eq!(said, "58 products are removed. 1 stays, as it was changed or ordered.");
    let left = shop
        .with_db(move |conn| {
            let mut left: Vec<ProductId> = product::table.select(product::id).load(conn)?;
            left.sort();
            let places = product_category::table.count().get_result::<i64>(conn)?;
            let mugs = category::table.find(mugs).count().get_result::<i64>(conn)?;
            Ok((left, places > 0, mugs))
        })
        .await;
    assert_eq!(left, (vec![own, changed], true, 1));
    sari.get("/products/kenanga-candle").await.expect_heading("My candle");
    sari.open("/admin/start").await.see("Add demo goods");
}

async fn what_somebody_has_ordered_is_archived(dbms: Dbms) {
    let shop = TestShop::open_new(dbms).await;
    let sari = sari(&shop).await;
    add(&sari).await;
    shop.with_db(|conn| {
        only(conn, &[], &[flat("world", "post", 9_000)])?;
        change_settings(conn, |settings| {
            settings.open = true;
            settings.cash_on_delivery_in = vec![settings.country];
        })
    })
    .await;
    let shopper = shop.shopper();
    shopper.add("kenanga-candle", &[], 1).await;
    let form = shopper.checkout_form().await.choose("payment", "cash_on_delivery");
    form.press("Place order").await.expect_heading("Thank you");
    let said = remove(&sari).await;
    assert_eq!(said, "58 products are removed. 1 stays, as it was changed or ordered.");
    let status = product::table.select(product::status).first::<String>(&mut shop.fresh.conn());
    assert_eq!(status.unwrap(), Status::Archived.code());
    shopper.open("/products/kenanga-candle").await.expect_status(410);
}

async fn goods_are_priced_in_the_shops_currency(dbms: Dbms) {
    let shop = TestShop::open_new(dbms).await;
    shop.with_db(|conn| change_settings(conn, |shop| shop.currency = Currency::USD)).await;
    let sari = sari(&shop).await;
    add(&sari).await;
    sari.get("/products/bumi-stoneware-mug").await.see("$9.00");
}

async fn nothing_is_added_beside_something_of_the_same_name(dbms: Dbms) {
    let shop = TestShop::open_new(dbms).await;
    let sari = sari(&shop).await;
    sari.post("/admin/start/product", "name=Kenanga+candle&price=9&units=0").await;
    let form = sari.open("/admin/start").await.form("/admin/start/goods");
    let page = form.send("Add demo goods").await;
    page.expect_status(409).see("Nothing was added");
    assert_eq!(counts(&shop).await, [1, 0, 0, 0, 0, 0]);
}
