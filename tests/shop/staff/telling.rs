//! What somebody of the staff is told by mail about her own account.

use diesel::prelude::*;
use etalase::audit::Who;
use etalase::db::schema::{session, staff};
use etalase::staff::{Giver, Permissions, Role, RoleName, change_role, reset};
use etalase::web::visit::now;

use super::second_factor::set_up;
use crate::both;
use crate::kit::colleague::{PASSWORD, sign_in};
use crate::kit::office::mails;
use crate::kit::{Office, TestShop};

both!(
    a_sign_in_on_a_new_device_is_told,
    a_device_is_known_for_one_account_alone,
    what_changes_an_account_is_told_its_owner,
);

/// The subjects of what she has been sent, by the alphabet: what is due at once has no order.
async fn told(shop: &TestShop, recipient: &str) -> Vec<String> {
    Office::of(shop).work().await;
    let hers = mails(shop).await.into_iter().filter(|mail| mail.recipient == recipient);
    let mut subjects: Vec<String> = hers.map(|mail| mail.subject).collect();
    subjects.sort();
    subjects
}

const NEW_DEVICE: &str = "You signed in to Selasar on a new device";

async fn a_sign_in_on_a_new_device_is_told(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    assert_eq!(told(&shop, "sari@shop.example").await, [NEW_DEVICE]);
    sari.get("/admin").await.form("/admin/sign-out").press("Sign out").await;
    sign_in(&sari, "sari").await.expect_status(200);
    assert_eq!(told(&shop, "sari@shop.example").await.len(), 1, "this one is known");
    sign_in(&shop.visitor(), "sari").await.expect_status(200);
    assert_eq!(told(&shop, "sari@shop.example").await.len(), 2);
    let mail = mails(&shop).await.remove(0);
    assert!(
        mail.text.contains("Unknown device") && mail.text.contains("/admin/forgot"),
        "{mail:?}"
    );
}

async fn a_device_is_known_for_one_account_alone(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let budi = shop.hire("budi", "packer").await;
    let thief = shop.visitor();
    let hers = sari.cookies();
    let mark = hers.split("; ").find_map(|pair| pair.split_once("-device-")).unwrap().1;
    thief.keep_cookie(&format!("etalase-staff-device-{budi}"), mark.split_once('=').unwrap().1);
    sign_in(&thief, "budi").await.expect_status(200);
    assert_eq!(told(&shop, "budi@shop.example").await, [NEW_DEVICE]);
}

async fn what_changes_an_account_is_told_its_owner(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    shop.hire("dewi", "owner").await;
    let form = sari.get("/admin/account/password").await.form("/admin/account/password");
    let form = form.fill("password", PASSWORD).fill("new_password", "kebun teh di lereng");
    form.press("Save").await.expect_status(200);
    let (_, codes) = set_up(&sari).await;
    shop.with_db(|conn| {
        let long_ago = session::proven_at.eq(now() - chrono::TimeDelta::hours(1));
        Ok(diesel::update(session::table).set(long_ago).execute(conn)?)
    })
    .await;
    let form = sari.open("/admin/staff/new").await.form("/admin/confirm");
    let form = form.fill("password", "kebun teh di lereng").fill("code", &codes[0]);
    form.press("Go on").await.expect_status(200);
    shop.with_db(|conn| {
        let sari = staff::table.filter(staff::email.eq("sari@shop.example"));
        let id = sari.select(staff::id).first(conn)?;
        let (who, may) = (Who::operator(None, now()), Permissions::all());
        let giver = Giver { who: &who, may: &may, id: None };
        change_role(conn, &giver, id, &RoleName::BuiltIn(Role::Packer))?.unwrap();
        reset(conn, &giver, id)?.unwrap();
        Ok(())
    })
    .await;
    assert_eq!(
        told(&shop, "sari@shop.example").await,
        [
            "A recovery code was used at Selasar",
            "A second factor was set up at Selasar",
            "You have another role at Selasar",
            NEW_DEVICE,
            "Your second factor at Selasar was taken away",
            "Your staff password at Selasar was changed",
        ]
    );
    assert_eq!(told(&shop, "dewi@shop.example").await, [""; 0], "and nobody else");
}
