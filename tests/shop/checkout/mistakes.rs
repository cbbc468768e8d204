//! Mistakes come back with everything that was typed, named at the field and above the form.

use crate::both;
use crate::kit::{Page, Shopper, TestShop};

use super::{NOTHING, order_rows};

both!(
    mistakes_come_back_with_everything_typed,
    a_look_names_only_what_stands_above_it,
    an_empty_form_names_every_field_that_it_needs,
    every_field_says_what_it_is_to_browsers,
    the_fields_follow_the_country,
    nothing_that_is_typed_breaks_the_page,
    a_body_that_is_too_large_or_broken_is_refused,
);

async fn with_candle(shop: &TestShop) -> Shopper {
    let guest = shop.shopper();
    guest.visitor.post("/cart/lines", "product=kenanga-candle&quantity=1").await.expect_status(303);
    guest
}

async fn mistakes_come_back_with_everything_typed(shop: TestShop) {
    let guest = with_candle(&shop).await;
    let form = guest.checkout_form().await;
    let form = form
        .fill("email", "rani.wijaya(at)example.com")
        .fill("postcode", "4013")
        .fill("note", "Two lines\nof \"note\" <b>&amp;</b>")
        .choose("delivery", "express")
        .choose("payment", "cash_on_delivery");
    let typed = form.values();
    let page = form.press("Place order").await;
    page.expect_status(422).see("There is a problem");
    assert_eq!(page.texts("title").concat().split(':').next(), Some("Error"));
    let again = page.form("/checkout").values();
    for (name, value) in typed.iter().filter(|(name, _)| !is_hidden(name)) {
        let kept = again.iter().find(|(known, _)| known == name).map(|(_, value)| value);
        assert_eq!(kept.map(|kept| kept.replace("\r\n", "\n")).as_ref(), Some(value), "{name}");
    }
    named(&page, &["email", "postcode"]);
    assert_eq!(order_rows(&shop).await, NOTHING);
}

async fn a_look_names_only_what_stands_above_it(shop: TestShop) {
    let guest = with_candle(&shop).await;
    let form = guest.check_out().await.form("/checkout");
    let page = form.fill("email", "rani@example.com").press("Continue").await;
    page.expect_status(422);
    named(&page, &["phone", "name", "line1", "region", "city", "district", "postcode"]);
    let page = guest.checkout_form().await.press("Continue").await;
    page.expect_status(200).see("Your address is complete.");
    assert_eq!(page.all("[aria-invalid]").len(), 0);
}

async fn an_empty_form_names_every_field_that_it_needs(shop: TestShop) {
    let guest = with_candle(&shop).await;
    let page = guest.check_out().await.form("/checkout").press("Place order").await;
    page.expect_status(422);
    let needed = ["email", "phone", "name", "line1", "region", "city", "district", "postcode"];
    named(&page, &needed);
    let indonesian = Shopper { words: shop.indonesian_shopper().words, ..guest };
    let page = indonesian.check_out().await.form("/checkout").press("Buat pesanan").await;
    page.expect_status(422).see("Isi alamat email Anda");
    named(&page, &needed);
}

async fn every_field_says_what_it_is_to_browsers(shop: TestShop) {
    let page = with_candle(&shop).await.check_out().await;
    for (name, complete, mode) in [
        ("email", "email", "email"),
        ("phone", "tel", "tel"),
        ("name", "name", ""),
        ("line1", "address-line1", ""),
        ("postcode", "postal-code", "numeric"),
        ("country", "country", ""),
    ] {
        let field = page.one(&format!("[name='{name}']"));
        let said = field.attr("autocomplete").unwrap_or_default();
        assert!(said.split(' ').any(|word| word == complete), "{name} is {said:?} to browsers");
        let by_type = field.attr("type").filter(|kind| *kind == mode);
        let said = field.attr("inputmode").or(by_type).unwrap_or_default();
        assert!(mode.is_empty() || said == mode, "the keyboard of {name} is {said:?}");
    }
    for field in page.all("input:not([type=hidden]), select, textarea") {
        let id = field.attr("id").unwrap_or_default();
        let is_wrapped = field
            .ancestors()
            .filter_map(scraper::ElementRef::wrap)
            .any(|e| e.value().name() == "label");
        let has_label = is_wrapped || !page.all(&format!("label[for='{id}']")).is_empty();
        assert!(has_label, "the field {:?} has no label", field.attr("name"));
    }
}

async fn the_fields_follow_the_country(shop: TestShop) {
    let guest = with_candle(&shop).await;
    for (country, fields) in [
        ("ID", &["line1", "line2", "region", "city", "district", "postcode"][..]),
        ("MY", &["line1", "line2", "postcode", "city", "region"][..]),
        ("SG", &["line1", "line2", "postcode"][..]),
    ] {
        let form = guest.check_out().await.form("/checkout").choose("country", country);
        let page = form.send("Continue").await;
        let form = page.form("/checkout");
        let all = ["line1", "line2", "region", "city", "district", "postcode"];
        let names: Vec<&str> = form.names().into_iter().filter(|name| all.contains(name)).collect();
        assert_eq!(names, fields, "the fields of {country}");
        assert_eq!(form.value("country"), country);
    }
}

async fn nothing_that_is_typed_breaks_the_page(shop: TestShop) {
    let guest = with_candle(&shop).await;
    let blank = guest.checkout_form().await;
    let fields: Vec<String> = blank.names().into_iter().map(str::to_owned).collect();
    let long = "x".repeat(2_000);
    let bad = [
        "",
        "<script>alert(1)</script>",
        "\u{202e}\u{0007}",
        "'; DROP TABLE orders; --",
        &long,
        "-1",
    ];
    for field in &fields {
        // One request for each field, with another bad text each time.
        let text = bad[field.len() % bad.len()];
        for text in [text, bad[1]] {
            let page = blank.clone().forge(field, text).send("Continue").await;
            assert!(page.status < 500, "{field}={text:?}: {}", page.status);
            assert_eq!(page.all("main script").len(), 0, "{field}");
        }
    }
    assert_eq!(order_rows(&shop).await, NOTHING);
}

async fn a_body_that_is_too_large_or_broken_is_refused(shop: TestShop) {
    let guest = with_candle(&shop).await;
    let large = format!("email={}", "a".repeat(66_000));
    let bodies: [(&[u8], u16); 4] = [
        (large.as_bytes(), 413),
        (b"email=%ff%fe", 400),
        (b"email=a&email=b", 400),
        (b"email=a%00b", 400),
    ];
    for (body, status) in bodies {
        let page = guest.visitor.post("/checkout", body.to_vec()).await;
        page.expect_status(status).see("Nothing was changed");
    }
    guest.cart().await.see("Kenanga Candle");
}

/// The fields that are named above the form, each with a link to it and a message at it.
#[track_caller]
fn named(page: &Page, fields: &[&str]) {
    let links = page.attributes("[role=alert] a", "href");
    let expected: Vec<String> = fields.iter().map(|field| format!("#{field}")).collect();
    assert_eq!(links, expected, "the summary above the form");
    for name in fields {
        let field = page.one(&format!("#{name}"));
        assert_eq!(field.attr("aria-invalid"), Some("true"), "{name}");
        let described = field.attr("aria-describedby").unwrap_or_default();
        let message =
            described.split(' ').any(|id| !page.all(&format!(".error[id='{id}']")).is_empty());
        assert!(message, "{name} has no message at it");
    }
}

/// What the page writes itself, not the shopper.
fn is_hidden(name: &str) -> bool {
    ["cart", "total", "made_for", "billing_made_for", "shown_delivery"].contains(&name)
}
