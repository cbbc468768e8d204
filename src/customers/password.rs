//! `GET` and `POST /account/password`.

use actix_web::HttpResponse;

use super::form::{Field, Sheet, typed};
use super::member::Member;
use super::queries;
use crate::checkout::Mistake;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::limits::Limit;
use crate::mail::{self, AccountNews};
use crate::passwords::{Checked, Hash, Weakness, Whose};
use crate::promotions::CustomerKey;
use crate::sessions;
use crate::web::{Form, Visit, see_other, session};

pub async fn show(member: Member) -> Result<HttpResponse> {
    sheet(&member.customer.email).blank(&member.visit)
}

/// Ends all other sessions: whoever had the old password is out.
pub async fn change(member: Member, form: Form) -> Result<HttpResponse> {
    let Member { visit, customer } = &member;
    let hash = match is_hers(&member, typed(&form, "password")).await? {
        true => choose(&member, typed(&form, "new_password")).await?,
        false => Err(Mistake::new("password", "wrong-password")),
    };
    let hash = match hash {
        Ok(hash) => hash,
        Err(mistake) => return sheet(&customer.email).again(visit, &[mistake]),
    };
    let (who, this, id, now) = (member.who(), customer.session.id, customer.id, visit.now);
    let write = move |conn: &mut Conn| {
        queries::set_password(conn, id, &hash)?;
        sessions::end_others(conn, who, this)?;
        mail::tell_account(conn, &AccountNews::PasswordChanged(id), now)?;
        sessions::prove(conn, this, now)
    };
    session::sign_in(&visit.session, &visit.shop.db.write(write).await?)?;
    Ok(see_other(&visit.href("/account?done=password")))
}

/// A wrong one counts like one that was typed to sign in.
pub(super) async fn is_hers(member: &Member, typed: &str) -> Result<bool> {
    let Member { visit, customer } = member;
    let subject = CustomerKey::of(&customer.email);
    visit.spend(Limit::SignIn, subject.as_str()).await?;
    let id = customer.id;
    let known = visit.shop.db.read(move |conn| queries::find(conn, id)).await?;
    let known = known.ok_or(Error::NotFound)?;
    let hash = Hash::stored(known.password_hash);
    match visit.shop.passwords.check(typed, Some(hash)).await? {
        Checked::Wrong => Ok(false),
        Checked::Right { .. } => {
            visit.give_back(Limit::SignIn, subject.as_str()).await?;
            Ok(true)
        }
    }
}

async fn choose(member: &Member, wanted: &str) -> Result<Result<Hash, Mistake>> {
    let Member { visit, customer } = member;
    let known = own_words(visit, &customer.email, &customer.name);
    let chosen = visit.shop.passwords.choose(wanted, Whose::Customer, &known).await?;
    Ok(chosen.map_err(mistake))
}

/// What somebody would try first who knows whose password it is, and where (ASVS 6.1.2).
pub(super) fn own_words<'a>(visit: &'a Visit, email: &'a str, name: &'a str) -> [&'a str; 4] {
    [&visit.frame.settings.name, visit.shop.public_url.host(), email, name]
}

/// What is wrong with a password that was chosen, at its field.
pub(super) fn mistake(weakness: Weakness) -> Mistake {
    let (key, most) = match weakness {
        Weakness::TooShort { least } => ("password-too-short", least),
        Weakness::TooLong { most } => ("too-long", most),
        Weakness::TooEasy => ("password-too-easy", 0),
    };
    Mistake { most, ..Mistake::new("new_password", key) }
}

fn sheet(email: &str) -> Sheet<'_> {
    Sheet {
        name: "password",
        action: "/account/password".into(),
        fields: vec![Field::Username(email), Field::Password, Field::NewPassword],
        links: &[("/account", "account-back")],
        ..Sheet::default()
    }
}
