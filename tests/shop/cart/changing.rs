//! Lines that the shopper changes, and lines that the shop has changed meanwhile.

use crate::both;
use crate::kit::goods::{leave, price_at, product_id, reprice, rupiah};
use crate::kit::{Page, Shopper, TestShop, goods};
use etalase::catalog::model::Status;
use etalase::catalog::writes::set_status;
use etalase::prices::NewPrice;
use etalase::values::Quantity;

both!(
    a_quantity_can_be_changed,
    a_line_can_be_removed_and_comes_back,
    a_quantity_that_is_none_changes_nothing,
    what_is_gone_short_or_dearer_is_named_and_not_altered,
    what_is_short_can_be_taken_as_it_is_left,
    a_tier_counts_at_exactly_its_quantity,
    another_quantity_is_no_change_of_price,
    a_tier_that_becomes_dearer_is_named,
    an_order_is_priced_by_its_quantities,
    a_cart_that_must_be_mended_does_not_lead_to_the_checkout,
    a_line_of_somebody_else_cannot_be_changed,
);

async fn with_cups(shop: &TestShop) -> Shopper {
    shop.with_db(|conn| {
        goods("red-cup").costing(20_000).on_hand(50).put(conn)?;
        goods("blue-cup").costing(30_000).on_hand(50).put(conn)
    })
    .await;
    let guest = shop.shopper();
    guest.add("red-cup", &[], 2).await;
    guest.add("blue-cup", &[], 1).await;
    guest
}

async fn a_quantity_can_be_changed(shop: TestShop) {
    let guest = with_cups(&shop).await;
    let cart = guest.cart().await;
    let page = line(&cart, 0).choose("quantity", "7").press("Update").await;
    page.expect_heading("Cart");
    assert_eq!(sums(&page), ["Rp 140.000", "Rp 30.000"]);
    assert_eq!(page.texts("header .count"), ["8"]);
}

async fn a_line_can_be_removed_and_comes_back(shop: TestShop) {
    let guest = with_cups(&shop).await;
    let cart = guest.cart().await;
    let page = line(&cart, 0).press("Remove").await;
    page.see("The red-cup removed");
    assert_eq!(sums(&page), ["Rp 30.000"]);
    let page = page.form(".notice form").press("Undo").await;
    assert_eq!(sums(&page), ["Rp 30.000", "Rp 40.000"]);
    // Asking for none is another way to say so.
    let id = line(&page, 0).action().path().to_owned();
    let page = guest.visitor.post(&id, "quantity=0").await;
    let page = guest.visitor.follow(page).await;
    assert_eq!(sums(&page), ["Rp 40.000"]);
}

async fn a_quantity_that_is_none_changes_nothing(shop: TestShop) {
    let guest = with_cups(&shop).await;
    let path = line(&guest.cart().await, 0).action().path().to_owned();
    for typed in ["-1", "1.5", "many", "10000", "", "9%C2%BD"] {
        let page = guest.visitor.post(&path, format!("quantity={typed}")).await;
        page.expect_status(422).see("whole number");
        assert_eq!(page.all("[aria-invalid=true]").len(), 1);
    }
    for path in ["/cart/lines/999999999", "/cart/lines/x", "/cart/lines/-1"] {
        let page = guest.visitor.post(path, "quantity=1").await;
        assert!(page.status < 500, "{path}: {}", page.status);
    }
    assert_eq!(sums(&guest.cart().await), ["Rp 40.000", "Rp 30.000"]);
}

async fn what_is_gone_short_or_dearer_is_named_and_not_altered(shop: TestShop) {
    let guest = with_cups(&shop).await;
    shop.with_db(|conn| goods("green-cup").put(conn)).await;
    guest.add("green-cup", &[], 1).await;
    shop.with_db(|conn| {
        leave(conn, "red-cup", 1)?;
        reprice(conn, "blue-cup", 33_000)?;
        let green = product_id(conn, "green-cup")?;
        set_status(conn, green, Status::Archived)
    })
    .await;
    let page = guest.cart().await;
    assert_eq!(page.texts(".line h2"), ["The red-cup", "The blue-cup", "The green-cup"]);
    page.see("Only 1 is left. Take it, or remove this item.")
        .see("This now costs Rp 33.000. It was Rp 30.000 when you added it.")
        .see("This is no longer sold. Remove it to check out.");
    assert_eq!(line(&page, 0).value("quantity"), "2", "what was wanted is not altered");
    assert_eq!(page.texts("header .count"), ["4"]);
}

/// Cups for Rp 20.000, from ten on for Rp 15.000; nine are in the cart.
async fn with_tiers(shop: &TestShop) -> Shopper {
    shop.with_db(|conn| {
        goods("red-cup").on_hand(50).put(conn)?;
        price_at(conn, "red-cup", &tiered(15_000))
    })
    .await;
    let guest = shop.shopper();
    guest.add("red-cup", &[], 9).await;
    guest
}

fn tiered(from_ten: i64) -> [NewPrice; 2] {
    let min_quantity = Quantity::new(10).unwrap();
    let plain = NewPrice::plain(rupiah(20_000));
    [plain, NewPrice { min_quantity, ..NewPrice::plain(rupiah(from_ten)) }]
}

async fn a_tier_counts_at_exactly_its_quantity(shop: TestShop) {
    let guest = with_tiers(&shop).await;
    assert_eq!(sums(&guest.cart().await), ["Rp 180.000"]);
    let page = guest.add("red-cup", &[], 1).await;
    assert_eq!(sums(&page), ["Rp 150.000"]);
    assert_eq!(page.texts(".line .meta"), ["Rp 15.000 each"]);
}

async fn another_quantity_is_no_change_of_price(shop: TestShop) {
    let guest = with_tiers(&shop).await;
    let no_news = |page: &Page| {
        page.see_no("when you added it");
    };
    let page = line(&guest.cart().await, 0).choose("quantity", "10").press("Update").await;
    no_news(&page);
    let page = line(&page, 0).fill("quantity", "5").press("Update").await;
    assert_eq!(sums(&page), ["Rp 100.000"]);
    no_news(&page);
    let page = line(&page, 0).choose("quantity", "10").press("Update").await;
    shop.with_db(|conn| leave(conn, "red-cup", 4)).await;
    no_news(&page);
    let page = line(&guest.cart().await, 0).press("Take 4").await;
    assert_eq!(sums(&page), ["Rp 80.000"]);
    no_news(&page);
}

async fn a_tier_that_becomes_dearer_is_named(shop: TestShop) {
    let guest = with_tiers(&shop).await;
    guest.add("red-cup", &[], 1).await;
    shop.with_db(|conn| price_at(conn, "red-cup", &tiered(16_000))).await;
    let page = guest.cart().await;
    page.see("This now costs Rp 16.000. It was Rp 15.000 when you added it.");
}

async fn an_order_is_priced_by_its_quantities(shop: TestShop) {
    let guest = with_tiers(&shop).await;
    guest.add("red-cup", &[], 3).await;
    guest.order().await.see("Rp 180.000").see("Rp 270.000").see_no("Rp 240.000");
}

async fn what_is_short_can_be_taken_as_it_is_left(shop: TestShop) {
    let guest = with_cups(&shop).await;
    shop.with_db(|conn| leave(conn, "red-cup", 1)).await;
    let page = line(&guest.cart().await, 0).press("Take 1").await;
    assert_eq!(sums(&page), ["Rp 20.000", "Rp 30.000"]);
    page.see_no("left");
}

async fn a_cart_that_must_be_mended_does_not_lead_to_the_checkout(shop: TestShop) {
    let guest = with_cups(&shop).await;
    shop.with_db(|conn| leave(conn, "red-cup", 0)).await;
    let page = guest.cart().await;
    page.see("One item needs a change before you can check out.");
    assert!(page.all("main a[href='/checkout']").is_empty());
    let page = guest.open("/checkout").await;
    assert_eq!(page.url.path(), "/cart");
    let page = line(&page, 0).press("Remove").await;
    guest.visitor.open(&page.link("Check out")).await.expect_heading("Check out");
}

async fn a_line_of_somebody_else_cannot_be_changed(shop: TestShop) {
    let guest = with_cups(&shop).await;
    let path = line(&guest.cart().await, 0).action().path().to_owned();
    let stranger = shop.visitor();
    let page = stranger.post(&path, "remove=1").await;
    assert!(page.status < 500);
    assert_eq!(sums(&guest.cart().await), ["Rp 40.000", "Rp 30.000"]);
}

/// The form of a line.
#[track_caller]
fn line(page: &Page, at: usize) -> crate::kit::form::Form {
    page.form(&format!(".line:nth-of-type({}) form", at + 1))
}

fn sums(page: &Page) -> Vec<String> {
    page.texts(".line .sum")
}
