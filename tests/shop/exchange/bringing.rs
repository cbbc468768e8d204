//! Files that bring goods: looked through first, then written, stopped, gone on with.

use super::{LIST, bring, check, counts, press, problems};
use crate::both;
use crate::kit::goods::{available, product_id};
use crate::kit::upload::Sent;
use crate::kit::{Office, TestShop, goods};
use chrono::TimeDelta;
use etalase::staff::Permission;

both!(
    a_file_is_looked_through_before_anything_changes,
    everything_wrong_is_named_by_row_and_column_and_left_out,
    what_a_file_does_not_say_stays_as_it_is,
    stock_of_known_variants_is_taken_only_when_asked,
    whoever_may_not_count_brings_no_stock,
    a_file_that_brings_stock_waits_for_somebody_who_may,
    what_was_left_out_is_mended_and_brought_again,
    prices_come_by_sku_alone,
    a_sku_stands_in_one_product_of_a_file,
    a_file_that_is_no_table_of_goods_is_refused,
    a_variant_is_added_to_a_product_with_the_same_options,
    semicolons_and_windows_lines_are_read,
    a_file_that_cannot_be_read_now_is_read_later,
);

const TWO: &str = "handle,name-en,status,category,option1,value1,sku,price,stock\n\
    clay-jug,Clay jug,active,Kitchen > Jugs,Colour,Clay,CJ-1,85000,5\n\
    clay-jug,,,,,Sage,CJ-2,90000,6\n\
    oak-spoon,Oak spoon,draft,Kitchen,,,OS-1,25000,9\n";

async fn a_file_is_looked_through_before_anything_changes(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let page = check(&shop, &sari, TWO).await;
    page.see("Nothing is changed yet").see("clay-jug").see("New product");
    assert_eq!(counts(&page), ["2", "0", "0", "0"]);
    assert_eq!(shop.visitor().get("/products/clay-jug").await.status, 404);
    let page = press(&shop, &sari, &page, "run", "Bring 2 products").await;
    page.see("All of the file is written").see_no("Bring 2 products");
    let jug = shop.visitor().get("/products/clay-jug").await;
    jug.expect_status(200).see("Clay jug").see("Sage").see("85.000");
    jug.see("Jugs");
    assert_eq!(shop.with_db(|conn| available(conn, "clay-jug")).await, [5, 6]);
    assert_eq!(shop.visitor().get("/products/oak-spoon").await.status, 404, "a draft");
    let again = check(&shop, &sari, TWO).await;
    assert_eq!(counts(&again), ["0", "0", "2", "0"]);
}

async fn everything_wrong_is_named_by_row_and_column_and_left_out(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    shop.with_db(|conn| goods("own-cup").put(conn)).await;
    let file = "handle,name-en,status,price,sku,stock,weight_grams,number: Care\n\
        Bad Handle,One,active,1000,A-1,1,1\n\
        two,Two,live,cheap,A-2,-1,heavy\n\
        three,,active,1000,A-3,1,1\n\
        four,Four,active,,A-4,1,1\n\
        five,Five,active,1000,OWN-CUP,1,1\n\
        six,Six,active,1000,A-6,1,1,,more\n\
        fine,Fine,active,1000,A-7,1,1\n\
        care,Care,active,1000,A-8,1,1,5\n";
    let page = check(&shop, &sari, file).await;
    let found = problems(&page);
    for (line, column, words) in [
        ("2", "handle", "Use small letters"),
        ("3", "status", "Write draft, active or archived"),
        ("3", "price cheap", "Write an amount"),
        ("3", "stock", "not below 0"),
        ("3", "weight_grams", "not below 0"),
        ("4", "name-en", ""),
        ("5", "price", "needs a price"),
        ("7", "", "more cells"),
        ("9", "number: Care 5", "The shop has an attribute"),
    ] {
        let is_it =
            |row: &String| row.starts_with(line) && row.contains(column) && row.contains(words);
        assert!(found.iter().any(is_it), "{line} {column} {words}: {found:?}");
    }
    assert_eq!(counts(&page)[3], "7", "{found:?}");
    let page = press(&shop, &sari, &page, "run", "Bring 1 product").await;
    assert_eq!(counts(&page), ["1", "0", "0", "7"]);
    assert_eq!(shop.visitor().get("/products/fine").await.status, 200);
    assert_eq!(shop.visitor().get("/products/two").await.status, 404);
}

async fn what_a_file_does_not_say_stays_as_it_is(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    bring(&shop, &sari, TWO).await;
    let file = "handle,sku,price\nclay-jug,CJ-2,99000\n";
    let page = check(&shop, &sari, file).await;
    assert_eq!(counts(&page), ["0", "1", "0", "0"]);
    page.see("price");
    let of_product = "handle,tags,option1,value1,sku\nclay-jug,new,,,\n";
    let page_of_product = check(&shop, &sari, of_product).await;
    assert_eq!(counts(&page_of_product), ["0", "1", "0", "0"]);
    press(&shop, &sari, &page, "run", "Bring 1 product").await;
    let jug = shop.visitor().get("/products/clay-jug").await;
    jug.see("Clay jug").see("85.000").see("99.000");
    assert_eq!(shop.with_db(|conn| available(conn, "clay-jug")).await, [5, 6]);
}

async fn stock_of_known_variants_is_taken_only_when_asked(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    bring(&shop, &sari, TWO).await;
    let file = "handle,sku,stock\nclay-jug,CJ-1,50\n";
    let page = check(&shop, &sari, file).await;
    assert_eq!(counts(&page), ["0", "0", "1", "0"]);
    let form = page.form(&format!("{}/check", page.url.path())).choose("stock", "all");
    form.press("Look it through again").await.expect_status(200);
    Office::of(&shop).work().await;
    let page = sari.get(page.url.path()).await;
    assert_eq!(counts(&page), ["0", "1", "0", "0"]);
    press(&shop, &sari, &page, "run", "Bring 1 product").await;
    assert_eq!(shop.with_db(|conn| available(conn, "clay-jug")).await, [50, 6]);
}

async fn whoever_may_not_count_brings_no_stock(shop: TestShop) {
    let may = [Permission::ViewProducts, Permission::ChangeProducts];
    let role = shop.role("Writer", may.into_iter().collect()).await;
    let dewi = shop.colleague("dewi", &role).await;
    bring(&shop, &dewi, TWO).await.see("All of the file is written");
    assert_eq!(shop.with_db(|conn| available(conn, "clay-jug")).await, [0, 0]);
    dewi.get(LIST).await.see_no("Download all products");
}

async fn a_file_that_is_no_table_of_goods_is_refused(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    for (bytes, words) in [
        (&b"colour,shape\nred,round\n"[..], "no columns that we know"),
        (b"\xff\xfeh\0a\0", "CSV UTF-8"),
        (b"", "Choose a file"),
        (b"\n", "empty"),
        (b"sku,price,Price\n", "Two columns have the same name"),
    ] {
        let sent = Sent { field: "goods", name: "goods.csv", kind: "text/csv", bytes };
        sari.upload(LIST, &sent).await.expect_status(422).see(words);
    }
    sari.get(LIST).await.see("No file was brought yet");
}

async fn a_variant_is_added_to_a_product_with_the_same_options(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    bring(&shop, &sari, TWO).await;
    let file = "handle,option1,value1,sku,price,stock\nclay-jug,Colour,Oat,CJ-3,95000,2\n";
    let page = bring(&shop, &sari, file).await;
    page.see("1 new variant");
    assert_eq!(shop.with_db(|conn| available(conn, "clay-jug")).await, [5, 6, 2]);
    let file = "handle,option1,value1,sku,price\nclay-jug,Size,Large,CJ-4,95000\n";
    check(&shop, &sari, file).await.see("The product has other options in the shop");
    let file = "handle,option1,value1,sku,price\nclay-jug,Colour,Oat,CJ-5,95000\n";
    check(&shop, &sari, file).await.see("Two variants of the product have the same values");
}

async fn semicolons_and_windows_lines_are_read(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let file = format!("\u{feff}{}", TWO.replace(',', ";").replace('\n', "\r\n"));
    bring(&shop, &sari, &file).await.see("All of the file is written");
    let id = shop.with_db(|conn| product_id(conn, "clay-jug")).await;
    sari.get(&format!("/admin/products/{id}")).await.see("Clay jug");
}

async fn a_file_that_brings_stock_waits_for_somebody_who_may(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let may = [Permission::ViewProducts, Permission::ChangeProducts];
    let role = shop.role("Writer", may.into_iter().collect()).await;
    let dewi = shop.colleague("dewi", &role).await;
    let path = check(&shop, &sari, TWO).await.url.path().to_owned();
    let page = dewi.get(&path).await;
    page.see("It changes stock, which you may not do").see_no("Bring 2 products");
    dewi.post(&format!("{path}/run"), "").await.expect_status(303);
    Office::of(&shop).work().await;
    sari.get(&path).await.see("Nothing is changed yet").see("under the name of sari");
    let page = press(&shop, &dewi, &page, "check", "Look it through again").await;
    press(&shop, &dewi, &page, "run", "Bring 2 products").await.see("under the name of dewi");
    assert_eq!(shop.with_db(|conn| available(conn, "clay-jug")).await, [0, 0]);
}

async fn what_was_left_out_is_mended_and_brought_again(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let file = "handle;name-en;description-en;sku;price\n\
        one;One;\"Two\n\nlines\";A-1;5000\n\
        two;'=Two;;A-2;cheap\n\
        two;;;A-3;6000\n\
        three;Three;;A-4;7000\n";
    let page = check(&shop, &sari, file).await;
    assert_eq!(counts(&page), ["2", "0", "0", "1"]);
    let path = page.url.path().to_owned();
    press(&shop, &sari, &page, "run", "Bring 2 products").await;
    let wrong = sari.get(&format!("{path}/wrong.csv")).await.expect_status(200).body.clone();
    let wrong = String::from_utf8(wrong).unwrap();
    let mut lines = wrong.trim_start_matches('\u{feff}').lines();
    assert_eq!(lines.next(), Some("handle;name-en;description-en;sku;price;problem"));
    let two = lines.next().unwrap();
    assert!(two.starts_with("two;'=Two;;A-2;cheap;price: Write an amount"), "{two}");
    assert_eq!((lines.next(), lines.next()), (Some("two;;;A-3;6000;"), None));
    let mended = wrong.replace("cheap", "5500").replace("two;;;A-3", "two;;;A-4");
    let page = check(&shop, &sari, &mended).await;
    assert_eq!(problems(&page).len(), 2, "another product has it, and no option tells them apart");
    let mended = wrong.replace("cheap", "5500").replace("two;;;A-3;6000;\n", "");
    bring(&shop, &sari, &mended).await.see("All of the file is written");
    shop.visitor().get("/products/three").await.expect_status(404);
    let id = shop.with_db(|conn| product_id(conn, "two")).await;
    sari.get(&format!("/admin/products/{id}")).await.see("=Two");
}

async fn prices_come_by_sku_alone(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    bring(&shop, &sari, TWO).await;
    let file = "sku\tprice\nCJ-1\t86000\nOS-1\t25000\nCJ-2\t91000\nXX-1\t5\n";
    let page = check(&shop, &sari, file).await;
    assert_eq!(counts(&page), ["0", "2", "1", "1"]);
    assert!(problems(&page)[0].starts_with("5 handle"), "{:?}", problems(&page));
    press(&shop, &sari, &page, "run", "Bring 2 products").await;
    shop.visitor().get("/products/clay-jug").await.see("86.000").see("91.000").see("Clay jug");
}

async fn a_sku_stands_in_one_product_of_a_file(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let file = "handle,name-en,sku,price\na-cup,A cup,C-1,5000\nb-cup,B cup,C-1,6000\n";
    let page = check(&shop, &sari, file).await;
    assert_eq!(counts(&page), ["1", "0", "0", "1"]);
    assert_eq!(problems(&page), ["3 The SKU stands here twice."]);
    press(&shop, &sari, &page, "run", "Bring 1 product").await;
    shop.with_db(|conn| product_id(conn, "a-cup")).await;
}

async fn a_file_that_cannot_be_read_now_is_read_later(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let sent = Sent { field: "goods", name: "goods.csv", kind: "text/csv", bytes: TWO.as_bytes() };
    let path = sari.upload(LIST, &sent).await.location().unwrap();
    let folder = shop.settings.data_dir.join("media/imports");
    let away = folder.with_file_name("away");
    std::fs::rename(&folder, &away).unwrap();
    let office = Office::of(&shop);
    for _ in 0..12 {
        office.work().await;
        office.later(TimeDelta::days(2));
    }
    let page = sari.get(&path).await;
    page.see("could not be looked through").see_no("Go on").see_no("Bring ");
    std::fs::rename(&away, &folder).unwrap();
    let page = press(&shop, &sari, &page, "check", "Look it through again").await;
    assert_eq!(counts(&page), ["2", "0", "0", "0"]);
}
