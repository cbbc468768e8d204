//! `GET` and `POST /account/data`: everything that is known of her, as a file (GDPR Art. 15 and 20).

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};

use super::form::{Field, Sheet, typed};
use super::member::Member;
use super::password::is_hers;
use crate::checkout::Mistake;
use crate::error::{Error, Result};
use crate::limits::Limit;
use crate::privacy::{self, Person};
use crate::promotions::CustomerKey;
use crate::web::Form;

pub async fn show(member: Member) -> Result<HttpResponse> {
    sheet(&member.customer.email).blank(&member.visit)
}

/// The password again: all of it at once is worth more than any page of hers.
pub async fn tell(member: Member, form: Form) -> Result<HttpResponse> {
    let Member { visit, customer } = &member;
    if !is_hers(&member, typed(&form, "password")).await? {
        let wrong = Mistake::new("password", "wrong-password");
        return sheet(&customer.email).again(visit, &[wrong]);
    }
    visit.spend(Limit::Export, &customer.id.to_string()).await?;
    let mailbox = Some(CustomerKey::of(&customer.email).as_str().to_owned());
    let (person, now) = (Person { customer: Some(customer.id), mailbox }, visit.now);
    let told = visit.shop.db.read_long(move |conn| privacy::export(conn, &person, now)).await?;
    let told = serde_json::to_vec_pretty(&told).map_err(|e| Error::internal(e.to_string()))?;
    Ok(HttpResponse::Ok()
        .content_type("application/json; charset=utf-8")
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"my-data.json\""))
        .body(told))
}

fn sheet(email: &str) -> Sheet<'_> {
    Sheet {
        name: "data",
        action: "/account/data".into(),
        fields: vec![Field::Username(email), Field::Password],
        links: &[("/account", "account-back")],
        ..Sheet::default()
    }
}
