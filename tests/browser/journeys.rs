//! Search, look, choose, buy: the whole way, as two people go it.

use fantoccini::key::Key;

use crate::browser::{Browser, DESKTOP, PHONE_WITHOUT_SCRIPTS, browse};

#[test]
fn rani_buys_on_her_phone_without_scripts_in_indonesian() {
    browse(PHONE_WITHOUT_SCRIPTS, async |browser| {
        has_no_scripts(browser).await;
        browser.go("/id/").await;
        browser.press("Cari").await;
        browser.fill("q", "mug").await;
        browser.key(Key::Enter.into()).await;
        browser.see("“mug”").await;
        browser.press("Mug Stoneware Bumi").await;
        browser.choose("colour", "oat").await;
        browser.choose("size", "350ml").await;
        browser.press("Masukkan ke keranjang").await;
        browser.headed("Keranjang").await;
        browser.see("Gandum, 350 ml").await;
        browser.press("Lanjut ke pembayaran").await;
        fill_in(browser).await;
        browser.choose("payment", "cash_on_delivery").await;
        browser.press("Buat pesanan").await;
        browser.headed("Terima kasih").await;
        browser.see("Rp 153.000").await;
        assert_eq!(browser.overflow().await, 0);
    });
}

#[test]
fn david_buys_at_his_desk_in_english() {
    browse(DESKTOP, async |browser| {
        browser.go("/").await;
        browser.press("Tableware").await;
        browser.press("Mugs & cups").await;
        browser.press("Bumi Stoneware Mug").await;
        browser.choose("colour", "sage").await;
        browser.press("Add to cart").await;
        browser.headed("Cart").await;
        browser.see("Sage, 250 ml").await;
        browser.select("quantity", "3").await;
        browser.press("Update").await;
        browser.see("Rp 348.000").await;
        browser.press("Check out").await;
        fill_in(browser).await;
        browser.press("Continue").await;
        browser.see("Your address is complete.").await;
        browser.press("Place order").await;
        browser.headed("Thank you").await;
        browser.see("Rp 366.000").await;
        browser.see("000 123 4567").await;
        assert_eq!(browser.complaints().await, [""; 0]);
    });
}

pub async fn fill_in(browser: &Browser) {
    for (name, text) in [
        ("email", "rani.wijaya@example.com"),
        ("phone", "0812 3456 7890"),
        ("name", "Rani Wijaya"),
        ("line1", "Jl. Cihampelas 112"),
        ("city", "Kota Bandung"),
        ("district", "Coblong"),
        ("postcode", "40131"),
    ] {
        browser.fill(name, text).await;
    }
    browser.select("region", "Jawa Barat").await;
}

/// A page that would change its own title.
async fn has_no_scripts(browser: &Browser) {
    let page = "data:text/html,<title>before</title><script>document.title='after'</script>";
    browser.client.goto(page).await.unwrap();
    assert_eq!(browser.client.title().await.unwrap(), "before", "scripts run");
}
