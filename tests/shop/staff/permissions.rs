//! Every address of the back office, as it stands in the route table, asked for by everybody.

use diesel::prelude::*;
use reqwest::Method;

use crate::both;
use crate::kit::{Page, TestShop, Visitor};
use etalase::admin::Door;
use etalase::audit::Who;
use etalase::content::menus::{self, ItemSheet, Menu, Target};
use etalase::content::redirects;
use etalase::db::Conn;
use etalase::db::schema::customer;
use etalase::error::Result;
use etalase::ids::{CustomerId, StaffId};
use etalase::language::{Language, LocalText};
use etalase::routes::back_office;
use etalase::sessions::{self, SignIn, Stay};
use etalase::staff::{Need, Permission, Permissions};
use etalase::web::visit::now;

both!(
    nobody_enters_without_signing_in,
    a_customer_is_nobody_here,
    staff_without_the_permission_are_refused_in_their_own_frame,
    staff_with_nothing_but_the_permission_enter,
    what_is_taken_away_is_gone_at_once,
    a_form_that_does_not_say_where_it_comes_from_is_refused,
);

/// Of no order: who gets in learns that it is not there.
const NUMBER: &str = "482-177-305";

/// Of no count sheet and of no draft.
const NOWHERE: &str = "482177305";

/// Every address and method, with what it needs. The path is one that leads somewhere.
fn ways(somebody: StaffId) -> Vec<(String, Method, Need)> {
    let ways = back_office().into_iter().flat_map(move |Door { path, ways, .. }| {
        let id = if path.starts_with("/admin/roles") { "new".into() } else { somebody.to_string() };
        // The first of the goods, discounts, entries of a menu, blocks and redirects; the terms.
        let firsts = [
            "/admin/products",
            "/admin/discounts",
            "/admin/stock",
            "/admin/menus",
            "/admin/blocks",
            "/admin/redirects",
            "/admin/messages",
        ];
        let is_first = firsts.iter().any(|first| path.starts_with(first));
        let id = if is_first { "1".into() } else { id };
        let id = if path.starts_with("/admin/pages") { "4".into() } else { id };
        let path = path.replace("{id}", &id).replace("{number}", NUMBER);
        let path = path.replace("{edition}", "1");
        let path = path.replace("{picture}", "1").replace("{step}", "name");
        let path = path.replace("{sheet}", NOWHERE).replace("{whom}", NUMBER);
        let path = path.replace("{draft}", NOWHERE);
        let path = path.replace("{part}", "shop").replace("{name}", NUMBER);
        let path = path.replace("{tag}", "bestseller").replace("{report}", "taxes");
        let zone = if path.starts_with("/admin/tax") { "indonesia" } else { "bandung" };
        let path = path.replace("{zone}", zone).replace("{method}", "regular");
        let path = path.replace("{rate}", "ppn");
        assert!(!path.contains('{'), "{path}: say what this is in a test");
        let method = |method: &actix_web::http::Method| method.as_str().parse::<Method>().unwrap();
        let all = ways.into_iter().map(move |(m, need)| (path.clone(), method(&m), need));
        all.collect::<Vec<_>>()
    });
    let ways: Vec<_> = ways.collect();
    assert!(ways.len() > 15, "the table is read");
    ways
}

async fn ask(visitor: &Visitor, path: &str, method: &Method) -> Page {
    match *method {
        Method::POST => visitor.post(path, "").await,
        _ => visitor.get(path).await,
    }
}

#[track_caller]
fn expect_sign_in(page: &Page) {
    let location = page.header("location");
    assert!(location.starts_with("/admin/sign-in?next="), "{}: {location}", page.url);
    page.expect_status(303);
}

async fn nobody_enters_without_signing_in(shop: TestShop) {
    let visitor = shop.visitor();
    for (path, method, _) in ways(StaffId(1)) {
        expect_sign_in(&ask(&visitor, &path, &method).await);
    }
    visitor.keep_cookie("etalase-staff", &"0".repeat(64));
    for (path, method, _) in ways(StaffId(1)) {
        expect_sign_in(&ask(&visitor, &path, &method).await);
    }
}

/// Even with a sign-in that is good in the shop, put where the staff's would be.
async fn a_customer_is_nobody_here(shop: TestShop) {
    let token = shop
        .with_db(|conn| {
            let id: CustomerId = diesel::insert_into(customer::table)
                .values((
                    customer::email.eq("rani@example.com"),
                    customer::email_key.eq("rani@example.com"),
                    customer::name.eq("Rani"),
                    customer::locale.eq("en"),
                    customer::customer_group.eq(""),
                    customer::password_hash.eq("x"),
                    customer::created_at.eq(now()),
                ))
                .returning(customer::id)
                .get_result(conn)?;
            let device = String::new();
            let sign_in = SignIn { who: sessions::Who::Customer(id), stay: Stay::Usual, device };
            sessions::begin(conn, &sign_in, now())
        })
        .await;
    let visitor = shop.visitor();
    visitor.keep_cookie("etalase-staff", token.expose());
    for (path, method, _) in ways(StaffId(1)) {
        expect_sign_in(&ask(&visitor, &path, &method).await);
    }
}

async fn staff_without_the_permission_are_refused_in_their_own_frame(shop: TestShop) {
    let somebody = shop.hire("budi", "packer").await;
    for (at, permission) in Permission::ALL.iter().enumerate() {
        let others = Permission::ALL.iter().copied().filter(|other| other != permission);
        let closed: Vec<_> = ways(somebody)
            .into_iter()
            .filter(|(.., need)| *need == Need::May(*permission))
            .collect();
        if closed.is_empty() {
            continue;
        }
        let names: [&'static str; 2] = NAMES[at];
        let role = shop.role(names[0], others.collect()).await;
        let colleague = shop.colleague(names[1], &role).await;
        for (path, method, _) in closed {
            let page = ask(&colleague, &path, &method).await;
            page.expect_status(403).expect_heading("You may not do this");
            assert_eq!(page.texts(".side-nav a").first().map(String::as_str), Some("Home"));
        }
    }
}

async fn staff_with_nothing_but_the_permission_enter(shop: TestShop) {
    shop.with_db(something_to_see).await;
    let somebody = shop.hire("budi", "packer").await;
    for (at, permission) in Permission::ALL.iter().enumerate() {
        let open: Vec<_> = ways(somebody)
            .into_iter()
            .filter(|(.., need)| *need == Need::May(*permission))
            .collect();
        if open.is_empty() {
            continue;
        }
        let names = NAMES[at];
        let role = shop.role(names[0], Permissions::from_iter([*permission])).await;
        let colleague = shop.colleague(names[1], &role).await;
        for (path, method, _) in open {
            let page = ask(&colleague, &path, &method).await;
            let is_in = page.status != 403 && !page.header("location").contains("/sign-in");
            assert!(is_in, "{method} {path} is answered {}", page.status);
            let is_nothing =
                [NUMBER, NOWHERE, "/imports/"].iter().any(|known| path.contains(known));
            let is_found = page.status == 200 || is_nothing;
            assert!(method != Method::GET || is_found, "{path} is answered {}", page.status);
        }
    }
}

/// What the demo shop has none of.
fn something_to_see(conn: &mut Conn) -> Result<()> {
    let (who, target) = (Who::operator(None, now()), Target::Address("/search".to_owned()));
    let label = LocalText::from([(Language::En, "All")]);
    let item = ItemSheet { menu: Menu::Header, parent: None, target, label };
    menus::make(conn, &who, &item)?.expect("there is a place");
    redirects::put(conn, &who, None, ("/old", "/new"))?.expect("it leads on");
    crate::messages::put(conn, "ani@example.com", "Where is it?");
    Ok(())
}

/// A role and somebody who has it, for each permission.
const NAMES: [[&str; 2]; Permission::ALL.len()] = {
    let mut names = [["", ""]; Permission::ALL.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = [ROLES[at], PEOPLE[at]];
        at += 1;
    }
    names
};
const ROLES: [&str; 20] = [
    "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "r13", "r14",
    "r15", "r16", "r17", "r18", "r19",
];
const PEOPLE: [&str; 20] = [
    "p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9", "p10", "p11", "p12", "p13", "p14",
    "p15", "p16", "p17", "p18", "p19",
];

async fn what_is_taken_away_is_gone_at_once(shop: TestShop) {
    let owner = shop.colleague("sari", "owner").await;
    let id = shop.hire("budi", "manager").await;
    let budi = shop.visitor();
    crate::kit::colleague::sign_in(&budi, "budi").await.expect_status(200);
    budi.get("/admin/audit").await.expect_status(200);
    let page = owner.get(&format!("/admin/staff/{id}")).await;
    page.form(&format!("/admin/staff/{id}")).choose("role", "packer").press("Save").await;
    budi.get("/admin/audit").await.expect_status(403);
    let page = owner.get(&format!("/admin/staff/{id}")).await;
    let access = page.form("section form");
    access.press("Disable the account").await.expect_status(200);
    expect_sign_in(&budi.get("/admin").await);
}

async fn a_form_that_does_not_say_where_it_comes_from_is_refused(shop: TestShop) {
    let owner = shop.colleague("sari", "owner").await;
    let bare = owner.request(Method::POST, "/admin/sign-out");
    owner.send(bare).await.expect_status(403);
    owner.get("/admin").await.expect_status(200);
}
