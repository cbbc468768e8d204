//! What is done to a way of delivery with one press: stopped, started.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::keep::done;
use super::method;
use crate::admin::rulebook::change;
use crate::admin::zones::Staff;
use crate::error::Result;
use crate::rules::{Section, method_entry};
use crate::shipping::Method;
use crate::web::rules::Rules;

type At = Path<(String, String)>;

/// `POST /admin/delivery/zones/{zone}/methods/{method}/stop`: it stays, and is offered to nobody.
pub async fn stop(staff: Staff, at: At) -> Result<HttpResponse> {
    set_active(&staff, at, false).await
}

/// `POST /admin/delivery/zones/{zone}/methods/{method}/start`.
pub async fn start(staff: Staff, at: At) -> Result<HttpResponse> {
    set_active(&staff, at, true).await
}

async fn set_active(staff: &Staff, at: At, active: bool) -> Result<HttpResponse> {
    let (zone, code) = at.into_inner();
    let (path, settings) = ((zone.clone(), code.clone()), staff.visit().frame.settings.clone());
    let saved = change(staff, Section::Delivery, move |conn, book| {
        let known = method(&Rules::load(conn)?, &path.0, &path.1)?.clone();
        book.put(method_entry(&Method { active, ..known }, &settings));
        Ok(Some(()))
    });
    saved.await?;
    done(&staff.desk("method-new"), &zone, &code)
}
