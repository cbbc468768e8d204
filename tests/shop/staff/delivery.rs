//! Zones and ways of delivery in the back office: what a page makes is what shoppers are offered.

use diesel::prelude::*;

use crate::both;
use crate::kit::form::Form;
use crate::kit::rules::{change_settings, flat, shape, zone};
use crate::kit::{Page, Shopper, TestShop, Visitor, goods};
use crate::rules::{change, exported, plan};
use etalase::db::schema::audit_entry;
use etalase::language::Language;
use etalase::rules::Section;
use etalase::shipping::{self, Method};
use etalase::zones::{self, Area, Rules, Zone};

both!(
    a_way_made_in_the_back_office_is_charged_at_the_checkout,
    every_price_is_made_on_its_page_as_in_a_file,
    mistakes_are_named_at_their_fields_and_nothing_typed_is_lost,
    a_zone_is_named_by_countries_regions_and_postcodes,
    of_two_who_edit_one_way_the_second_sees_what_changed,
    a_way_is_offered_in_its_time_and_order_until_it_is_stopped,
    a_zone_says_what_goes_with_it_before_it_goes,
    what_a_file_says_of_a_way_its_page_keeps,
    an_address_is_told_what_it_is_offered_and_why_the_rest_is_not,
);

/// A shop that delivers nowhere, in which a cup of 650 g costs Rp 50.000, and somebody who may
/// change that.
async fn open(shop: &TestShop) -> Visitor {
    shop.with_db(|conn| {
        zones::save_rules(conn, &Rules::default())?;
        goods("cup").costing(50_000).on_hand(1_000).put(conn)?;
        shape(conn, "cup", 650, None)
    })
    .await;
    shop.colleague("sari", "owner").await
}

/// The same with a zone for the whole world and these ways in it.
async fn open_with(shop: &TestShop, methods: &[Method]) -> Visitor {
    let sari = open(shop).await;
    let (world, methods) = (vec![zone("world", Area::Anywhere)], methods.to_vec());
    shop.with_db(move |conn| {
        zones::save_rules(conn, &Rules { delivery: world.clone(), ..Rules::default() })?;
        shipping::save_rules(conn, &methods)
    })
    .await;
    sari
}

async fn methods(shop: &TestShop) -> Vec<Method> {
    shop.with_db(shipping::load_rules).await
}

async fn zones_of(shop: &TestShop) -> Vec<Zone> {
    shop.with_db(|conn| Ok(zones::load_rules(conn)?.delivery)).await
}

async fn with_cups(shop: &TestShop, count: i64) -> Shopper {
    let guest = shop.shopper();
    guest.add("cup", &[], count).await.expect_status(200);
    guest
}

/// What a shopper can choose from.
async fn offered(guest: &Shopper) -> String {
    guest.check_out().await.form("/checkout").choices("delivery").join(" ")
}

const NEW: &str = "/admin/delivery/zones/world/new-method";
const REGULAR: &str = "/admin/delivery/zones/world/methods/regular";

async fn a_way_made_in_the_back_office_is_charged_at_the_checkout(shop: TestShop) {
    let sari = open(&shop).await;
    let list = sari.get("/admin/delivery").await;
    list.see("Where do you deliver?");
    let form = list.go("New zone").await.form("/admin/delivery/new-zone");
    let form = form.fill("name", "Java").fill("regions", "Indonesia: Jawa Barat");
    let list = form.press("Save").await;
    list.see("Saved.").see("Jawa Barat (Indonesia)").see("Nothing is delivered here");
    let page = list.go("New way of delivery: Java").await.go("Table by weight").await;
    let form = page.form("/admin/delivery/zones/java/new-method").fill("name-en", "Courier");
    let form = form.fill("days", "1-3").fill("tiers", "1 kg = 15.000\n10 kg = 40.000");
    let tried = form.fill("free_over", "500.000").fill("lines", "CUP 2");
    let tried = tried.press("Reckon with this").await;
    tried.expect_status(200).see("This is tried out and not saved.").see("Rp 140.000");
    assert_eq!(methods(&shop).await, []);
    let saved = tried.form("/admin/delivery/zones/java/new-method").press("Save").await;
    saved.expect_status(200).expect_heading("Courier").see("Saved.");
    saved.see("By weight, Rp 15.000 to Rp 40.000 · Free from Rp 500.000 · 1 to 3 days");
    let guest = with_cups(&shop, 2).await;
    guest.cart().await.see("Rp 40.000").see("Rp 140.000");
    guest.order().await.see("Courier").see("Rp 140.000");
    with_cups(&shop, 10).await.cart().await.see("Rp 500.000").see_no("Rp 540.000");
    let told: String = audit_entry::table
        .order(audit_entry::sequence.desc())
        .select(audit_entry::after)
        .first(&mut shop.fresh.conn())
        .unwrap();
    assert!(told.contains("+ delivery method java/courier"), "{told}");
}

/// Fills in a new way of this price, saves it, and gives the lines of its file.
async fn made(sari: &Visitor, shop: &TestShop, rate: &str, fields: &[(&str, &str)]) -> String {
    let page = sari.get(&format!("{NEW}?rate={rate}")).await;
    let form = page.form(NEW).fill("name-en", rate).fill("days", "2");
    let form = fields.iter().fold(form, |form, (name, value)| form.fill(name, value));
    form.press("Save").await.expect_status(200).see("Saved.");
    let all = shop.with_db(|conn| Ok(exported(conn, Section::Delivery))).await;
    let key = format!("methods.{}]\n", rate.replace('_', "-"));
    let (_, own) = all.split_once(&key).expect("it is there");
    own.split("\n\n").next().unwrap().trim_end().to_owned()
}

async fn every_price_is_made_on_its_page_as_in_a_file(shop: TestShop) {
    let sari = open_with(&shop, &[]).await;
    for (rate, fields, written) in [
        ("flat", &[("amount", "0")][..], "amount = 0"),
        ("per_item", &[("amount", "9.000")], "amount = 9000"),
        (
            "weight_steps",
            &[
                ("first", "1 kg"),
                ("first_amount", "18.000"),
                ("step", "0,5 kg"),
                ("step_amount", "9.000"),
                ("tolerance", "300 g"),
            ],
            "first = \"1 kg\"\nfirst_amount = 18000\nstep = \"500 g\"\nstep_amount = 9000\ntolerance = \"300 g\"",
        ),
        (
            "weight_table",
            &[("tiers", "1 kg = 15.000")],
            "tiers = [{ up_to = \"1 kg\", amount = 15000 }]",
        ),
        (
            "subtotal_table",
            &[("tiers", "100.000 = 20.000\n\n1.000.000 = 0")],
            "tiers = [{ up_to = 100000, amount = 20000 }, { up_to = 1000000, amount = 0 }]",
        ),
    ] {
        let expected = format!("name = \"{rate}\"\ndays = 2\nrate = \"{rate}\"\n{written}");
        assert_eq!(made(&sari, &shop, rate, fields).await, expected);
    }
    let page = sari.get(NEW).await;
    let whole = [
        ("name-en", "Whole"),
        ("name-id", "Semua"),
        ("note-en", "Not on Sundays"),
        ("days", "1-4"),
        ("cutoff", "15:00"),
        ("amount", "5.000"),
        ("free_over", "500.000"),
        ("min_weight", "1 kg"),
        ("max_weight", "30 kg"),
        ("min_subtotal", "10.000"),
        ("max_subtotal", "900.000"),
        ("volumetric_divisor", "6000"),
        ("starts_at", "2026-12-01T00:00"),
        ("ends_at", "2027-01-01T00:00"),
    ];
    let form = page.form(NEW).choose("kind", "pickup").choose("free_over_basis", "before_discount");
    let form = whole.iter().fold(form, |form, (name, value)| form.fill(name, value));
    form.press("Save").await.see("Saved.");
    let all = shop.with_db(|conn| Ok(exported(conn, Section::Delivery))).await;
    let (_, own) = all.split_once("methods.whole]\n").unwrap();
    let lines = [
        "name = { en = \"Whole\", id = \"Semua\" }",
        "note = \"Not on Sundays\"",
        "kind = \"pickup\"",
        "days = [1, 4]",
        "cutoff = \"15:00\"",
        "starts_at = 2026-12-01T00:00:00+07:00",
        "ends_at = 2027-01-01T00:00:00+07:00",
        "rate = \"flat\"",
        "amount = 5000",
        "free_over = 500000",
        "free_over_basis = \"before_discount\"",
        "volumetric_divisor = 6000",
        "min_weight = \"1 kg\"",
        "max_weight = \"30 kg\"",
        "min_subtotal = 10000",
        "max_subtotal = 900000",
    ];
    assert_eq!(own.trim_end().lines().collect::<Vec<_>>(), lines);
    let planned = shop.with_db(move |conn| Ok(plan(conn, &all))).await;
    assert_eq!(planned, [""; 0]);
}

async fn mistakes_are_named_at_their_fields_and_nothing_typed_is_lost(shop: TestShop) {
    let sari = open_with(&shop, &[]).await;
    let form = sari.get(&format!("{NEW}?rate=weight_table")).await.form(NEW);
    let form = form
        .fill("days", "soon")
        .fill("tiers", "1 kg = 15.000\n500 g = 9.000")
        .fill("max_weight", "heavy")
        .fill("volumetric_divisor", "0")
        .fill("starts_at", "2026-12-02T00:00")
        .fill("ends_at", "2026-12-01T00:00");
    let wrong = form.press("Save").await;
    wrong.expect_status(422).see("Nothing was saved yet");
    for words in [
        "Enter a name in one line.",
        "Enter days such as 2 or 1-4.",
        "“500 g = 9.000” cannot be used.",
        "Enter a weight such as 1.5 kg or 300 g, exact to the gram.",
        "Enter a whole number, such as 6000.",
        "after the beginning",
    ] {
        wrong.see(words);
    }
    assert_eq!(wrong.texts(".error").len(), 6);
    let form = wrong.form(NEW);
    let typed = ["tiers", "max_weight", "rate"].map(|name| form.value(name));
    assert_eq!(typed, ["1 kg = 15.000\n500 g = 9.000", "heavy", "weight_table"]);
    assert_eq!(methods(&shop).await, []);
    let new = sari.get("/admin/delivery/new-zone").await.form("/admin/delivery/new-zone");
    let nowhere = new.clone().fill("name", "Nowhere").press("Save").await;
    nowhere.expect_status(422).see("Say where the zone is");
    let form = new.fill("name", "Bali").fill("countries", "Singapore\nAtlantis");
    let wrong = form.fill("regions", "Bali").fill("postcodes", "ID: 9-1").press("Save").await;
    wrong.expect_status(422).see("“Atlantis” is no country").see("“Bali” cannot be used");
    wrong.see("“ID: 9-1” cannot be used");
    let form = wrong.form("/admin/delivery/new-zone");
    assert_eq!(form.value("countries"), "Singapore\nAtlantis");
    assert_eq!(zones_of(&shop).await.len(), 1);
}

async fn a_zone_is_named_by_countries_regions_and_postcodes(shop: TestShop) {
    let sari = open(&shop).await;
    let form = sari.get("/admin/delivery/new-zone").await.form("/admin/delivery/new-zone");
    let form = form.fill("name", "Near").fill("countries", "Singapore\nmy");
    let form = form.fill("regions", "Indonesia: Bali\nid: Jawa Barat");
    form.fill("postcodes", "Indonesia: 401-406").press("Save").await.see("Saved.");
    let written = shop.with_db(|conn| Ok(exported(conn, Section::Delivery))).await;
    let areas = "where = [\"MY\", \"SG\", { country = \"ID\", postcodes = [\"401-406\"] }, { country = \"ID\", regions = [\"Bali\", \"Jawa Barat\"] }]";
    assert!(written.contains(areas), "{written}");
    let page = sari.get("/admin/delivery/zones/near").await;
    let form = page.form("/admin/delivery/zones/near");
    assert_eq!(form.value("postcodes"), "Indonesia: 401-406");
    form.choose("anywhere", "1").press("Save").await.see("Everywhere else");
    assert!(zones_of(&shop).await[0].areas.contains(&Area::Anywhere));
    let again = sari.get("/admin/delivery/zones/near").await.form("/admin/delivery/zones/near");
    again.fill("countries", "Singapore\nSG").press("Save").await.expect_status(422).see("twice");
}

async fn of_two_who_edit_one_way_the_second_sees_what_changed(shop: TestShop) {
    let sari = open_with(&shop, &[flat("world", "regular", 18_000)]).await;
    let budi = shop.colleague("budi", "owner").await;
    let edit = |page: Page| page.form("form:has([name=seen])");
    let (hers, his) = (edit(sari.get(REGULAR).await), edit(budi.get(REGULAR).await));
    let named = |form: Form| form.fill("name-en", "Regular");
    named(hers).fill("amount", "20.000").fill("days", "2").press("Save").await.see("Saved.");
    let late = named(his).fill("amount", "25.000").fill("max_weight", "5 kg").press("Save").await;
    late.expect_status(409).see("Somebody else has saved this").see("“20.000”");
    let form = edit(late);
    let values = ["amount", "days", "max_weight"].map(|name| form.value(name));
    assert_eq!(values, ["25.000", "2", "5 kg"]);
    form.press("Save").await.expect_status(200).see("Rp 25.000");
    let edit = |page: Page| page.form("/admin/delivery/zones/world");
    let (hers, his) = (
        edit(sari.get("/admin/delivery/zones/world").await),
        edit(budi.get("/admin/delivery/zones/world").await),
    );
    hers.fill("name", "The world").press("Save").await.see("Saved.");
    let late = his.fill("countries", "Singapore").press("Save").await;
    late.expect_status(409);
    assert_eq!(edit(late).value("name"), "The world");
}

async fn a_way_is_offered_in_its_time_and_order_until_it_is_stopped(shop: TestShop) {
    let named =
        |code| Method { name: [(Language::En, code)].into(), ..flat("world", code, 18_000) };
    let sari = open_with(&shop, &[named("regular"), named("express")]).await;
    let guest = with_cups(&shop, 1).await;
    assert_eq!(offered(&guest).await, "regular express");
    let list = sari.get("/admin/delivery").await;
    list.form("form:has([name=code][value=express])")
        .press("Move express up")
        .await
        .expect_status(200);
    assert_eq!(offered(&guest).await, "express regular");
    let page = sari.get(REGULAR).await;
    let stopped = page.form("form[action$='/stop']").press("Stop").await;
    stopped.see("Stopped").see("It is stopped.");
    assert_eq!(offered(&guest).await, "express");
    let started = stopped.form("form[action$='/start']").press("Start").await;
    let form = started.form("form:has([name=seen])").fill("starts_at", "2099-12-01T00:00");
    form.press("Save").await.see("Scheduled").see("It has not begun yet.");
    assert_eq!(offered(&guest).await, "express");
    let form = sari.get(REGULAR).await.form("form:has([name=seen])");
    let ended = form.fill("starts_at", "").fill("ends_at", "2020-01-01T00:00").press("Save").await;
    ended.see("Ended").see("It has ended.");
    ended.form("form[action$='/remove']").press("Remove").await.see("Saved.").see_no("Ended");
    assert_eq!(methods(&shop).await.len(), 1);
    sari.post(&format!("{REGULAR}/remove"), "").await.expect_status(404);
}

async fn a_zone_says_what_goes_with_it_before_it_goes(shop: TestShop) {
    let regular =
        Method { name: [(Language::En, "Regular")].into(), ..flat("world", "regular", 1) };
    let sari = open_with(&shop, std::slice::from_ref(&regular)).await;
    let page = sari.get("/admin/delivery/zones/world").await;
    page.see("These go with it: Regular");
    let both = [regular, flat("world", "late", 1)];
    shop.with_db(move |conn| shipping::save_rules(conn, &both)).await;
    let told = page.form("form[action$='/remove']").press("Remove the zone").await;
    told.expect_status(422).see("has been put into the zone").see("late");
    assert_eq!(methods(&shop).await.len(), 2);
    told.form("form[action$='/remove']").press("Remove the zone").await.see("Where do you deliver");
    assert_eq!((methods(&shop).await.len(), zones_of(&shop).await.len()), (0, 0));
}

/// Seconds that no field shows, the currency, a name in a language that the shop has switched off.
async fn what_a_file_says_of_a_way_its_page_keeps(shop: TestShop) {
    let sari = open(&shop).await;
    let text = "[delivery.zones.de]\nwhere = [\"DE\"]\n[delivery.zones.de.methods.post]\nname = { en = \"Post\", id = \"Pos\" }\n\
                currency = \"EUR\"\ndays = 3\nactive = false\nends_at = 2099-12-01T23:59:59\nrate = \"flat\"\namount = \"4.50\"";
    shop.with_db(move |conn| Ok(change(conn, text))).await;
    shop.with_db(|conn| change_settings(conn, |shop| shop.languages = vec![Language::En])).await;
    let before = methods(&shop).await;
    let page = sari.get("/admin/delivery/zones/de/methods/post").await;
    page.see("€4.50").see("It is stopped.");
    page.form("form:has([name=seen])").press("Save").await.see("Saved.");
    assert_eq!(methods(&shop).await, before);
}

async fn an_address_is_told_what_it_is_offered_and_why_the_rest_is_not(shop: TestShop) {
    let sari = open(&shop).await;
    let text = "[delivery.zones.id]\nname = \"Indonesia\"\nwhere = [\"ID\"]\n\
                [delivery.zones.id.methods.light]\nname = \"Light\"\ndays = 1\nrate = \"flat\"\namount = 9000\nmax_weight = \"1 kg\"\n\
                [delivery.zones.id.methods.heavy]\nname = \"Heavy\"\ndays = 1\nrate = \"per_item\"\namount = 7000\nmin_weight = \"1 kg\"";
    shop.with_db(move |conn| Ok(change(conn, text))).await;
    let form = sari.get("/admin/delivery").await.form("form:has([name=lines])");
    let form = form.fill("lines", "CUP 2").choose("country", "ID");
    let page = form.clone().press("Reckon with this").await;
    page.see("The address is in the zone Indonesia.").see("too heavy for it. Not offered");
    let ways = page.texts("form .rows li");
    assert!(ways[1].starts_with("Heavy") && ways[1].ends_with("Rp 14.000"), "{ways:?}");
    let page = form.clone().choose("country", "SG").press("Reckon with this").await;
    page.see("The address is in no zone");
    form.fill("lines", "CUP 0").press("Reckon with this").await.expect_status(422);
}
