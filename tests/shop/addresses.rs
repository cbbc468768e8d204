//! Address books: hers alone, bounded, at hand at the checkout, and never a reason for an order to change.

use diesel::prelude::*;
use futures_util::future::join_all;

use crate::both;
use crate::kit::form::Form;
use crate::kit::member::{RANI, registered};
use crate::kit::shopper::{Shopper, fill_in};
use crate::kit::{Page, TestShop, goods};
use etalase::db::schema::{customer_address, order_address, orders};

both!(
    an_address_is_saved_changed_and_removed,
    the_fields_are_those_of_the_country,
    mistakes_come_back_with_what_was_typed,
    an_address_is_its_owners_alone,
    a_book_ends_at_twenty,
    an_address_that_is_sent_twice_stands_there_once,
    one_address_is_the_usual_one,
    an_order_keeps_the_address_that_it_was_placed_with,
    the_checkout_begins_with_the_usual_addresses,
    another_address_is_picked_at_the_checkout,
    nobody_picks_anothers_address,
    an_address_of_the_checkout_is_kept_when_she_asks,
    a_guest_is_offered_no_book,
);

const HOME: &str = "Jl. Cihampelas 112, RT 03/RW 05";
const OFFICE: &str = "Jl. Braga 8";

fn at_home(form: Form) -> Form {
    form.fill("phone", "0812 3456 7890")
        .fill("name", "Rani Wijaya")
        .fill("line1", HOME)
        .choose("region", "Jawa Barat")
        .fill("city", "Kota Bandung")
        .fill("district", "Coblong")
        .fill("postcode", "40131")
}

async fn new_form(rani: &Shopper) -> Form {
    at_home(rani.open("/account/addresses/new").await.form("/account/addresses"))
}

async fn save(rani: &Shopper, line1: &str) -> Page {
    new_form(rani).await.fill("line1", line1).press("Save the address").await
}

async fn ids(shop: &TestShop) -> Vec<i64> {
    let ids = customer_address::table.order(customer_address::id).select(customer_address::id);
    shop.with_db(move |conn| Ok(ids.load(conn)?)).await
}

async fn an_address_is_saved_changed_and_removed(shop: TestShop) {
    let rani = registered(&shop, RANI).await;
    rani.open("/account").await.go("Addresses").await.see("You have not saved an address yet.");
    let list = save(&rani, HOME).await;
    list.expect_status(200).see("The address is saved.").see(HOME).see("Indonesia");
    list.see("We deliver here unless").see("Bills go here unless").see("+6281234567890");
    let own = format!("/account/addresses/{}", ids(&shop).await[0]);
    let form = rani.open(&own).await.form(&own);
    assert_eq!((form.value("line1"), form.value("region")), (HOME.into(), "Jawa Barat".into()));
    let list = form.fill("line1", OFFICE).press("Save the address").await;
    list.see("The address is changed.").see(OFFICE).see_no(HOME);
    let remove = rani.open(&own).await.form(&format!("{own}/remove"));
    remove.clone().press("Remove this address").await.see("You have not saved an address yet.");
    remove.send("Remove this address").await.expect_status(404);
}

async fn the_fields_are_those_of_the_country(shop: TestShop) {
    let rani = registered(&shop, RANI).await;
    let form = new_form(&rani).await.choose("country", "SG");
    let page = form.press("Save the address").await;
    page.expect_status(200).see("the fields of the country you chose");
    assert!(ids(&shop).await.is_empty());
    let form = page.form("/account/addresses");
    assert!(!form.names().contains(&"district"), "{:?}", form.names());
    let page = form.fill("postcode", "40131").press("Save the address").await;
    page.expect_status(422).see("6 digits");
    let form = page.form("/account/addresses").fill("postcode", "238801");
    form.press("Save the address").await.see("Singapore");
}

async fn mistakes_come_back_with_what_was_typed(shop: TestShop) {
    let rani = registered(&shop, RANI).await;
    let form = new_form(&rani).await.fill("phone", "12").fill("company", "Toko Rani");
    let page = form.press("Save the address").await;
    page.expect_status(422).see("Enter a mobile number with 7 to 15 digits");
    let form = page.form("/account/addresses");
    assert_eq!((form.value("line1"), form.value("company")), (HOME.into(), "Toko Rani".into()));
    let page = form.forge("country", "XX").forge("made_for", "XX").send("Save the address").await;
    page.expect_status(422).see("Choose a country");
    assert!(ids(&shop).await.is_empty());
}

async fn an_address_is_its_owners_alone(shop: TestShop) {
    let rani = registered(&shop, RANI).await;
    save(&rani, HOME).await;
    let budi = registered(&shop, "budi@example.com").await.visitor;
    let own = format!("/account/addresses/{}", ids(&shop).await[0]);
    let form = rani.open(&own).await.form(&own).fill("line1", OFFICE);
    let typed =
        form_urlencoded::Serializer::new(String::new()).extend_pairs(form.values()).finish();
    budi.get(&own).await.expect_status(404);
    budi.post(&own, typed).await.expect_status(404);
    budi.post(&format!("{own}/remove"), "").await.expect_status(404);
    budi.post(&format!("{own}/usual"), "for=delivery").await.expect_status(404);
    budi.open("/account/addresses").await.see_no(HOME);
    rani.open("/account/addresses").await.see(HOME).see("We deliver here");
    let stranger = shop.visitor();
    for path in ["/account/addresses", "/account/addresses/new", &own] {
        stranger.get(path).await.expect_status(303);
    }
}

async fn a_book_ends_at_twenty(shop: TestShop) {
    let rani = registered(&shop, RANI).await;
    let form = new_form(&rani).await;
    for n in 1..=18 {
        form.clone().fill("line1", &format!("Jl. Merdeka {n}")).send("Save the address").await;
    }
    let at_once = (19..=22)
        .map(|n| form.clone().fill("line1", &format!("Jl. Merdeka {n}")).send("Save the address"));
    let mut answers: Vec<u16> = join_all(at_once).await.iter().map(|page| page.status).collect();
    answers.sort_unstable();
    assert_eq!(answers, [303, 303, 422, 422]);
    assert_eq!(ids(&shop).await.len(), 20);
    let page = form.fill("line1", OFFICE).press("Save the address").await;
    page.expect_status(422).see("it holds 20 addresses");
    assert_eq!(page.form("/account/addresses").value("line1"), OFFICE);
    let list = rani.open("/account/addresses").await;
    list.see("Remove one to save another one.").see_no("Add an address");
}

async fn an_address_that_is_sent_twice_stands_there_once(shop: TestShop) {
    let rani = registered(&shop, RANI).await;
    let form = new_form(&rani).await;
    let twice = (0..4).map(|_| form.clone().send("Save the address"));
    for page in join_all(twice).await {
        page.expect_status(303);
    }
    assert_eq!(ids(&shop).await.len(), 1);
    form.press("Save the address").await.see("This address was saved already.");
}

/// Which address is for deliveries, and which for bills.
async fn usual(shop: &TestShop) -> (Vec<i64>, Vec<i64>) {
    let ids = || customer_address::table.select(customer_address::id);
    let delivery = ids().filter(customer_address::is_for_delivery.eq(true));
    let billing = ids().filter(customer_address::is_for_billing.eq(true));
    shop.with_db(move |conn| Ok((delivery.load(conn)?, billing.load(conn)?))).await
}

async fn one_address_is_the_usual_one(shop: TestShop) {
    let rani = registered(&shop, RANI).await;
    for line1 in [HOME, OFFICE, "Jl. Asia Afrika 1"] {
        save(&rani, line1).await;
    }
    let [home, office, third] = ids(&shop).await[..] else { panic!("three addresses") };
    assert_eq!(usual(&shop).await, (vec![home], vec![home]));
    let list = rani.open("/account/addresses").await;
    let form = list.form(&format!("/account/addresses/{office}/usual"));
    form.press("Deliver here").await.see("The checkout begins with this address");
    assert_eq!(usual(&shop).await, (vec![office], vec![home]));
    let posts = [home, office, third, home, third].map(|id| {
        let visitor = rani.visitor.clone();
        async move { visitor.post(&format!("/account/addresses/{id}/usual"), "for=billing").await }
    });
    for page in join_all(posts).await {
        page.expect_status(303);
    }
    let (delivery, billing) = usual(&shop).await;
    assert_eq!((delivery, billing.len()), (vec![office], 1));
    for id in [office, billing[0]] {
        rani.visitor.post(&format!("/account/addresses/{id}/remove"), "").await;
    }
    let (delivery, billing) = usual(&shop).await;
    assert_eq!((delivery.len(), billing.len()), (1, 1), "another one takes its place");
    let wrong = format!("/account/addresses/{home}/usual");
    rani.visitor.post(&wrong, "for=everything").await.expect_status(400);
}

/// With something in her cart, an address for deliveries and another for bills.
async fn with_a_book(shop: &TestShop) -> Shopper {
    shop.with_db(|conn| goods("cup").put(conn)).await;
    let rani = registered(shop, RANI).await;
    save(&rani, HOME).await;
    let form = new_form(&rani).await.fill("line1", OFFICE).fill("company", "PT Rani");
    form.press("Save the address").await;
    let office = ids(shop).await[1];
    rani.visitor.post(&format!("/account/addresses/{office}/usual"), "for=billing").await;
    rani.add("cup", &[], 1).await;
    rani
}

/// The first lines of the last order's delivery and billing addresses.
async fn ordered_to(shop: &TestShop) -> Vec<String> {
    let rows = order_address::table
        .filter(order_address::order_id.eq_any(orders::table.select(orders::id)))
        .order((order_address::order_id.desc(), order_address::kind.desc()))
        .limit(2)
        .select(order_address::line1);
    shop.with_db(move |conn| Ok(rows.load(conn)?)).await
}

async fn an_order_keeps_the_address_that_it_was_placed_with(shop: TestShop) {
    let rani = with_a_book(&shop).await;
    let order = rani.check_out().await.form("/checkout").press("Place order").await;
    order.expect_status(200).see(HOME);
    for id in ids(&shop).await {
        let own = format!("/account/addresses/{id}");
        let form = rani.open(&own).await.form(&own).fill("line1", "Jl. Lain 1");
        form.press("Save the address").await.see("The address is changed.");
        rani.visitor.post(&format!("{own}/remove"), "").await.expect_status(303);
    }
    assert_eq!(ordered_to(&shop).await, [HOME, OFFICE]);
    rani.visitor.open(order.url.path()).await.see(HOME).see_no("Jl. Lain 1");
}

async fn the_checkout_begins_with_the_usual_addresses(shop: TestShop) {
    let rani = with_a_book(&shop).await;
    let form = rani.check_out().await.form("/checkout");
    for (field, value) in [
        ("email", RANI),
        ("phone", "+6281234567890"),
        ("name", "Rani Wijaya"),
        ("line1", HOME),
        ("region", "Jawa Barat"),
        ("postcode", "40131"),
        ("billing_same", ""),
        ("billing_line1", OFFICE),
        ("billing_company", "PT Rani"),
    ] {
        assert_eq!(form.value(field), value, "{field}");
    }
    form.press("Place order").await.expect_heading("Thank you").see("PT Rani");
    assert_eq!(ordered_to(&shop).await, [HOME, OFFICE]);
    assert_eq!(ids(&shop).await.len(), 2, "nothing is kept that she did not ask for");
}

async fn another_address_is_picked_at_the_checkout(shop: TestShop) {
    let rani = with_a_book(&shop).await;
    let office = ids(&shop).await[1].to_string();
    let form = rani.check_out().await.form("/checkout").fill("note", "Ring twice");
    let page = form.choose("book", &office).press("Place order").await;
    page.expect_status(200).see("The address you picked is filled in.");
    let form = page.form("/checkout");
    assert_eq!((form.value("line1"), form.value("note")), (OFFICE.into(), "Ring twice".into()));
    assert!(ordered_to(&shop).await.is_empty(), "she has not seen what it costs there");
    let page = form.choose("book", "other").press("Continue").await;
    let form = page.form("/checkout");
    assert_eq!((form.value("line1"), form.value("country")), (String::new(), "ID".into()));
    let form = fill_in(form).fill("line1", "Jl. Hadiah 7").choose("billing_same", "yes");
    let page = form.forge("billing_line1", "").press("Continue").await;
    let home = ids(&shop).await[0].to_string();
    let page = page.form("/checkout").choose("billing_book", &home).press("Continue").await;
    let form = page.form("/checkout");
    assert_eq!(
        (form.value("line1"), form.value("billing_line1")),
        ("Jl. Hadiah 7".into(), HOME.into())
    );
    assert_eq!(form.value("billing_same"), "");
    form.press("Place order").await.expect_heading("Thank you");
    assert_eq!(ordered_to(&shop).await, ["Jl. Hadiah 7", HOME]);
}

async fn nobody_picks_anothers_address(shop: TestShop) {
    let rani = with_a_book(&shop).await;
    let hers = ids(&shop).await[0].to_string();
    let budi = registered(&shop, "budi@example.com").await;
    budi.add("cup", &[], 1).await;
    let form = budi.check_out().await.form("/checkout").forge("book", &hers);
    let page = form.forge("filled_from", "").press("Continue").await;
    page.expect_status(200);
    assert!(!page.source().contains(HOME));
    assert_eq!(page.form("/checkout").value("line1"), "");
    drop(rani);
}

async fn an_address_of_the_checkout_is_kept_when_she_asks(shop: TestShop) {
    shop.with_db(|conn| goods("cup").put(conn)).await;
    let rani = registered(&shop, RANI).await;
    for n in 1..=2 {
        rani.add("cup", &[], 1).await;
        let form = rani.check_out().await.form("/checkout");
        let form = fill_in(form).fill("billing_company", "PT Rani").choose("keep_address", "yes");
        form.press("Place order").await.expect_heading("Thank you");
        assert_eq!(ids(&shop).await.len(), 1, "order {n}: an address stands there once");
    }
    rani.open("/account/addresses").await.see(HOME).see("PT Rani").see("+6281234567890");
}

async fn a_guest_is_offered_no_book(shop: TestShop) {
    shop.with_db(|conn| goods("cup").put(conn)).await;
    let guest = shop.shopper();
    guest.add("cup", &[], 1).await;
    let page = guest.check_out().await;
    let names = page.form("/checkout").names().join(" ");
    assert!(!names.contains("book") && !names.contains("keep_address"), "{names}");
    let form = fill_in(page.form("/checkout")).forge("keep_address", "yes").forge("book", "1");
    form.forge("filled_from", "1").press("Place order").await.expect_heading("Thank you");
    assert!(ids(&shop).await.is_empty());
}
