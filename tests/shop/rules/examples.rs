//! The texts in docs/rules.md and docs/rules/ are true.

use etalase::db::{self, Conn};
use etalase::pricing::{self, Bill, Line, Request, Text, Whole};
use etalase::rules::Mode;
use etalase::values::{Country, Place};
use etalase::web::visit::now;
use etalase::{settings, shipping, tax, zones};

use super::{apply, change, plan};
use crate::both;
use crate::kit::source::files;
use crate::kit::{Dbms, FreshDatabase};

both!(
    every_text_of_the_page_can_be_applied,
    every_file_beside_it_can_be_applied_to_an_empty_shop,
    a_shop_in_jakarta_sells_with_ppn,
    a_shop_in_germany_takes_the_tax_of_the_country_it_sends_to,
    a_shop_in_new_york_adds_the_tax_of_the_city,
);

/// What stands between ```toml and ```.
pub fn blocks() -> Vec<String> {
    let page = std::fs::read_to_string("docs/rules.md").unwrap();
    let blocks = page.split("```toml\n").skip(1);
    blocks.map(|rest| rest.split("```").next().unwrap_or_default().to_owned()).collect()
}

async fn every_text_of_the_page_can_be_applied(fresh: FreshDatabase) {
    let conn = &mut fresh.conn();
    assert!(blocks().len() >= 6);
    for block in blocks() {
        assert!(!plan(conn, &block).is_empty(), "{block}");
    }
}

async fn every_file_beside_it_can_be_applied_to_an_empty_shop(dbms: Dbms) {
    for example in files("docs/rules", ".toml") {
        let fresh = FreshDatabase::empty(dbms);
        db::migrate(&fresh.database).unwrap();
        let conn = &mut fresh.conn();
        assert!(!change(conn, &example.text).is_empty(), "{}", example.path);
        let again = apply(conn, &[(&example.path, &example.text)], Mode::Apply);
        assert!(again.changes.is_empty() && again.mistakes.is_empty(), "{}", example.path);
    }
}

async fn a_shop_in_jakarta_sells_with_ppn(dbms: Dbms) {
    let bill = bill(dbms, "indonesia", ("ID", "", "12190"), (135_000, 1_300));
    assert_eq!((bill.totals.payable, bill.totals.tax), (145_000, 14_369));
}

async fn a_shop_in_germany_takes_the_tax_of_the_country_it_sends_to(dbms: Dbms) {
    let german = bill(dbms, "eu-vat", ("DE", "", "10115"), (2_000, 500));
    assert_eq!((german.totals.payable, german.totals.tax), (2_499, 399));
    let finnish = bill(dbms, "eu-vat", ("FI", "", "00100"), (2_000, 500));
    assert_eq!((finnish.totals.payable, finnish.totals.tax), (3_499, 711));
}

async fn a_shop_in_new_york_adds_the_tax_of_the_city(dbms: Dbms) {
    let city = bill(dbms, "new-york", ("US", "NY", "10001"), (5_000, 500));
    assert_eq!((city.totals.payable, city.totals.tax), (6_310, 515));
    let albany = bill(dbms, "new-york", ("US", "New York", "12207"), (5_000, 500));
    assert_eq!((albany.totals.payable, albany.totals.tax), (6_027, 232));
    let boston = bill(dbms, "new-york", ("US", "MA", "02108"), (5_000, 500));
    assert_eq!((boston.totals.payable, boston.totals.tax), (5_795, 0));
}

/// One unit of a price and a weight, sent by the first way there is.
fn bill(dbms: Dbms, example: &str, place: (&str, &str, &str), goods: (i64, i64)) -> Bill {
    let fresh = FreshDatabase::empty(dbms);
    db::migrate(&fresh.database).unwrap();
    let conn = &mut fresh.conn();
    change(conn, &std::fs::read_to_string(format!("docs/rules/{example}.toml")).unwrap());
    pricing::quote(&request(conn, place, goods)).unwrap()
}

fn request(
    conn: &mut Conn,
    (country, region, postcode): (&str, &str, &str),
    goods: (i64, i64),
) -> Request {
    let settings = settings::load(conn).unwrap();
    let zones = zones::load_rules(conn).unwrap();
    let place = Place {
        country: Country::parse(country).unwrap(),
        region: region.into(),
        postcode: postcode.into(),
    };
    let methods = shipping::load_rules(conn).unwrap();
    let offered = shipping::methods_at(&zones, &methods, &place, (settings.currency, now()));
    Request {
        currency: settings.currency,
        at: now().try_into().unwrap(),
        prices_include_tax: settings.prices_include_tax,
        tax_rounding: settings.tax_rounding,
        cash_rounding: of(settings.cash_rounding),
        codes: vec![],
        lines: vec![line(goods)],
        promotions: vec![],
        shipping: offered.first().map(|method| method.shipping.clone()),
        fees: vec![],
        tax_rates: tax::rates_at(&zones, &tax::load_rules(conn).unwrap(), &place, now()),
    }
}

fn line((price, grams): (i64, i64)) -> Line {
    let text = |text: &str| Text::try_from(text).unwrap();
    Line {
        id: text("a"),
        sku: text("A"),
        product: text("a"),
        categories: vec![],
        quantity: of(1),
        unit_price: of(price),
        tax_class: text("standard"),
        requires_shipping: true,
        weight_g: of(grams),
        size_mm: None,
    }
}

fn of<T: Whole>(number: i64) -> T {
    T::try_from(number).unwrap()
}
