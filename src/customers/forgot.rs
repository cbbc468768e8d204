//! `GET` and `POST /account/forgot`: a link to choose a new password, mailed to whoever has an
//! account.

use actix_web::HttpResponse;

use super::form::{Field, Sheet};
use crate::checkout::Reader;
use crate::db::Conn;
use crate::error::Result;
use crate::limits::Limit;
use crate::links::{self, Asked, Owner, Purpose};
use crate::promotions::CustomerKey;
use crate::web::{Form, Visit, see_other};

const LINKS: [(&str, &str); 1] = [("/account/sign-in", "account-to-sign-in")];

pub async fn show(visit: Visit) -> Result<HttpResponse> {
    sheet("").blank(&visit)
}

/// The same answer whether the address is known or not, and the same work: it is the mail's job to
/// find out.
pub async fn forgot(visit: Visit, form: Form) -> Result<HttpResponse> {
    let mut reader = Reader::new(&form);
    let email = reader.email("email");
    if !reader.mistakes.is_empty() {
        return sheet(form.get("email")).again(&visit, &reader.mistakes);
    }
    visit.spend(Limit::Reset, CustomerKey::of(&email).as_str()).await?;
    let (language, now) = (visit.language, visit.now);
    let (purpose, about) = (Purpose::Reset, String::new());
    let asked = Asked { purpose, owner: Owner::Nobody, email, about, language };
    visit.shop.db.write(move |conn: &mut Conn| links::ask(conn, &asked, now)).await?;
    Ok(see_other(&visit.href("/account/sent")))
}

fn sheet(email: &str) -> Sheet<'_> {
    Sheet {
        name: "forgot",
        action: "/account/forgot".into(),
        fields: vec![Field::Email(email)],
        links: &LINKS,
        ..Sheet::default()
    }
}
