//! The first five minutes of a shop: what its owner is asked, one question at a time, and opening it.

pub mod delivery;
pub mod goods;
pub mod open;
mod page;
pub mod product;
pub mod questions;
pub mod show;
mod steps;

use actix_web::web::Data;

use super::Allowed;
use crate::db::Conn;
use crate::error::Result;
use crate::opening::{self, Readiness, Step};
use crate::payments::Gateways;

/// How far the shop is.
async fn readiness<R>(staff: &Allowed<R>, gateways: &Data<Gateways>) -> Result<Readiness> {
    let visit = staff.visit();
    let (frame, gateways, now) = (visit.shop.frame(), gateways.clone(), visit.now);
    let load = move |conn: &mut Conn| opening::load(conn, (&frame, &gateways), now);
    visit.shop.db.read(load).await
}

/// Where a question is asked; after the last one, where the shop is opened.
fn address(step: Option<Step>) -> String {
    match step {
        // It has a page of its own.
        Some(Step::Look) => "/admin/look".to_owned(),
        Some(step) => format!("/admin/start/{}", step.code()),
        None => "/admin/start".to_owned(),
    }
}
