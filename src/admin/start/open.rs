//! `POST /admin/start/open` and `/admin/start/close`: whether shoppers may come in.

use actix_web::HttpResponse;
use actix_web::web::Data;

use super::show::again;
use crate::admin::Allowed;
use crate::db::Conn;
use crate::error::Result;
use crate::opening::{self, Opened};
use crate::payments::Gateways;
use crate::staff::to;
use crate::web::{Form, see_other};

type Staff = Allowed<to::ChangeSettings>;

/// Opens the shop, if whoever opens it has been told of all that is missing.
pub async fn open(staff: Staff, gateways: Data<Gateways>, form: Form) -> Result<HttpResponse> {
    let (who, shop) = (staff.who(), &staff.visit().shop);
    let (frame, known) = (shop.frame(), gateways.clone());
    let told = form.get("told").to_owned();
    let write = move |conn: &mut Conn| {
        let told: Vec<&str> = told.split(' ').collect();
        opening::open(conn, &who, (&frame, &known), &told)
    };
    match shop.db.write(write).await? {
        Opened::Missing => again(&staff, &gateways, "start-not-told").await,
        Opened::Done => {
            shop.refresh().await?;
            Ok(see_other(&staff.visit().href("/admin/start?opened=1")))
        }
    }
}

pub async fn close(staff: Staff) -> Result<HttpResponse> {
    let (who, shop) = (staff.who(), &staff.visit().shop);
    shop.db.write(move |conn| opening::close(conn, &who)).await?;
    shop.refresh().await?;
    Ok(see_other(&staff.visit().href("/admin/start?closed=1")))
}
