//! Files of other shop systems.

use super::{bring, check, counts, export, problems};
use crate::both;
use crate::kit::TestShop;
use crate::kit::goods::available;

both!(both_headers_of_shopify_bring_the_same_goods, woocommerce_brings_products_and_variations);

const OLD: &str = include_str!("shopify-2024.csv");
const NEW: &str = include_str!("shopify-2025.csv");
const WOO: &str = include_str!("woocommerce.csv");

async fn both_headers_of_shopify_bring_the_same_goods(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let page = check(&shop, &sari, OLD).await;
    page.see("Shopify").see("Image Src").see("are not fetched");
    assert_eq!(problems(&page), [""; 0]);
    let page = bring(&shop, &sari, OLD).await;
    assert_eq!(counts(&page), ["2", "0", "0", "0"]);
    let bowl = shop.visitor().get("/products/rice-bowl").await;
    bowl.expect_status(200).see("Thrown & glazed by hand.").see("Tanah Liat").see("Bowls");
    bowl.see("95.000").see("Sand").see("Large");
    assert_eq!(shop.with_db(|conn| available(conn, "rice-bowl")).await, [12, 0]);
    assert_eq!(shop.visitor().get("/products/tea-towel").await.status, 404, "it is not published");
    let page = check(&shop, &sari, NEW).await;
    assert_eq!(counts(&page), ["0", "0", "2", "0"], "{}", page.main_text());
}

async fn woocommerce_brings_products_and_variations(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let page = check(&shop, &sari, WOO).await;
    page.see("WooCommerce");
    let found = problems(&page);
    assert!(found[0].starts_with("5 The product of this variation"), "{found:?}");
    assert!(found[1].starts_with("7 Products of this kind"), "{found:?}");
    let page = bring(&shop, &sari, WOO).await;
    assert_eq!(counts(&page), ["2", "0", "0", "2"]);
    let scarf = shop.visitor().get("/products/batik-scarf").await;
    scarf.expect_status(200).see("Drawn with wax & dyed.").see("Scarves");
    scarf.see("250.000").see("300.000").see("Indigo").see("Sogan");
    assert_eq!(shop.with_db(|conn| available(conn, "batik-scarf")).await, [7, 5]);
    assert!(export(&sari).await.contains(",Soft silk.,"));
    let again = check(&shop, &sari, &WOO.replace("Batik scarf", "Silk scarf")).await;
    assert_eq!(counts(&again), ["0", "1", "1", "2"], "known by its SKUs");
    again.see("name-en");
}
