//! What was ordered goes back into the cart, and what does not is named.

use crate::both;
use crate::kit::goods::leave;
use crate::kit::shopper::INDONESIAN;
use crate::kit::{Page, Shopper, TestShop, goods};

both!(
    an_order_goes_back_into_the_cart,
    ordering_again_twice_buys_nothing_twice,
    what_cannot_be_had_any_more_is_named,
    what_finds_no_place_is_named,
    a_stranger_puts_nothing_back,
);

async fn ordered(shop: &TestShop) -> (Shopper, Page) {
    shop.with_db(|conn| {
        goods("cup").named("Plain cup").on_hand(20).put(conn)?;
        goods("bowl").named("Deep bowl").on_hand(20).put(conn)
    })
    .await;
    let guest = shop.shopper();
    guest.add("cup", &[], 5).await;
    guest.add("bowl", &[], 2).await;
    let order = guest.order().await;
    (guest, order)
}

async fn again(order: &Page) -> Page {
    order.form(&format!("{}/again", order.url.path())).press("Order again").await
}

async fn an_order_goes_back_into_the_cart(shop: TestShop) {
    let (guest, order) = ordered(&shop).await;
    let cart = again(&order).await;
    cart.expect_heading("Cart").see("What you ordered is in your cart again");
    cart.see("Plain cup").see("Deep bowl");
    let second = guest.order().await;
    assert_ne!(second.url, order.url);
    second.see("Plain cup").see("Deep bowl");
}

async fn ordering_again_twice_buys_nothing_twice(shop: TestShop) {
    let (guest, order) = ordered(&shop).await;
    again(&order).await;
    let cart = again(&order).await;
    assert_eq!(cart.all("select[name=quantity] option[selected]").len(), 2);
    let chosen = cart.texts("select[name=quantity] option[selected]");
    assert_eq!(chosen, ["5", "2"]);
    guest.add("cup", &[], 2).await;
    assert_eq!(again(&order).await.texts("select[name=quantity] option[selected]"), ["7", "2"]);
}

async fn what_cannot_be_had_any_more_is_named(shop: TestShop) {
    let (guest, order) = ordered(&shop).await;
    shop.with_db(|conn| leave(conn, "cup", 3).and_then(|()| leave(conn, "bowl", 0))).await;
    let cart = again(&order).await;
    cart.see("Plain cup: only 3 of 5, no more are left.").see("Deep bowl can no longer be had.");
    assert_eq!(cart.texts("select[name=quantity] option[selected]"), ["3"]);
    let words = &INDONESIAN;
    let page = Shopper { words, ..guest }.open(&order.url.path().replace("/id", "")).await;
    let cart = page.form("main .receipt-after").press("Pesan lagi").await;
    cart.see("Plain cup: hanya 3 dari 5").see("Deep bowl sudah tidak tersedia");
}

async fn what_finds_no_place_is_named(shop: TestShop) {
    let (guest, order) = ordered(&shop).await;
    shop.with_db(|conn| {
        (0..49).try_for_each(|n| goods(&format!("thing-{n}")).put(conn).map(|_| ()))
    })
    .await;
    for n in 0..49 {
        guest.visitor.post("/cart/lines", format!("product=thing-{n}&quantity=1")).await;
    }
    again(&order).await.see("Deep bowl finds no place").see_no("Plain cup finds");
}

async fn a_stranger_puts_nothing_back(shop: TestShop) {
    let (_, order) = ordered(&shop).await;
    let stranger = shop.visitor();
    let own = order.url.path();
    let near = format!("{}{}", &own[..own.len() - 1], if own.ends_with('0') { '1' } else { '0' });
    for path in [near.as_str(), "/orders/nothing", "/orders/482-177-305"] {
        stranger.post(&format!("{path}/again"), "").await.expect_status(404);
    }
    assert_eq!(stranger.cookies(), "");
    stranger.open(&format!("/cart?again={}", "0".repeat(32))).await.see("Your cart is empty");
}
