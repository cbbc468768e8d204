//! What waits for a person: returns, and money that is not as it should be.

use serde_json::json;

use super::{cancel, ordered, paid, rani, seen, told, total, waiting_for_page};
use crate::both;
use crate::kit::office::mails;
use crate::kit::{Office, TestShop};
use etalase::db::Conn;
use etalase::fulfilment::{
    Asked, Counted, Parcel, ReturnReason, ReturnWish, Wanted, approve, decline, receive, request,
    ship,
};
use etalase::ids::{OrderId, ReturnId};
use etalase::mail::Mail;
use etalase::orders::{By, EventKind, Moved, ReturnWindow, book, note};
use etalase::payments::{Seen, apply};
use etalase::settings;
use etalase::values::Quantity;
use etalase::web::visit::now;

both!(
    a_return_is_told_step_by_step,
    a_return_that_is_declined_is_told_with_its_reason,
    news_that_are_not_believed_are_told_to_the_staff_once,
    money_that_an_order_cannot_use_is_told_to_the_staff,
    what_needs_the_staff_is_told_to_each_of_them,
);

fn ask(conn: &mut Conn, order: OrderId) -> Moved<ReturnId> {
    let asked = Asked {
        lines: vec![Wanted { position: 0, quantity: Quantity::new(2).unwrap() }],
        reason: ReturnReason::Damaged,
        wish: ReturnWish::Refund,
        note: "The <b>handle</b> is off".into(),
    };
    let window = ReturnWindow::of(&settings::load(conn)?, now());
    request(conn, order, &asked, &window, &By::shopper(now()))
}

/// The order's only return.
fn back(conn: &mut Conn, order: OrderId) -> ReturnId {
    book::returns_of(conn, order).unwrap()[0].id
}

async fn sent(shop: &TestShop) -> OrderId {
    let order = ordered(shop, &shop.shopper()).await;
    shop.with_db(|conn| {
        let mut settings = settings::load(conn)?;
        settings.street = "Jl. Braga 5".into();
        settings::save(conn, &settings)
    })
    .await;
    told(shop, move |conn| ship(conn, order, &Parcel::default(), &rani())).await;
    order
}

/// What these mails say, text and HTML.
fn words(mail: &Mail) -> [String; 2] {
    [&mail.text, &mail.html].map(|body| body.replace('\u{a0}', " "))
}

#[track_caller]
fn one(mails: &[Mail]) -> [String; 2] {
    let [mail] = mails else { panic!("{} mails", mails.len()) };
    words(mail)
}

async fn a_return_is_told_step_by_step(shop: TestShop) {
    let order = sent(&shop).await;
    let mails = told(&shop, move |conn| ask(conn, order)).await;
    let [to_shopper, to_staff] = &mails[..] else { panic!("{} mails", mails.len()) };
    assert_eq!((&*to_shopper.template, &*to_staff.template), ("return_step", "order_needs_you"));
    assert!(to_staff.subject.ends_with(": a return is asked for"), "{}", to_staff.subject);
    for body in words(to_shopper) {
        assert!(body.contains("We have your request") && body.contains("/returns/1"), "{body}");
        assert!(!body.contains("Jl. Braga 5"), "not before it is approved");
    }
    let [text, html] = words(to_staff);
    for word in ["2 × Plain cup", "It is damaged or broken"] {
        assert!(text.contains(word) && html.contains(word), "{word}: {text}");
    }
    assert!(text.contains("The <b>handle</b> is off") && !html.contains("<b>"));
    let approved = told(&shop, move |conn| {
        let id = back(conn, order);
        approve(conn, id, "By any carrier.", &rani())
    });
    for body in one(&approved.await) {
        for word in ["Please send it back", "Jl. Braga 5", "By any carrier."] {
            assert!(body.contains(word), "{word}: {body}");
        }
    }
    let received = told(&shop, move |conn| {
        let id = back(conn, order);
        let counted = [Counted { position: 0, received: 2, restocked: 0 }];
        receive(conn, id, &counted, &rani())
    });
    for body in one(&received.await) {
        assert!(body.contains("Your return has arrived"), "{body}");
        assert!(!body.contains("Jl. Braga 5") && !body.contains("Please send it back"), "{body}");
    }
}

async fn a_return_that_is_declined_is_told_with_its_reason(shop: TestShop) {
    let order = sent(&shop).await;
    told(&shop, move |conn| ask(conn, order)).await;
    let declined = told(&shop, move |conn| {
        let id = back(conn, order);
        decline(conn, id, "It was <i>washed</i>.", &rani())
    });
    let [text, html] = one(&declined.await);
    assert!(text.contains("We cannot take this back") && text.contains("It was <i>washed</i>."));
    assert!(html.contains("We cannot take this back") && !html.contains("<i>"), "{html}");
}

async fn news_that_are_not_believed_are_told_to_the_staff_once(shop: TestShop) {
    let (_, token) = waiting_for_page(&shop).await;
    let wrong = seen(&token, Seen::Captured, 1);
    let mut mails = Vec::new();
    for _ in 0..3 {
        let wrong = wrong.clone();
        let hear = move |conn: &mut Conn| apply(conn, &wrong, &By::shop(now())).map(|_| ());
        mails.extend(told(&shop, hear).await);
    }
    assert!(mails[0].subject.ends_with(": payment not believed"), "{}", mails[0].subject);
    for body in one(&mails) {
        assert!(body.contains("nothing was moved"), "{body}");
    }
}

async fn money_that_an_order_cannot_use_is_told_to_the_staff(shop: TestShop) {
    let order = ordered(&shop, &shop.shopper()).await;
    let all = total(&shop).await;
    told(&shop, move |conn| cancel(conn, order)).await;
    shop.with_db(|conn| crate::kit::goods::leave(conn, "cup", 0)).await;
    let mails = told(&shop, paid(all)).await;
    assert_eq!(mails[0].recipient, shop.shop.frame().settings.email);
    for body in one(&mails) {
        assert!(body.contains("money to give back"), "{body}");
        assert!(body.contains("say that it is sent"), "{body}");
    }
}

async fn what_needs_the_staff_is_told_to_each_of_them(shop: TestShop) {
    let order = ordered(&shop, &shop.shopper()).await;
    shop.with_db(|conn| {
        let mut settings = settings::load(conn)?;
        settings.staff_emails = ["a@shop.example", "b@shop.example"].map(str::to_owned).to_vec();
        settings::save(conn, &settings)
    })
    .await;
    let kinds = [
        EventKind::ProofGiven,
        EventKind::PaymentMissed,
        EventKind::RefundFailed,
        EventKind::RefundLeft,
        EventKind::RefundSlow,
        EventKind::Disputed,
        EventKind::DisputeWon,
        EventKind::DisputeLost,
    ];
    let before = mails(&shop).await.len();
    shop.with_db(move |conn| {
        for kind in kinds {
            let data = json!({ "amount": 70_000, "reason": "fraudulent" });
            note(conn, order, kind, &By::shop(now()), &data)?;
        }
        Ok(())
    })
    .await;
    Office::of(&shop).work().await;
    let mails = mails(&shop).await.split_off(before);
    assert_eq!(mails.len(), 2 * kinds.len());
    let mut subjects: Vec<&str> = mails.iter().map(|mail| &*mail.subject).collect();
    subjects.sort_unstable();
    subjects.dedup();
    assert_eq!(subjects.len(), kinds.len(), "each says what it is");
    for mail in &mails {
        assert!(mail.subject.chars().count() <= 60, "{}", mail.subject);
        assert!(words(mail).iter().all(|body| body.contains("Rp 70.000")), "{}", mail.text);
        assert_eq!(mail.reply_to, "rani.wijaya@example.com");
    }
}
