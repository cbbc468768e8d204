//! `POST /admin/customers/{whom}/data`: everything that is known of her, as a file for her (GDPR
//! Art. 15): for who asks in another way than on her own page.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use actix_web::web::Path;

use super::find;
use crate::admin::Allowed;
use crate::audit::{self, Action, Deed, Entity};
use crate::customers::book::Whom;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::privacy::{self, Person};
use crate::promotions::CustomerKey;
use crate::staff::to;

pub async fn tell(staff: Allowed<to::ExportCustomers>, whom: Path<String>) -> Result<HttpResponse> {
    let (person, now) = (person_of(&find(&staff, &whom).await?), staff.visit().now);
    let entity = Entity::Customer(person.customer);
    let db = &staff.visit().shop.db;
    let told = db.read_long(move |conn| privacy::export(conn, &person, now)).await?;
    let told = serde_json::to_vec_pretty(&told).map_err(|e| Error::internal(e.to_string()))?;
    let (who, deed) = (staff.who(), Deed::of(Action::PersonTold, entity));
    db.write(move |conn: &mut Conn| audit::write(conn, &who, &deed)).await?;
    Ok(HttpResponse::Ok()
        .content_type("application/json; charset=utf-8")
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"personal-data.json\""))
        .body(told))
}

pub(super) fn person_of(whom: &Whom) -> Person {
    let mailbox = CustomerKey::of(whom.email()).as_str().to_owned();
    Person { customer: whom.customer(), mailbox: Some(mailbox) }
}
