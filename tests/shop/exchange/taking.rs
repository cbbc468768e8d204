//! All products as a file, which says the same when it is brought back.

use diesel::prelude::*;

use super::{bring, check, counts, export};
use crate::both;
use crate::kit::{Dbms, TestShop, goods};
use etalase::config::Database;
use etalase::db::Conn;
use etalase::db::schema::{
    attribute, audit_entry, brand, category, option_type, option_value, product, product_media,
    promotion_target,
};
use etalase::error::Result;

both!(
    an_export_brought_back_changes_nothing,
    a_table_that_was_sorted_is_still_the_same,
    an_export_fills_an_empty_shop_with_the_same_goods,
    no_cell_is_a_formula_and_every_text_comes_back,
    pictures_stand_by_their_names_and_come_back,
);

async fn an_export_brought_back_changes_nothing(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let file = export(&sari).await;
    let page = check(&shop, &sari, &file).await;
    page.see("There is nothing to bring").see_no("What is wrong");
    let products = shop.with_db(|conn| Ok(product::table.count().get_result::<i64>(conn)?)).await;
    assert_eq!(counts(&page), ["0", "0", &products.to_string(), "0"]);
    let told = audit_entry::table.filter(audit_entry::action.eq("exported")).count();
    assert_eq!(told.get_result::<i64>(&mut shop.fresh.conn()), Ok(1));
}

async fn a_table_that_was_sorted_is_still_the_same(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    bring(&shop, &sari, RICH).await;
    let file = export(&sari).await;
    let mut rows = csv::Reader::from_reader(file.as_bytes());
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(rows.headers().unwrap()).unwrap();
    let rows: Vec<_> = rows.records().map(Result::unwrap).collect();
    for row in rows.iter().step_by(2).chain(rows.iter().skip(1).step_by(2)) {
        table.write_record(row).unwrap();
    }
    let sorted = String::from_utf8(table.into_inner().unwrap()).unwrap();
    let page = check(&shop, &sari, &sorted).await;
    page.see("There is nothing to bring").see_no("What is wrong");
}

/// A shop with nothing to sell and no words for it; its pictures are there.
async fn empty(like: &TestShop) -> TestShop {
    let dbms = match like.fresh.database {
        Database::Sqlite(_) => Dbms::Sqlite,
        Database::Postgres(_) => Dbms::Postgres,
    };
    let shop = TestShop::open(dbms).await;
    shop.with_db(|conn| {
        diesel::delete(promotion_target::table).execute(conn)?;
        diesel::delete(product::table).execute(conn)?;
        diesel::delete(brand::table).execute(conn)?;
        diesel::delete(attribute::table).execute(conn)?;
        diesel::delete(option_value::table).execute(conn)?;
        diesel::delete(option_type::table).execute(conn)?;
        diesel::delete(category::table).execute(conn)?;
        etalase::settings::announce(conn)
    })
    .await;
    shop
}

/// Everything that a product can have, in words that mean something to tables.
const RICH: &str = "handle,name-en,name-id,subtitle-en,description-en,seo_title-id,status,category,category-id,\
    brand,tags,tax_class,requires_shipping,publish_at,unpublish_at,choice: Glaze,text-id: Care,\
    bool: Oven proof [oven_proof],number: Rim [rim_mm],date: First fired,option1,option1-id,value1,value1-id,\
    swatch1,option2,value2,sku,price,compare_at,more_prices,stock,backorder,weight_grams,size_mm\n\
    odd-bowl,'=Odd bowl,Mangkuk,\"A, b\",\"One\n\n- two; \"\"three\"\"\",Judul,active,\
    Odd \\> even [odd-even] > Bow;ls,Ganjil > Mangkuk,Nobody’s [nobody],\"a b, c\",standard,no,\
    2026-01-02T03:04:05.678901Z,2036-01-02T03:04:05Z,Salt; Ash \\; oak,Cuci,yes,-7,1999-12-31,Tint,Rona,\
    陶,Tanah,#aa6633,Size,'+1,OB-1,85000,99000,\
    IDR 80000 from 10 | IDR 70000 for resellers since 2026-01-01T00:00:00Z until 2036-01-01T00:00:00Z was 90000 | USD 5.05,\
    5,3,1200,200x80x80\n\
    odd-bowl,,,,,,,,,,,,,,,,,,,,,,瓷,,,,-2,OB-2,1,,,0,0,0,\n";

async fn an_export_fills_an_empty_shop_with_the_same_goods(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    bring(&shop, &sari, RICH).await.see("All of the file is written").see_no("What is wrong");
    let file = export(&sari).await;
    assert!(file.contains("\n\n- two; \"\"three\"\"") && file.contains("USD 5.05"), "{file}");
    let other = empty(&shop).await;
    let dewi = other.colleague("dewi", "owner").await;
    let page = bring(&other, &dewi, &file).await;
    page.see("All of the file is written").see_no("What is wrong");
    let again = export(&dewi).await;
    for (line, other) in file.lines().zip(again.lines()) {
        assert_eq!(line, other);
    }
    assert_eq!(file.len(), again.len());
    let shown = other.visitor().get("/products/bumi-stoneware-mug").await;
    shown.expect_status(200).see("Clay");
    other.visitor().get("/search?q=stoneware").await.see("Bumi Stoneware Mug");
}

async fn no_cell_is_a_formula_and_every_text_comes_back(shop: TestShop) {
    let put = |conn: &mut Conn| {
        diesel::delete(promotion_target::table).execute(conn)?;
        diesel::delete(product::table).execute(conn)?;
        goods("bad-cup").named("=cmd|' /C calc'!A0").put(conn)
    };
    shop.with_db(put).await;
    let sari = shop.colleague("sari", "owner").await;
    let file = export(&sari).await;
    assert!(file.contains("'=cmd|' /C calc'!A0"), "{file}");
    assert!(!file.contains(",=cmd"), "{file}");
    assert_eq!(counts(&check(&shop, &sari, &file).await), ["0", "0", "1", "0"]);
}

async fn pictures_stand_by_their_names_and_come_back(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let file = export(&sari).await;
    let shown =
        |conn: &mut Conn| -> Result<i64> { Ok(product_media::table.count().get_result(conn)?) };
    let before = shop.with_db(shown).await;
    shop.with_db(|conn| Ok(diesel::delete(product_media::table).execute(conn)?)).await;
    bring(&shop, &sari, &file).await.see("All of the file is written");
    assert_eq!(shop.with_db(shown).await, before);
    assert!(export(&sari).await == file, "the pictures stand where they stood");
    let strange = file.replacen("bumi-mug", "no-such-picture", 1);
    if strange != file {
        check(&shop, &sari, &strange).await.see("The shop does not have this picture");
    }
}
