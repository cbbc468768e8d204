//! `GET` and `POST /account/email`: another address for the account. It is changed when both
//! mailboxes have agreed (`confirm.rs`).

use actix_web::HttpResponse;
use chrono::NaiveDateTime;

use super::form::{Field, Sheet, typed};
use super::member::Member;
use super::password::is_hers;
use crate::checkout::Reader;
use crate::db::Conn;
use crate::error::Result;
use crate::language::Language;
use crate::limits::Limit;
use crate::links::{self, Asked, Owner, Purpose};
use crate::promotions::CustomerKey;
use crate::web::{Form, see_other};

pub async fn show(member: Member) -> Result<HttpResponse> {
    sheet(&member.customer.email, "").blank(&member.visit)
}

/// The same answer whether the address has an account already or not: its mail tells.
pub async fn ask(member: Member, form: Form) -> Result<HttpResponse> {
    let Member { visit, customer } = &member;
    let mut reader = Reader::new(&form);
    let email = reader.email("email");
    if CustomerKey::of(&email) == CustomerKey::of(&customer.email) {
        reader.wrong("email", "same-email");
    }
    if reader.mistakes.is_empty() && !is_hers(&member, typed(&form, "password")).await? {
        reader.wrong("password", "wrong-password");
    }
    if !reader.mistakes.is_empty() {
        return sheet(&customer.email, form.get("email")).again(visit, &reader.mistakes);
    }
    visit.spend(Limit::Reset, CustomerKey::of(&email).as_str()).await?;
    let (language, now) = (visit.language, visit.now);
    let wanted = Wanted { owner: Owner::Customer(customer.id), old: customer.email.clone(), email };
    visit.shop.db.write(move |conn: &mut Conn| wanted.write(conn, language, now)).await?;
    Ok(see_other(&visit.href("/account/sent?to=both")))
}

/// Another address that somebody wants instead of her old one.
struct Wanted {
    owner: Owner,
    old: String,
    email: String,
}

impl Wanted {
    /// Only what was asked for last can be agreed to.
    fn write(&self, conn: &mut Conn, language: Language, now: NaiveDateTime) -> Result<()> {
        links::take_back(conn, self.owner, &[Purpose::LeaveEmail, Purpose::NewEmail])?;
        let sent = [(Purpose::LeaveEmail, &self.old), (Purpose::NewEmail, &self.email)];
        for (purpose, mailbox) in sent {
            let (email, about) = (mailbox.clone(), self.email.clone());
            links::ask(conn, &Asked { purpose, owner: self.owner, email, about, language }, now)?;
        }
        Ok(())
    }
}

fn sheet<'a>(email: &'a str, wanted: &'a str) -> Sheet<'a> {
    Sheet {
        name: "email",
        action: "/account/email".into(),
        fields: vec![Field::Username(email), Field::NewEmail(wanted), Field::Password],
        links: &[("/account", "account-back")],
        ..Sheet::default()
    }
}
