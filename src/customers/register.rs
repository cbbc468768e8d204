//! `GET` and `POST /account/register`: a name and an address; the rest is behind the mailed link.

use actix_web::HttpResponse;

use super::form::{Field, Sheet};
use super::model::LONGEST_NAME;
use crate::checkout::{Reader, TextRule};
use crate::db::Conn;
use crate::error::Result;
use crate::limits::Limit;
use crate::links::{self, Asked, Owner, Purpose};
use crate::promotions::CustomerKey;
use crate::web::{Form, Visit, see_other};

const LINKS: [(&str, &str); 1] = [("/account/sign-in", "account-known-here")];

pub async fn show(visit: Visit) -> Result<HttpResponse> {
    match visit.customer {
        Some(_) => Ok(see_other(&visit.href("/account"))),
        None => sheet(&Form::default()).blank(&visit),
    }
}

/// The same answer whether the address is known or not: the mail tells her.
pub async fn register(visit: Visit, form: Form) -> Result<HttpResponse> {
    let mut reader = Reader::new(&form);
    let rule = TextRule { missing: Some("missing-name"), most: LONGEST_NAME };
    let (about, email) = (reader.text("name", rule), reader.email("email"));
    if !reader.mistakes.is_empty() {
        return sheet(&form).again(&visit, &reader.mistakes);
    }
    visit.spend(Limit::Register, CustomerKey::of(&email).as_str()).await?;
    let (language, now) = (visit.language, visit.now);
    let asked = Asked { purpose: Purpose::Register, owner: Owner::Nobody, email, about, language };
    visit.shop.db.write(move |conn: &mut Conn| links::ask(conn, &asked, now)).await?;
    Ok(see_other(&visit.href("/account/sent")))
}

fn sheet(form: &Form) -> Sheet<'_> {
    Sheet {
        name: "register",
        action: "/account/register".into(),
        fields: vec![Field::Name(form.get("name")), Field::Email(form.get("email"))],
        links: &LINKS,
        ..Sheet::default()
    }
}
