//! `/admin/orders/{number}/mails/{id}`: a mail of an order as it was sent, and sent once more.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::moves::find;
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::audit::{self, Action, Deed, Entity};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::MailId;
use crate::mail::{self, Mail};
use crate::staff::{Permission, Rule, to};
use crate::web::{Html, dates, see_other};

#[derive(Template)]
#[template(path = "admin/orders/mails.html")]
struct MailPage {
    shell: Desk,
    order: String,
    back: String,
    action: String,
    mail: Mail,
    written: String,
    state: String,
    can_resend: bool,
    error: String,
}

pub async fn show(
    staff: Allowed<to::ViewOrders>,
    path: Path<(String, i64)>,
) -> Result<HttpResponse> {
    page(&staff, path.into_inner(), "").await
}

async fn page<R: Rule>(
    staff: &Allowed<R>,
    (number, id): (String, i64),
    error: &'static str,
) -> Result<HttpResponse> {
    let mail = load(staff, &number, id).await?;
    let shell = staff.desk("order-mail");
    let back = shell.href(&format!("/admin/orders/{number}")).into_owned();
    let status = match error {
        "" => StatusCode::OK,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = MailPage {
        action: format!("{back}/mails/{id}"),
        written: dates::instant(&shell, mail.created_at),
        state: shell.t(&format!("mail-{}", mail.status)).to_owned(),
        can_resend: staff.may(Permission::ChangeOrders),
        error: if error.is_empty() { String::new() } else { shell.t(error).to_owned() },
        order: number,
        back,
        mail,
        shell,
    };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

/// A mail of this order, and of no other.
async fn load<R: Rule>(staff: &Allowed<R>, number: &str, id: i64) -> Result<Mail> {
    let order = find(staff, number).await?;
    let find = move |conn: &mut _| mail::of_order(conn, order.id);
    let mails = staff.visit().shop.db.read(find).await?;
    mails.into_iter().find(|mail| mail.id == MailId(id)).ok_or(Error::NotFound)
}

pub async fn resend(
    staff: Allowed<to::ChangeOrders>,
    path: Path<(String, i64)>,
) -> Result<HttpResponse> {
    let (number, id) = path.into_inner();
    load(&staff, &number, id).await?;
    let (who, now, entity) = (staff.who(), staff.visit().now, Entity::Order(number.clone()));
    let send = move |conn: &mut Conn| {
        mail::resend(conn, MailId(id), now)?;
        audit::write(conn, &who, &Deed::of(Action::MailResent, entity.clone()))
    };
    match staff.visit().shop.db.write(send).await {
        Ok(()) => Ok(see_other(&staff.visit().href(&format!("/admin/orders/{number}")))),
        Err(Error::Malformed(_)) => page(&staff, (number, id), "mail-has-a-secret").await,
        Err(error) => Err(error),
    }
}
