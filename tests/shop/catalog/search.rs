//! Finding by words.

use crate::both;
use crate::kit::{TestShop, goods};

both!(
    a_product_is_found_by_its_words_in_both_languages,
    letters_with_marks_are_found_without_them,
    words_narrow_and_may_be_begun_only,
    a_code_leads_to_its_product,
    a_search_that_finds_nothing_helps,
    a_search_without_words_shows_everything,
    what_was_searched_for_stays_in_the_field,
);

async fn a_product_is_found_by_its_words_in_both_languages(shop: TestShop) {
    let visitor = shop.visitor();
    for words in ["hening", "HENING", "vase hening", "Hening  Vas"] {
        let query = words.replace(' ', "+");
        for path in ["/search?q=", "/id/search?q="] {
            let page = visitor.get(&format!("{path}{query}")).await;
            assert!(page.main_text().contains("Hening"), "{words:?} at {path}");
        }
    }
}

async fn letters_with_marks_are_found_without_them(shop: TestShop) {
    shop.with_db(|conn| goods("pastry").named("Crème Éclair").put(conn)).await;
    let visitor = shop.visitor();
    for words in ["creme", "Cr%C3%A8me", "ECLAIR", "e%CC%81clair"] {
        visitor.get(&format!("/search?q={words}")).await.see("Crème Éclair");
    }
}

async fn words_narrow_and_may_be_begun_only(shop: TestShop) {
    let visitor = shop.visitor();
    let found = async |query: &str| {
        visitor.get(&format!("/search?q={query}")).await.attributes("main .card a", "href")
    };
    let vases = found("vase").await;
    assert!(vases.len() > 1);
    assert_eq!(found("vase+hening").await, ["/products/hening-vase"]);
    assert_eq!(found("heni").await, ["/products/hening-vase"]);
    assert_eq!(found("vase").await, vases, "the same words find the same");
}

async fn a_code_leads_to_its_product(shop: TestShop) {
    let visitor = shop.visitor();
    let page = visitor.get("/search?q=sls-bsm19-sage-350m").await;
    page.expect_status(303);
    let page = visitor.follow(page).await;
    page.expect_status(200).expect_heading("Bumi Stoneware Mug");
    assert_eq!(page.form("form#buy").value("colour"), "sage");
    assert_eq!(page.form("form#buy").value("size"), "350ml");
}

async fn a_search_that_finds_nothing_helps(shop: TestShop) {
    let visitor = shop.visitor();
    let page = visitor.get("/search?q=xyzzyx").await;
    page.expect_status(200).see("We found nothing for that").see("Popular now");
    assert!(!page.attributes("main a[href^='/categories/']", "href").is_empty());
    let page = visitor.get("/search?q=stonware").await;
    page.see("Did you mean");
    visitor.get(&page.link("stoneware")).await.see("Bumi Stoneware Mug");
    let page = visitor.get("/id/search?q=xyzzyx").await;
    page.expect_status(200);
    assert!(!page.attributes("main .card a", "href").is_empty());
}

async fn a_search_without_words_shows_everything(shop: TestShop) {
    for path in ["/search", "/search?q=", "/search?q=%20%20"] {
        shop.visitor().get(path).await.see("59 products");
    }
}

async fn what_was_searched_for_stays_in_the_field(shop: TestShop) {
    let visitor = shop.visitor();
    let home = visitor.get("/").await;
    let page = home.form("header form").fill("q", "mug \"ink\" & <co>").press("Search").await;
    page.expect_heading("Results for “mug \"ink\" & <co>”");
    assert_eq!(page.form("header form").value("q"), "mug \"ink\" & <co>");
}
