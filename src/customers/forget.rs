//! `GET` and `POST /account/forget`: whoever has no account asks to be forgotten by her mailbox.
//! `GET` and `POST /account/forget/{token}`: behind the mailed link it happens, with an account or
//! without.

use actix_web::HttpResponse;
use actix_web::http::header::{HeaderValue, REFERRER_POLICY};
use actix_web::web::Path;

use super::dead_link;
use super::erase::Leaving;
use super::form::{Field, Sheet};
use crate::audit::Who;
use crate::checkout::Reader;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::limits::Limit;
use crate::links::{self, Asked, Link, Owner, Purpose};
use crate::privacy::{self, Person};
use crate::promotions::CustomerKey;
use crate::values::Email;
use crate::web::{Form, Visit, see_other, session};

pub async fn show(visit: Visit) -> Result<HttpResponse> {
    match visit.customer {
        Some(_) => Ok(see_other(&visit.href("/account/erase"))),
        None => sheet("").blank(&visit),
    }
}

/// The same answer and the same mail whether the address is known or not.
pub async fn ask(visit: Visit, form: Form) -> Result<HttpResponse> {
    let mut reader = Reader::new(&form);
    let email = reader.email("email");
    if !reader.mistakes.is_empty() {
        return sheet(form.get("email")).again(&visit, &reader.mistakes);
    }
    visit.spend(Limit::Reset, CustomerKey::of(&email).as_str()).await?;
    let (language, now) = (visit.language, visit.now);
    let (owner, about) = (Owner::Nobody, String::new());
    let asked = Asked { purpose: Purpose::Forget, owner, email, about, language };
    visit.shop.db.write(move |conn: &mut Conn| links::ask(conn, &asked, now)).await?;
    Ok(see_other(&visit.href("/account/sent")))
}

/// Looking forgets nothing: programs look at links before people do.
pub async fn confirm(visit: Visit, token: Path<String>) -> Result<HttpResponse> {
    let Some(link) = find(&visit, &token).await? else { return dead_link::page(&visit) };
    let now = visit.now;
    let look = move |conn: &mut Conn| {
        let person = person(conn, &link)?;
        privacy::outlook(conn, &person, now)
    };
    let outlook = visit.shop.db.read_long(look).await?;
    let action = format!("/account/forget/{token}");
    let page = Leaving { name: "forget-now", action, fields: &[], mistakes: &[], outlook };
    let mut answer = page.page(&visit)?.into_response();
    answer.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    Ok(answer)
}

pub async fn forget(visit: Visit, token: Path<String>) -> Result<HttpResponse> {
    let Some(link) = find(&visit, &token).await? else { return dead_link::page(&visit) };
    let who = Who::shopper(visit.now);
    let write = move |conn: &mut Conn| {
        // Somebody has forgotten her with it meanwhile.
        if !links::use_up(conn, link.id, who.at)? {
            return Ok(false);
        }
        let person = person(conn, &link)?;
        privacy::erase(conn, &person, &who).map(|_| true)
    };
    if !visit.shop.db.write(write).await? {
        return dead_link::page(&visit);
    }
    session::sign_out(&visit.session);
    Ok(see_other(&visit.href("/account/forgotten")))
}

/// Whoever has the mailbox, and the account that the link is of: it may have got another address since.
fn person(conn: &mut Conn, link: &Link) -> Result<Person> {
    let email = Email::parse(&link.email).ok_or_else(|| Error::internal("a link to no mailbox"))?;
    let known = privacy::find(conn, &email)?;
    Ok(match link.owner {
        Owner::Customer(id) => Person { customer: Some(id), ..known },
        _ => known,
    })
}

async fn find(visit: &Visit, token: &str) -> Result<Option<Link>> {
    links::follow(&visit.shop.db, token, &[Purpose::Forget], visit.now).await
}

fn sheet(email: &str) -> Sheet<'_> {
    Sheet {
        name: "forget",
        action: "/account/forget".into(),
        fields: vec![Field::Email(email)],
        links: &[("/account/sign-in", "account-known-here")],
        ..Sheet::default()
    }
}
