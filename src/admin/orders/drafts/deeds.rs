//! What is done with a draft as it is kept: its link is sent, it is placed, it is taken away.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use diesel::Connection;
use serde_json::json;

use super::edit::page;
use super::sheet::Sheet;
use super::{HERE, Staff, find, proposal};
use crate::admin::field::Field;
use crate::admin::orders::refused_text;
use crate::audit::{Action, Who};
use crate::checkout::{Outcome, Placeable, Placing, try_to_place};
use crate::db::Conn;
use crate::drafts::{self, Draft};
use crate::error::{Error, Result};
use crate::ids::OrderId;
use crate::orders::{self, By, MoveError, Moved, audited};
use crate::payments::{self, Gateways, Receipt};
use crate::web::{Form, see_other};

/// `POST /admin/orders/drafts/{draft}/send`: the link is sent by mail.
pub async fn send(
    staff: Staff,
    gateways: Data<Gateways>,
    id: Path<i64>,
    form: Form,
) -> Result<HttpResponse> {
    let draft = seen(&staff, *id, &form).await?;
    let asked = (draft.cart.clone(), draft.form(""));
    let proposal = proposal(&staff, &gateways, asked, draft.language).await?;
    let quote = proposal.quote().ok().filter(|_| proposal.is_whole());
    let Some(quote) = quote.filter(|_| proposal.missing().is_empty()) else {
        return refused(&staff, &gateways, &draft, (Form::default(), "draft-not-ready-yet")).await;
    };
    let (who, total, known) = (staff.who(), quote.bill.totals.payable, draft.clone());
    let write = move |conn: &mut Conn| drafts::send(conn, &who, &known, total);
    match staff.visit().shop.db.write(write).await? {
        true => Ok(see_other(&staff.visit().href(&format!("{HERE}/{id}?done=sent")))),
        false => refused(&staff, &gateways, &draft, (Form::default(), "draft-meanwhile")).await,
    }
}

/// `POST /admin/orders/drafts/{draft}/remove`: nobody orders it any more.
pub async fn remove(
    staff: Staff,
    gateways: Data<Gateways>,
    id: Path<i64>,
    form: Form,
) -> Result<HttpResponse> {
    let draft = seen(&staff, *id, &form).await?;
    let (who, known) = (staff.who(), draft.clone());
    let write = move |conn: &mut Conn| drafts::remove(conn, &who, &known);
    match staff.visit().shop.db.write(write).await? {
        true => Ok(see_other(&staff.visit().href(&format!("{HERE}?removed=1")))),
        false => refused(&staff, &gateways, &draft, (Form::default(), "draft-meanwhile")).await,
    }
}

/// `POST /admin/orders/drafts/{draft}/place`: it becomes an order, paid already or not.
pub async fn place(
    staff: Staff,
    gateways: Data<Gateways>,
    id: Path<i64>,
    form: Form,
) -> Result<HttpResponse> {
    let draft = seen(&staff, *id, &form).await?;
    if !Field::fits(&form, "reference", 200) {
        return refused(&staff, &gateways, &draft, (form, "admin-too-long")).await;
    }
    let asked = (draft.cart.clone(), draft.form(form.get("payment")));
    let proposal = proposal(&staff, &gateways, asked, draft.language).await?;
    let wanted = match proposal.placeable() {
        Ok(wanted) if wanted.payment.is_by_hand() => wanted,
        _ => return refused(&staff, &gateways, &draft, (form, "draft-not-ready-yet")).await,
    };
    let seen_total = Some(form.get("total").parse().unwrap_or(-1));
    let wanted = Placeable { seen_total, ..wanted };
    let deed = Deed {
        who: staff.who(),
        placing: proposal.placing(wanted, None, Vec::new()),
        reference: form.get("reference").to_owned(),
        draft: draft.clone(),
    };
    match staff.visit().shop.db.write(move |conn| deed.run(conn)).await? {
        Ok(number) => {
            let path = format!("/admin/orders/{number}?done={}", Action::DraftPlaced.code());
            Ok(see_other(&staff.visit().href(&path)))
        }
        Err(key) => refused(&staff, &gateways, &draft, (form, key)).await,
    }
}

/// A draft that is placed by staff.
struct Deed {
    who: Who,
    draft: Draft,
    placing: Placing,
    /// Where its money stands, if it is there.
    reference: String,
}

/// Why nothing is placed.
enum Halt {
    Refused(&'static str),
    Error(Error),
}

impl From<Error> for Halt {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<diesel::result::Error> for Halt {
    fn from(error: diesel::result::Error) -> Self {
        Self::Error(error.into())
    }
}

impl Deed {
    /// The number of the order, or the key of what is wrong.
    fn run(&self, conn: &mut Conn) -> Result<std::result::Result<String, &'static str>> {
        match conn.transaction(|conn| self.write(conn)) {
            Ok(number) => Ok(Ok(number)),
            Err(Halt::Refused(key)) => Ok(Err(key)),
            Err(Halt::Error(error)) => Err(error),
        }
    }

    fn write(&self, conn: &mut Conn) -> std::result::Result<String, Halt> {
        let token = match try_to_place(conn, &self.draft, &self.placing)? {
            Some(Outcome::Placed(token)) => token,
            Some(Outcome::Changed) => return Err(Halt::Refused("draft-changed-staff")),
            Some(Outcome::ShutOut) => return Err(Halt::Refused("draft-shut-out")),
            None => return Err(Halt::Refused("draft-meanwhile")),
        };
        let (id, number) = orders::named(conn, &token)?;
        let told = json!({ "draft": self.draft.id, "reference": self.reference });
        let deed = (&self.who, Action::DraftPlaced, told);
        match audited(conn, id, deed, |conn, by| self.receive(conn, id, by)) {
            Ok(()) => Ok(number),
            Err(MoveError::Error(error)) => Err(Halt::Error(error)),
            Err(refused) => Err(Halt::Refused(refused_text(&refused))),
        }
    }

    /// All of its money, if somebody has said where it stands.
    fn receive(&self, conn: &mut Conn, id: OrderId, by: &By) -> Moved {
        let total = orders::hold(conn, id)?.total;
        if self.reference.is_empty() || total == 0 {
            return Ok(());
        }
        let receipt = Receipt { amount: total, reference: self.reference.clone() };
        payments::receive(conn, id, &receipt, by)
    }
}

/// The draft as the form has seen it: another version is refused by the statement that takes it.
async fn seen(staff: &Staff, id: i64, form: &Form) -> Result<Draft> {
    let version = form.get("version").parse().unwrap_or(0);
    Ok(Draft { version, ..find(staff, id).await? })
}

/// The draft as it is, and why nothing was done.
async fn refused(
    staff: &Staff,
    gateways: &Gateways,
    draft: &Draft,
    (typed, key): (Form, &'static str),
) -> Result<HttpResponse> {
    let draft = find(staff, draft.id.0).await?;
    let sheet = Sheet {
        status: StatusCode::UNPROCESSABLE_ENTITY,
        wrong: key,
        deed: Some(typed),
        ..Sheet::kept(&staff.desk("draft-edit"), &draft)
    };
    page(staff, gateways, sheet).await
}
