//! `POST /admin/jobs/{id}/retry` and `/admin/jobs/{id}/drop`.

use actix_web::HttpResponse;
use actix_web::web::Path;

use crate::admin::Allowed;
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::JobId;
use crate::jobs;
use crate::staff::to;
use crate::web::see_other;
use serde_json::json;

type Staff = Allowed<to::ChangeSettings>;

/// At once, with all its tries before it.
pub async fn retry(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let (who, id) = (staff.who(), JobId(*id));
    let write = move |conn: &mut Conn| {
        let kind = kind_of(conn, id)?;
        let done = jobs::retry(conn, id, who.at)?;
        told(conn, &who, (Action::JobRetried, done), (id, &kind))
    };
    let done = staff.visit().shop.db.write(write).await?;
    answer(&staff, if done { "retried" } else { "gone" })
}

/// What it was for will not happen.
pub async fn drop_job(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let (who, id) = (staff.who(), JobId(*id));
    let write = move |conn: &mut Conn| {
        let kind = kind_of(conn, id)?;
        let done = jobs::drop_job(conn, id, who.at)?;
        told(conn, &who, (Action::JobDropped, done), (id, &kind))
    };
    let done = staff.visit().shop.db.write(write).await?;
    answer(&staff, if done { "dropped" } else { "gone" })
}

fn kind_of(conn: &mut Conn, id: JobId) -> Result<String> {
    Ok(jobs::find(conn, id)?.map(|job| job.kind).unwrap_or_default())
}

/// Writes down what was done, if it was.
fn told(
    conn: &mut Conn,
    who: &Who,
    (action, done): (Action, bool),
    (id, kind): (JobId, &str),
) -> Result<bool> {
    if done {
        let after = json!({ "job": id.0, "kind": kind });
        let (entity, before) = (Entity::Shop, json!({}));
        audit::write(conn, who, &Deed { action, entity, before, after })?;
    }
    Ok(done)
}

fn answer(staff: &Staff, done: &str) -> Result<HttpResponse> {
    Ok(see_other(&staff.visit().href(&format!("/admin/jobs?{done}=1"))))
}
