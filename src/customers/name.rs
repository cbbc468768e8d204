//! `GET` and `POST /account/name`.

use actix_web::HttpResponse;

use super::form::{Field, Sheet};
use super::member::Member;
use super::model::LONGEST_NAME;
use super::queries;
use crate::checkout::{Reader, TextRule};
use crate::db::Conn;
use crate::error::Result;
use crate::web::{Form, see_other};

pub async fn show(member: Member) -> Result<HttpResponse> {
    sheet(&member.customer.name).blank(&member.visit)
}

/// Orders keep the name that they were placed with.
pub async fn change(member: Member, form: Form) -> Result<HttpResponse> {
    let mut reader = Reader::new(&form);
    let name = reader.text("name", TextRule { missing: Some("missing-name"), most: LONGEST_NAME });
    if !reader.mistakes.is_empty() {
        return sheet(form.get("name")).again(&member.visit, &reader.mistakes);
    }
    let id = member.customer.id;
    let write = move |conn: &mut Conn| queries::set_name(conn, id, &name);
    member.visit.shop.db.write(write).await?;
    Ok(see_other(&member.visit.href("/account?done=name")))
}

fn sheet(name: &str) -> Sheet<'_> {
    Sheet {
        name: "name",
        action: "/account/name".into(),
        fields: vec![Field::Name(name)],
        links: &[("/account", "account-back")],
        ..Sheet::default()
    }
}
