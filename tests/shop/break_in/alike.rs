//! Whether an address is known is told by nothing: not by what is said, and not by how much work it is to say it. Seconds
//! would tell less, and not always: the same work is counted instead.

use crate::both;
use crate::kit::member::{RANI, registered};
use crate::kit::{Page, TestShop};

both!(
    as_much_is_done_for_a_stranger_as_for_a_customer,
    as_much_is_done_for_a_stranger_as_for_staff
);

/// What one answer takes: statements, and passwords that are hashed. Of several the fewest, as the shop looks for changed
/// settings meanwhile.
async fn work<F: Future<Output = Page>>(shop: &TestShop, ask: impl Fn() -> F) -> (u64, u64) {
    let mut fewest = (u64::MAX, u64::MAX);
    for _ in 0..3 {
        let before = (shop.shop.db.statements(), shop.shop.passwords.hashed());
        let status = ask().await.status;
        assert!(matches!(status, 200 | 303 | 422), "{status}");
        let after = (shop.shop.db.statements(), shop.shop.passwords.hashed());
        fewest = fewest.min((after.0 - before.0, after.1 - before.1));
    }
    fewest
}

async fn as_much_is_done(
    shop: &TestShop,
    forms: &[(&str, &str, u64)],
    known: &str,
    stranger: &str,
) {
    for (path, body, hashed) in forms {
        let ask = |email: &str| {
            let body = body.replace("EMAIL", email);
            move || {
                let (visitor, body) = (shop.visitor(), body.clone());
                async move { visitor.post(path, body).await }
            }
        };
        let for_known = work(shop, ask(known)).await;
        assert_eq!(work(shop, ask(stranger)).await, for_known, "{path}");
        assert_eq!(for_known.1, *hashed, "{path}");
    }
}

async fn as_much_is_done_for_a_stranger_as_for_a_customer(shop: TestShop) {
    registered(&shop, RANI).await;
    let forms = [
        ("/account/sign-in", "email=EMAIL&password=no+such+password&next=", 1),
        ("/account/register", "name=Rani&email=EMAIL", 0),
        ("/account/forgot", "email=EMAIL", 0),
    ];
    as_much_is_done(&shop, &forms, RANI, "nobody@example.com").await;
}

async fn as_much_is_done_for_a_stranger_as_for_staff(shop: TestShop) {
    shop.hire("sari", "owner").await;
    let forms = [
        ("/admin/sign-in", "email=EMAIL&password=no+such+password&next=", 1),
        ("/admin/forgot", "email=EMAIL", 0),
    ];
    as_much_is_done(&shop, &forms, "sari@shop.example", "nobody@shop.example").await;
}
