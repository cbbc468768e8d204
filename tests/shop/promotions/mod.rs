//! Discounts: from the rules that the merchant saves to the redemptions that hold.

mod codes;
mod limits;
mod rules;
mod shown;

use crate::kit::{Page, Shopper, TestShop, goods};
use etalase::db::Conn;
use etalase::error::Result;
use etalase::language::Language::{En, Id};
use etalase::money::Currency;
use etalase::pricing::{Benefit, LineBenefit, SumBenefit, Text, Whole};
use etalase::promotions::{self, Opens, PromotionCode, Rule};
use etalase::values::Slug;
use etalase::web::visit::now;

pub fn of<T: Whole>(number: i64) -> T {
    T::try_from(number).expect("within its range")
}

pub fn text(text: &str) -> Text {
    Text::try_from(text).expect("of a fair length")
}

/// A promotion whose names are its slug in two languages.
pub fn rule(slug: &str, benefit: Benefit) -> Rule {
    let rule = Rule::new(Slug::parse(slug).expect("a slug"), Currency::IDR, benefit);
    let (en, id) = (format!("The {slug} offer"), format!("Promo {slug}"));
    Rule { name: [(En, en.as_str()), (Id, id.as_str())].into(), ..rule }
}

/// Opened by a code.
pub fn coded(slug: &str, code: &str, benefit: Benefit) -> Rule {
    let code = PromotionCode::parse(code).expect("a code");
    Rule { opens: Opens::Codes(vec![code]), ..rule(slug, benefit) }
}

/// So many percent off the order.
pub fn percent(percent: i64) -> Benefit {
    Benefit::Order(SumBenefit::Percent { ppm: of(percent * 10_000) })
}

/// So much off the order.
pub fn rupiah_off(amount: i64) -> Benefit {
    Benefit::Order(SumBenefit::Amount { amount: of(amount) })
}

/// So many percent off each line.
pub fn percent_off_lines(percent: i64) -> Benefit {
    Benefit::Line(LineBenefit::Percent { ppm: of(percent * 10_000) })
}

/// Makes these all the promotions of the shop.
pub fn save(conn: &mut Conn, rules: &[Rule]) -> Result<()> {
    let mistakes = promotions::save_rules(conn, rules, now())?;
    assert!(mistakes.is_empty(), "{mistakes:?}");
    Ok(())
}

/// So many percent off the delivery.
pub fn percent_off_delivery(percent: i64) -> Benefit {
    Benefit::Shipping(SumBenefit::Percent { ppm: of(percent * 10_000) })
}

/// Makes these all the promotions of the shop, which takes notice of them.
pub async fn offer(shop: &TestShop, rules: &[Rule]) {
    let rules = rules.to_vec();
    shop.with_db(move |conn| save(conn, &rules)).await;
}

/// A shopper with so many cups for Rp 100.000 each in her cart.
pub async fn with_cups(shop: &TestShop, count: i64) -> Shopper {
    shop.with_db(|conn| goods("cup").on_hand(1_000).put(conn).map(|_| ())).await;
    let guest = shop.shopper();
    guest.add("cup", &[], count).await.expect_status(200);
    guest
}

/// What the cart page says after a code was applied on it.
pub async fn apply(guest: &Shopper, code: &str) -> Page {
    guest.cart().await.form("/cart/codes").fill("code", code).press("Apply").await
}
