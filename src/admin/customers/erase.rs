//! `/admin/customers/{whom}/erase`: she is forgotten, as far as the law lets her be. What becomes of
//! her orders is shown before.

use actix_web::HttpResponse;
use actix_web::web::Path;
use askama::Template;

use super::data::person_of;
use super::{address, find};
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::db::Conn;
use crate::error::Result;
use crate::privacy::{self, Outlook};
use crate::staff::to;
use crate::web::{Html, see_other};

#[derive(Template)]
#[template(path = "admin/customers/erase.html")]
struct ErasePage {
    shell: Desk,
    action: String,
    back: (String, String),
    effects: Vec<String>,
}

type Staff = Allowed<to::EraseCustomers>;

pub async fn show(staff: Staff, whom: Path<String>) -> Result<Html> {
    let whom = find(&staff, &whom).await?;
    let (person, now) = (person_of(&whom), staff.visit().now);
    let outlook = move |conn: &mut Conn| privacy::outlook(conn, &person, now);
    let outlook = staff.visit().shop.db.read_long(outlook).await?;
    let shell = staff.desk("customer-erase");
    let base = address(&shell, &whom);
    let page = ErasePage {
        effects: effects(&shell, whom.customer().is_none(), &outlook),
        action: format!("{base}/erase"),
        back: (base, whom.name().to_owned()),
        shell,
    };
    Ok(Html::page(&page)?.personal())
}

pub async fn erase(staff: Staff, whom: Path<String>) -> Result<HttpResponse> {
    let (person, who) = (person_of(&find(&staff, &whom).await?), staff.who());
    let write = move |conn: &mut Conn| privacy::erase(conn, &person, &who);
    staff.visit().shop.db.write(write).await?;
    Ok(see_other(&staff.visit().href("/admin/customers?done=erased")))
}

fn effects(shell: &Desk, is_guest: bool, outlook: &Outlook) -> Vec<String> {
    let goes = if is_guest { "erase-guest" } else { "erase-account" };
    let mut effects = vec![shell.t(goes).to_owned()];
    if outlook.done > 0 {
        let done = i64::try_from(outlook.done).unwrap_or(i64::MAX);
        effects.push(shell.count("erase-done", done));
    }
    if !outlook.waiting.is_empty() {
        effects.push(shell.with("erase-waiting", "numbers", outlook.waiting.join(", ")));
    }
    if outlook.has_invoices {
        effects.push(shell.t("erase-invoices").to_owned());
    }
    effects
}
