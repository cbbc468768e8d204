//! Ways to pay in the back office: what a page sets is what the checkout offers and charges.

use crate::both;
use crate::kit::rules::change_settings;
use crate::kit::shopper::fill_in;
use crate::kit::{Dbms, FreshDatabase, Mood, Page, Shopper, TestShop, Visitor, goods};
use crate::rules::{exported, plan};
use etalase::config::{Flags, Settings, load};
use etalase::rules::Section;
use etalase::settings::CashOnDelivery;

both!(
    what_is_set_about_paying_is_offered_and_charged,
    ways_to_pay_come_in_the_merchants_order_and_can_be_switched_off,
    what_is_wrong_about_paying_is_said_at_its_field,
    of_two_who_set_how_to_pay_the_second_sees_what_changed,
    what_the_operator_has_set_is_told_without_its_secrets,
);

const PATH: &str = "/admin/payments";

/// A shop in which nobody can pay and a cup costs Rp 50.000, and somebody who may change that.
async fn open(shop: &TestShop) -> Visitor {
    shop.with_db(|conn| {
        goods("cup").costing(50_000).on_hand(1_000).put(conn)?;
        change_settings(conn, |shop| {
            shop.bank_accounts.clear();
            shop.cash_on_delivery_in.clear();
            shop.cash_on_delivery = CashOnDelivery::default();
        })
    })
    .await;
    shop.colleague("sari", "owner").await
}

async fn with_cups(shop: &TestShop, count: i64) -> Shopper {
    let guest = shop.shopper();
    guest.add("cup", &[], count).await.expect_status(200);
    guest
}

async fn offered(guest: &Shopper) -> String {
    guest.check_out().await.form("/checkout").choices("payment").join(" ")
}

async fn settings(sari: &Visitor) -> crate::kit::form::Form {
    sari.get(PATH).await.form("form:has([name=seen])")
}

async fn what_is_set_about_paying_is_offered_and_charged(shop: TestShop) {
    let sari = open(&shop).await;
    sari.get(PATH).await.see("It needs a bank account.").see("It needs a country.");
    let form = settings(&sari).await.fill("bank-1", "Bank Contoh").fill("number-1", "000 123");
    let form = form.fill("holder-1", "PT Selasar").fill("pay_within_days", "2");
    let form = form.fill("cash_on_delivery_in", "indonesia").fill("cash_on_delivery_fee", "5.000");
    let form = form.fill("cash_on_delivery_up_to", "150.000");
    let page = form.press("Save").await;
    page.see("Saved.").see_no("It needs");
    let asked = page.form("form:has([name=lines])").fill("lines", "CUP 1");
    let ways = asked.press("Reckon with this").await.texts("form .rows li");
    assert_eq!(
        ways,
        ["Bank transfer Rp 68.000", "Cash on delivery With a fee of Rp 5.000 Rp 73.000"]
    );
    let guest = with_cups(&shop, 1).await;
    assert_eq!(offered(&guest).await, "bank_transfer cash_on_delivery");
    let form = fill_in(guest.check_out().await.form("/checkout"));
    let page = form.choose("payment", "cash_on_delivery").press("Continue").await;
    page.see("Rp 73.000");
    page.form("/checkout").press("Place order").await.see("Rp 73.000");
    let dear = with_cups(&shop, 4).await;
    assert_eq!(offered(&dear).await, "bank_transfer");
    dear.order().await.see("Bank Contoh").see("000 123");
    let file = shop.with_db(|conn| Ok(exported(conn, Section::Settings))).await;
    assert_eq!(shop.with_db(move |conn| Ok(plan(conn, &file))).await, [""; 0]);
    let emptied = settings(&sari).await.fill("bank-0", "").fill("number-0", "");
    emptied.fill("holder-0", "").press("Save").await.see("It needs a bank account.");
}

/// Presses a button of a way to pay.
async fn press(sari: &Visitor, payment: &str, to: &str) {
    let deed = if ["up", "down"].contains(&to) { "order" } else { "switch" };
    let body = format!("payment={payment}&to={to}");
    sari.post(&format!("{PATH}/{deed}"), body).await.expect_status(303);
}

async fn ways_to_pay_come_in_the_merchants_order_and_can_be_switched_off(dbms: Dbms) {
    let shop = TestShop::open_hosted(dbms, &Mood::default()).await;
    let sari = shop.colleague("sari", "owner").await;
    let guest = shop.shopper();
    guest.add("hening-vase", &[("colour", "oat")], 1).await;
    assert_eq!(offered(&guest).await, "rehearsal bank_transfer cash_on_delivery");
    press(&sari, "rehearsal", "down").await;
    press(&sari, "cash_on_delivery", "down").await;
    assert_eq!(offered(&guest).await, "bank_transfer rehearsal cash_on_delivery");
    let page = sari.get(PATH).await;
    page.see("Test, no money moves");
    let form = page.form("form:has([value=rehearsal])");
    form.press("Switch off: Test payment").await.see("Switched off");
    assert_eq!(offered(&guest).await, "bank_transfer cash_on_delivery");
    press(&sari, "rehearsal", "on").await;
    assert_eq!(offered(&guest).await, "bank_transfer rehearsal cash_on_delivery");
    for body in ["payment=free&to=off", "payment=rehearsal&to=away", "payment=gold&to=on"] {
        sari.post(&format!("{PATH}/switch"), body).await.expect_status(400);
    }
    sari.post(&format!("{PATH}/order"), "payment=stripe&to=up").await.expect_status(404);
}

async fn what_is_wrong_about_paying_is_said_at_its_field(shop: TestShop) {
    let sari = open(&shop).await;
    let form = settings(&sari).await.fill("number-0", "000 123").fill("pay_within_days", "0");
    let form = form.fill("hold_minutes", "many").fill("cash_on_delivery_in", "Atlantis");
    let wrong = form.fill("cash_on_delivery_fee", "much").press("Save").await;
    wrong.expect_status(422).see("“Atlantis” is no country");
    let missing = "An account needs a bank, a number and a holder.";
    assert_eq!(wrong.texts(".error").iter().filter(|text| text.contains(missing)).count(), 2);
    wrong.see("Enter whole days, at least 1.").see("Enter whole minutes from 10 to 1,440.");
    wrong.see("Enter an amount, such as 25.000 in rupiah.");
    assert_eq!(wrong.form("form:has([name=seen])").value("number-0"), "000 123");
    assert!(shop.shop.frame().settings.bank_accounts.is_empty());
    sari.get(&format!("{PATH}?country=ID&lines=CUP+0")).await.expect_status(422);
}

async fn of_two_who_set_how_to_pay_the_second_sees_what_changed(shop: TestShop) {
    let sari = open(&shop).await;
    let budi = shop.colleague("budi", "owner").await;
    let (hers, his) = (settings(&sari).await, settings(&budi).await);
    hers.fill("pay_within_days", "5").press("Save").await.see("Saved.");
    let late: Page =
        his.fill("pay_within_days", "7").fill("hold_minutes", "60").press("Save").await;
    late.expect_status(409).see("Somebody else has saved this").see("“5”");
    late.form("form:has([name=seen])").press("Save").await.see("Saved.");
    let settings = shop.shop.frame().settings.clone();
    assert_eq!((settings.pay_within_days, settings.hold_minutes), (7, 60));
}

async fn what_the_operator_has_set_is_told_without_its_secrets(dbms: Dbms) {
    let said = [
        ("ETALASE_STRIPE_KEY", "sk_test_q1w2e3"),
        ("ETALASE_STRIPE_WEBHOOK_SECRETS", "whsec_r4t5"),
    ];
    let said = said.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let said = load(&Flags::default(), said.into_iter()).unwrap();
    let set = |settings: &mut Settings| settings.stripe = said.stripe;
    let shop = TestShop::open_with(FreshDatabase::filled(dbms), set).await;
    let sari = shop.colleague("sari", "owner").await;
    let page = sari.get(PATH).await;
    page.see("The operator has not set ETALASE_MIDTRANS_SERVER_KEY.");
    page.see("Test, no money moves").see_no("ETALASE_STRIPE_KEY");
    for secret in ["sk_test", "q1w2e3", "whsec", "r4t5"] {
        assert!(!page.source().contains(secret), "{secret}");
    }
    let bare = TestShop::open(dbms).await;
    let sari = bare.colleague("sari", "owner").await;
    let named = "The operator has not set ETALASE_STRIPE_KEY, ETALASE_STRIPE_WEBHOOK_SECRETS.";
    sari.get(PATH).await.see(named);
}
