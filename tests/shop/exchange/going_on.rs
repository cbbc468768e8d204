//! Files that are stopped, cut off, or written beside others.

use chrono::TimeDelta;
use diesel::prelude::*;
use futures_util::future::{Either, join, select};
use std::pin::pin;
use std::time::Duration;

use super::{check, counts, press, problems};
use crate::both;
use crate::kit::goods::available;
use crate::kit::{Office, TestShop, Visitor, goods};
use etalase::db::Conn;
use etalase::db::schema::{brand, goods_import, goods_import_item, stock_move, variant};
use etalase::error::Result;

both!(
    a_file_is_stopped_and_gone_on_with,
    a_file_that_is_cut_off_is_taken_up_where_it_was,
    files_that_are_written_at_once_do_not_lose_a_product,
);

const TWO: &str = "handle,name-en,status,sku,price\n\
    clay-jug,Clay jug,active,CJ-1,85000\noak-spoon,Oak spoon,active,OS-1,25000\n";

async fn a_file_is_stopped_and_gone_on_with(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let page = check(&shop, &sari, TWO).await;
    let path = page.url.path().to_owned();
    let page = page.form(&format!("{path}/run")).press("Bring 2 products").await;
    let page = page.form(&format!("{path}/stop")).press("Stop").await;
    page.see("What was written stays");
    Office::of(&shop).work().await;
    assert_eq!(shop.visitor().get("/products/clay-jug").await.status, 404);
    let page = press(&shop, &sari, &sari.get(&path).await, "resume", "Go on").await;
    page.see("All of the file is written");
    assert_eq!(shop.visitor().get("/products/clay-jug").await.status, 200);
    // Somebody else's tab still shows the button.
    sari.post(&format!("{path}/run"), "").await.expect_status(303);
}

/// Products from one number to another, of a brand and a category that are new.
fn many(numbers: std::ops::Range<u32>) -> String {
    let row =
        |n| format!("cup-{n},Cup {n},Same Hands,Cups > New,CUP-{n},{},{}\n", 1_000 + n, 1 + n % 7);
    "handle,name-en,brand,category,sku,price,stock\n".to_owned()
        + &numbers.map(row).collect::<String>()
}

/// A file that was looked through: its page's address.
async fn checked(shop: &TestShop, visitor: &Visitor, file: &str) -> String {
    check(shop, visitor, file).await.url.path().to_owned()
}

async fn a_file_that_is_cut_off_is_taken_up_where_it_was(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let path = checked(&shop, &sari, &many(0..300)).await;
    sari.post(&format!("{path}/run"), "").await.expect_status(303);
    let some_are_written = async {
        let made = |conn: &mut Conn| -> Result<i64> {
            Ok(goods_import::table.select(goods_import::made).first(conn)?)
        };
        while shop.shop.db.read(made).await.unwrap() == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    {
        let killed = Office::of(&shop);
        let (working, waiting) = (pin!(killed.work()), pin!(some_are_written));
        let end = select(waiting, working).await;
        assert!(matches!(end, Either::Left(_)), "it is cut off in its midst");
    }
    sari.get(&path).await.see("Products are being written");
    let next = Office::of(&shop);
    next.work().await;
    sari.get(&path).await.see("Products are being written");
    next.later(TimeDelta::seconds(61));
    next.work().await;
    let page = sari.get(&path).await;
    page.see("All of the file is written");
    assert_eq!(counts(&page), ["300", "0", "0", "0"]);
    shop.with_db(|conn| {
        let made: i64 = goods_import_item::table.count().get_result(conn)?;
        let own = variant::table.filter(variant::sku.like("CUP-%"));
        let ids = own.select(variant::id);
        let moves = stock_move::table.filter(stock_move::variant_id.eq_any(ids)).count();
        assert_eq!((made, own.count().get_result(conn)?), (300, 300_i64));
        assert_eq!(moves.get_result::<i64>(conn)?, 300, "no stock came twice");
        Ok(())
    })
    .await;
    assert_eq!(shop.with_db(|conn| available(conn, "cup-299")).await, [6]);
}

async fn files_that_are_written_at_once_do_not_lose_a_product(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    shop.with_db(|conn| goods("own-cup").put(conn)).await;
    let own = "own-cup,,Same Hands,Cups > New,OWN-CUP,,\n";
    let one = checked(&shop, &sari, &(many(0..60) + own)).await;
    let other = checked(&shop, &sari, &(many(60..120) + own)).await;
    for path in [&one, &other] {
        sari.post(&format!("{path}/run"), "").await.expect_status(303);
    }
    let offices = (Office::of(&shop), Office::of(&shop));
    join(offices.0.work(), offices.1.work()).await;
    for path in [&one, &other] {
        let page = sari.get(path).await;
        page.see("All of the file is written");
        assert_eq!(problems(&page), [""; 0]);
        assert_eq!(counts(&page)[0], "60");
    }
    let brands = brand::table.filter(brand::name.eq("Same Hands")).count();
    assert_eq!(brands.get_result::<i64>(&mut shop.fresh.conn()), Ok(1));
}
