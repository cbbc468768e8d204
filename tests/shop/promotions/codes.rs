//! Codes in the cart and in the checkout: taken, refused in words, kept and removed.

use chrono::TimeDelta;

use super::{apply, coded, of, offer, percent, percent_off_lines, rule, text, with_cups};
use crate::both;
use crate::kit::TestShop;
use etalase::pricing::{Benefit, LineBenefit};
use etalase::promotions::{Opens, PromotionCode, Rule};
use etalase::web::visit::now;

both!(
    a_code_is_applied_however_it_is_typed,
    a_code_is_removed_again,
    a_code_that_opens_nothing_is_refused_at_the_field,
    nonsense_is_refused_and_cut,
    eight_codes_are_three,
    a_code_that_is_not_met_is_kept_with_the_reason,
    a_kept_code_says_when_it_has_ended,
    two_codes_of_one_promotion_count_once,
    the_checkout_takes_codes_and_keeps_what_was_typed,
    a_typed_code_is_applied_before_anything_is_ordered,
    a_wrong_code_is_named_at_its_field,
    a_forged_cookie_is_no_cart,
    codes_without_a_cart_lead_to_the_cart,
    codes_in_indonesian,
);

async fn a_code_is_applied_however_it_is_typed(shop: TestShop) {
    offer(&shop, &[coded("ten", "HEMAT10", percent(10))]).await;
    let guest = with_cups(&shop, 2).await;
    for typed in ["HEMAT10", " hemat10 ", "HeMaT10\t"] {
        let page = apply(&guest, typed).await;
        page.expect_status(200).see("The ten offer").see("−Rp 20.000").see("Rp 198.000");
        assert_eq!(page.texts(".codes b"), ["HEMAT10"]);
        assert_eq!(page.form("/cart/codes").value("code"), "");
    }
    let order = guest.order().await;
    order.see("The ten offer").see("−Rp 20.000").see("Rp 198.000");
}

async fn a_code_is_removed_again(shop: TestShop) {
    offer(&shop, &[coded("ten", "hemat10", percent(10)), coded("five", "five", percent(5))]).await;
    let guest = with_cups(&shop, 2).await;
    apply(&guest, "hemat10").await;
    apply(&guest, "five").await.see("Rp 189.000");
    let page = guest.cart().await.form("/cart/codes").press("Remove HEMAT10").await;
    page.expect_status(200).see_no("HEMAT10").see("Rp 208.000");
    assert_eq!(page.texts(".codes b"), ["FIVE"]);
}

async fn a_code_that_opens_nothing_is_refused_at_the_field(shop: TestShop) {
    let (before, after) = (now() - TimeDelta::days(1), now() + TimeDelta::days(1));
    let rules = [
        Rule { starts_at: Some(after), ..coded("later", "later", percent(10)) },
        Rule { ends_at: Some(before), ..coded("over", "over", percent(10)) },
        Rule { is_active: false, ..coded("stopped", "stopped", percent(10)) },
        Rule { usage_limit: Some(0), ..coded("used-up", "used-up", percent(10)) },
    ];
    offer(&shop, &rules).await;
    let guest = with_cups(&shop, 1).await;
    let cookies = guest.visitor.cookies();
    for (code, message) in [
        ("", "Enter the code first"),
        ("nobody-knows", "We do not know this code"),
        ("later", "This code is not valid yet"),
        ("over", "This code is no longer valid"),
        ("stopped", "This code is no longer valid"),
        ("used-up", "This code has been used up"),
    ] {
        let page = apply(&guest, code).await;
        page.expect_status(422).see(message);
        assert!(page.texts("title")[0].starts_with("Error: "), "{:?}", page.texts("title"));
        assert_eq!(page.one("#code").attr("aria-invalid"), Some("true"));
        assert_eq!(page.form("/cart/codes").value("code"), code);
        guest.cart().await.see("Rp 118.000");
        assert!(guest.cart().await.all(".codes").is_empty());
    }
    assert_eq!(guest.visitor.cookies(), cookies, "nothing was kept");
}

async fn nonsense_is_refused_and_cut(shop: TestShop) {
    offer(&shop, &[coded("ten", "HEMAT10", percent(10))]).await;
    let guest = with_cups(&shop, 1).await;
    let long = "X".repeat(10_000);
    let page = apply(&guest, &long).await;
    page.expect_status(422).see("We do not know this code");
    assert_eq!(page.form("/cart/codes").value("code"), "X".repeat(60));
    let form = guest.checkout_form().await.fill("code", &long);
    let page = form.press("Apply").await;
    page.expect_status(422).see("We do not know this code");
    assert_eq!(page.form("/checkout").value("code"), "X".repeat(60));
    for typed in ["HEMAT10\n\nX", "HEM\tAT10", "' OR 1=1 --", "<b>", "\u{202e}X"] {
        apply(&guest, typed).await.expect_status(422).see("We do not know this code");
    }
    guest.visitor.post("/cart/codes", "code=HEMAT10%00").await.expect_status(400);
    guest.visitor.post("/cart/codes", "code=a&code=b").await.expect_status(400);
    guest.visitor.post("/cart/codes", "code=%FF%FE").await.expect_status(400);
}

async fn eight_codes_are_three(shop: TestShop) {
    let codes: Vec<PromotionCode> =
        (0..8).filter_map(|at| PromotionCode::parse(&format!("code{at}"))).collect();
    let rules: Vec<Rule> = (0..)
        .zip(&codes)
        .map(|(at, code)| Rule {
            opens: Opens::Codes(vec![code.clone()]),
            ..rule(&format!("r{at}"), percent(1))
        })
        .collect();
    offer(&shop, &rules).await;
    let guest = with_cups(&shop, 1).await;
    for (at, code) in codes.iter().enumerate() {
        let page = apply(&guest, code.as_str()).await;
        if at < 3 {
            page.expect_status(200);
        } else {
            page.expect_status(422).see("Three codes are in use already");
        }
    }
    assert_eq!(guest.cart().await.texts(".codes b"), ["CODE0", "CODE1", "CODE2"]);
}

async fn a_code_that_is_not_met_is_kept_with_the_reason(shop: TestShop) {
    let mut rules = vec![
        Rule { min_subtotal: of(250_000), ..coded("much", "much", percent(10)) },
        Rule { min_quantity: of(5), ..coded("many", "many", percent(10)) },
        coded("other", "other", percent(10)),
        Rule { exclusive: true, ..coded("less", "less", percent(1)) },
        rule("more", percent(2)),
    ];
    rules[2].target.products = vec![text("kenanga-candle")];
    offer(&shop, &rules).await;
    for (code, reason) in [
        ("much", "Add Rp 50.000 more to your cart to use it"),
        ("many", "Add 3 more items of the offer to use it"),
        ("other", "Nothing in your cart is part of this offer"),
        ("less", "Another offer saves you more"),
    ] {
        let guest = shop.shopper();
        if code == "much" {
            with_cups(&shop, 1).await;
        }
        guest.add("cup", &[], 2).await;
        apply(&guest, code).await.expect_status(200).see(reason).see("Rp 214.000");
        let page = guest.check_out().await;
        page.see(reason);
        if code == "much" {
            guest.add("cup", &[], 1).await.see_no(reason).see("−Rp 29.400");
        }
    }
}

async fn a_kept_code_says_when_it_has_ended(shop: TestShop) {
    let ten = coded("ten", "HEMAT10", percent(10));
    offer(&shop, std::slice::from_ref(&ten)).await;
    let guest = with_cups(&shop, 1).await;
    apply(&guest, "HEMAT10").await;
    let form = guest.checkout_form().await;
    offer(&shop, &[Rule { is_active: false, ..ten }]).await;
    guest.cart().await.see("This code is no longer valid").see("Rp 118.000");
    let page = form.send("Place order").await;
    page.expect_status(409).see("HEMAT10: This code is no longer valid.");
    page.see("The total is now Rp 118.000; it was Rp 108.000.");
    assert_eq!(page.form("/checkout").value("email"), "rani.wijaya@example.com");
    page.form("/checkout").press("Place order").await.expect_heading("Thank you");
}

async fn two_codes_of_one_promotion_count_once(shop: TestShop) {
    let codes = ["ONE", "TWO"].iter().filter_map(|code| PromotionCode::parse(code)).collect();
    offer(&shop, &[Rule { opens: Opens::Codes(codes), ..rule("ten", percent(10)) }]).await;
    let guest = with_cups(&shop, 1).await;
    apply(&guest, "two").await;
    apply(&guest, "one").await.see("Another code for the same offer").see("Rp 108.000");
    guest.order().await.see("Rp 108.000");
}

async fn the_checkout_takes_codes_and_keeps_what_was_typed(shop: TestShop) {
    offer(&shop, &[coded("ten", "HEMAT10", percent(10))]).await;
    let guest = with_cups(&shop, 1).await;
    let form = guest.checkout_form().await.fill("note", "Ring twice").fill("code", "wrong");
    let page = form.press("Apply").await;
    page.expect_status(422).see("We do not know this code").see("Place order, Rp 118.000");
    assert_eq!(page.form("/checkout").value("code"), "wrong");
    let page = page.form("/checkout").fill("code", "hemat10").press("Apply").await;
    page.expect_status(200).see("Your codes are up to date").see("The ten offer");
    let form = page.form("/checkout");
    assert_eq!((form.value("code"), form.value("note")), (String::new(), "Ring twice".into()));
    assert_eq!(form.value("email"), "rani.wijaya@example.com");
    let page = form.press("Remove HEMAT10").await;
    page.expect_status(200).see("Place order, Rp 118.000").see_no("The ten offer");
    assert_eq!(page.form("/checkout").value("city"), "Kota Bandung");
    let page = page.form("/checkout").fill("code", "hemat10").press("Apply").await;
    let page = page.form("/checkout").press("Place order, Rp 108.000").await;
    page.expect_heading("Thank you").see("The ten offer").see("Rp 108.000");
}

async fn a_typed_code_is_applied_before_anything_is_ordered(shop: TestShop) {
    offer(&shop, &[coded("ten", "HEMAT10", percent(10))]).await;
    let guest = with_cups(&shop, 1).await;
    let form = guest.checkout_form().await.fill("code", "hemat10");
    let page = form.send("Place order").await;
    page.expect_status(200).see("Your codes are up to date").see("Place order, Rp 108.000");
    page.form("/checkout").press("Place order").await.see("Rp 108.000");
    // Enter in the field presses the form's first button.
    guest.add("cup", &[], 1).await;
    let form = guest.checkout_form().await.fill("code", "hemat10");
    form.press("Continue").await.expect_status(200).see("Place order, Rp 108.000");
}

async fn a_wrong_code_is_named_at_its_field(shop: TestShop) {
    let guest = with_cups(&shop, 1).await;
    let form = guest.checkout_form().await.fill("email", "").fill("code", "nope");
    let page = form.press("Place order").await;
    page.expect_status(422).see("We do not know this code");
    assert_eq!(page.attributes(".alert a", "href"), ["#code"]);
}

async fn a_forged_cookie_is_no_cart(shop: TestShop) {
    let guest = with_cups(&shop, 1).await;
    let cookies = guest.visitor.cookies();
    let (name, value) = cookies.split_once('=').unwrap();
    let forged = shop.shopper();
    let other = if value[20..].starts_with('x') { 'y' } else { 'x' };
    forged.visitor.keep_cookie(name, &format!("{}{other}{}", &value[..20], &value[21..]));
    forged.cart().await.see("Your cart is empty");
    forged.visitor.post("/cart/codes", "code=a").await.expect_status(303);
}

async fn codes_without_a_cart_lead_to_the_cart(shop: TestShop) {
    let visitor = shop.visitor();
    for body in ["code=a", "remove_code=A", "", "code="] {
        let page = visitor.post("/cart/codes", body).await;
        assert_eq!((page.status, page.location()), (303, Some("/cart".into())), "{body}");
    }
    assert_eq!(visitor.cookies(), "");
}

async fn codes_in_indonesian(shop: TestShop) {
    let fixed = Benefit::Line(LineBenefit::AmountPerUnit { amount: of(5_000) });
    let rules = [
        coded("ten", "HEMAT10", percent_off_lines(10)),
        Rule { min_subtotal: of(900_000), ..coded("much", "much", fixed) },
    ];
    offer(&shop, &rules).await;
    with_cups(&shop, 1).await;
    let guest = shop.indonesian_shopper();
    guest.add("cup", &[], 2).await;
    let form = |page: crate::kit::Page, code: &str| page.form("/id/cart/codes").fill("code", code);
    let page = form(guest.cart().await, "salah").press("Pakai").await;
    page.expect_status(422).see("Kode ini tidak kami kenal");
    let page = form(page, "hemat10").press("Pakai").await;
    page.expect_status(200).see("Promo ten: −Rp 20.000");
    let page = form(page, "much").press("Pakai").await;
    page.expect_status(200).see("Belanja Rp 700.000 lagi untuk memakai kode ini");
    guest.order().await.see("Promo ten: −Rp 20.000");
}
