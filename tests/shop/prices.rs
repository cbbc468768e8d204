//! Prices are written through one door, which keeps their history.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use std::collections::BTreeMap;

use crate::both;
use crate::kit::goods::{rupiah, variant_ids};
use crate::kit::{TestShop, goods};
use etalase::db::Conn;
use etalase::db::schema::{price, price_history};
use etalase::money::Currency;
use etalase::money::Money;
use etalase::prices::{NewPrice, PriceMistake, SaveError, load_prices, save_prices, set_prices};
use etalase::values::{Quantity, Slug};
use etalase::web::visit::now;

both!(
    what_is_saved_can_be_loaded_again,
    prices_that_are_so_already_are_not_written,
    only_the_named_variants_are_priced_anew,
    prices_are_loaded_in_pages,
    a_wrong_price_stops_everything,
    a_price_that_changes_continues_the_history,
    a_sale_ahead_stands_in_the_history_and_can_be_taken_back,
    prices_removed_end_the_history_but_do_not_erase_it,
    a_group_and_a_tier_are_no_part_of_the_history,
);

const DAY: TimeDelta = TimeDelta::days(1);

async fn what_is_saved_can_be_loaded_again(shop: TestShop) {
    let (from, until) = (now() + DAY, now() + DAY * 2);
    let prices = vec![
        NewPrice::plain(rupiah(100_000)),
        NewPrice { from: Some(from), ..NewPrice::plain(rupiah(95_000)) },
        NewPrice {
            compare_at: Some(rupiah(100_000)),
            from: Some(from),
            until: Some(until),
            ..NewPrice::plain(rupiah(80_000))
        },
        from_ten(90_000),
        NewPrice { group: Slug::parse("resellers"), ..from_ten(70_000) },
        NewPrice::plain(Money::new(650, Currency::USD)),
    ];
    let wanted = wanted("CUP", &prices);
    let loaded = shop.with_db(move |conn| {
        goods("cup").put(conn)?;
        save(conn, &wanted)?;
        load_prices(conn, Some("CUO"), 1)
    });
    let loaded = loaded.await.remove(0);
    assert_eq!(loaded.sku, "CUP");
    assert_eq!(loaded.prices.len(), prices.len());
    for price in prices {
        assert!(loaded.prices.contains(&price), "{price:?} is lost");
    }
}

async fn prices_that_are_so_already_are_not_written(shop: TestShop) {
    let tiered = wanted("CUP", &[from_ten(90_000), NewPrice::plain(rupiah(100_000))]);
    let changed = shop.with_db(move |conn| {
        goods("cup").put(conn)?;
        let first = save(conn, &tiered)?;
        let before = ids(conn)?;
        let second = save(conn, &tiered)?;
        assert_eq!(ids(conn)?, before, "the rows are the same rows");
        Ok((first, second))
    });
    assert_eq!(changed.await, (true, false));
}

async fn only_the_named_variants_are_priced_anew(shop: TestShop) {
    let (cup, bowl) = shop
        .with_db(|conn| {
            goods("cup").costing(10_000).put(conn)?;
            goods("bowl").costing(20_000).put(conn)?;
            save(conn, &wanted("CUP", &[NewPrice::plain(rupiah(11_000))]))?;
            Ok((of(conn, "CUP")?, of(conn, "BOWL")?))
        })
        .await;
    assert_eq!(cup, [NewPrice::plain(rupiah(11_000))]);
    assert_eq!(bowl, [NewPrice::plain(rupiah(20_000))]);
}

async fn prices_are_loaded_in_pages(shop: TestShop) {
    let pages = shop.with_db(|conn| {
        let (mut skus, mut after) = (Vec::new(), None);
        loop {
            let page = load_prices(conn, after.as_deref(), 7)?;
            let Some(last) = page.last() else {
                return Ok((skus, load_prices(conn, None, 9_999)?));
            };
            after = Some(last.sku.clone());
            skus.extend(page.into_iter().map(|priced| priced.sku));
        }
    });
    let (paged, all) = pages.await;
    let all: Vec<String> = all.into_iter().map(|priced| priced.sku).collect();
    assert!(all.len() > 100);
    assert_eq!(paged, all);
}

async fn a_wrong_price_stops_everything(shop: TestShop) {
    let right = NewPrice::plain(rupiah(1));
    let wrong = NewPrice { compare_at: Some(rupiah(1)), ..right.clone() };
    let saved = shop.with_db(move |conn| {
        goods("cup").costing(10_000).put(conn)?;
        goods("plate").costing(10_000).put(conn)?;
        let mut several = wanted("CUP", std::slice::from_ref(&right));
        several.insert("PLATE".into(), vec![wrong.clone()]);
        let mistaken = save_prices(conn, &several, now());
        several.remove("PLATE");
        several.insert("ZEBRA".into(), vec![right.clone()]);
        let unknown = save_prices(conn, &several, now());
        Ok((mistaken, unknown, of(conn, "CUP")?))
    });
    let (mistaken, unknown, cup) = saved.await;
    let mistake = PriceMistake::CompareAtNotHigher;
    assert!(
        matches!(mistaken, Err(SaveError::Mistake { sku, mistake: m }) if sku == "PLATE" && m == mistake)
    );
    assert!(matches!(unknown, Err(SaveError::UnknownSku(sku)) if sku == "ZEBRA"));
    assert_eq!(cup, [NewPrice::plain(rupiah(10_000))]);
}

async fn a_price_that_changes_continues_the_history(shop: TestShop) {
    let start = now();
    let days = move |days| start + DAY * days;
    let told = shop.with_db(move |conn| {
        goods("cup").costing(10_000).put(conn)?;
        let begun = history(conn)?.remove(0);
        assert!(begun.0 >= start && begun.1 == Some(10_000));
        price_at(conn, &[NewPrice::plain(rupiah(12_000))], days(1))?;
        price_at(conn, &[NewPrice::plain(rupiah(12_000)), from_ten(11_000)], days(2))?;
        price_at(conn, &[NewPrice::plain(rupiah(9_000))], days(3))?;
        Ok(history(conn)?.split_off(1))
    });
    assert_eq!(told.await, [(days(1), Some(12_000)), (days(3), Some(9_000))]);
}

async fn a_sale_ahead_stands_in_the_history_and_can_be_taken_back(shop: TestShop) {
    let start = now() + DAY;
    let days = move |days| start + DAY * days;
    let plain = NewPrice::plain(rupiah(10_000));
    let sale = move |amount| NewPrice {
        compare_at: Some(rupiah(10_000)),
        from: Some(days(10)),
        until: Some(days(20)),
        ..NewPrice::plain(rupiah(amount))
    };
    let told = shop.with_db(move |conn| {
        goods("cup").costing(10_000).put(conn)?;
        price_at(conn, &[plain.clone(), sale(8_000)], days(1))?;
        let planned = history(conn)?.split_off(1);
        price_at(conn, &[plain.clone(), sale(7_000)], days(12))?;
        let changed = history(conn)?.split_off(1);
        price_at(conn, std::slice::from_ref(&plain), days(15))?;
        Ok((planned, changed, history(conn)?.split_off(1)))
    });
    let (planned, changed, ended) = told.await;
    let (begins, ends) = ((days(10), Some(8_000)), (days(20), Some(10_000)));
    assert_eq!(planned, [begins, ends]);
    assert_eq!(changed, [begins, (days(12), Some(7_000)), ends]);
    assert_eq!(ended, [begins, (days(12), Some(7_000)), (days(15), Some(10_000))]);
}

async fn prices_removed_end_the_history_but_do_not_erase_it(shop: TestShop) {
    let end = now() + DAY;
    let told = shop.with_db(move |conn| {
        goods("cup").costing(10_000).put(conn)?;
        price_at(conn, &[], end)?;
        let ended = history(conn)?.split_off(1);
        price_at(conn, &[NewPrice::plain(rupiah(10_000))], end + DAY)?;
        Ok((ended, history(conn)?.len()))
    });
    assert_eq!(told.await, (vec![(end, None)], 3));
}

async fn a_group_and_a_tier_are_no_part_of_the_history(shop: TestShop) {
    let told = shop.with_db(move |conn| {
        goods("cup").costing(10_000).put(conn)?;
        let grouped = NewPrice { group: Slug::parse("staff"), ..NewPrice::plain(rupiah(1_000)) };
        let prices = [grouped, from_ten(2_000), NewPrice::plain(rupiah(10_000))];
        price_at(conn, &prices, now() + DAY)?;
        Ok(history(conn)?.len())
    });
    assert_eq!(told.await, 1);
}

fn from_ten(amount: i64) -> NewPrice {
    let min_quantity = Quantity::new(10).unwrap();
    NewPrice { min_quantity, ..NewPrice::plain(rupiah(amount)) }
}

fn wanted(sku: &str, prices: &[NewPrice]) -> BTreeMap<String, Vec<NewPrice>> {
    BTreeMap::from([(sku.to_owned(), prices.to_vec())])
}

fn save(conn: &mut Conn, wanted: &BTreeMap<String, Vec<NewPrice>>) -> etalase::error::Result<bool> {
    Ok(save_prices(conn, wanted, now()).unwrap())
}

/// Prices the cup as of another instant.
fn price_at(conn: &mut Conn, prices: &[NewPrice], at: NaiveDateTime) -> etalase::error::Result<()> {
    let cup = variant_ids(conn, "cup")?[0];
    set_prices(conn, cup, prices, at).map(|changed| assert!(changed))
}

/// Since when the cup has cost what.
fn history(conn: &mut Conn) -> etalase::error::Result<Vec<(NaiveDateTime, Option<i64>)>> {
    let cup = variant_ids(conn, "cup")?[0];
    Ok(price_history::table
        .filter(price_history::variant_id.eq(cup))
        .order(price_history::since)
        .select((price_history::since, price_history::amount))
        .load(conn)?)
}

fn of(conn: &mut Conn, sku: &str) -> etalase::error::Result<Vec<NewPrice>> {
    let all = load_prices(conn, None, 9_999)?;
    Ok(all.into_iter().find(|priced| priced.sku == sku).unwrap().prices)
}

fn ids(conn: &mut Conn) -> etalase::error::Result<Vec<i64>> {
    Ok(price::table.select(price::id).order(price::id).load(conn)?)
}
