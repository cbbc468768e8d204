//! Whole purchases in shops of other currencies: without decimals, with two, with three.

use diesel::prelude::*;

use crate::both;
use crate::kit::goods::price_at;
use crate::kit::{Page, Shopper, TestShop, goods};
use etalase::db::Conn;
use etalase::db::schema::{order_line, orders};
use etalase::error::Result;
use etalase::money::{Currency, Money};
use etalase::prices::NewPrice;
use etalase::pricing::{Amount, Rate};
use etalase::{settings, shipping};

both!(
    a_shop_sells_in_yen,
    a_shop_sells_in_euros,
    a_shop_sells_in_dinars,
    a_price_of_another_currency_is_none,
);

/// What a cup of 1,250 minor units looks like, and two of them with delivery for 500.
struct Looks {
    code: &'static str,
    english: &'static str,
    indonesian: &'static str,
    machine: &'static str,
    two: &'static str,
    total: &'static str,
    total_indonesian: &'static str,
    /// What a shopper types to find it, and to find only what is cheaper, in each language.
    typed: [(&'static str, &'static str, &'static str); 2],
}

async fn a_shop_sells_in_yen(shop: TestShop) {
    let looks = Looks {
        code: "JPY",
        english: "¥1,250",
        indonesian: "¥1.250",
        machine: "1250",
        two: "¥2,500",
        total: "¥3,000",
        total_indonesian: "¥3.000",
        typed: [("", "1,250", "1,249"), ("/id", "1.250", "1.249")],
    };
    sells(&shop, &looks).await;
}

async fn a_shop_sells_in_euros(shop: TestShop) {
    let looks = Looks {
        code: "EUR",
        english: "€12.50",
        indonesian: "€12,50",
        machine: "12.50",
        two: "€25.00",
        total: "€30.00",
        total_indonesian: "€30,00",
        typed: [("", "12.50", "12.49"), ("/id", "12,50", "12,49")],
    };
    sells(&shop, &looks).await;
}

async fn a_shop_sells_in_dinars(shop: TestShop) {
    let looks = Looks {
        code: "KWD",
        english: "KWD 1.250",
        indonesian: "KWD 1,250",
        machine: "1.250",
        two: "KWD 2.500",
        total: "KWD 3.000",
        total_indonesian: "KWD 3,000",
        typed: [("", "1.250", "1.249"), ("/id", "1,250", "1,249")],
    };
    sells(&shop, &looks).await;
}

async fn a_price_of_another_currency_is_none(shop: TestShop) {
    shop.with_db(|conn| goods("plate").put(conn)).await;
    open_in(&shop, "EUR").await;
    let page = shop.shopper().open("/products/plate").await;
    page.see_no("100").see_no("Rp");
}

async fn sells(shop: &TestShop, looks: &Looks) {
    open_in(shop, looks.code).await;
    is_listed(shop, looks).await;
    is_described(shop, looks).await;
    is_bought(&shop.shopper(), looks.two, looks.total).await;
    let stored = shop.with_db(stored).await;
    assert_eq!(stored, (looks.code.to_owned(), 3_000, 1_250, 3_000));
    let page = order_in_indonesian(shop).await;
    page.see(looks.indonesian).see(looks.total_indonesian);
}

/// Turns the shop to another currency, with one cup and one way of delivery priced in it.
async fn open_in(shop: &TestShop, code: &'static str) {
    shop.with_db(move |conn| {
        let currency = Currency::parse(code).unwrap();
        let own = settings::load(conn)?;
        settings::save(conn, &settings::ShopSettings { currency, ..own })?;
        let mut methods = shipping::load_rules(conn)?;
        for method in &mut methods {
            method.currency = currency;
            method.shipping.rate = Rate::Flat { amount: Amount::try_from(500_i64).unwrap() };
        }
        shipping::save_rules(conn, &methods)?;
        goods("cup").category("plates").put(conn)?;
        price_at(conn, "cup", &[NewPrice::plain(Money::new(1_250, currency))])
    })
    .await;
}

async fn is_listed(shop: &TestShop, looks: &Looks) {
    for (prefix, same, less) in looks.typed {
        let shown = if prefix.is_empty() { looks.english } else { looks.indonesian };
        let list = async |max: &str| {
            let path = format!("{prefix}/categories/plates?max={max}");
            shop.visitor().get(&path).await
        };
        let found = list(same).await;
        assert_eq!(found.texts(".card .price"), [shown]);
        assert_eq!(found.form("form[action$='/categories/plates']").value("max"), same);
        assert!(list(less).await.all(".card .price").is_empty(), "{less} is less than {shown}");
    }
}

async fn is_described(shop: &TestShop, looks: &Looks) {
    let page = shop.visitor().get("/products/cup").await;
    page.see(looks.english);
    let scripts = page.all("script[type='application/ld+json']").into_iter();
    let data: Vec<serde_json::Value> =
        scripts.map(|script| serde_json::from_str(&script.inner_html()).unwrap()).collect();
    let product = data.iter().find(|data| data["@type"] == "Product").expect("a Product");
    assert_eq!(product["offers"]["price"], looks.machine);
    assert_eq!(product["offers"]["priceCurrency"], looks.code);
}

async fn is_bought(shopper: &Shopper, two: &str, total: &str) {
    let cart = shopper.add("cup", &[], 2).await;
    assert_eq!(cart.texts(".line .sum"), [two]);
    cart.see(total);
    let form = shopper.checkout_form().await.choose("payment", "bank_transfer");
    let form = form.choose("delivery", "regular");
    let page = form.press(&format!("Place order, {total}")).await;
    page.expect_heading("Thank you").see(two).see(total).see_no("Rp");
}

async fn order_in_indonesian(shop: &TestShop) -> Page {
    let shopper = shop.indonesian_shopper();
    shopper.add("cup", &[], 2).await;
    shopper.order().await
}

/// The order's currency and total, what one cost on its line, and the total on its bill.
fn stored(conn: &mut Conn) -> Result<(String, i64, i64, i64)> {
    let (currency, total, unit, bill): (String, i64, i64, String) = orders::table
        .inner_join(order_line::table)
        .select((orders::currency, orders::total_amount, order_line::unit_amount, orders::bill))
        .first(conn)?;
    let bill: serde_json::Value = serde_json::from_str(&bill).unwrap();
    assert_eq!(bill["currency"], currency.as_str());
    Ok((currency, total, unit, bill["totals"]["payable"].as_i64().unwrap()))
}
