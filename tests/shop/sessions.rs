//! Sign-ins and links that can be used once, as their tables keep them.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;

use crate::both;
use crate::kit::{Office, TestShop};
use etalase::db::Conn;
use etalase::db::schema::{customer, link, session};
use etalase::error::Result;
use etalase::ids::{CustomerId, LinkId, LinkToken, SessionToken, StaffId};
use etalase::language::Language;
use etalase::links::{self, Asked, Owner, Purpose};
use etalase::sessions::{self, SignIn, Stay, Who};
use etalase::web::visit::now;

both!(
    a_session_is_found_by_its_token_alone,
    a_session_that_is_not_used_ends,
    a_session_in_use_ends_in_the_end,
    one_ends_her_own_sessions_and_no_others,
    a_customer_who_is_gone_is_signed_out,
    ended_sessions_are_swept,
    a_link_opens_what_it_is_for,
    of_two_who_use_a_link_one_wins,
    a_link_gets_old,
);

fn add_customer(conn: &mut Conn, email: &str) -> Result<CustomerId> {
    let id = diesel::insert_into(customer::table)
        .values((
            customer::email.eq(email),
            customer::email_key.eq(email),
            customer::name.eq("Rani Wijaya"),
            customer::locale.eq("id"),
            customer::customer_group.eq("wholesale"),
            customer::password_hash.eq(""),
            customer::created_at.eq(now()),
        ))
        .returning(customer::id)
        .get_result(conn)?;
    Ok(id)
}

async fn customer(shop: &TestShop, email: &'static str) -> CustomerId {
    shop.with_db(move |conn| add_customer(conn, email)).await
}

fn sign_in(who: Who, stay: Stay) -> SignIn {
    SignIn { who, stay, device: "Firefox, Linux".into() }
}

async fn begin(shop: &TestShop, who: Who, stay: Stay, at: NaiveDateTime) -> SessionToken {
    shop.with_db(move |conn| sessions::begin(conn, &sign_in(who, stay), at)).await
}

async fn is_signed_in(shop: &TestShop, token: &SessionToken, at: NaiveDateTime) -> bool {
    let token = token.clone();
    shop.with_db(move |conn| Ok(sessions::find(conn, &token, at)?.is_some())).await
}

/// Uses a session, and writes it down as the shop does.
async fn visit(shop: &TestShop, token: &SessionToken, at: NaiveDateTime) {
    let token = token.clone();
    shop.with_db(move |conn| match sessions::find(conn, &token, at)? {
        Some(session) => sessions::see(conn, &session, at),
        None => Ok(()),
    })
    .await;
}

async fn a_session_is_found_by_its_token_alone(shop: TestShop) {
    let id = customer(&shop, "rani@example.com").await;
    let token = begin(&shop, Who::Customer(id), Stay::Usual, now()).await;
    let (known, other) = (token.clone(), SessionToken::random());
    let (found, missing, kept) = shop
        .with_db(move |conn| {
            let kept: String = session::table.select(session::token_hash).first(conn)?;
            let found = sessions::find_customer(conn, &known, now())?;
            Ok((found, sessions::find_customer(conn, &other, now())?, kept))
        })
        .await;
    let found = found.unwrap();
    assert_eq!((found.id, found.name.as_str()), (id, "Rani Wijaya"));
    assert_eq!(found.group.map(|group| group.to_string()), Some("wholesale".into()));
    assert_eq!(found.session.device, "Firefox, Linux");
    assert!(missing.is_none());
    assert_ne!(kept, token.expose(), "the table does not know how to sign in");
}

async fn a_session_that_is_not_used_ends(shop: TestShop) {
    let id = customer(&shop, "rani@example.com").await;
    let sari = shop.hire("sari", "owner").await;
    let begun = now();
    let spans = [
        (Who::Customer(id), Stay::Usual, TimeDelta::days(7)),
        (Who::Customer(id), Stay::Long, TimeDelta::days(60)),
        (Who::Staff(sari), Stay::Usual, TimeDelta::minutes(30)),
        (Who::Staff(sari), Stay::Long, TimeDelta::minutes(30)),
    ];
    for (who, stay, span) in spans {
        let token = begin(&shop, who, stay, begun).await;
        let second = TimeDelta::seconds(1);
        assert!(is_signed_in(&shop, &token, begun + span - second).await, "{who:?} {stay:?}");
        assert!(!is_signed_in(&shop, &token, begun + span).await, "{who:?} {stay:?}");
    }
}

async fn a_session_in_use_ends_in_the_end(shop: TestShop) {
    let begun = now();
    let sari = Who::Staff(shop.hire("sari", "owner").await);
    let token = begin(&shop, sari, Stay::Usual, begun).await;
    let last = begun + TimeDelta::hours(12);
    for quarters in 1..48 {
        visit(&shop, &token, begun + TimeDelta::minutes(15 * quarters)).await;
    }
    assert!(is_signed_in(&shop, &token, last - TimeDelta::seconds(1)).await);
    assert!(!is_signed_in(&shop, &token, last).await);
}

async fn one_ends_her_own_sessions_and_no_others(shop: TestShop) {
    let rani = Who::Customer(customer(&shop, "rani@example.com").await);
    let budi = Who::Customer(customer(&shop, "budi@example.com").await);
    // Numbers of staff and of customers have nothing to do with each other.
    let Who::Customer(CustomerId(same)) = rani else { unreachable!() };
    assert_eq!(shop.hire("sari", "owner").await, StaffId(same));
    let staff = Who::Staff(StaffId(same));
    let at = now();
    let mut tokens = Vec::new();
    for who in [rani, rani, rani, budi, staff] {
        tokens.push(begin(&shop, who, Stay::Usual, at).await);
    }
    let (ended, others, left) = shop
        .with_db(move |conn| {
            let hers = sessions::list(conn, rani, at)?;
            let his = sessions::list(conn, budi, at)?;
            let ended = (
                sessions::end(conn, rani, his[0].id)?,
                sessions::end(conn, budi, hers[0].id)?,
                sessions::end(conn, rani, hers[0].id)?,
            );
            let others = sessions::end_others(conn, rani, hers[1].id)?;
            Ok((ended, others, sessions::list(conn, rani, at)?))
        })
        .await;
    assert_eq!((ended, others), ((false, false, true), 1));
    assert_eq!(left.len(), 1);
    assert!(is_signed_in(&shop, &tokens[3], at).await && is_signed_in(&shop, &tokens[4], at).await);
    let all = shop.with_db(move |conn| sessions::end_all(conn, staff)).await;
    assert_eq!(all, 1);
    assert!(is_signed_in(&shop, &tokens[3], at).await);
}

async fn a_customer_who_is_gone_is_signed_out(shop: TestShop) {
    let id = customer(&shop, "rani@example.com").await;
    let token = begin(&shop, Who::Customer(id), Stay::Long, now()).await;
    shop.with_db(move |conn| Ok(diesel::delete(customer::table.find(id)).execute(conn)?)).await;
    assert!(!is_signed_in(&shop, &token, now()).await);
}

async fn ended_sessions_are_swept(shop: TestShop) {
    let id = customer(&shop, "rani@example.com").await;
    let _ends_in_a_week = begin(&shop, Who::Customer(id), Stay::Usual, now()).await;
    let long = begin(&shop, Who::Customer(id), Stay::Long, now()).await;
    let office = Office::of(&shop);
    office.begin().await;
    office.later(TimeDelta::days(8));
    office.work().await;
    let left: Vec<String> =
        shop.with_db(|conn| Ok(session::table.select(session::token_hash).load(conn)?)).await;
    assert_eq!(left, [long.hash()]);
}

fn asked(purpose: Purpose) -> Asked {
    let (email, about) = ("rani@example.com".into(), "Rani Wijaya".into());
    Asked { purpose, owner: Owner::Nobody, email, about, language: Language::En }
}

/// A link of somebody who is told it at once.
async fn made(shop: &TestShop, purpose: Purpose, at: NaiveDateTime) -> LinkToken {
    shop.with_db(move |conn| links::make(conn, &asked(purpose), at)).await
}

async fn opens(
    shop: &TestShop,
    token: &LinkToken,
    purpose: Purpose,
    at: NaiveDateTime,
) -> Option<LinkId> {
    let token = token.clone();
    let find = move |conn: &mut Conn| links::find(conn, &token, &[purpose], at);
    shop.with_db(find).await.map(|link| link.id)
}

async fn a_link_opens_what_it_is_for(shop: TestShop) {
    let at = now();
    let token = made(&shop, Purpose::Reset, at).await;
    let id = opens(&shop, &token, Purpose::Reset, at).await.unwrap();
    assert_eq!(opens(&shop, &token, Purpose::Reset, at).await, Some(id), "looking uses nothing up");
    assert_eq!(opens(&shop, &token, Purpose::Invite, at).await, None);
    assert_eq!(opens(&shop, &LinkToken::random(), Purpose::Reset, at).await, None);
    let kept: Option<String> = shop
        .with_db(move |conn| Ok(link::table.find(id).select(link::token_hash).first(conn)?))
        .await;
    assert_eq!(kept, Some(token.hash()), "the table does not know the link");
}

async fn of_two_who_use_a_link_one_wins(shop: TestShop) {
    let at = now();
    let token = made(&shop, Purpose::Reset, at).await;
    let id = opens(&shop, &token, Purpose::Reset, at).await.unwrap();
    let db = &shop.shop.db;
    let uses = (0..8).map(|_| db.write(move |conn| links::use_up(conn, id, at)));
    let won = futures_util::future::try_join_all(uses).await.unwrap();
    assert_eq!(won.iter().filter(|won| **won).count(), 1, "{won:?}");
    assert_eq!(opens(&shop, &token, Purpose::Reset, at).await, None);
}

async fn a_link_gets_old(shop: TestShop) {
    let at = now();
    let token = made(&shop, Purpose::Reset, at).await;
    let id = opens(&shop, &token, Purpose::Reset, at).await.unwrap();
    let late = at + Purpose::Reset.lasts();
    assert_eq!(opens(&shop, &token, Purpose::Reset, late).await, None);
    assert!(!shop.with_db(move |conn| links::use_up(conn, id, late)).await);
    let office = Office::of(&shop);
    office.begin().await;
    office.later(TimeDelta::hours(2));
    office.work().await;
    let left: i64 = shop.with_db(|conn| Ok(link::table.count().get_result(conn)?)).await;
    assert_eq!(left, 0);
}
