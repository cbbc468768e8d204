//! 410: a product that was here once, with what could be had instead.

use actix_web::http::StatusCode;
use askama::Template;

use super::card::{self, Card};
use super::queries::{self, Product};
use crate::db::Conn;
use crate::error::Result;
use crate::web::{Head, Html, Shell, View, Visit};

/// How many alternatives are shown.
const INSTEAD: i64 = 4;

#[derive(Template)]
#[template(path = "catalog/gone.html")]
struct GonePage {
    shell: Shell,
    heading: String,
    instead: Vec<Card>,
}

pub(super) fn page(visit: &Visit, product: Product, instead: Vec<Card>) -> Result<Html> {
    let mut shell = visit.shell(Head::private(""));
    let heading = shell.with("product-gone", "name", &product.name);
    shell.head.title = heading.clone();
    Ok(Html::page(&GonePage { shell, heading, instead })?.status(StatusCode::GONE))
}

/// What goes well with it, else what is bought most in its category, else anywhere.
pub(super) fn instead(conn: &mut Conn, view: &View, product: &Product) -> Result<Vec<Card>> {
    let mut products = queries::related(conn, view, product.id, INSTEAD)?;
    if products.is_empty() {
        products = queries::popular(conn, view, product.category, INSTEAD)?;
    }
    if products.is_empty() {
        products = queries::popular(conn, view, None, INSTEAD)?;
    }
    card::load(conn, view, &products)
}
