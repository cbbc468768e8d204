//! `GET` and `POST /newsletter`: an address to write to, which is confirmed by mail (`subscribe.rs`).
//! `POST /account/newsletter`: a customer, whose mailbox is proven, says yes or no.

use actix_web::HttpResponse;

use super::form::{Field, Sheet};
use super::member::Member;
use crate::checkout::Reader;
use crate::db::Conn;
use crate::error::Result;
use crate::limits::Limit;
use crate::links::{self, Asked, Owner, Purpose};
use crate::newsletter::{self, Agreed, Source};
use crate::promotions::CustomerKey;
use crate::web::{Form, Head, Visit, see_other};

/// What one agrees to, on whichever page.
const CONSENT: &str = "account-newsletter";

pub async fn show(visit: Visit) -> Result<HttpResponse> {
    let known = visit.customer.as_ref().map(|customer| customer.email.clone());
    sheet(&known.unwrap_or_default()).blank(&visit)
}

/// The same answer and the same mail whether the address is known or not.
pub async fn ask(visit: Visit, form: Form) -> Result<HttpResponse> {
    let mut reader = Reader::new(&form);
    let email = reader.email("email");
    if !reader.mistakes.is_empty() {
        return sheet(form.get("email")).again(&visit, &reader.mistakes);
    }
    visit.spend(Limit::Newsletter, CustomerKey::of(&email).as_str()).await?;
    let (language, now) = (visit.language, visit.now);
    let (purpose, about) = (Purpose::Newsletter, Source::Page.code().to_owned());
    let asked = Asked { purpose, owner: Owner::Nobody, email, about, language };
    visit.shop.db.write(move |conn: &mut Conn| links::ask(conn, &asked, now)).await?;
    Ok(see_other(&visit.href("/account/sent")))
}

pub async fn choose(member: Member, form: Form) -> Result<HttpResponse> {
    let Member { visit, customer } = &member;
    let (wanted, now) = (form.get("wanted") == "yes", visit.now);
    let agreed = Agreed { source: Source::Account, ..agreed(visit, &customer.email) };
    let write =
        move |conn: &mut Conn| match (wanted, newsletter::find_mailbox(conn, &agreed.email)?) {
            (true, None) => newsletter::join(conn, &agreed, now).map(|_| ()),
            (false, Some(known)) => {
                newsletter::leave(conn, &known.token, Source::Account, now).map(|_| ())
            }
            // It is as she wants it.
            _ => Ok(()),
        };
    visit.shop.db.write(write).await?;
    Ok(see_other(&visit.href("/account?done=newsletter")))
}

/// What somebody agrees to on a page of this visit.
pub(super) fn agreed(visit: &Visit, email: &str) -> Agreed {
    Agreed {
        email: email.to_owned(),
        language: visit.language,
        text: visit.shell(Head::of_account()).t(CONSENT).to_owned(),
        source: Source::Page,
        asked_at: visit.now,
    }
}

fn sheet(email: &str) -> Sheet<'_> {
    Sheet {
        name: "newsletter",
        action: "/newsletter".into(),
        fields: vec![Field::Email(email)],
        ..Sheet::default()
    }
}
