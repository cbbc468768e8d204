//! `GET` and `POST /account/sign-in`.

use actix_web::{HttpRequest, HttpResponse};

use super::enter::{Entry, device_of, is_shut_out};
use super::form::{Field, Sheet, Tick, typed};
use super::model::Customer;
use super::next::own_path;
use super::queries;
use crate::checkout::Mistake;
use crate::db::Conn;
use crate::error::Result;
use crate::limits::Limit;
use crate::passwords::{Checked, Hash};
use crate::promotions::CustomerKey;
use crate::sessions::Stay;
use crate::values::Email;
use crate::web::{Form, Visit, see_other};

const LINKS: [(&str, &str); 4] = [
    ("/account/forgot", "account-forgot"),
    ("/account/register", "account-new-here"),
    ("/orders/find", "account-find-heading"),
    ("/account/forget", "account-forget-heading"),
];

pub async fn show(visit: Visit) -> Result<HttpResponse> {
    let query = visit.query()?;
    let next = own_path(query.get("next").unwrap_or_default());
    match visit.customer {
        Some(_) => Ok(see_other(&visit.href(next))),
        None => sheet("", next, false).blank(&visit),
    }
}

/// Whether it is the address or the password that is wrong is not said, and takes as long to find
/// out.
pub async fn sign_in(request: HttpRequest, visit: Visit, form: Form) -> Result<HttpResponse> {
    let (email, next) = (form.get("email"), own_path(form.get("next")));
    let stay = match form.find("keep") {
        Some(_) => Stay::Long,
        None => Stay::Usual,
    };
    let subject = CustomerKey::of(email);
    visit.spend(Limit::SignIn, subject.as_str()).await?;
    let known = find(&visit, email).await?;
    let hash = known.as_ref().map(|known| Hash::stored(known.password_hash.clone()));
    let checked = visit.shop.passwords.check(typed(&form, "password"), hash).await?;
    let (Some(known), Checked::Right { renewed }) = (known, checked) else {
        let wrong = Mistake::new("email", "account-wrong");
        return sheet(email, next, stay == Stay::Long).again(&visit, &[wrong]);
    };
    visit.give_back(Limit::SignIn, subject.as_str()).await?;
    if is_shut_out(&visit, email).await? {
        let told = Mistake::new("email", "account-blocked");
        return sheet(email, next, stay == Stay::Long).again(&visit, &[told]);
    }
    let entry = Entry::new(&visit, stay, device_of(&request));
    let write = move |conn: &mut Conn| {
        if let Some(hash) = &renewed {
            queries::renew_password(conn, &known, hash)?;
        }
        entry.write(conn, known.id)
    };
    let entered = visit.shop.db.write(write).await?;
    let next = entered.go_on(&visit, next)?;
    Ok(see_other(&visit.href(&next)))
}

async fn find(visit: &Visit, email: &str) -> Result<Option<Customer>> {
    // An address that is none is asked for, too: nothing tells it from one that nobody has.
    let email = Email::parse(email).map(|email| email.as_str().to_owned()).unwrap_or_default();
    visit.shop.db.read(move |conn| queries::find_by_email(conn, &email)).await
}

fn sheet<'a>(email: &'a str, next: &str, keep: bool) -> Sheet<'a> {
    Sheet {
        name: "sign-in",
        action: "/account/sign-in".into(),
        fields: vec![Field::SignInEmail(email), Field::Password],
        hidden: vec![("next", next.to_owned())],
        tick: Some(Tick { name: "keep", is_ticked: keep }),
        links: &LINKS,
        ..Sheet::default()
    }
}
