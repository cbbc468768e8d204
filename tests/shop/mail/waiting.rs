//! Orders that wait for their money, and whom that is told.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::{ordered, paid, seen, told, total, waiting_for_page};
use crate::both;
use crate::kit::office::mails;
use crate::kit::{Office, TestShop};
use etalase::db::Conn;
use etalase::db::schema::orders;
use etalase::mail::Mail;
use etalase::orders::By;
use etalase::payments::{Seen, apply};
use etalase::web::visit::now;

both!(
    who_leaves_the_page_is_told_after_a_while,
    who_pays_on_the_page_is_not_asked_again,
    who_fails_soon_is_told_by_and_by_that_it_failed,
    who_fails_late_is_told_at_once,
    a_transfer_is_asked_for_a_day_before_its_end,
    a_transfer_that_has_come_is_not_asked_for,
);

/// What is asked for once so much time has gone by.
async fn asked_for(shop: &TestShop, after: TimeDelta) -> Vec<Mail> {
    let office = Office::of(shop);
    office.later(after);
    office.work().await;
    let all = mails(shop).await;
    all.into_iter().filter(|mail| mail.template == "payment_waiting").collect()
}

fn hear(
    token: &etalase::ids::AttemptToken,
    what: Seen,
    at: chrono::NaiveDateTime,
) -> impl Fn(&mut Conn) -> etalase::orders::Moved + Clone + Send + Sync + 'static {
    let news = seen(token, what, 0);
    move |conn| apply(conn, &news, &By::shop(at)).map(|_| ())
}

async fn who_leaves_the_page_is_told_after_a_while(shop: TestShop) {
    waiting_for_page(&shop).await;
    assert!(asked_for(&shop, TimeDelta::minutes(14)).await.is_empty());
    let mails = asked_for(&shop, TimeDelta::minutes(16)).await;
    let [mail] = &mails[..] else { panic!("{} mails", mails.len()) };
    assert!(mail.subject.ends_with(" waits for payment"), "{}", mail.subject);
    for body in [&mail.text, &mail.html] {
        assert!(!body.contains("We pack"), "{body}");
        assert!(!body.contains(&shop.shop.frame().settings.bank_accounts[0].number), "{body}");
    }
    assert_eq!(asked_for(&shop, TimeDelta::hours(9)).await.len(), 1, "once");
}

async fn who_pays_on_the_page_is_not_asked_again(shop: TestShop) {
    let (_, token) = waiting_for_page(&shop).await;
    let captured = seen(&token, Seen::Captured, total(&shop).await);
    told(&shop, move |conn| apply(conn, &captured, &By::shop(now())).map(|_| ())).await;
    assert!(asked_for(&shop, TimeDelta::hours(1)).await.is_empty());
}

async fn who_fails_soon_is_told_by_and_by_that_it_failed(shop: TestShop) {
    let (_, token) = waiting_for_page(&shop).await;
    assert!(told(&shop, hear(&token, Seen::Failed, now())).await.is_empty(), "she is at it");
    let mails = asked_for(&shop, TimeDelta::minutes(16)).await;
    assert_eq!(mails.len(), 1);
    assert!(mails[0].text.contains("did not go through"), "{}", mails[0].text);
}

async fn who_fails_late_is_told_at_once(shop: TestShop) {
    let (_, token) = waiting_for_page(&shop).await;
    told(&shop, hear(&token, Seen::Processing, now())).await;
    assert!(asked_for(&shop, TimeDelta::minutes(16)).await.is_empty(), "her money is on its way");
    let later = now() + TimeDelta::hours(5);
    told(&shop, hear(&token, Seen::Failed, later)).await;
    let mails = asked_for(&shop, TimeDelta::hours(6)).await;
    let [mail] = &mails[..] else { panic!("{} mails", mails.len()) };
    assert!(mail.html.contains("did not go through"), "{}", mail.html);
}

async fn a_transfer_is_asked_for_a_day_before_its_end(shop: TestShop) {
    ordered(&shop, &shop.indonesian_shopper()).await;
    let until = |conn: &mut Conn| Ok(orders::table.select(orders::pay_until).first(conn)?);
    let until: Option<chrono::NaiveDateTime> = shop.with_db(until).await;
    let left = until.unwrap() - now();
    let day = TimeDelta::days(1);
    assert!(asked_for(&shop, left - day - TimeDelta::minutes(5)).await.is_empty());
    let mails = asked_for(&shop, left - day + TimeDelta::minutes(5)).await;
    assert_eq!(mails.len(), 1);
    assert!(mails[0].text.contains("Transfer Anda belum kami terima"), "{}", mails[0].text);
    assert!(mails[0].html.contains(&shop.shop.frame().settings.bank_accounts[0].number));
}

async fn a_transfer_that_has_come_is_not_asked_for(shop: TestShop) {
    ordered(&shop, &shop.shopper()).await;
    let all = total(&shop).await;
    told(&shop, paid(all)).await;
    assert!(asked_for(&shop, TimeDelta::days(9)).await.is_empty());
}
