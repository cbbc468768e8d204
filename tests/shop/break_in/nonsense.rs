//! What is no text, too much of it, or not meant to be typed: refused or taken as it is, in every field and every part of
//! every address, and never the shop's fault. PostgreSQL keeps no NUL, so one that got so far would be a 500.

use crate::both;
use crate::kit::shopper::{ENGLISH, order_number};
use crate::kit::source::files;
use crate::kit::{Dbms, TestShop, Visitor};

both!(no_field_of_any_form_brings_the_shop_down, no_part_of_any_address_brings_the_shop_down);

/// As they travel. The first four are no text.
const NASTY: [&str; 14] = [
    "%00",
    "a%00b",
    "%FF",
    "%ED%A0%80",
    "%E2%80%AEcod.exe",
    "%F0%9F%98%80",
    "%0D%0ABcc%3A+all%40shop.example",
    "%27+OR+1%3D1+--",
    "-1",
    "99999999999999999999",
    "1e9",
    "..%2F..%2Fsession.key",
    "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "%7B%7B7*7%7D%7D",
];
const NO_TEXT: usize = 4;

/// Pages with forms, each with who sees it.
async fn pages(shop: &TestShop) -> Vec<(Visitor, String)> {
    let guest = shop.shopper();
    guest.add("hening-vase", &[("colour", "oat")], 1).await;
    let thanks = guest.order().await;
    let number = order_number(&thanks, &ENGLISH);
    guest.add("hening-vase", &[("colour", "oat")], 1).await;
    let owner = shop.colleague("sari", "owner").await;
    let budi = shop.hire("budi", "packer").await;
    let of_guest = [
        "/products/hening-vase",
        "/cart",
        "/checkout",
        "/account/sign-in",
        "/account/register",
        "/account/forgot",
        "/admin/sign-in",
        "/admin/forgot",
        "/contact",
        thanks.url.path(),
    ];
    let of_owner = [
        // Before the order is cancelled by what is sent from its page.
        format!("/admin/orders/{number}/edit"),
        format!("/admin/orders/{number}"),
        format!("/admin/orders/{number}/refund"),
        "/admin/orders/drafts/new".into(),
        format!("/admin/staff/{budi}"),
        "/admin/staff/new".into(),
        "/admin/roles/new".into(),
        "/admin/account/password".into(),
        "/admin/account/second-factor".into(),
        "/admin/confirm".into(),
        "/admin/account".into(),
    ];
    let of_guest = of_guest.map(|path| (guest.visitor.clone(), path.to_owned()));
    of_guest.into_iter().chain(of_owner.map(|path| (owner.clone(), path))).collect()
}

async fn no_field_of_any_form_brings_the_shop_down(dbms: Dbms) {
    let shop = TestShop::open_with_limits(dbms, "off").await;
    let mut fields = 0;
    for (visitor, path) in pages(&shop).await {
        let page = visitor.get(&path).await;
        let mut actions = page.expect_status(200).attributes("form[method=post]", "action");
        actions.retain(|action| !action.ends_with("/sign-out") && !action.ends_with("/proofs"));
        actions.dedup();
        for action in actions {
            let form = page.form(&action);
            for name in form.names() {
                fields += 1;
                for (at, nasty) in NASTY.iter().map(ToString::to_string).chain([long()]).enumerate()
                {
                    let others = form.values().into_iter().filter(|(other, _)| other != name);
                    let others = form_urlencoded::Serializer::new(String::new())
                        .extend_pairs(others)
                        .finish();
                    let answer = visitor.post(&action, format!("{others}&{name}={nasty}")).await;
                    let is_answered = match at < NO_TEXT {
                        true => answer.status == 400,
                        false => answer.status < 500,
                    };
                    assert!(is_answered, "{action} {name}={nasty:.40}: {}", answer.status);
                }
            }
        }
    }
    assert!(fields > 60, "{fields}");
}

fn long() -> String {
    "%F0%9F%98%80".repeat(5_000)
}

async fn no_part_of_any_address_brings_the_shop_down(dbms: Dbms) {
    let shop = TestShop::open_with_limits(dbms, "off").await;
    let owner = shop.colleague("sari", "owner").await;
    let routes = files("src", "routes.rs");
    let known: Vec<&str> = routes
        .iter()
        .flat_map(|file| file.between("resource(\"", '"').chain(file.between("Door::at(\"", '"')))
        .filter(|path| path.contains('{'))
        .collect();
    assert!(known.len() > 20, "{known:?}");
    for path in known {
        for nasty in
            NASTY.iter().map(ToString::to_string).chain(["a".repeat(3_000), "%2e%2e".into()])
        {
            let parts = path
                .split('/')
                .map(|part| if part.starts_with('{') { nasty.as_str() } else { part });
            let path = parts.collect::<Vec<_>>().join("/");
            for method in ["GET", "POST"] {
                let request = format!(
                    "{method} {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {}\r\nSec-Fetch-Site: same-origin\r\n\
                     Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                    owner.cookies()
                );
                let answer = shop.answer_to(request.as_bytes());
                let status: u16 =
                    answer.get(9..12).and_then(|status| status.parse().ok()).unwrap_or(0);
                assert!((300..500).contains(&status), "{method} {path:.80}: {answer:.60}");
            }
        }
    }
}
