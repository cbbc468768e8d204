//! Drafts: orders that staff put together for somebody, to be ordered by a link or placed for her.

pub mod deeds;
pub mod edit;
mod fields;
mod form;
mod goods;
pub mod list;
mod sheet;
mod view;

use crate::admin::Allowed;
use crate::cart::Cart;
use crate::checkout::Proposal;
use crate::drafts::{self, Draft};
use crate::error::{Error, Result};
use crate::ids::DraftId;
use crate::language::Language;
use crate::payments::Gateways;
use crate::staff::to;
use crate::web::{Form, View};

type Staff = Allowed<to::ChangeOrders>;

const HERE: &str = "/admin/orders/drafts";

async fn find(staff: &Staff, id: i64) -> Result<Draft> {
    let found = staff.visit().shop.db.read(move |conn| drafts::find(conn, DraftId(id))).await?;
    found.ok_or(Error::NotFound)
}

/// What it comes to for its customer: in her language, at everybody's prices.
async fn proposal(
    staff: &Staff,
    gateways: &Gateways,
    (cart, form): (Cart, Form),
    language: Language,
) -> Result<Proposal> {
    let view = view(staff, language);
    Proposal::of(&staff.visit().shop.db, view, gateways, (cart, form)).await
}

fn view(staff: &Staff, language: Language) -> View {
    View { group: None, language, ..staff.visit().view() }
}
