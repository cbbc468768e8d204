//! A page asks the database a fixed number of questions, whatever it shows.

use crate::both;
use crate::kit::goods::product_id;
use crate::kit::{TestShop, goods};
use etalase::catalog::writes::relate;

both!(
    a_long_list_needs_as_many_statements_as_a_short_one,
    a_product_with_much_needs_as_many_statements_as_one_with_little,
    the_home_page_needs_as_many_statements_with_more_goods,
);

/// Enough for every page; one that needs more should think again.
const MOST: u64 = 14;

async fn a_long_list_needs_as_many_statements_as_a_short_one(shop: TestShop) {
    shop.with_db(|conn| {
        for n in 0..12 {
            goods(&format!("many-{n}")).category("plates").put(conn)?;
        }
        for n in 0..48 {
            goods(&format!("more-{n}")).category("glassware").put(conn)?;
        }
        Ok(())
    })
    .await;
    let few = needed(&shop, "/categories/plates").await;
    let many = needed(&shop, "/categories/glassware").await;
    let second = needed(&shop, "/categories/glassware?page=2&sort=price-up").await;
    assert_eq!((few, few), (many, second));
    assert!(few <= MOST, "{few} statements for a list");
}

async fn a_product_with_much_needs_as_many_statements_as_one_with_little(shop: TestShop) {
    shop.with_db(|conn| {
        goods("plain-cup").put(conn)?;
        // A card each for what goes well with it, as the mug has.
        let cup = product_id(conn, "plain-cup")?;
        let vase = product_id(conn, "hening-vase")?;
        relate(conn, cup, &[vase])
    })
    .await;
    let little = needed(&shop, "/products/plain-cup").await;
    let much = needed(&shop, "/products/aceh-gayo").await;
    // A product without options is not asked for the values of its variants.
    assert!(much - little <= 1, "{little} statements for a plain product, {much} for another");
    assert_eq!(much, needed(&shop, "/products/bumi-stoneware-mug").await);
    assert!(much <= MOST, "{much} statements for a product");
}

async fn the_home_page_needs_as_many_statements_with_more_goods(shop: TestShop) {
    let before = needed(&shop, "/").await;
    shop.with_db(|conn| {
        (0..40).try_for_each(|n| goods(&format!("more-{n}")).put(conn).map(|_| ()))
    })
    .await;
    assert_eq!(needed(&shop, "/").await, before);
    assert!(before <= MOST, "{before} statements for the home page");
}

async fn needed(shop: &TestShop, path: &str) -> u64 {
    let visitor = shop.visitor();
    visitor.get(path).await.expect_status(200);
    shop.statements(|| visitor.get(path)).await
}
