//! What stands in the mails.

use etalase::settings;

use super::order;
use crate::both;
use crate::kit::office::mails;
use crate::kit::shopper::{fill_in, order_number};
use crate::kit::{Office, TestShop, goods};

both!(
    an_order_is_told_to_shopper_and_staff,
    a_mail_is_in_the_language_of_the_order,
    cash_on_delivery_is_told_without_accounts,
    names_cannot_change_a_mail,
    a_failed_checkout_writes_nothing,
    staff_are_told_where_they_want_it,
    a_mail_leads_to_the_public_address,
);

async fn an_order_is_told_to_shopper_and_staff(shop: TestShop) {
    let page = order(&shop).await;
    let number = order_number(&page, shop.shopper().words);
    let office = Office::of(&shop);
    office.work().await;
    assert_eq!(office.work().await, 0, "nothing is left, nothing is done twice");
    let [to_shopper, to_staff] = &mails(&shop).await[..] else { panic!("two mails") };
    assert_eq!(to_shopper.recipient, "rani.wijaya@example.com");
    assert_eq!(to_shopper.subject, format!("Your order {number}"));
    assert_eq!(to_staff.recipient, shop.shop.frame().settings.email);
    assert_eq!(to_staff.reply_to, "rani.wijaya@example.com");
    assert!(to_staff.subject.starts_with(&format!("New order {number}: Rp")));
    let total = page.texts(".summary .grand dd").remove(0);
    let account = shop.shop.frame().settings.bank_accounts[0].clone();
    // The page's words come without the spaces that do not break.
    let [text, html] = [&to_shopper.text, &to_shopper.html].map(|body| body.replace('\u{a0}', " "));
    for body in [&text, &html] {
        for word in
            [&number, &total, &account.number, &account.holder, page.url.as_str(), "Plain cup"]
        {
            assert!(body.contains(word), "{word} is not in {body}");
        }
    }
    for row in page.texts(".summary .totals dd") {
        assert!(text.contains(&row) && html.contains(&row), "{row}");
    }
    for body in [&to_staff.text, &to_staff.html] {
        assert!(body.contains("Jl. Cihampelas 112") && body.contains("Kota Bandung"), "{body}");
        assert!(!body.contains(&account.number), "staff know their account");
    }
}

async fn a_mail_is_in_the_language_of_the_order(shop: TestShop) {
    shop.with_db(|conn| goods("cup").put(conn)).await;
    let guest = shop.indonesian_shopper();
    guest.add("cup", &[], 1).await;
    let page = guest.order().await;
    Office::of(&shop).work().await;
    let mails = mails(&shop).await;
    assert!(mails[0].subject.starts_with("Pesanan Anda "), "{}", mails[0].subject);
    assert!(mails[0].html.contains("<html lang=\"id\">"));
    assert!(mails[0].text.contains("Langkah selanjutnya") && mails[0].text.contains("Si cup"));
    assert!(mails[0].text.contains(page.url.as_str()), "the address in her language");
    assert!(mails[1].subject.starts_with("New order "), "staff read the shop's own");
}

async fn cash_on_delivery_is_told_without_accounts(shop: TestShop) {
    shop.with_db(|conn| goods("cup").put(conn)).await;
    let guest = shop.shopper();
    guest.add("cup", &[], 1).await;
    let form = guest.checkout_form().await.choose("payment", "cash_on_delivery");
    form.press(guest.words.place).await.expect_status(200);
    Office::of(&shop).work().await;
    let mail = mails(&shop).await.remove(0);
    let account = shop.shop.frame().settings.bank_accounts[0].number.clone();
    for body in [&mail.text, &mail.html] {
        assert!(body.contains("You pay the courier in cash"), "{body}");
        assert!(!body.contains(&account));
    }
}

async fn names_cannot_change_a_mail(shop: TestShop) {
    const NAME: &str = "<b>Rani</b> {{ 7 * 7 }} & \"Co\"";
    shop.with_db(|conn| {
        goods("cup").named("<img src=x onerror=alert(1)>\r\nBcc: all@shop.example").put(conn)?;
        let mut changed = settings::load(conn)?;
        changed.name = "Cups\r\nBcc: all@shop.example\r\n\r\n<script>".into();
        settings::save(conn, &changed)
    })
    .await;
    let guest = shop.shopper();
    guest.add("cup", &[], 1).await;
    let form = fill_in(guest.check_out().await.form("/checkout")).fill("name", NAME);
    form.press(guest.words.place).await.expect_status(200);
    let server = crate::kit::MailServer::open();
    Office::with_server(&shop, &server).work().await;
    for mail in mails(&shop).await {
        for bad in ["<b>", "<img", "<script"] {
            assert!(!mail.html.contains(bad), "{bad} in {}", mail.html);
        }
        assert!(mail.text.contains(NAME), "{}", mail.text);
    }
    for delivery in server.deliveries() {
        assert_eq!(delivery.header("Bcc"), "");
        assert_eq!(
            delivery.header("Content-Type").split(';').next(),
            Some("multipart/alternative")
        );
        let from = delivery.header("From");
        assert!(from.ends_with(&format!(" <{}>", delivery.from)), "{from}");
    }
    assert_eq!(server.deliveries().len(), 2);
}

async fn a_failed_checkout_writes_nothing(shop: TestShop) {
    shop.with_db(|conn| goods("cup").on_hand(1).put(conn)).await;
    let guest = shop.shopper();
    guest.add("cup", &[], 1).await;
    let form = guest.checkout_form().await;
    shop.with_db(|conn| crate::kit::goods::leave(conn, "cup", 0)).await;
    form.send(guest.words.place).await.expect_status(409);
    assert_eq!(Office::of(&shop).work().await, 0);
    assert!(mails(&shop).await.is_empty());
}

async fn staff_are_told_where_they_want_it(shop: TestShop) {
    shop.with_db(|conn| {
        let mut changed = settings::load(conn)?;
        let staff = ["a@shop.example", "b@shop.example", "a@shop.example"];
        changed.staff_emails = staff.map(str::to_owned).to_vec();
        settings::save(conn, &changed)
    })
    .await;
    order(&shop).await;
    Office::of(&shop).work().await;
    let to: Vec<String> = mails(&shop).await.into_iter().map(|mail| mail.recipient).collect();
    assert_eq!(to, ["rani.wijaya@example.com", "a@shop.example", "b@shop.example"]);
}

async fn a_mail_leads_to_the_public_address(dbms: crate::kit::Dbms) {
    let shop = TestShop::open_https(dbms).await;
    shop.with_db(|conn| goods("cup").put(conn)).await;
    let guest = shop.shopper();
    guest.add("cup", &[], 1).await;
    let form = guest.checkout_form().await;
    // Whoever answers at another name does not choose where mails lead.
    let body: Vec<(String, String)> = form.values();
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(body).finish();
    let request = guest.visitor.request(reqwest::Method::POST, "/checkout");
    let request = request
        .header("host", "evil.example")
        .header("x-forwarded-host", "evil.example")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header("cookie", guest.visitor.cookies())
        .body(format!("{body}&step=place"));
    guest.visitor.send(request).await;
    Office::of(&shop).work().await;
    for mail in mails(&shop).await {
        assert!(!mail.html.contains("evil.example") && !mail.text.contains("evil.example"));
        assert!(mail.html.contains("https://selasar.example/orders/"));
        assert!(mail.message_id.ends_with("@selasar.example"));
    }
}
