//! What moves an order on: money that has come, a parcel that goes, an end.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde_json::{Value, json};

use super::refused_text;
use super::show::{self, Sent};
use crate::admin::Allowed;
use crate::admin::field::{Field, Mistake};
use crate::audit::{Action, Who};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::fulfilment::{self, Parcel, Wanted};
use crate::ids::{OrderId, RefundId};
use crate::money::{Currency, Money};
use crate::orders::book::{self, Entry};
use crate::orders::{self, By, Ending, LONGEST_STOP, MoveError, Moved, audited};
use crate::payments::{self, Receipt};
use crate::staff::{Rule, to};
use crate::values::Quantity;
use crate::web::{Form, see_other};

/// The most letters of a reason.
pub(super) const LONGEST_REASON: usize = 200;

/// `POST /admin/orders/{number}/payments`: a transfer has arrived.
pub async fn receive(
    staff: Allowed<to::ChangeOrders>,
    number: Path<String>,
    form: Form,
) -> Result<HttpResponse> {
    let order = find(&staff, &number).await?;
    let receipt = match receipt(&form, &order, staff.visit().language.code()) {
        Ok(receipt) => receipt,
        Err(mistakes) => return again(&staff, &order, &form, &mistakes).await,
    };
    let told = json!({ "amount": receipt.amount, "reference": receipt.reference });
    let step = move |conn: &mut Conn, id, by: &By| payments::receive(conn, id, &receipt, by);
    act(&staff, order, &form, (Action::OrderPaid, told), step).await
}

fn receipt(
    form: &Form,
    order: &Entry,
    language: &str,
) -> std::result::Result<Receipt, Vec<Mistake>> {
    let amount = minor(form.get("amount"), order, language);
    let reference = form.get("reference").to_owned();
    let is_named = !reference.is_empty() && Field::fits(form, "reference", 200);
    match amount {
        Some(amount) if is_named => Ok(Receipt { amount, reference }),
        _ => Err(mistakes(&[
            (amount.is_some(), ("amount", "move-wrong-amount")),
            (is_named, ("reference", "move-no-reference")),
        ])),
    }
}

/// `POST /admin/orders/{number}/shipments`: the units that are named go, or everything that is left.
pub async fn ship(
    staff: Allowed<to::ShipOrders>,
    number: Path<String>,
    form: Form,
) -> Result<HttpResponse> {
    let order = find(&staff, &number).await?;
    let parcel = match parcel(&form) {
        Ok(parcel) => parcel,
        Err(mistakes) => return again(&staff, &order, &form, &mistakes).await,
    };
    let told = json!({ "lines": told_units(&parcel), "tracking": parcel.tracking_number });
    let step =
        move |conn: &mut Conn, id, by: &By| fulfilment::ship(conn, id, &parcel, by).map(|_| ());
    act(&staff, order, &form, (Action::OrderShipped, told), step).await
}

/// As the audit log tells it.
fn told_units(parcel: &Parcel) -> Value {
    let units: Vec<_> =
        parcel.lines.iter().map(|line| (line.position, line.quantity.get())).collect();
    if units.is_empty() { json!("all") } else { json!(units) }
}

/// The units of each line that were typed; nothing where the form does not ask for them.
fn units(form: &Form) -> Option<Vec<Wanted>> {
    let typed = form.iter().filter_map(|(name, typed)| Some((name.strip_prefix("ship-")?, typed)));
    let typed = typed.filter(|(_, typed)| !matches!(typed.trim(), "" | "0"));
    let unit = |(position, typed): (&str, &str)| {
        let quantity = Quantity::parse(typed.trim())?;
        Some(Wanted { position: position.parse().ok()?, quantity })
    };
    typed.map(unit).collect()
}

fn parcel(form: &Form) -> std::result::Result<Parcel, Vec<Mistake>> {
    let is_asked = form.iter().any(|(name, _)| name.starts_with("ship-"));
    let lines = units(form).filter(|lines| !is_asked || !lines.is_empty());
    let url = form.get("tracking_url");
    let leads = url.is_empty() || url.starts_with("https://") || url.starts_with("http://");
    let wrong = mistakes(&[
        (lines.is_some(), ("ship", "ship-no-units")),
        (Field::fits(form, "carrier", 100), ("carrier", "admin-too-long")),
        (Field::fits(form, "tracking_number", 100), ("tracking_number", "admin-too-long")),
        (leads && Field::fits(form, "tracking_url", 500), ("tracking_url", "move-wrong-link")),
    ]);
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(Parcel {
        lines: lines.unwrap_or_default(),
        carrier: form.get("carrier").to_owned(),
        tracking_number: form.get("tracking_number").to_owned(),
        tracking_url: url.to_owned(),
    })
}

/// The mistakes of those that are not right.
fn mistakes(checked: &[(bool, Mistake)]) -> Vec<Mistake> {
    checked.iter().filter(|(is_right, _)| !is_right).map(|(_, mistake)| *mistake).collect()
}

/// `POST /admin/orders/{number}/ready`: the shopper can fetch it.
pub async fn ready(
    staff: Allowed<to::ShipOrders>,
    number: Path<String>,
    form: Form,
) -> Result<HttpResponse> {
    let order = find(&staff, &number).await?;
    let step = |conn: &mut Conn, id, by: &By| fulfilment::ready(conn, id, by);
    act(&staff, order, &form, (Action::OrderReady, json!({})), step).await
}

/// `POST /admin/orders/{number}/refunds/{id}`: money that had to be sent by hand has been sent.
pub async fn refund_sent(
    staff: Allowed<to::RefundOrders>,
    path: Path<(String, i64)>,
    form: Form,
) -> Result<HttpResponse> {
    let (number, id) = path.into_inner();
    let (order, id) = (find(&staff, &number).await?, RefundId(id));
    let reference = form.get("sent").to_owned();
    if reference.is_empty() || !Field::fits(&form, "sent", 200) {
        return again(&staff, &order, &form, &[("sent", "move-no-reference")]).await;
    }
    let told = json!({ "refund": id, "reference": reference });
    let step =
        move |conn: &mut Conn, order: OrderId, by: &By| match payments::refunds_of(conn, order)?
            .iter()
            .any(|row| row.id == id)
        {
            true => payments::confirm_sent(conn, id, &reference, by),
            false => Err(MoveError::NoSuchRow(format!("refund {id}"))),
        };
    act(&staff, order, &form, (Action::RefundSent, told), step).await
}

/// `POST /admin/orders/{number}/stop`: nothing of it is sent until it is let go.
pub async fn stop(
    staff: Allowed<to::ChangeOrders>,
    number: Path<String>,
    form: Form,
) -> Result<HttpResponse> {
    let order = find(&staff, &number).await?;
    let reason = form.get("stop").to_owned();
    if reason.is_empty() || !Field::fits(&form, "stop", LONGEST_STOP) {
        return again(&staff, &order, &form, &[("stop", "stop-no-reason")]).await;
    }
    let told = json!({ "reason": reason });
    let step = move |conn: &mut Conn, id, by: &By| orders::stop(conn, id, &reason, by);
    act(&staff, order, &form, (Action::OrderStopped, told), step).await
}

/// `POST /admin/orders/{number}/let-go`: it is sent like any other.
pub async fn let_go(
    staff: Allowed<to::ChangeOrders>,
    number: Path<String>,
    form: Form,
) -> Result<HttpResponse> {
    let order = find(&staff, &number).await?;
    let step = |conn: &mut Conn, id, by: &By| orders::let_go(conn, id, by);
    act(&staff, order, &form, (Action::OrderLetGo, json!({})), step).await
}

/// `POST /admin/orders/{number}/cancel`: of an order that has no money.
pub async fn cancel(
    staff: Allowed<to::ChangeOrders>,
    number: Path<String>,
    form: Form,
) -> Result<HttpResponse> {
    let call_off = |conn: &mut Conn, id, ending: &Ending, by: &By| {
        orders::hold(conn, id)?;
        match orders::kept(conn, id)? {
            0 => payments::call_off(conn, id, ending, by),
            _ => Err(MoveError::HasMoney),
        }
    };
    end(&staff, &number, &form, call_off).await
}

/// `POST /admin/orders/{number}/call-off`: of any order; its money goes back.
pub async fn call_off(
    staff: Allowed<to::RefundOrders>,
    number: Path<String>,
    form: Form,
) -> Result<HttpResponse> {
    end(&staff, &number, &form, payments::call_off).await
}

async fn end<R: Rule>(
    staff: &Allowed<R>,
    number: &str,
    form: &Form,
    call_off: impl Fn(&mut Conn, OrderId, &Ending, &By) -> Moved + Send + 'static,
) -> Result<HttpResponse> {
    let order = find(staff, number).await?;
    if !Field::fits(form, "reason", LONGEST_REASON) {
        return again(staff, &order, form, &[("reason", "admin-too-long")]).await;
    }
    let reason = form.get("reason").to_owned();
    let told = json!({ "reason": reason });
    let ending = Ending::Wanted(reason);
    let step = move |conn: &mut Conn, id, by: &By| call_off(conn, id, &ending, by);
    act(staff, order, form, (Action::OrderCancelled, told), step).await
}

pub(super) async fn find<R: Rule>(staff: &Allowed<R>, number: &str) -> Result<Entry> {
    let number = number.to_owned();
    let found = staff.visit().shop.db.read(move |conn| book::find_number(conn, &number)).await?;
    found.ok_or(Error::NotFound)
}

/// An amount as it was typed, in the order's currency and above nothing.
pub(super) fn minor(typed: &str, order: &Entry, language: &str) -> Option<i64> {
    let currency = Currency::from_letters(&order.currency)?;
    let amount = Money::parse_typed(typed, currency, language).ok()?;
    (amount.minor() > 0).then_some(amount.minor())
}

/// The order with what was typed, each mistake at its field.
pub(super) async fn again<R: Rule>(
    staff: &Allowed<R>,
    order: &Entry,
    form: &Form,
    mistakes: &[Mistake],
) -> Result<HttpResponse> {
    show::page(staff, &order.number, &Sent { form: Some(form), error: "", mistakes }).await
}

/// Does it in one transaction and shows the order, or why it cannot be done.
pub(super) async fn act<R: Rule>(
    staff: &Allowed<R>,
    order: Entry,
    form: &Form,
    deed: (Action, Value),
    step: impl Fn(&mut Conn, OrderId, &By) -> Moved + Send + 'static,
) -> Result<HttpResponse> {
    let (id, action) = (order.id, deed.0);
    match run(staff, id, deed, step).await? {
        Ok(()) => Ok(done(staff, &order, action)),
        Err(refused) => {
            let error = refused_text(&refused);
            show::page(staff, &order.number, &Sent { form: Some(form), error, mistakes: &[] }).await
        }
    }
}

/// The order, which says what was done.
pub(super) fn done<R: Rule>(staff: &Allowed<R>, order: &Entry, action: Action) -> HttpResponse {
    let path = format!("/admin/orders/{}?done={}", order.number, action.code());
    see_other(&staff.visit().href(&path))
}

/// Does it in one transaction, with its entry in the audit log.
pub(super) async fn run<R: Rule>(
    staff: &Allowed<R>,
    id: OrderId,
    (action, told): (Action, Value),
    step: impl Fn(&mut Conn, OrderId, &By) -> Moved + Send + 'static,
) -> Result<Moved> {
    let who: Who = staff.who();
    let write = move |conn: &mut Conn| -> Result<Moved> {
        let deed = (&who, action, told.clone());
        let moved = diesel::Connection::transaction(conn, |conn| {
            audited(conn, id, deed, |conn, by| step(conn, id, by))
        });
        match moved {
            Err(MoveError::Error(error)) => Err(error),
            moved => Ok(moved),
        }
    };
    staff.visit().shop.db.write(write).await
}
