//! An order is found by its number and the address that it was placed with, and by guessing it is not.

use crate::both;
use crate::kit::member::RANI;
use crate::kit::office::mails;
use crate::kit::shopper::{ENGLISH, order_number};
use crate::kit::{Office, Page, TestShop, Visitor, goods};

both!(
    an_order_is_found_by_its_number_and_address,
    nothing_of_what_was_ordered_is_shown,
    which_of_the_two_is_wrong_is_not_told,
    guesses_at_a_number_run_dry,
    mistakes_are_named,
);

/// An order of Rani's as a guest: its page and its number.
async fn ordered(shop: &TestShop) -> (Page, String) {
    shop.with_db(|conn| goods("cup").named("Plain cup").put(conn)).await;
    let guest = shop.shopper();
    guest.add("cup", &[], 1).await;
    let page = guest.order().await;
    let number = order_number(&page, &ENGLISH);
    (page, number)
}

async fn find(visitor: &Visitor, number: &str, email: &str) -> Page {
    let form = visitor.open("/orders/find").await.form("/orders/find");
    form.fill("number", number).fill("email", email).press("Show my order").await
}

async fn an_order_is_found_by_its_number_and_address(shop: TestShop) {
    let (order, number) = ordered(&shop).await;
    let visitor = shop.visitor();
    let home = visitor.open("/").await;
    home.go("Find an order").await.expect_heading("Find an order");
    visitor.open("/account/sign-in").await.go("Find an order").await;
    let spaced = number.replace('-', " ");
    for (number, email) in [(&number, RANI), (&spaced, "Rani.Wijaya@Example.com ")] {
        let page = find(&visitor, number, email).await;
        page.expect_status(200).see("It waits for your payment.").see("on its way");
        assert_eq!(page.header("cache-control"), "no-store");
    }
    Office::of(&shop).work().await;
    let mails = mails(&shop).await;
    let mail = mails.iter().find(|mail| mail.subject == "Your order at Selasar").unwrap();
    assert_eq!(mail.recipient, RANI);
    assert!(mail.text.contains(order.url.path()), "{}", mail.text);
}

async fn nothing_of_what_was_ordered_is_shown(shop: TestShop) {
    let (order, number) = ordered(&shop).await;
    let page = find(&shop.visitor(), &number, RANI).await;
    for secret in ["Plain cup", "Cihampelas", "Rani", "0812", order.url.path()] {
        assert!(!page.source().contains(secret), "{secret} is shown");
    }
}

async fn which_of_the_two_is_wrong_is_not_told(shop: TestShop) {
    let (_, number) = ordered(&shop).await;
    let other = if number.starts_with('1') { "2" } else { "1" };
    let wrong = format!("{other}{}", &number[1..]);
    let before = mails(&shop).await.len();
    let (one, two) = (shop.visitor(), shop.visitor());
    let ask = |number: &str, email: &str| format!("number={number}&email={email}");
    let (mailbox, unknown) = (ask(&number, "budi@example.com"), ask(&wrong, RANI));
    for visitor in [&one, &two] {
        visitor.post("/orders/find", ask("999999999", RANI)).await;
    }
    let first = one.post("/orders/find", mailbox.clone()).await;
    let second = two.post("/orders/find", unknown.clone()).await;
    assert_eq!((first.status, second.status), (422, 422));
    let plain = |page: &Page, number: &str, email: &str| {
        page.source().replace(number, "N").replace(email, "E")
    };
    assert_eq!(plain(&first, &number, "budi@example.com"), plain(&second, &wrong, RANI));
    let asked = shop.statements(|| one.post("/orders/find", mailbox.clone())).await;
    assert_eq!(shop.statements(|| two.post("/orders/find", unknown.clone())).await, asked);
    Office::of(&shop).work().await;
    assert_eq!(mails(&shop).await.len(), before + 2, "those of the order itself");
}

async fn guesses_at_a_number_run_dry(shop: TestShop) {
    let (_, number) = ordered(&shop).await;
    for n in 0..5 {
        let email = format!("budi{n}@example.com");
        find(&shop.visitor(), &number, &email).await.expect_status(422);
    }
    find(&shop.visitor(), &number.replace('-', ""), RANI).await.expect_status(429);
}

async fn mistakes_are_named(shop: TestShop) {
    let page = find(&shop.visitor(), "482-177", "rani").await;
    page.expect_status(422).see("Enter the nine digits").see("Enter an email address like");
    let form = page.form("/orders/find");
    assert_eq!((form.value("number"), form.value("email")), ("482-177".into(), "rani".into()));
    let page = shop.visitor().open("/id/orders/find").await;
    page.expect_heading("Cari pesanan");
}
