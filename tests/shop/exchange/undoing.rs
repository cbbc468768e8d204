//! What a file has changed is undone, but for what somebody has changed since.

use super::{bring, counts, press};
use crate::both;
use crate::kit::goods::{available, product_id};
use crate::kit::{TestShop, goods};

both!(
    undoing_brings_back_what_was_there_and_archives_what_is_new,
    what_somebody_has_changed_since_is_left_alone,
);

async fn undoing_brings_back_what_was_there_and_archives_what_is_new(shop: TestShop) {
    shop.with_db(|conn| goods("old-cup").costing(50_000).put(conn)).await;
    let sari = shop.colleague("sari", "owner").await;
    let before = super::export(&sari).await;
    let sku = sku(&before, "old-cup");
    let file = format!(
        "handle,name-en,tags,category,sku,price\nold-cup,Older cup,\"a, b\",Cups,{sku},60000\n\
         new-cup,New cup,,,NEW-1,70000\n"
    );
    let page = bring(&shop, &sari, &file).await;
    assert_eq!(counts(&page), ["1", "1", "0", "0"]);
    shop.visitor().get("/products/old-cup").await.see("Older cup").see("60.000");
    let page = press(&shop, &sari, &page, "undo", "Undo").await;
    page.see("as they were before: 2").see("changed them: 0");
    shop.visitor().get("/products/old-cup").await.see("The old-cup").see("50.000");
    let after = super::export(&sari).await;
    let of = |file: &str| {
        file.lines()
            .filter(|line| line.starts_with("old-cup"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(of(&after), of(&before));
    let id = shop.with_db(|conn| product_id(conn, "new-cup")).await;
    sari.get(&format!("/admin/products/{id}")).await.see("Archived");
}

fn sku(file: &str, handle: &str) -> String {
    let mut rows = csv::Reader::from_reader(file.trim_start_matches('\u{feff}').as_bytes());
    let at = rows.headers().unwrap().iter().position(|name| name == "sku").unwrap();
    let row = rows.records().map(Result::unwrap).find(|row| &row[0] == handle);
    row.unwrap()[at].to_owned()
}

async fn what_somebody_has_changed_since_is_left_alone(shop: TestShop) {
    shop.with_db(|conn| goods("old-cup").costing(50_000).put(conn)).await;
    let sari = shop.colleague("sari", "owner").await;
    let sku = sku(&super::export(&sari).await, "old-cup");
    let file = format!(
        "handle,name-en,tags,sku,price\nold-cup,Older cup,new,{sku},60000\nnew-cup,New cup,,NEW-1,70000\n"
    );
    let page = bring(&shop, &sari, &file).await;
    for handle in ["old-cup", "new-cup"] {
        let id = shop.with_db(move |conn| product_id(conn, handle)).await;
        let path = format!("/admin/products/{id}");
        let form = sari.get(&path).await.form(&path);
        form.fill("name-en", "Mine").press("Save").await.expect_status(200);
    }
    let page = press(&shop, &sari, &page, "undo", "Undo").await;
    page.see("as they were before: 0").see("changed them: 2");
    let shown = shop.visitor().get("/products/old-cup").await;
    shown.see("Mine").see("50.000");
    // Its handle has followed its name.
    let id = shop.with_db(|conn| product_id(conn, "mine")).await;
    sari.get(&format!("/admin/products/{id}")).await.see("Draft");
    assert_eq!(shop.with_db(|conn| available(conn, "old-cup")).await, [10]);
}
