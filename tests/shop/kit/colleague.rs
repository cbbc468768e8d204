//! Somebody who works in a shop.

use etalase::audit::Who;
use etalase::db::Conn;
use etalase::ids::StaffId;
use etalase::language::Language;
use etalase::links::{self, Purpose};
use etalase::passwords::{Hash, Whose};
use etalase::staff::{self, Giver, Newcomer, Permissions, RoleName};
use etalase::values::Email;
use etalase::web::visit::now;

use super::{Page, TestShop, Visitor};

/// Of everybody in a story.
pub const PASSWORD: &str = "batu kali lembayung senja";

impl TestShop {
    /// An account of somebody who has joined: her address is `name@shop.example`.
    pub async fn hire(&self, name: &'static str, role: &str) -> StaffId {
        let chosen = self.shop.passwords.choose(PASSWORD, Whose::Staff, &[]).await;
        let (password, role) = (chosen.unwrap().unwrap(), role.to_owned());
        self.with_db(move |conn| {
            let role = staff::find_role(conn, &role)?.expect("the role is there");
            Ok(hire(conn, name, &role, &password))
        })
        .await
    }

    /// A role of the shop's own, by its code.
    pub async fn role(&self, name: &'static str, may: Permissions) -> String {
        let make = move |conn: &mut Conn| {
            let (who, all) = (Who::operator(None, now()), Permissions::all());
            let giver = Giver { who: &who, may: &all, id: None };
            Ok(staff::make_role(conn, &giver, name, &may)?.unwrap().to_string())
        };
        self.with_db(make).await
    }

    /// Somebody who has joined and has signed in.
    pub async fn colleague(&self, name: &'static str, role: &str) -> Visitor {
        self.hire(name, role).await;
        let visitor = self.visitor();
        sign_in(&visitor, name).await.expect_status(200);
        visitor
    }
}

fn hire(conn: &mut Conn, name: &str, role: &RoleName, password: &Hash) -> StaffId {
    let (who, all) = (Who::operator(None, now()), Permissions::all());
    let giver = Giver { who: &who, may: &all, id: None };
    let email = Email::parse(&format!("{name}@shop.example")).unwrap();
    let id = staff::invite(conn, &giver, &email, role).unwrap().unwrap();
    let account = staff::find_account(conn, id).unwrap().unwrap();
    let token = staff::link(conn, &account, Language::En, &who).unwrap();
    let link = links::find(conn, &token, &[Purpose::Invite], now()).unwrap().unwrap();
    let new = Newcomer { email: None, name: name.to_owned(), password: password.clone() };
    staff::join(conn, &who, &link, &new).unwrap().unwrap()
}

/// Signs in, without a second factor; the page that follows.
pub async fn sign_in(visitor: &Visitor, name: &str) -> Page {
    sign_in_with(visitor, name, PASSWORD).await
}

pub async fn sign_in_with(visitor: &Visitor, name: &str, password: &str) -> Page {
    let form = visitor.get("/admin/sign-in").await.form("/admin/sign-in");
    let email = format!("{name}@shop.example");
    form.fill("email", &email).fill("password", password).press("Sign in").await
}
