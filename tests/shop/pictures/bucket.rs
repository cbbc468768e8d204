//! The same in a bucket of a store that speaks S3, from another machine's point of view.

use chrono::TimeDelta;
use etalase::config::{Settings, load};

use super::{add, address, cup, kept, kept_in, made, pictures, row, sources};
use crate::both;
use crate::kit::bucket::Store;
use crate::kit::{Dbms, FreshDatabase, Office, TestShop};

both!(
    pictures_are_kept_in_the_bucket_and_shown_from_it,
    what_nobody_shows_leaves_the_bucket,
    a_store_that_refuses_loses_nothing,
);

async fn open(dbms: Dbms, url: String) -> TestShop {
    let change = move |settings: &mut Settings| {
        let variables = [("ETALASE_FILES_URL".to_owned(), url)];
        settings.files = load(&Default::default(), variables.into_iter()).unwrap().files;
    };
    TestShop::open_with(FreshDatabase::filled(dbms), change).await
}

async fn pictures_are_kept_in_the_bucket_and_shown_from_it(dbms: Dbms) {
    let store = Store::open();
    let shop = open(dbms, store.url()).await;
    let sari = shop.colleague("sari", "owner").await;
    let cup = cup(&shop).await;
    add(&sari, cup, &[200, 100]).await;
    made(&shop).await;
    let files = kept_in(&store.folder());
    assert_eq!((files.len(), kept(&shop).len()), (6, 0), "{files:?}");
    let page = shop.visitor().get("/products/cup").await;
    let picture = shop.visitor().get(&sources(&page)[0]).await;
    assert_eq!(picture.expect_status(200).header("content-type"), "image/webp");
    let seen = image::load_from_memory(&picture.body).unwrap().into_rgb8();
    assert_eq!(seen.dimensions(), (200, 250));
    let (name, ..) = row(&shop, pictures(&shop, cup)[0]);
    let missing = shop.visitor().get(&format!("/media/{name}-1920.webp")).await;
    missing.expect_status(404);
}

async fn what_nobody_shows_leaves_the_bucket(dbms: Dbms) {
    let store = Store::open();
    let shop = open(dbms, store.url()).await;
    let sari = shop.colleague("sari", "owner").await;
    let cup = cup(&shop).await;
    add(&sari, cup, &[10, 200]).await;
    made(&shop).await;
    let first = pictures(&shop, cup)[0];
    sari.post(&format!("{}/{first}/remove", address(cup)), "").await.expect_status(303);
    let office = Office::of(&shop);
    office.begin().await;
    office.later(TimeDelta::days(3));
    office.work().await;
    let left = kept_in(&store.folder());
    let (name, ..) = row(&shop, pictures(&shop, cup)[0]);
    assert!(left.len() == 3 && left.iter().all(|file| file.contains(&name)), "{left:?}");
}

/// The key has been changed: the page says that something went wrong, and what was there stays.
async fn a_store_that_refuses_loses_nothing(dbms: Dbms) {
    let store = Store::open();
    let shop = open(dbms, store.wrong_url()).await;
    let sari = shop.colleague("sari", "owner").await;
    let cup = cup(&shop).await;
    let photo = super::photo(10);
    let answer = sari.upload_all(&address(cup), &[super::file("cup.jpg", &photo)]).await;
    answer.expect_status(500);
    assert_eq!((pictures(&shop, cup).len(), kept_in(&store.folder()).len()), (0, 0));
}
