//! Files and their rows: kept for ever, or gone together.

use chrono::TimeDelta;
use diesel::prelude::*;
use etalase::db::schema::{job, media};
use reqwest::Method;

use super::{add, address, cup, kept, made, pictures, row};
use crate::both;
use crate::kit::{Office, TestShop};

both!(
    a_picture_is_kept_by_browsers_for_ever,
    a_picture_that_nobody_shows_goes_with_all_its_files,
    a_picture_that_an_order_shows_stays,
    a_file_whose_row_was_never_written_goes,
    a_picture_is_made_once_more_when_its_job_is_done_twice,
    a_file_that_is_not_there_yet_is_waited_for,
);

async fn a_picture_is_kept_by_browsers_for_ever(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let cup = cup(&shop).await;
    add(&sari, cup, &[10]).await;
    made(&shop).await;
    let visitor = shop.visitor();
    let path = format!("/media/{}-160.webp", row(&shop, pictures(&shop, cup)[0]).0);
    let first = visitor.get(&path).await;
    assert_eq!(first.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(first.header("x-content-type-options"), "nosniff");
    let tag = first.header("etag").to_owned();
    let again = visitor.request(Method::GET, &path).header("if-none-match", &tag);
    let again = visitor.send(again).await;
    assert_eq!((again.expect_status(304).header("etag"), again.body.len()), (tag.as_str(), 0));
    let other = visitor.request(Method::GET, &path).header("if-none-match", "\"other\"");
    visitor.send(other).await.expect_status(200);
}

/// What the broom does once a day, days later.
async fn sweep(shop: &TestShop) {
    let office = Office::of(shop);
    office.begin().await;
    office.later(TimeDelta::days(3));
    office.work().await;
}

async fn a_picture_that_nobody_shows_goes_with_all_its_files(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let cup = cup(&shop).await;
    add(&sari, cup, &[10, 200]).await;
    made(&shop).await;
    assert_eq!(kept(&shop).len(), 6);
    let ids = pictures(&shop, cup);
    sari.post(&format!("{}/{}/remove", address(cup), ids[0]), "").await.expect_status(303);
    made(&shop).await;
    assert_eq!(kept(&shop).len(), 6, "a page that was just read still shows it");
    sweep(&shop).await;
    let left = kept(&shop);
    let (name, ..) = row(&shop, ids[1]);
    assert!(left.len() == 3 && left.iter().all(|file| file.contains(&name)), "{left:?}");
    let rows: i64 = media::table.find(ids[0]).count().get_result(&mut shop.fresh.conn()).unwrap();
    assert_eq!(rows, 0);
}

async fn a_picture_that_an_order_shows_stays(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let cup = cup(&shop).await;
    add(&sari, cup, &[10]).await;
    made(&shop).await;
    let shopper = shop.shopper();
    shopper.add("cup", &[], 1).await;
    shopper.order().await;
    let picture = pictures(&shop, cup)[0];
    sari.post(&format!("{}/{picture}/remove", address(cup)), "").await.expect_status(303);
    sweep(&shop).await;
    assert_eq!(kept(&shop).len(), 3);
    let (name, ..) = row(&shop, picture);
    shop.visitor().get(&format!("/media/{name}-160.webp")).await.expect_status(200);
}

async fn a_file_whose_row_was_never_written_goes(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let cup = cup(&shop).await;
    add(&sari, cup, &[10]).await;
    let (.., original) = row(&shop, pictures(&shop, cup)[0]);
    let stray = shop.settings.data_dir.join("media/originals/stray-0000000000000000.jpg");
    std::fs::write(&stray, "half").unwrap();
    sweep(&shop).await;
    assert!(!stray.exists());
    assert!(kept(&shop).contains(&original));
}

async fn a_picture_is_made_once_more_when_its_job_is_done_twice(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let cup = cup(&shop).await;
    add(&sari, cup, &[10]).await;
    made(&shop).await;
    let files = kept(&shop);
    shop.with_db(|conn| {
        diesel::update(media::table.filter(media::hash.ne("")))
            .set(media::status.eq("waiting"))
            .execute(conn)?;
        let due = diesel::update(job::table.filter(job::kind.eq("pictures.make")));
        let undone = (
            job::done_at.eq(None::<chrono::NaiveDateTime>),
            job::due_at.eq(Some(etalase::web::visit::now())),
        );
        Ok(due.set(undone).execute(conn)?)
    })
    .await;
    made(&shop).await;
    assert_eq!((row(&shop, pictures(&shop, cup)[0]).1.as_str(), kept(&shop)), ("ready", files));
}

async fn a_file_that_is_not_there_yet_is_waited_for(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let cup = cup(&shop).await;
    add(&sari, cup, &[10]).await;
    let picture = pictures(&shop, cup)[0];
    let file = shop.settings.data_dir.join("media").join(row(&shop, picture).2);
    let bytes = std::fs::read(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    let office = Office::of(&shop);
    office.work().await;
    assert_eq!(row(&shop, picture).1, "waiting");
    std::fs::write(&file, bytes).unwrap();
    office.later(TimeDelta::minutes(1));
    office.work().await;
    assert_eq!(row(&shop, picture).1, "ready");
}
