//! Accounts and roles, as those who give them meet the limits.

use etalase::audit::Who;
use etalase::staff::{self, Giver, Permission, Permissions, Refused, Role, RoleName};
use etalase::verify::verify;
use etalase::web::visit::now;

use crate::both;
use crate::kit::TestShop;
use crate::kit::colleague::sign_in;

both!(
    the_last_owner_can_be_neither_demoted_nor_disabled,
    two_owners_who_demote_each_other_leave_one,
    nobody_changes_her_own_role_or_gives_more_than_she_has,
    a_role_of_the_shops_own_is_made_changed_and_removed,
    who_is_reset_comes_back_by_mail_without_her_second_factor,
    somebody_is_signed_out_everywhere,
    what_is_done_about_staff_is_written_down_without_secrets,
    pages_show_only_what_one_may,
    a_back_office_speaks_indonesian,
);

async fn the_last_owner_can_be_neither_demoted_nor_disabled(shop: TestShop) {
    let sari = shop.hire("sari", "owner").await;
    let refused = shop
        .with_db(move |conn| {
            let (who, may) = (Who::operator(None, now()), Permissions::all());
            let giver = Giver { who: &who, may: &may, id: None };
            let packer = RoleName::BuiltIn(Role::Packer);
            let owner = RoleName::BuiltIn(Role::Owner);
            Ok([
                staff::change_role(conn, &giver, sari, &packer)?,
                staff::disable(conn, &giver, sari)?,
                staff::change_role(conn, &giver, sari, &owner)?,
            ])
        })
        .await;
    assert_eq!(refused, [Err(Refused::LastOwner), Err(Refused::LastOwner), Ok(())]);
    let owner = shop.visitor();
    sign_in(&owner, "sari").await.expect_status(200);
    // An owner who has not joined yet is none.
    let form = owner.get("/admin/staff/new").await.form("/admin/staff/new");
    let form = form.fill("email", "dewi@shop.example").choose("role", "owner");
    form.press("Send").await.expect_status(200);
    let disabled = shop
        .with_db(move |conn| {
            let (who, may) = (Who::operator(None, now()), Permissions::all());
            staff::disable(conn, &Giver { who: &who, may: &may, id: None }, sari)
        })
        .await;
    assert_eq!(disabled, Err(Refused::LastOwner));
}

async fn two_owners_who_demote_each_other_leave_one(shop: TestShop) {
    let (sari, dewi) = (shop.hire("sari", "owner").await, shop.hire("dewi", "owner").await);
    let demote = |by, whom| {
        shop.shop.db.write(move |conn| {
            let (who, may) = (Who::operator(None, now()), Permissions::all());
            let giver = Giver { who: &who, may: &may, id: Some(by) };
            staff::change_role(conn, &giver, whom, &RoleName::BuiltIn(Role::Packer))
        })
    };
    let (one, other) = futures_util::future::join(demote(sari, dewi), demote(dewi, sari)).await;
    let done = [one.unwrap(), other.unwrap()];
    assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 1, "{done:?}");
    let owners = shop.with_db(staff::list).await.into_iter().filter(|a| a.role.is_owner());
    assert_eq!(owners.count(), 1);
}

async fn nobody_changes_her_own_role_or_gives_more_than_she_has(shop: TestShop) {
    let sari = shop.hire("sari", "owner").await;
    let budi = shop.hire("budi", "packer").await;
    let may = [Permission::ViewStaff, Permission::ManageStaff, Permission::ViewOrders];
    let role = shop.role("Personnel", may.into_iter().collect()).await;
    let dewi = shop.colleague("dewi", &role).await;
    let own = shop.with_db(|conn| staff::find_email(conn, "dewi@shop.example")).await.unwrap().id;
    for (id, forged) in [(own, "owner"), (sari, "packer"), (budi, "owner"), (budi, "manager")] {
        let page = dewi.post(&format!("/admin/staff/{id}"), format!("role={forged}")).await;
        page.expect_status(422);
    }
    for deed in ["disable", "reset", "link"] {
        for id in [own, sari] {
            dewi.post(&format!("/admin/staff/{id}"), format!("do={deed}")).await.expect_status(422);
        }
    }
    let more = "name=Personnel&orders-view=1&shop-roles=1&orders-refund=1";
    dewi.post(&format!("/admin/roles/{role}"), more).await.expect_status(422);
    dewi.post("/admin/roles/new", "name=Other&orders-refund=1").await.expect_status(422);
    let fewer = "name=Personnel&orders-view=1&shop-roles=1";
    dewi.post(&format!("/admin/roles/{role}"), fewer).await.expect_status(422).see("your own role");
    let page = dewi.get("/admin/staff/new").await;
    assert_eq!(page.attributes("#role option", "value"), [role]);
}

async fn a_role_of_the_shops_own_is_made_changed_and_removed(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let form = sari.get("/admin/roles/new").await.form("/admin/roles/new");
    let page = form.clone().press("Save").await;
    page.expect_status(422).see("Enter a name");
    let form = form.fill("name", "Night shift").choose("orders-view", "1");
    let page = form.clone().press("Save").await;
    page.expect_status(200).see("Night shift").see("See orders");
    form.press("Save").await.expect_status(422).see("There is one with this name");
    let edit = page.link("Night shift");
    let path = edit.split_once("/admin").map(|(_, rest)| format!("/admin{rest}")).unwrap();
    let form = sari.get(&path).await.form(&path).choose("orders-ship", "1");
    form.press("Save").await.see("See orders, Pack and ship");
    let budi = shop.hire("budi", path.rsplit('/').next().unwrap()).await;
    let page = sari.get(&path).await.form(&path).press("Remove the role").await;
    page.expect_status(422).see("Somebody has this role");
    let person = format!("/admin/staff/{budi}");
    sari.get(&person).await.form(&person).choose("role", "packer").press("Save").await;
    sari.get(&path).await.form(&path).press("Remove the role").await.see_no("Night shift");
    sari.get(&path).await.expect_status(404);
}

async fn who_is_reset_comes_back_by_mail_without_her_second_factor(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let budi = shop.hire("budi", "packer").await;
    shop.with_db(move |conn| {
        use diesel::prelude::*;
        use etalase::db::schema::staff;
        let lost = diesel::update(staff::table.find(budi)).set(staff::seed.eq("lost"));
        Ok(lost.execute(conn)?)
    })
    .await;
    let visitor = shop.visitor();
    sign_in(&visitor, "budi").await.expect_heading("Enter your code");
    let person = format!("/admin/staff/{budi}");
    let page = sari.get(&person).await.form("section form").press("Take away").await;
    page.expect_status(200).see("on its way to budi@shop.example");
    sign_in(&visitor, "budi").await.expect_heading("Hello, budi");
}

async fn somebody_is_signed_out_everywhere(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let budi = shop.colleague("budi", "packer").await;
    let id = shop.with_db(|conn| staff::find_email(conn, "budi@shop.example")).await.unwrap().id;
    let person = format!("/admin/staff/{id}");
    let form = sari.get(&person).await.form("section form");
    form.press("Sign out everywhere").await.expect_status(200);
    budi.get("/admin").await.expect_status(303);
    sari.get("/admin").await.expect_status(200);
    sign_in(&budi, "budi").await.expect_heading("Hello, budi");
}

async fn what_is_done_about_staff_is_written_down_without_secrets(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let form = sari.get("/admin/staff/new").await.form("/admin/staff/new");
    let page = form.fill("email", "budi@shop.example").choose("role", "packer").press("Send").await;
    let person = page.url.path().to_owned();
    let form = page.form(&person);
    form.choose("role", "editor").press("Save").await.expect_status(200);
    let log = sari.get("/admin/audit").await;
    for told in
        ["Invited somebody", "Gave another role", "\"role\":\"packer\"", "Signed in", "127.0.0.1"]
    {
        log.see(told);
    }
    let found = sari.get("/admin/audit?action=staff-changed&q=sari").await;
    assert_eq!(found.all("tbody tr").len(), 1);
    assert_eq!(sari.get("/admin/audit?q=nobody").await.all("tbody tr").len(), 0);
    assert!(!log.text().contains("$2b$"));
    assert_eq!(shop.with_db(|conn| verify(conn, now())).await.broken, [""; 0]);
}

async fn pages_show_only_what_one_may(shop: TestShop) {
    let packer = shop.colleague("budi", "packer").await;
    let page = packer.get("/admin").await;
    assert_eq!(page.texts(".side-nav a"), ["Home", "Orders", "Products", "Stock"]);
    let manager = shop.colleague("dewi", "manager").await;
    let page = manager.get("/admin/staff").await;
    let of_goods = ["Home", "Orders", "Products", "Stock", "Discounts", "Customers", "Messages"];
    let of_pages = ["Reports", "Pages", "Menus", "Home page", "Redirects", "Look"];
    let of_shop = ["Delivery", "Tax", "Payments", "Settings", "Staff", "Audit log"];
    let menu = page.texts(".side-nav a");
    assert_eq!(menu, [&of_goods[..], &of_pages, &of_shop].concat());
    page.see_no("Invite somebody");
    assert_eq!(page.all("td a").len(), 0);
}

async fn a_back_office_speaks_indonesian(shop: TestShop) {
    shop.hire("sari", "owner").await;
    let visitor = shop.visitor();
    let page = visitor.get("/id/admin").await;
    assert!(page.header("location").starts_with("/id/admin/sign-in"));
    let form = visitor.follow(page).await.form("/admin/sign-in");
    let form = form.fill("email", "sari@shop.example");
    let form = form.fill("password", crate::kit::colleague::PASSWORD);
    form.press("Masuk").await.expect_heading("Halo, sari").see("Catatan audit");
}
