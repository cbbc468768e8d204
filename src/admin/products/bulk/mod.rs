//! Many products at once: chosen in the list, shown as they would become, changed, put back.

mod change;
pub mod choose;
mod chosen;
mod preview;
pub mod show;
pub mod start;
mod words;

use actix_web::HttpResponse;
use std::collections::BTreeMap;

use crate::admin::desk::Desk;
use crate::admin::{Allowed, mistake};
use crate::catalog::bulk::Change;
use crate::catalog::queries::CardRow;
use crate::error::Result;
use crate::ids::ProductId;
use crate::staff::{Permission, to};

/// Rows that a page shows.
const SHOWN: i64 = 50;

type Staff = Allowed<to::ChangeProducts>;

/// A product on a page about many.
struct Named {
    href: String,
    name: String,
}

impl Named {
    fn of(shell: &Desk, id: ProductId, cards: &BTreeMap<ProductId, CardRow>) -> Self {
        let name = cards.get(&id).map_or_else(|| id.to_string(), |card| card.name.clone());
        Self { href: shell.href(&format!("/admin/products/{id}")).into_owned(), name }
    }
}

/// Stock is for whoever may change stock.
fn may(staff: &Staff, change: &Change) -> bool {
    !change.is_of_stock() || staff.may(Permission::ChangeStock)
}

fn forbidden(staff: &Staff) -> Result<HttpResponse> {
    Ok(mistake::forbidden(staff.desk("forbidden-title"))?.into_response())
}
