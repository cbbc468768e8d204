//! Tax in the back office: what a page makes is what bills bear.

use crate::both;
use crate::kit::rules::{flat, only, rate};
use crate::kit::{Page, Shopper, TestShop, Visitor, goods};
use crate::rules::{exported, plan};
use etalase::rules::Section;
use etalase::tax::{self, Rate};
use etalase::zones;

both!(
    a_rate_made_in_the_back_office_stands_on_the_bill,
    a_rate_gives_way_to_the_next_on_its_day,
    prices_are_quoted_with_tax_or_without,
    what_is_wrong_with_a_rate_is_said_at_its_field,
    of_two_who_edit_one_rate_the_second_sees_what_changed,
    rates_stand_on_bills_in_their_order_until_they_are_removed,
);

/// A shop without tax in which a cup costs Rp 50.000 and is brought for nothing, and somebody who may
/// change that.
async fn open(shop: &TestShop, rates: &[Rate]) -> Visitor {
    let rates = rates.to_vec();
    shop.with_db(move |conn| {
        only(conn, &rates, &[flat("world", "regular", 0)])?;
        goods("cup").costing(50_000).on_hand(1_000).put(conn).map(|_| ())
    })
    .await;
    shop.colleague("sari", "owner").await
}

async fn rates(shop: &TestShop) -> Vec<Rate> {
    shop.with_db(tax::load_rules).await
}

async fn with_cups(shop: &TestShop) -> Shopper {
    let guest = shop.shopper();
    guest.add("cup", &[], 2).await.expect_status(200);
    guest
}

const NEW: &str = "/admin/tax/zones/world/new-rate";
const VAT: &str = "/admin/tax/zones/world/rates/vat";

async fn a_rate_made_in_the_back_office_stands_on_the_bill(shop: TestShop) {
    let sari = open(&shop, &[]).await;
    shop.with_db(|conn| {
        let rules = zones::load_rules(conn)?;
        zones::save_rules(conn, &zones::Rules { tax: Vec::new(), ..rules })
    })
    .await;
    let list = sari.get("/admin/tax").await;
    list.see("Which tax do you charge?");
    let form = list.go("New zone").await.form("/admin/tax/new-zone").fill("name", "Indonesia");
    let list = form.fill("countries", "Indonesia").press("Save").await;
    let page = list.see("Nothing is taxed here.").form("form:has([name=lines])");
    page.fill("lines", "CUP 2").press("Reckon with this").await.see("in the zone Indonesia");
    let new = list.go("New rate: Indonesia").await.form("/admin/tax/zones/indonesia/new-rate");
    let form = new.fill("name", "PPN 11%").fill("rate", "11").fill("lines", "CUP 2");
    let tried = form.press("Reckon with this").await;
    tried.expect_status(200).see("This is tried out and not saved.").see("Rp 9.910");
    assert_eq!(rates(&shop).await, []);
    let saved = tried.form("/admin/tax/zones/indonesia/new-rate").press("Save").await;
    saved.expect_heading("PPN 11%").see("Saved.");
    sari.get("/admin/tax").await.see("PPN 11% Class standard 11%");
    let guest = with_cups(&shop).await;
    guest.cart().await.see("PPN 11%").see("Rp 9.910");
    guest.order().await.see("Rp 9.910");
    let file = shop.with_db(|conn| Ok(exported(conn, Section::Tax))).await;
    assert!(file.contains("[tax.zones.indonesia.rates.ppn-11]\n"), "{file}");
    let planned = shop.with_db(move |conn| Ok(plan(conn, &file))).await;
    assert_eq!(planned, [""; 0]);
}

async fn a_rate_gives_way_to_the_next_on_its_day(shop: TestShop) {
    let sari = open(&shop, &[rate("world", "vat", 110_000)]).await;
    let form = sari.get(VAT).await.form("form:has([name=seen])");
    form.fill("valid_to", "2099-01-01T00:00").press("Save").await.see("Saved.");
    let form = sari.get(NEW).await.form(NEW).fill("name", "VAT 12%").fill("rate", "12");
    form.fill("valid_from", "2099-01-01T00:00").press("Save").await.see("Saved.");
    let form = sari.get("/admin/tax").await.form("form:has([name=lines])").fill("lines", "CUP 2");
    for (at, tax) in [("2098-12-31T23:59", "Rp 9.910"), ("2099-01-01T00:00", "Rp 10.714")] {
        let page = form.clone().fill("at", at).press("Reckon with this").await;
        page.expect_status(200).see(&format!("{tax} of tax"));
    }
    with_cups(&shop).await.order().await.see("Rp 9.910").see_no("VAT 12%");
    let list = sari.get("/admin/tax").await;
    list.see("Class standard · until 1 Jan 2099").see("Class standard · from 1 Jan 2099");
}

async fn prices_are_quoted_with_tax_or_without(shop: TestShop) {
    let sari = open(&shop, &[rate("world", "vat", 110_000)]).await;
    let form = sari.get("/admin/tax").await.form("form:has([name=prices])");
    let page = form.choose("prices", "without").choose("rounding", "group").press("Save").await;
    page.see("Saved.");
    with_cups(&shop).await.order().await.see("Rp 111.000");
    assert!(!shop.shop.frame().settings.prices_include_tax);
}

async fn what_is_wrong_with_a_rate_is_said_at_its_field(shop: TestShop) {
    let sari = open(&shop, &[]).await;
    let form = sari.get(NEW).await.form(NEW).fill("rate", "1001");
    let form = form.fill("valid_from", "2026-12-02T00:00").fill("valid_to", "2026-12-01T00:00");
    let wrong = form.press("Save").await;
    wrong.expect_status(422).see("Enter a name in one line.");
    wrong.see("Enter a percentage from 0 to 1,000").see("after the beginning");
    assert_eq!(wrong.texts(".error").len(), 3);
    assert_eq!(wrong.form(NEW).value("rate"), "1001");
    assert_eq!(rates(&shop).await, []);
}

async fn of_two_who_edit_one_rate_the_second_sees_what_changed(shop: TestShop) {
    let sari = open(&shop, &[rate("world", "vat", 110_000)]).await;
    let budi = shop.colleague("budi", "owner").await;
    let edit = |page: Page| page.form("form:has([name=seen])");
    let (hers, his) = (edit(sari.get(VAT).await), edit(budi.get(VAT).await));
    hers.fill("rate", "12").press("Save").await.see("Saved.");
    let late = his.fill("rate", "12,5").fill("class", "luxury").press("Save").await;
    late.expect_status(409).see("Somebody else has saved this").see("“12”");
    edit(late).press("Save").await.expect_status(200).see("Saved.");
    let [rate] = &rates(&shop).await[..] else { panic!("one") };
    assert_eq!((rate.rate.ppm.get(), rate.rate.tax_class.as_str()), (125_000, "luxury"));
}

async fn rates_stand_on_bills_in_their_order_until_they_are_removed(shop: TestShop) {
    let two = [rate("world", "vat", 110_000), rate("world", "city", 10_000)];
    let sari = open(&shop, &two).await;
    let codes = async || {
        let rates = rates(&shop).await;
        rates.iter().map(|rate| rate.rate.id.as_str().to_owned()).collect::<Vec<_>>()
    };
    let body = "zone=world&code=city&to=up";
    for _ in 0..2 {
        sari.post("/admin/tax/order", body).await.expect_status(303);
        assert_eq!(codes().await, ["city", "vat"]);
    }
    sari.post("/admin/tax/order", "zone=world&to=sideways").await.expect_status(400);
    let page = sari.get(VAT).await;
    page.form("form[action$='/remove']").press("Remove").await.see("Saved.");
    assert_eq!(codes().await, ["city"]);
    sari.get(VAT).await.expect_status(404);
}
