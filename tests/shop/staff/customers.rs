//! Customers in the back office: found, cared for, shut out, merged, told and forgotten.

use diesel::prelude::*;

use crate::both;
use crate::kit::colleague::PASSWORD;
use crate::kit::member::{self, RANI, is_signed_in, registered};
use crate::kit::{Page, TestShop, Visitor, goods};
use etalase::addresses::{self, NewEntry};
use etalase::audit::Who;
use etalase::blocks;
use etalase::customers::care;
use etalase::db::Conn;
use etalase::db::schema::{audit_entry, customer, customer_note, orders};
use etalase::ids::CustomerId;
use etalase::orders::Address;
use etalase::staff::Permission;
use etalase::web::visit::now;

both!(
    a_customer_is_found_by_name_address_and_phone,
    guests_are_listed_with_their_last_order,
    a_page_shows_what_is_known_and_an_order_leads_to_it,
    notes_and_groups_are_kept_and_stand_in_the_log,
    who_is_blocked_neither_orders_nor_signs_in_and_is_told,
    a_pattern_shuts_many_out,
    two_accounts_of_one_person_become_one,
    whoever_asks_is_told_and_forgotten,
    what_does_harm_asks_once_more_who_she_is,
);

fn put(conn: &mut Conn, name: &str, email: &str) -> CustomerId {
    diesel::insert_into(customer::table)
        .values((
            customer::email.eq(email),
            customer::email_key.eq(email.to_lowercase()),
            customer::name.eq(name),
            customer::locale.eq("en"),
            customer::customer_group.eq(""),
            customer::password_hash.eq("x"),
            customer::created_at.eq(now()),
        ))
        .returning(customer::id)
        .get_result(conn)
        .unwrap()
}

/// Puts a customer there.
fn known(shop: &TestShop, name: &str, email: &str) -> CustomerId {
    put(&mut shop.fresh.conn(), name, email)
}

fn live_at(shop: &TestShop, id: CustomerId, line1: &str, phone: &str) {
    let address = Address {
        name: "Siti Putri".into(),
        line1: line1.into(),
        city: "Bandung".into(),
        country: "ID".into(),
        ..Address::default()
    };
    let entry = NewEntry { address, phone: phone.into() };
    addresses::add(&mut shop.fresh.conn(), id, &entry).unwrap();
}

async fn cups(shop: &TestShop) {
    shop.with_db(|conn| goods("cup").costing(50_000).on_hand(500).put(conn)).await;
}

/// Somebody orders a cup as a guest; the order's number.
async fn ordered(shop: &TestShop) -> String {
    let shopper = shop.shopper();
    shopper.add("cup", &[], 1).await;
    shopper.order().await;
    let newest = orders::table.order(orders::id.desc()).select(orders::number);
    newest.first(&mut shop.fresh.conn()).unwrap()
}

fn change(shop: &TestShop, number: &str, email: &str, whose: Option<CustomerId>) {
    let the_one = orders::table.filter(orders::number.eq(number.to_owned()));
    let changed = diesel::update(the_one).set((
        orders::email.eq(email),
        orders::email_key.eq(email.to_lowercase()),
        orders::customer_id.eq(whose),
    ));
    assert_eq!(changed.execute(&mut shop.fresh.conn()).unwrap(), 1);
}

async fn names(visitor: &Visitor, query: &str) -> Vec<String> {
    let page = visitor.get(&format!("/admin/customers?{query}")).await;
    page.expect_status(200).texts("tbody td:first-child")
}

async fn open(visitor: &Visitor, id: CustomerId) -> (Page, String) {
    let path = format!("/admin/customers/{id}");
    (visitor.get(&path).await, path)
}

fn deeds(shop: &TestShop, action: &str) -> Vec<(String, String)> {
    audit_entry::table
        .filter(audit_entry::action.eq(action.to_owned()))
        .order(audit_entry::sequence)
        .select((audit_entry::entity, audit_entry::after))
        .load(&mut shop.fresh.conn())
        .unwrap()
}

async fn a_customer_is_found_by_name_address_and_phone(shop: TestShop) {
    let siti = known(&shop, "Siti Nurhaliza Putri", "Siti@Example.com");
    known(&shop, "Budi Santoso", "budi@example.com");
    live_at(&shop, siti, "Jl. Braga 1", "+6281122334455");
    let sari = shop.colleague("sari", "owner").await;
    for text in ["siti", "PUTRI", "siti%40ex", "0811+2233+4455"] {
        let found = names(&sari, &format!("q={text}")).await;
        assert_eq!(found, ["Siti Nurhaliza Putri"], "{text}");
    }
    for text in ["nurhaliza", "s", "%25", "0811"] {
        assert!(names(&sari, &format!("q={text}")).await.is_empty(), "{text}");
    }
    assert_eq!(names(&sari, "").await, ["Budi Santoso", "Siti Nurhaliza Putri"]);
    assert_eq!(names(&sari, &format!("before={}", siti.0 + 1)).await, ["Siti Nurhaliza Putri"]);
    let page = sari.get("/admin/search?q=putri").await;
    let hit = page.attributes("section[aria-labelledby=customers] a.cover", "href");
    assert_eq!(hit, [format!("/admin/customers/{siti}")]);
}

async fn guests_are_listed_with_their_last_order(shop: TestShop) {
    cups(&shop).await;
    let (first, other, last) = (ordered(&shop).await, ordered(&shop).await, ordered(&shop).await);
    let budi = known(&shop, "Budi Santoso", "budi@example.com");
    change(&shop, &first, "Ani@example.com", None);
    change(&shop, &other, "budi@example.com", Some(budi));
    change(&shop, &last, "ani@example.com", None);
    let sari = shop.colleague("sari", "owner").await;
    let page = sari.get("/admin/customers?view=guests").await;
    assert_eq!(page.texts("tbody td:nth-child(3)"), [last.as_str()], "each of them once");
    let found = sari.get("/admin/customers?view=guests&q=ani").await;
    assert_eq!(found.texts("tbody td:nth-child(3)"), [last.as_str()]);
    let guest = sari.get(&format!("/admin/customers/{last}")).await;
    guest.expect_status(200).see("Guest").see("2 orders");
    assert!(guest.all("form[action$='/notes']").is_empty(), "notes are about accounts");
}

async fn a_page_shows_what_is_known_and_an_order_leads_to_it(shop: TestShop) {
    cups(&shop).await;
    let siti = known(&shop, "Siti Putri", "siti@example.com");
    live_at(&shop, siti, "Jl. Braga 1", "+6281122334455");
    let number = ordered(&shop).await;
    change(&shop, &number, "siti@example.com", Some(siti));
    let sari = shop.colleague("sari", "owner").await;
    let order = sari.get(&format!("/admin/orders/{number}")).await;
    let page = sari.get(&order.link("Orders, addresses, notes")).await;
    page.expect_status(200).expect_heading("Siti Putri").see("Jl. Braga 1").see("1 order");
    page.see("Has not agreed").see("Nowhere at the moment");
    assert_eq!(page.texts("section[aria-labelledby=orders] .cover"), [number.as_str()]);
    sari.get("/admin/customers/99999").await.expect_status(404);
    sari.get("/admin/customers/100-000-000").await.expect_status(404);
    let may = [Permission::ViewCustomers].into_iter().collect();
    let role = shop.role("Looking", may).await;
    let dewi = shop.colleague("dewi", &role).await;
    let (page, path) = open(&dewi, siti).await;
    assert!(page.expect_status(200).all("main form").is_empty());
    for deed in ["notes", "group", "block", "merge", "data", "erase"] {
        dewi.post(&format!("{path}/{deed}"), "").await.expect_status(403);
    }
}

async fn notes_and_groups_are_kept_and_stand_in_the_log(shop: TestShop) {
    let siti = known(&shop, "Siti Putri", "siti@example.com");
    let sari = shop.colleague("sari", "owner").await;
    let budi = shop.colleague("budi", "manager").await;
    let (page, path) = open(&sari, siti).await;
    let form = page.form(&format!("{path}/notes"));
    form.clone().press("Add the note").await.expect_status(422).see("Write something first");
    let noted = form.fill("note", "Likes clay <b>").press("Add the note").await;
    noted.expect_status(200).see("Likes clay <b>").see("sari");
    assert_eq!(deeds(&shop, "customer-noted"), [(siti.to_string(), "{}".into())]);
    let to = format!("{path}/group");
    let (form, other) = (noted.form(&to), open(&budi, siti).await.0.form(&to));
    form.clone().fill("group", "!!").press("Save").await.expect_status(422).see("Enter small");
    form.fill("group", "Wholesale").press("Save").await.expect_status(200);
    other.fill("group", "vip").press("Save").await.expect_status(409).see("Somebody else");
    assert_eq!(names(&sari, "group=wholesale").await, ["Siti Putri"]);
    assert!(names(&sari, "group=vip").await.is_empty());
    assert_eq!(deeds(&shop, "customer-grouped").len(), 1);
}

async fn who_is_blocked_neither_orders_nor_signs_in_and_is_told(shop: TestShop) {
    cups(&shop).await;
    let rani = registered(&shop, RANI).await;
    let id = customer::table.select(customer::id).first(&mut shop.fresh.conn()).unwrap();
    let sari = shop.colleague("sari", "owner").await;
    let (page, path) = open(&sari, id).await;
    let form = page.form(&format!("{path}/block")).fill("reason", "Never pays");
    form.press("Block").await.expect_status(200).see("She is blocked").see("Never pays");
    assert_eq!(deeds(&shop, "customer-blocked"), [(id.to_string(), "{}".into())]);
    assert!(!is_signed_in(&rani.visitor).await);
    let told = member::sign_in(&shop.visitor(), RANI, member::PASSWORD).await;
    told.expect_status(422).see("This account is closed");
    // As a guest, with the address written otherwise.
    let shopper = shop.shopper();
    shopper.add("cup", &[], 1).await;
    let form = shopper.checkout_form().await;
    let told = form.fill("email", "Rani.Wijaya@Example.com").press("Place order").await;
    told.expect_status(422).see("We cannot take an order with this e-mail address");
    let (page, _) = open(&sari, id).await;
    page.form(&format!("{path}/block")).press("Let in again").await.expect_status(200);
    shopper.order().await;
}

async fn a_pattern_shuts_many_out(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let to = "/admin/customers/blocks";
    let form = sari.get(to).await.form("section[aria-labelledby=new] form");
    for wrong in ["", "*", "*@*", "nobody"] {
        let told = form.clone().fill("pattern", wrong).press("Block").await;
        told.expect_status(422);
        assert_eq!(told.attributes("#pattern", "value"), [wrong]);
    }
    let form = form.fill("pattern", "*@Spam.example").fill("reason", "Bots");
    form.clone().press("Block").await.expect_status(200).see("*@spam.example").see("Bots");
    form.press("Block").await.expect_status(422).see("blocked already");
    let conn = &mut shop.fresh.conn();
    assert!(blocks::shuts_out(conn, "Anybody@SPAM.example", None).unwrap());
    assert!(!blocks::shuts_out(conn, "anybody@example.com", None).unwrap());
    let ani = put(conn, "Ani", "ani@spam.example");
    assert!(blocks::shuts_out(conn, "other@example.com", Some(ani)).unwrap());
    let lift = sari.get(to).await.form("section[aria-labelledby=all] form");
    lift.press("Let in again").await.see("Nobody is blocked");
}

async fn two_accounts_of_one_person_become_one(shop: TestShop) {
    cups(&shop).await;
    let old = known(&shop, "Siti Putri", "siti@old.example");
    let new = known(&shop, "Siti P.", "siti@example.com");
    live_at(&shop, old, "Jl. Braga 1", "+62811");
    live_at(&shop, old, "Jl. Braga 2", "+62811");
    live_at(&shop, new, "Jl. Braga 1", "+62811");
    let (hers, as_guest) = (ordered(&shop).await, ordered(&shop).await);
    change(&shop, &hers, "siti@old.example", Some(old));
    change(&shop, &as_guest, "Siti@old.example", None);
    let who = Who::operator(Some("rani"), now());
    shop.with_db(move |conn| care::note(conn, old, "Likes clay", &who)).await;
    let sari = shop.colleague("sari", "owner").await;
    let path = format!("/admin/customers/{new}/merge");
    let form = sari.get(&path).await.expect_status(200).form(&path);
    for (email, why) in [
        ("nobody@example.com", "Nobody has an account"),
        ("siti@example.com", "the same account"),
        ("x", "Enter an e-mail address"),
    ] {
        form.clone()
            .fill("email", email)
            .press("Show what will happen")
            .await
            .expect_status(422)
            .see(why);
    }
    let told = form.fill("email", "siti@OLD.example").press("Show what will happen").await;
    told.expect_status(200).see("1 order comes along").see("2 addresses").see("1 note comes");
    let merge = told.form("section[aria-labelledby=effects] form");
    let page = merge.clone().press("Merge them").await;
    page.expect_status(200).see("one now").see("Jl. Braga 2").see("Likes clay").see("2 orders");
    let conn = &mut shop.fresh.conn();
    let left: Vec<CustomerId> = customer::table.select(customer::id).load(conn).unwrap();
    assert_eq!(left, [new]);
    assert_eq!(addresses::list(conn, new).unwrap().len(), 2, "none is there twice");
    let of: Vec<CustomerId> =
        customer_note::table.select(customer_note::customer_id).load(conn).unwrap();
    assert_eq!(of, [new]);
    let merged = deeds(&shop, "customers-merged");
    assert_eq!(merged, [(new.to_string(), r#"{"orders":2}"#.to_owned())]);
    merge.press("Merge them").await.expect_status(422).see("is gone meanwhile");
}

async fn whoever_asks_is_told_and_forgotten(shop: TestShop) {
    let siti = known(&shop, "Siti Putri", "siti@example.com");
    live_at(&shop, siti, "Jl. Braga 1", "+62811");
    let sari = shop.colleague("sari", "owner").await;
    let (page, path) = open(&sari, siti).await;
    let told = page.form(&format!("{path}/data")).send("Download what is known").await;
    assert!(told.expect_status(200).header("content-disposition").contains("personal-data.json"));
    assert!(told.source().contains("Jl. Braga 1") && !told.source().contains("password_hash"));
    assert_eq!(deeds(&shop, "person-told").len(), 1);
    let erase = sari.get(&format!("{path}/erase")).await;
    erase.expect_status(200).see("This cannot be undone");
    erase.form("main form").press("Forget this person").await.see("She is forgotten");
    let left: i64 = customer::table.count().get_result(&mut shop.fresh.conn()).unwrap();
    assert_eq!(left, 0);
    sari.get(&path).await.expect_status(404);
    assert_eq!(deeds(&shop, "person-forgotten").len(), 1);
}

async fn what_does_harm_asks_once_more_who_she_is(shop: TestShop) {
    use etalase::db::schema::session;
    let siti = known(&shop, "Siti Putri", "siti@example.com");
    let sari = shop.colleague("sari", "owner").await;
    let (page, path) = open(&sari, siti).await;
    let long_ago = now() - chrono::TimeDelta::hours(1);
    let proven = diesel::update(session::table).set(session::proven_at.eq(long_ago));
    proven.execute(&mut shop.fresh.conn()).unwrap();
    for way in ["erase", "merge"] {
        let asked = sari.get(&format!("{path}/{way}")).await;
        asked.expect_status(303);
        assert!(asked.header("location").starts_with("/admin/confirm"), "{way}");
    }
    page.form(&format!("{path}/data")).send("Download").await.expect_status(303);
    assert!(deeds(&shop, "person-told").is_empty());
    let asked = sari.open(&format!("{path}/erase")).await;
    let form = asked.form("/admin/confirm").fill("password", PASSWORD);
    form.press("Go on").await.expect_status(200).see("This cannot be undone");
}
