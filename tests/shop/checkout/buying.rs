//! The whole way, as a guest.

use diesel::prelude::*;

use crate::both;
use crate::kit::goods::available;
use crate::kit::shopper::{fill_in, order_number};
use crate::kit::{Page, TestShop, goods};
use etalase::db::schema::orders;

both!(
    a_guest_buys_with_a_bank_transfer,
    a_guest_buys_in_indonesian_and_pays_in_cash,
    a_guest_buys_for_a_friend_in_singapore,
    a_bill_goes_to_a_company_at_another_address,
    a_look_before_ordering_shows_the_costs_of_the_choice,
    what_is_bought_leaves_the_shelf_and_the_cart,
    an_order_adds_up,
);

const MUG: &str = "bumi-stoneware-mug";
const CLAY: &[(&str, &str)] = &[("colour", "clay"), ("size", "350ml")];

async fn a_guest_buys_with_a_bank_transfer(shop: TestShop) {
    let guest = shop.shopper();
    guest.add(MUG, CLAY, 2).await;
    let form = guest.checkout_form().await.choose("payment", "bank_transfer");
    let page = form.choose("delivery", "regular").press("Place order, Rp 288.000").await;
    page.expect_status(200).expect_heading("Thank you");
    assert!(page.url.path().starts_with("/orders/"));
    let number = order_number(&page, guest.words);
    assert!(!number.is_empty());
    for words in [
        "Bumi Stoneware Mug",
        "Clay, 350 ml",
        "Rp 270.000",
        "Rp 18.000",
        "Rp 288.000",
        "Bank transfer",
        "Bank Contoh",
        "000 123 4567",
        "Rani Wijaya",
        "Jl. Cihampelas 112, RT 03/RW 05",
        "Kota Bandung",
        "Jawa Barat",
        "40131",
        "Indonesia",
        "rani.wijaya@example.com",
        "+6281234567890",
    ] {
        page.see(words);
    }
}

async fn a_guest_buys_in_indonesian_and_pays_in_cash(shop: TestShop) {
    let guest = shop.indonesian_shopper();
    guest.add(MUG, CLAY, 1).await.expect_heading("Keranjang");
    let checkout = guest.check_out().await;
    checkout.expect_heading("Pembayaran");
    let form = fill_in(checkout.form("/checkout")).choose("payment", "cash_on_delivery");
    let page = form.choose("delivery", "express").press("Lanjutkan").await;
    let page = page.expect_status(200).form("/checkout").press("Buat pesanan, Rp 169.000").await;
    page.expect_status(200).expect_heading("Terima kasih");
    assert!(page.url.path().starts_with("/id/orders/"));
    for words in ["Tanah liat, 350 ml", "Rp 135.000", "Rp 34.000", "Rp 169.000", "Ekspres", "tunai"]
    {
        page.see(words);
    }
    page.see_no("Bank Contoh");
    let locale =
        shop.with_db(|conn| Ok(orders::table.select(orders::locale).first::<String>(conn)?));
    assert_eq!(locale.await, "id", "the shop writes to her in her language");
}

async fn a_guest_buys_for_a_friend_in_singapore(shop: TestShop) {
    let guest = shop.shopper();
    guest.add(MUG, CLAY, 1).await;
    let page = guest.checkout_form().await.choose("country", "SG").press("Continue").await;
    page.expect_status(200);
    // The fields follow the country, and what was typed stays.
    let form = page.form("/checkout");
    assert_eq!(form.value("name"), "Rani Wijaya");
    assert!(!form.names().contains(&"district"), "{:?}", form.names());
    assert_eq!(form.choices("payment"), ["bank_transfer"]);
    let page = form.fill("postcode", "238801").press("Continue").await;
    let page = page.form("/checkout").press("Place order, Rp 285.000").await;
    page.expect_heading("Thank you").see("Singapore").see("238801").see("Rp 150.000");
}

async fn a_bill_goes_to_a_company_at_another_address(shop: TestShop) {
    let guest = shop.shopper();
    guest.add(MUG, CLAY, 1).await;
    let form = guest.checkout_form().await.untick("billing_same");
    let form = form
        .fill("billing_company", "PT Contoh Makmur")
        .fill("billing_tax_number", "01.234.567.8-901.000")
        .fill("billing_name", "Bagian Keuangan")
        .fill("billing_line1", "Jl. Sudirman 1")
        .choose("billing_region", "DKI Jakarta")
        .fill("billing_city", "Jakarta Selatan")
        .fill("billing_district", "Setiabudi")
        .fill("billing_postcode", "12920")
        .fill("note", "Please ring twice.\nThank you!");
    let page = form.press("Place order").await;
    page.expect_heading("Thank you");
    for words in
        ["PT Contoh Makmur", "01.234.567.8-901.000", "Jl. Sudirman 1", "Please ring twice."]
    {
        page.see(words);
    }
}

async fn a_look_before_ordering_shows_the_costs_of_the_choice(shop: TestShop) {
    let guest = shop.shopper();
    guest.add(MUG, CLAY, 1).await;
    let form = guest.checkout_form().await.choose("delivery", "express");
    let page = form.press("Update total").await;
    page.expect_status(200).see("Rp 169.000");
    assert_eq!(page.form("/checkout").value("delivery"), "express");
    assert_eq!(page.form("/checkout").value("email"), "rani.wijaya@example.com");
    assert_eq!(super::order_rows(&shop).await, super::NOTHING);
}

async fn what_is_bought_leaves_the_shelf_and_the_cart(shop: TestShop) {
    shop.with_db(|conn| goods("cup").on_hand(7).put(conn)).await;
    let guest = shop.shopper();
    guest.add("cup", &[], 3).await;
    guest.order().await;
    assert_eq!(shop.with_db(|conn| available(conn, "cup")).await, [4]);
    assert_eq!(guest.visitor.cookies(), "", "a cart that became an order is forgotten");
    guest.cart().await.see("Your cart is empty");
}

async fn an_order_adds_up(shop: TestShop) {
    let guest = shop.shopper();
    guest.add(MUG, CLAY, 2).await;
    guest.add("kenanga-candle", &[], 1).await;
    let page = guest.order().await;
    type Amounts = (i64, i64, i64, i64, i64);
    let amounts: Amounts = shop
        .with_db(|conn| {
            let amounts = (
                orders::goods_amount,
                orders::delivery_amount,
                orders::total_amount,
                orders::tax_amount,
                orders::rounding_amount,
            );
            Ok(orders::table.select(amounts).first(conn)?)
        })
        .await;
    let (goods, delivery, total) = (2 * 135_000 + 189_000, 18_000, 477_000);
    // Prices include 11 % tax, delivery too: of each the part that is tax.
    let tax = amounts.3;
    assert_eq!(amounts, (goods, delivery, total, tax, 0));
    assert!((tax - total * 11 / 111).abs() <= 2, "{tax} is not 11 % of what is net");
    assert_eq!(sums(&page), ["Rp 270.000", "Rp 189.000"]);
}

fn sums(page: &Page) -> Vec<String> {
    page.texts(".receipt-lines tbody td:last-child")
}
