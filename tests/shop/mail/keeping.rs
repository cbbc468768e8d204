//! What the staff are told of the shelves, and what is forgotten in the end.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::{cancel, ordered};
use crate::both;
use crate::kit::goods::leave;
use crate::kit::office::mails;
use crate::kit::{Office, TestShop, goods};
use etalase::db::schema::{mail, stock};
use etalase::mail::Mail;
use etalase::settings;

both!(
    what_falls_low_is_told_once_and_together,
    what_has_risen_is_told_when_it_falls_again,
    what_has_risen_before_anybody_was_told_is_not_told,
    a_refused_order_tells_nothing_of_the_shelf,
    mails_are_forgotten_after_half_a_year_with_their_files,
);

/// Lets the time go by in which falls are gathered; the mails about them.
async fn told_of_stock(shop: &TestShop) -> Vec<Mail> {
    let before = mails(shop).await.len();
    let office = Office::of(shop);
    office.later(TimeDelta::minutes(6));
    office.work().await;
    let new = mails(shop).await.split_off(before);
    new.into_iter().filter(|mail| mail.template == "low_stock").collect()
}

async fn what_falls_low_is_told_once_and_together(shop: TestShop) {
    shop.with_db(|conn| {
        goods("cup").named("<b>Plain</b> cup").on_hand(7).put(conn)?;
        goods("plate").named("Flat plate").on_hand(9).put(conn)
    })
    .await;
    shop.with_db(|conn| leave(conn, "plate", 6)).await;
    assert!(told_of_stock(&shop).await.is_empty(), "six are not few");
    let guest = shop.shopper();
    guest.add("cup", &[], 2).await;
    guest.add("plate", &[], 4).await;
    guest.order().await;
    let mails = told_of_stock(&shop).await;
    let [mail] = &mails[..] else { panic!("{} mails", mails.len()) };
    assert_eq!(mail.recipient, shop.shop.frame().settings.email);
    assert_eq!(mail.subject, "2 items are running low");
    assert!(mail.text.contains("<b>Plain</b> cup (CUP): 5 left"), "{}", mail.text);
    assert!(mail.text.contains("Flat plate (PLATE): 2 left") && !mail.html.contains("<b>"));
    shop.with_db(|conn| leave(conn, "cup", 1)).await;
    assert!(told_of_stock(&shop).await.is_empty(), "it was low before");
}

async fn what_has_risen_is_told_when_it_falls_again(shop: TestShop) {
    shop.with_db(|conn| {
        let mut changed = settings::load(conn)?;
        changed.low_stock = 8;
        settings::save(conn, &changed)
    })
    .await;
    let order = ordered(&shop, &shop.shopper()).await;
    assert_eq!(told_of_stock(&shop).await.len(), 1, "of ten cups and ten plates seven and eight");
    let cancelled = move |conn: &mut _| Ok(cancel(conn, order).is_ok());
    assert!(shop.with_db(cancelled).await);
    assert!(told_of_stock(&shop).await.is_empty());
    shop.with_db(|conn| leave(conn, "plate", 8)).await;
    let mails = told_of_stock(&shop).await;
    assert_eq!(mails.len(), 1);
    assert!(mails[0].text.contains("PLATE") && !mails[0].text.contains("CUP"));
}

async fn what_has_risen_before_anybody_was_told_is_not_told(shop: TestShop) {
    shop.with_db(|conn| {
        goods("cup").on_hand(10).put(conn)?;
        leave(conn, "cup", 0)?;
        leave(conn, "cup", 10)
    })
    .await;
    assert!(told_of_stock(&shop).await.is_empty());
}

async fn a_refused_order_tells_nothing_of_the_shelf(shop: TestShop) {
    shop.with_db(|conn| {
        goods("cup").on_hand(6).put(conn)?;
        goods("plate").on_hand(1).put(conn)
    })
    .await;
    let guest = shop.shopper();
    guest.add("cup", &[], 2).await;
    guest.add("plate", &[], 1).await;
    let form = guest.checkout_form().await;
    shop.with_db(|conn| leave(conn, "plate", 0)).await;
    form.send(guest.words.place).await.expect_status(409);
    let fallen = |conn: &mut _| {
        Ok(stock::table.filter(stock::fell_low_at.is_not_null()).count().get_result::<i64>(conn)?)
    };
    assert_eq!(shop.with_db(fallen).await, 0);
}

async fn mails_are_forgotten_after_half_a_year_with_their_files(shop: TestShop) {
    shop.with_db(|conn| {
        let mut changed = settings::load(conn)?;
        changed.staff_emails = ["a@shop.example", "b@shop.example"].map(str::to_owned).to_vec();
        settings::save(conn, &changed)?;
        goods("cup").put(conn)?;
        leave(conn, "cup", 1)
    })
    .await;
    assert_eq!(told_of_stock(&shop).await.len(), 2);
    // One of them waits still, however old it is.
    let first = mail::table.filter(mail::recipient.eq("a@shop.example"));
    let waiting = diesel::update(first).set(mail::status.eq("waiting"));
    waiting.execute(&mut shop.fresh.conn()).unwrap();
    let folder = shop.settings.data_dir.join("mail");
    std::fs::write(folder.join("note.txt"), "mine").unwrap();
    let files = || std::fs::read_dir(&folder).unwrap().count();
    let office = Office::of(&shop);
    office.begin().await;
    office.later(TimeDelta::days(180) - TimeDelta::minutes(5));
    office.work().await;
    assert_eq!((mails(&shop).await.len(), files()), (2, 3));
    office.later(TimeDelta::hours(2));
    office.work().await;
    let left = mails(&shop).await;
    assert_eq!(left.iter().map(|mail| &*mail.recipient).collect::<Vec<_>>(), ["a@shop.example"]);
    assert_eq!(files(), 2, "what is not the shop's stays");
    let first = mail::table.filter(mail::recipient.eq("a@shop.example"));
    let kept = diesel::update(first).set(mail::status.eq("kept"));
    kept.execute(&mut shop.fresh.conn()).unwrap();
}
