//! Putting something into the cart, or hearing why not.

use crate::both;
use crate::kit::goods::{leave_of, take_out};
use crate::kit::{Page, Shopper, TestShop, goods};

both!(
    what_is_added_is_in_the_cart,
    the_same_thing_twice_adds_up,
    a_missing_choice_is_asked_for,
    what_is_sold_out_cannot_be_added,
    a_combination_that_does_not_exist_cannot_be_added,
    more_than_there_is_cannot_be_added,
    a_quantity_that_is_none_is_refused_with_the_choice_kept,
    a_price_that_is_sent_along_is_not_looked_at,
    a_form_that_makes_no_sense_changes_nothing,
    the_cart_speaks_the_language_of_its_page,
);

const MUG: &str = "bumi-stoneware-mug";
const CLAY: &[(&str, &str)] = &[("colour", "clay"), ("size", "350ml")];

async fn what_is_added_is_in_the_cart(shop: TestShop) {
    let page = shop.shopper().add(MUG, CLAY, 2).await;
    page.expect_status(200).expect_heading("Cart").see("Bumi Stoneware Mug is in your cart");
    assert_eq!(page.texts(".line .meta"), ["Clay, 350 ml", "Rp 135.000 each"]);
    assert_eq!(page.texts(".line .sum"), ["Rp 270.000"]);
    assert_eq!(page.texts("header .count"), ["2"]);
    // Tax is in the prices; delivery is the cheapest of the shop's own country.
    page.see("Rp 288.000");
}

async fn the_same_thing_twice_adds_up(shop: TestShop) {
    let guest = shop.shopper();
    guest.add(MUG, CLAY, 2).await;
    guest.add("hening-vase", &[("colour", "oat")], 1).await;
    let page = guest.add(MUG, CLAY, 3).await;
    assert_eq!(page.texts(".line h2"), ["Bumi Stoneware Mug", "Hening Vase"]);
    assert_eq!(page.form(".line form").value("quantity"), "5");
    assert_eq!(page.texts("header .count"), ["6"]);
}

async fn a_missing_choice_is_asked_for(shop: TestShop) {
    let guest = shop.shopper();
    let form = guest.buy_form(MUG, &[("colour", "sage")], 2).await.without("size");
    let page = form.press("Add to cart").await;
    refused(&page, "Choose one of each option");
    assert_eq!(page.form("form#buy").value("quantity"), "2");
    is_empty(&guest).await;
}

async fn what_is_sold_out_cannot_be_added(shop: TestShop) {
    let guest = shop.shopper();
    let page = guest.add(MUG, &[("colour", "ink"), ("size", "250ml")], 1).await;
    refused(&page, "sold out");
    assert_eq!(page.form("form#buy").value("colour"), "ink");
    let page = guest.add("titik-brew-scale", &[], 1).await;
    refused(&page, "sold out");
    is_empty(&guest).await;
}

async fn a_combination_that_does_not_exist_cannot_be_added(shop: TestShop) {
    shop.with_db(|conn| take_out(conn, "SLS-BSM19-CLAY-350M")).await;
    let guest = shop.shopper();
    refused(&guest.add(MUG, CLAY, 1).await, "nothing with these options together");
    let form = guest.buy_form(MUG, CLAY, 1).await.forge("colour", "no-such-colour");
    refused(&form.press("Add to cart").await, "");
    is_empty(&guest).await;
}

async fn more_than_there_is_cannot_be_added(shop: TestShop) {
    shop.with_db(|conn| leave_of(conn, "SLS-BSM19-CLAY-350M", 3)).await;
    let guest = shop.shopper();
    refused(&guest.add(MUG, CLAY, 4).await, "Only 3 are left");
    is_empty(&guest).await;
    guest.add(MUG, CLAY, 2).await.expect_heading("Cart");
    refused(&guest.add(MUG, CLAY, 2).await, "Only 3 left, and 2 of them are in your cart already");
    assert_eq!(guest.cart().await.texts("header .count"), ["2"]);
}

async fn a_quantity_that_is_none_is_refused_with_the_choice_kept(shop: TestShop) {
    let guest = shop.shopper();
    for quantity in ["0", "-1", "1.5", "1e3", "99999", "99999999999999999999", "many", "", "٣"] {
        let form = guest.buy_form(MUG, CLAY, 1).await.fill("quantity", quantity);
        let page = form.press("Add to cart").await;
        refused(&page, "whole number from 1 to 9,999");
        let form = page.form("form#buy");
        assert_eq!(form.value("quantity"), quantity, "what was typed is kept");
        assert_eq!(form.value("size"), "350ml", "what was chosen is kept");
    }
    is_empty(&guest).await;
}

async fn a_price_that_is_sent_along_is_not_looked_at(shop: TestShop) {
    let guest = shop.shopper();
    let form = guest.buy_form(MUG, CLAY, 1).await;
    let names = ["price", "amount", "unit_price", "total", "unit_amount", "discount"];
    let form = names.iter().fold(form, |form, name| form.forge(name, "1"));
    let page = form.press("Add to cart").await;
    assert_eq!(page.texts(".line .sum"), ["Rp 135.000"]);
}

async fn a_form_that_makes_no_sense_changes_nothing(shop: TestShop) {
    shop.with_db(|conn| {
        goods("draft-cup").status(etalase::catalog::model::Status::Draft).put(conn)
    })
    .await;
    let guest = shop.shopper();
    guest.add(MUG, CLAY, 1).await;
    let large = format!("product={MUG}&note={}", "a".repeat(66_000));
    let bodies: [(&[u8], u16); 9] = [
        (b"", 404),
        (b"product=", 404),
        (b"product=no-such-product&quantity=1", 404),
        (b"product=draft-cup&quantity=1", 404),
        (b"product=../../etc&quantity=1", 404),
        (b"product=bumi-stoneware-mug&product=hening-vase", 400),
        (b"product=%ff%fe", 400),
        (b"product=bumi-stoneware-mug&colour=a%00b", 400),
        (large.as_bytes(), 413),
    ];
    for (body, status) in bodies {
        let page = guest.visitor.post("/cart/lines", body.to_vec()).await;
        page.expect_status(status);
        assert!(!page.heading().is_empty(), "a page says what to do");
        assert_eq!(page.attributes("html", "lang"), ["en"]);
    }
    assert_eq!(guest.cart().await.texts(".line .sum"), ["Rp 135.000"]);
}

async fn the_cart_speaks_the_language_of_its_page(shop: TestShop) {
    let guest = shop.indonesian_shopper();
    let page = guest.add(MUG, CLAY, 1).await;
    page.expect_heading("Keranjang").see("Tanah liat, 350 ml");
    assert_eq!(page.url.path(), "/id/cart");
    let english = guest.visitor.open(&page.link("English")).await;
    english.expect_heading("Cart").see("Clay, 350 ml");
}

/// The product's page once more, with the problem named.
#[track_caller]
fn refused(page: &Page, why: &str) {
    page.expect_status(422).expect_heading(&page.heading());
    let problem = page.texts("[role=alert]").concat();
    assert!(problem.contains(why), "{why:?} is not in {problem:?}");
    page.form("form#buy");
}

async fn is_empty(guest: &Shopper) {
    guest.cart().await.see("Your cart is empty");
    assert_eq!(guest.visitor.cookies(), "");
}
