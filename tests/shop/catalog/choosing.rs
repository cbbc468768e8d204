//! Options and stock on a product's page, without scripts.

use crate::both;
use crate::kit::goods::{leave, leave_of, take_out};
use crate::kit::page::text_of;
use crate::kit::{Page, TestShop, goods};

both!(
    choosing_shows_the_price_of_the_choice,
    a_choice_that_is_sold_out_says_so,
    a_choice_that_does_not_exist_says_so,
    stock_is_told_in_words,
    a_page_begins_with_a_choice_that_can_be_had,
);

const MUG: &str = "/products/bumi-stoneware-mug";

async fn choosing_shows_the_price_of_the_choice(shop: TestShop) {
    let page = shop.visitor().get(MUG).await;
    page.see("Rp 116.000");
    let form = page.form("form#buy").choose("colour", "sage").choose("size", "350ml");
    let chosen = form.press("Show price and photos of this choice").await;
    assert_eq!(chosen.url.path(), MUG);
    assert_eq!(chosen.texts(".buy-top .price"), ["Rp 135.000 Tax included"]);
    let form = chosen.form("form#buy");
    assert_eq!((form.value("colour"), form.value("size")), ("sage".into(), "350ml".into()));
}

async fn a_choice_that_is_sold_out_says_so(shop: TestShop) {
    let page = shop.visitor().get(&format!("{MUG}?colour=ink&size=250ml")).await;
    assert_eq!(page.texts(".buy .stock"), ["Sold out"]);
    assert!(label(&page, "size", "250ml").ends_with("Sold out"));
    assert!(!label(&page, "size", "350ml").ends_with("Sold out"));
}

async fn a_choice_that_does_not_exist_says_so(shop: TestShop) {
    shop.with_db(|conn| take_out(conn, "SLS-BSM19-CLAY-350M")).await;
    let page = shop.visitor().get(&format!("{MUG}?colour=clay&size=250ml")).await;
    assert!(label(&page, "size", "350ml").ends_with("Not in this combination"));
    let page = shop.visitor().get(&format!("{MUG}?colour=oat&size=350ml")).await;
    assert!(label(&page, "colour", "clay").ends_with("Not in this combination"));
}

async fn stock_is_told_in_words(shop: TestShop) {
    shop.with_db(|conn| goods("some-cup").on_hand(6).put(conn)).await;
    let visitor = shop.visitor();
    for (left, english, indonesian) in [
        (6, "In stock", "Tersedia"),
        (5, "Only 5 left", "Tinggal 5"),
        (1, "Only 1 left", "Tinggal 1"),
        (0, "Sold out", "Habis"),
    ] {
        shop.with_db(move |conn| leave(conn, "some-cup", left)).await;
        let page = visitor.get("/products/some-cup").await;
        assert_eq!(page.texts(".buy .stock"), [english]);
        let page = visitor.get("/id/products/some-cup").await;
        let words = page.texts(".buy .stock").concat();
        assert!(words.contains(indonesian), "{words:?} for {left}");
    }
    visitor.get("/categories/mugs?sort=newest").await.see("Sold out");
}

async fn a_page_begins_with_a_choice_that_can_be_had(shop: TestShop) {
    shop.with_db(|conn| leave_of(conn, "SLS-BSM19-CLAY-250M", 0)).await;
    let page = shop.visitor().get(MUG).await;
    assert_eq!(page.texts(".buy .stock"), ["In stock"]);
}

/// What stands beside a radio button.
#[track_caller]
fn label(page: &Page, name: &str, value: &str) -> String {
    let button = page.one(&format!("input[name='{name}'][value='{value}']"));
    let label = button.parent().and_then(scraper::ElementRef::wrap).expect("a label around it");
    text_of(label)
}
