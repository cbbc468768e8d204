//! `etalase stock`: goods come in, are corrected and counted by typing, while others order.

use std::process::Output;

use crate::both;
use crate::kit::process::{etalase_on, run, said};
use crate::kit::{TestShop, goods};
use etalase::db::Conn;
use etalase::db::schema::{orders, stock_move};
use etalase::fulfilment::{Parcel, ship};
use etalase::orders::By;
use etalase::stock::{self, Level};
use etalase::verify::verify;
use etalase::web::visit::now;

use diesel::prelude::*;

both!(
    goods_come_in_once_and_are_corrected_for_a_reason,
    what_runs_low_is_listed_page_by_page,
    a_count_corrects_what_nothing_moved_meanwhile,
    a_sheet_that_cannot_be_read_changes_nothing,
);

fn stock(shop: &TestShop, arguments: &[&str]) -> Output {
    run(etalase_on(&shop.fresh, &[&["stock"], arguments].concat()))
}

/// Does it, and gives what was said.
fn done(shop: &TestShop, arguments: &[&str]) -> String {
    let output = stock(shop, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", said(&output));
    said(&output)
}

fn refused(shop: &TestShop, arguments: &[&str], why: &str) {
    let output = stock(shop, arguments);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", said(&output));
    assert!(said(&output).contains(why), "{arguments:?}: {}", said(&output));
}

/// On hand, reserved, and what may be ordered beyond that.
async fn level(shop: &TestShop, sku: &'static str) -> (i64, i64, i64) {
    let find = move |conn: &mut Conn| {
        let variant = stock::find_sku(conn, sku)?.unwrap();
        Ok(stock::find_level(conn, variant)?.unwrap())
    };
    let Level { on_hand, reserved, limits, .. } = shop.with_db(find).await;
    (on_hand, reserved, limits.backorder)
}

async fn balances(shop: &TestShop) {
    let broken = shop.with_db(|conn| verify(conn, now())).await.broken;
    assert_eq!(broken, [""; 0]);
}

async fn goods_come_in_once_and_are_corrected_for_a_reason(shop: TestShop) {
    shop.with_db(|conn| goods("cup").on_hand(10).put(conn)).await;
    let delivery = ["receive", "CUP", "40", "--reference", "DN 118", "--as", "rani"];
    assert_eq!(done(&shop, &delivery), "CUP: 50 on hand, 0 reserved\n");
    refused(&shop, &delivery, "received before");
    done(&shop, &["receive", "CUP", "5"]);
    done(&shop, &["receive", "CUP", "5"]);
    done(&shop, &["adjust", "CUP", "-2", "--reason", "broken in the store", "--as", "rani"]);
    done(&shop, &["backorder", "CUP", "7"]);
    assert_eq!(level(&shop, "CUP").await, (58, 0, 7));
    done(&shop, &["backorder", "CUP", "none"]);
    for (arguments, why) in [
        (&["adjust", "CUP", "-59", "--reason", "gone"][..], "fewer lie there"),
        (&["adjust", "CUP", "0", "--reason", "gone"], "nothing to correct"),
        (&["adjust", "CUP", "-1", "--reason", " "], "give a reason"),
        (&["receive", "NOBODYS", "1"], "no such SKU"),
        (&["ledger", "NOBODYS"], "no such SKU"),
    ] {
        refused(&shop, arguments, why);
    }
    assert_eq!(stock(&shop, &["receive", "CUP", "0"]).status.code(), Some(2));
    assert_eq!(level(&shop, "CUP").await, (58, 0, 0));
    let ledger = done(&shop, &["ledger", "CUP"]);
    for told in ["DN 118", "staff:rani", "broken in the store", "received", "adjusted", "+40"] {
        assert!(ledger.contains(told), "{told} is not in:\n{ledger}");
    }
    let older = ledger.lines().nth(2).unwrap().split_whitespace().next().unwrap();
    let older = done(&shop, &["ledger", "CUP", "--before", older, "--most", "1"]);
    assert_eq!(older.trim_end(), ledger.lines().nth(3).unwrap());
    balances(&shop).await;
}

async fn what_runs_low_is_listed_page_by_page(shop: TestShop) {
    shop.with_db(|conn| {
        goods("aaa-cup").on_hand(3).put(conn)?;
        goods("aaa-jug").on_hand(2).put(conn)?;
        goods("aaa-pot").on_hand(9).put(conn)
    })
    .await;
    let skus = |arguments: &[&str]| -> Vec<String> {
        let said = done(&shop, &[&["list"], arguments].concat());
        said.lines().skip(1).map(|line| line.split(' ').next().unwrap().to_owned()).collect()
    };
    assert_eq!(skus(&["--most", "2"]), ["AAA-CUP", "AAA-JUG"]);
    assert_eq!(skus(&["--after", "AAA-JUG"])[0], "AAA-POT");
    let low = skus(&["--low", "3"]);
    let place = |sku: &str| low.iter().position(|known| known == sku);
    assert!(place("AAA-JUG") < place("AAA-CUP"), "the scarcest first: {low:?}");
    assert_eq!(place("AAA-POT"), None);
    assert_eq!(skus(&["--low", "3", "--after", "AAA-JUG"]), low[place("AAA-JUG").unwrap() + 1..]);
}

async fn a_count_corrects_what_nothing_moved_meanwhile(shop: TestShop) {
    shop.with_db(|conn| {
        goods("cup").on_hand(10).put(conn)?;
        goods("jug").on_hand(10).put(conn)?;
        goods("pot").on_hand(10).put(conn)
    })
    .await;
    let file = shop.fresh.folder.path().join("count.csv");
    let sheet = file.to_str().unwrap();
    done(&shop, &["sheet", "--out", sheet]);
    refused(&shop, &["sheet", "--out", sheet], "exists");
    // Meanwhile somebody orders cups and jugs, and the jugs are sent.
    let guest = shop.shopper();
    guest.add("cup", &[], 4).await;
    guest.order().await;
    let other = shop.shopper();
    other.add("jug", &[], 3).await;
    other.order().await;
    shop.with_db(|conn| {
        let newest = orders::table.order(orders::id.desc()).select(orders::id).first(conn)?;
        ship(conn, newest, &Parcel::default(), &By::staff("rani", now())).unwrap();
        Ok(())
    })
    .await;
    let counted = std::fs::read_to_string(&file).unwrap();
    let counted = counted.replace("CUP,10,\n", "CUP,10,9\n").replace("JUG,10,\n", "JUG,10,10\n");
    std::fs::write(&file, counted).unwrap();
    let told = "CUP: -1 to 9\nJUG: moved since, 10 to 7\n";
    refused(&shop, &["stocktake", sheet, "--dry-run"], told);
    assert_eq!(level(&shop, "CUP").await, (10, 4, 0), "nothing is changed");
    refused(&shop, &["stocktake", sheet, "--as", "rani"], "1 SKUs were left");
    assert_eq!(level(&shop, "CUP").await, (9, 4, 0), "what was ordered stays promised");
    assert_eq!(level(&shop, "JUG").await, (7, 0, 0), "what was sent stays sent");
    assert_eq!(level(&shop, "POT").await, (10, 0, 0), "it was not counted");
    refused(&shop, &["stocktake", sheet], "CUP: moved since");
    let moves = |conn: &mut Conn| {
        let adjusted = stock_move::table.filter(stock_move::kind.eq("adjusted"));
        Ok(adjusted.select((stock_move::actor, stock_move::reason)).load(conn)?)
    };
    let moves: Vec<(String, String)> = shop.with_db(moves).await;
    assert_eq!(moves, [("staff:rani".into(), "stocktake".into())]);
    balances(&shop).await;
}

async fn a_sheet_that_cannot_be_read_changes_nothing(shop: TestShop) {
    shop.with_db(|conn| goods("cup").on_hand(10).put(conn)).await;
    let file = shop.fresh.folder.path().join("count.csv");
    let path = file.to_str().unwrap();
    for (sheet, why) in [
        ("sku,on_hand,counted\nCUP,10,9\nCUP,ten,9\n", "line: 3"),
        ("sku,on_hand,counted\nCUP,10,9\nCUP,10,-1\n", "-1 of CUP"),
        ("sku,counted\nCUP,9\n", "on_hand"),
    ] {
        std::fs::write(&file, sheet).unwrap();
        refused(&shop, &["stocktake", path], why);
        assert_eq!(level(&shop, "CUP").await, (10, 0, 0), "{sheet}");
    }
    std::fs::write(&file, "sku,on_hand,counted\nNOBODYS,1,2\n").unwrap();
    refused(&shop, &["stocktake", path], "NOBODYS: there is no such SKU");
}
