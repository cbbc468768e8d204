//! One invoice an order, and one number after the other.

use diesel::prelude::*;
use futures_util::future::join_all;
use std::collections::BTreeSet;

use super::{MIXED, change_settings, document, papers, sold};
use crate::both;
use crate::kit::sale::sell;
use crate::kit::{Dbms, FreshDatabase, TestShop};
use etalase::db::schema::{invoice, order_address, order_line, orders};
use etalase::error::Error;
use etalase::invoices::{self, Kind, RowKey};
use etalase::language::Language;
use etalase::settings::{InvoiceAt, NumberPrefix};
use etalase::web::visit::now;

both!(
    a_hundred_invoices_at_once_have_a_hundred_numbers_in_a_row,
    an_order_that_is_invoiced_by_many_at_once_has_one_invoice,
    a_number_that_was_taken_in_vain_is_taken_by_the_next,
    an_order_is_invoiced_once,
    an_order_is_invoiced_when_the_shop_says_so,
    an_invoice_says_what_the_order_stored,
    an_invoice_is_never_changed,
    another_prefix_begins_another_series,
    the_year_changes_at_the_shops_own_midnight,
    prefixes_that_would_make_the_same_numbers_are_refused,
);

async fn with_many_connections(dbms: Dbms) -> TestShop {
    let fresh = FreshDatabase::filled(dbms);
    TestShop::open_with(fresh, |settings| settings.database_connections = 20).await
}

async fn a_hundred_invoices_at_once_have_a_hundred_numbers_in_a_row(dbms: Dbms) {
    let shop = with_many_connections(dbms).await;
    let orders = shop.with_db(|conn| {
        (0..100).map(|_| Ok(sell(conn, MIXED, Language::En)?.id)).collect::<Result<Vec<_>, _>>()
    });
    let issued = orders.await.into_iter().map(|order| {
        shop.shop.db.write(move |conn| {
            let id = invoices::issue(conn, order, now())?;
            Ok(document(conn, id)?.number)
        })
    });
    let numbers: BTreeSet<String> =
        join_all(issued).await.into_iter().map(Result::unwrap).collect();
    let year = now().format("%Y");
    let expected: BTreeSet<String> = (1..=100).map(|n| format!("INV/{year}/{n:06}")).collect();
    assert_eq!(numbers, expected);
}

async fn an_order_that_is_invoiced_by_many_at_once_has_one_invoice(dbms: Dbms) {
    let shop = with_many_connections(dbms).await;
    let order = sold(&shop).await.id;
    let issue = || shop.shop.db.write(move |conn| invoices::issue(conn, order, now()));
    let issued: BTreeSet<_> =
        join_all((0..10).map(|_| issue())).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(issued.len(), 1);
    let other = sold(&shop).await.id;
    let next = shop.with_db(move |conn| {
        let id = invoices::issue(conn, other, now())?;
        Ok(invoice::table.find(id).select(invoice::sequence).first::<i64>(conn)?)
    });
    assert_eq!(next.await, 2, "those who came too late gave their numbers back");
}

async fn a_number_that_was_taken_in_vain_is_taken_by_the_next(shop: TestShop) {
    let order = sold(&shop).await.id;
    for _ in 0..3 {
        let failed = shop.shop.db.write(move |conn| {
            invoices::issue(conn, order, now())?;
            Err::<(), _>(Error::NotFound)
        });
        assert!(matches!(failed.await, Err(Error::NotFound)));
    }
    let paper = shop.with_db(move |conn| {
        invoices::issue(conn, order, now())?;
        papers(conn, order)
    });
    assert!(paper.await[0].number.ends_with("/000001"));
}

async fn an_order_is_invoiced_once(shop: TestShop) {
    let order = sold(&shop).await.id;
    let issue = || shop.with_db(move |conn| invoices::issue(conn, order, now()));
    assert_eq!(issue().await, issue().await);
    assert_eq!(shop.with_db(move |conn| papers(conn, order)).await.len(), 1);
}

async fn an_order_is_invoiced_when_the_shop_says_so(shop: TestShop) {
    for (at, expected) in [(InvoiceAt::Paid, 0), (InvoiceAt::Placed, 1), (InvoiceAt::Shipped, 1)] {
        change_settings(&shop, move |settings| settings.invoicing.at = at).await;
        let guest = shop.shopper();
        guest.add("kenanga-candle", &[], 1).await;
        guest.order().await;
        let count = shop.with_db(|conn| Ok(invoice::table.count().get_result::<i64>(conn)?)).await;
        assert_eq!(count, expected, "after an order while the shop invoices when {at:?}");
    }
}

async fn an_invoice_says_what_the_order_stored(shop: TestShop) {
    let sold = sold(&shop).await;
    let order = sold.id;
    let paper = shop.with_db(move |conn| {
        invoices::issue(conn, order, now())?;
        Ok(papers(conn, order)?.remove(0))
    });
    let paper = paper.await;
    assert_eq!((paper.kind, &paper.order_number), (Kind::Invoice, &sold.number));
    assert_eq!((paper.totals, &paper.taxes), (sold.bill.totals, &sold.bill.taxes));
    assert_eq!(paper.seller.name, "PT Selasar Contoh");
    assert_eq!(paper.seller.tax_number, "00.000.000.0-000.000");
    assert_eq!(paper.buyer.company, "PT Contoh Makmur");
    assert_eq!(paper.buyer.tax_number, "01.234.567.8-901.000");
    assert_eq!(paper.delivery.name, "Rani Wijaya");
    assert_eq!(paper.delivery.address.last().unwrap(), "Indonesia");
    let keys: Vec<RowKey> = paper.rows.iter().map(|row| row.key).collect();
    let lines = (0..3).map(RowKey::Line);
    assert_eq!(keys, Vec::from_iter(lines.chain([RowKey::Delivery, RowKey::Fee(0)])));
    let syrup = &paper.rows[1];
    assert_eq!((&*syrup.name, &*syrup.sku, syrup.quantity), ("The syrup", "SYRUP", 3));
    assert_eq!((syrup.unit, syrup.list, syrup.taxes.len()), (33_333, 99_999, 2));
    assert_eq!(syrup.discounts.len(), 1);
}

async fn an_invoice_is_never_changed(shop: TestShop) {
    let order = sold(&shop).await.id;
    let before = shop.with_db(move |conn| {
        invoices::issue(conn, order, now())?;
        papers(conn, order)
    });
    let before = before.await;
    change_settings(&shop, |settings| {
        settings.invoicing.seller_name = "Somebody else".into();
        settings.prices_include_tax = false;
    })
    .await;
    shop.with_db(move |conn| {
        diesel::update(orders::table).set(orders::note.eq("Changed")).execute(conn)?;
        diesel::update(order_line::table).set(order_line::name.eq("Changed")).execute(conn)?;
        diesel::update(order_address::table).set(order_address::name.eq("Other")).execute(conn)?;
        invoices::issue(conn, order, now())
    })
    .await;
    assert_eq!(shop.with_db(move |conn| papers(conn, order)).await, before);
    let change = shop.shop.db.write(|conn| {
        Ok(diesel::update(invoice::table).set(invoice::document.eq("{}")).execute(conn)?)
    });
    assert!(change.await.unwrap_err().to_string().contains("an invoice is never changed"));
    let removal = shop.shop.db.write(|conn| Ok(diesel::delete(invoice::table).execute(conn)?));
    assert!(removal.await.unwrap_err().to_string().contains("an invoice is never"));
    assert_eq!(shop.with_db(move |conn| papers(conn, order)).await, before);
}

async fn another_prefix_begins_another_series(shop: TestShop) {
    let issue = async || {
        let order = sold(&shop).await.id;
        let issued = shop.with_db(move |conn| {
            invoices::issue(conn, order, now())?;
            papers(conn, order)
        });
        issued.await.remove(0).number
    };
    let year = now().format("%Y");
    assert_eq!(issue().await, format!("INV/{year}/000001"));
    change_settings(&shop, |settings| {
        settings.invoicing.prefix = NumberPrefix::parse("TOKO-2").unwrap();
    })
    .await;
    assert_eq!(issue().await, format!("TOKO-2/{year}/000001"));
    assert_eq!(issue().await, format!("TOKO-2/{year}/000002"));
}

async fn the_year_changes_at_the_shops_own_midnight(shop: TestShop) {
    change_settings(&shop, |settings| settings.time_zone = "Asia/Jakarta".parse().unwrap()).await;
    // Jakarta is seven hours ahead.
    for (instant, expected, day) in [
        ("2026-12-31T16:59:59", "INV/2026/000001", "2026-12-31"),
        ("2026-12-31T17:00:00", "INV/2027/000001", "2027-01-01"),
        ("2027-01-01T00:00:00", "INV/2027/000002", "2027-01-01"),
        ("2026-12-31T16:59:59", "INV/2026/000002", "2026-12-31"),
    ] {
        let (order, at) = (sold(&shop).await.id, instant.parse().unwrap());
        let issued = shop.with_db(move |conn| {
            invoices::issue(conn, order, at)?;
            papers(conn, order)
        });
        let paper = issued.await.remove(0);
        assert_eq!((&*paper.number, paper.issued_on.to_string()), (expected, day.into()));
    }
}

async fn prefixes_that_would_make_the_same_numbers_are_refused(shop: TestShop) {
    let saved = shop.shop.db.write(|conn| {
        let mut settings = etalase::settings::load(conn)?;
        settings.invoicing.credit_note_prefix = settings.invoicing.prefix.clone();
        etalase::settings::save(conn, &settings)
    });
    assert!(saved.await.is_err());
}
