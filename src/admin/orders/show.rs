//! `GET /admin/orders/{number}`: everything about an order, and what can be done with it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::moves::LONGEST_REASON;
use super::{Badge, badges, money};
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::{Field, Mistake};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::orders::book::{self, Entry, Line};
use crate::orders::{self, Address, AddressKind, Event};
use crate::payments::{self, ReceiptRow, RefundRow};
use crate::staff::{Permission, Rule, to};
use crate::values::Country;
use crate::web::{Form, Html, countries, dates};

#[derive(Template)]
#[template(path = "admin/orders/show.html")]
struct OrderPage {
    shell: Desk,
    action: String,
    placed: String,
    email: String,
    badges: Vec<Badge>,
    /// Whether no real money moves for it.
    is_test: bool,
    lines: Vec<LineView>,
    /// What goes back when it is cancelled.
    kept: String,
    /// Words, sum, whether it is the last one.
    totals: Vec<(String, String, bool)>,
    money: Vec<(String, String)>,
    parcels: Vec<(String, String)>,
    delivery: Vec<String>,
    billing: Vec<String>,
    history: Vec<EventView>,
    error: String,
    can: Can,
    /// The fields for a parcel: by whom it goes, and where it can be followed.
    parcel: Vec<Field>,
    link: Vec<Field>,
    /// The fields for money that has arrived.
    receipt: Vec<Field>,
    /// The field for why it is cancelled.
    ending: Vec<Field>,
}

/// What was sent and refused.
#[derive(Default)]
pub(super) struct Sent<'a> {
    pub form: Option<&'a Form>,
    /// What is wrong with the whole: the key of its words; empty for nothing.
    pub error: &'static str,
    pub mistakes: &'a [Mistake],
}

struct LineView {
    name: String,
    details: String,
    shipped: String,
    quantity: i64,
    sum: String,
}

struct EventView {
    text: String,
    actor: String,
    at: String,
    instant: String,
}

/// What she may, and what makes sense now.
struct Can {
    receive: bool,
    ship: bool,
    cancel: bool,
    /// Cancel it, with its money going back.
    call_off: bool,
    refund: bool,
}

/// What stands in the books.
struct Sheet {
    order: Entry,
    lines: Vec<Line>,
    delivery: Address,
    billing: Address,
    receipts: Vec<ReceiptRow>,
    refunds: Vec<RefundRow>,
    /// What has come and is not on its way back.
    kept: i64,
    is_test: bool,
    parcels: Vec<book::Sent>,
    events: Vec<Event>,
}

pub async fn show(staff: Allowed<to::ViewOrders>, number: Path<String>) -> Result<HttpResponse> {
    page(&staff, &number, &Sent::default()).await
}

/// The page; with what was typed and what is wrong with it, if something was refused.
pub(super) async fn page<R: Rule>(
    staff: &Allowed<R>,
    number: &str,
    sent: &Sent<'_>,
) -> Result<HttpResponse> {
    let wanted = number.to_owned();
    let sheet = staff.visit().shop.db.read(move |conn| load(conn, &wanted)).await?;
    let sheet = sheet.ok_or(Error::NotFound)?;
    let shell = staff.desk("admin-orders");
    let status = match sent.error.is_empty() && sent.mistakes.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = view(shell, &sheet, sent, can(staff, &sheet));
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn load(conn: &mut Conn, number: &str) -> Result<Option<Sheet>> {
    let Some(order) = book::find_number(conn, number)? else { return Ok(None) };
    let id = order.id;
    Ok(Some(Sheet {
        lines: book::lines_of(conn, id)?,
        delivery: book::address_of(conn, id, AddressKind::Delivery)?,
        billing: book::address_of(conn, id, AddressKind::Billing)?,
        receipts: payments::receipts_of(conn, id)?,
        refunds: payments::refunds_of(conn, id)?,
        kept: orders::kept(conn, id)?,
        is_test: orders::is_test(conn, id)?,
        parcels: book::parcels_of(conn, id)?,
        events: orders::timeline(conn, id)?,
        order,
    }))
}

fn can<R: Rule>(staff: &Allowed<R>, sheet: &Sheet) -> Can {
    let order = &sheet.order;
    let is_open = order.status == "placed";
    let is_here = matches!(order.fulfilment_status.as_str(), "unfulfilled" | "not_needed");
    let is_to_end = matches!(order.status.as_str(), "pending" | "placed") && is_here;
    let is_to_be_sent = matches!(order.fulfilment_status.as_str(), "unfulfilled" | "part_shipped");
    let is_short = matches!(order.payment_status.as_str(), "unpaid" | "part_paid");
    let has_money = !matches!(order.payment_status.as_str(), "unpaid" | "refunded");
    Can {
        receive: is_open && is_short && staff.may(Permission::ChangeOrders),
        ship: is_open && is_to_be_sent && staff.may(Permission::ShipOrders),
        cancel: is_to_end && sheet.kept == 0 && staff.may(Permission::ChangeOrders),
        call_off: is_to_end && sheet.kept > 0 && staff.may(Permission::RefundOrders),
        refund: has_money && staff.may(Permission::RefundOrders),
    }
}

fn view(mut shell: Desk, sheet: &Sheet, sent: &Sent<'_>, can: Can) -> OrderPage {
    let order = &sheet.order;
    let [parcel, link, receipt, ending] = fields(&shell, sent);
    shell.shell.head.title = shell.with("order-number", "number", &order.number);
    let sum = |minor: i64| money(&shell, minor, &order.currency);
    let total =
        |key: &'static str, minor: i64, is_last| (shell.t(key).to_owned(), sum(minor), is_last);
    let mut totals = vec![total("orders-goods", order.goods_amount, false)];
    if order.discount_amount > 0 {
        totals.push(total("orders-discount", -order.discount_amount, false));
    }
    totals.push(total("orders-delivery", order.delivery_amount, false));
    if order.fee_amount > 0 {
        totals.push(total("orders-fees", order.fee_amount, false));
    }
    totals.push(total("order-total", order.total_amount, true));
    let parcels = sheet.parcels.iter().map(|sent| {
        let at = dates::instant(&shell, sent.shipped_at);
        (format!("{} {}", sent.carrier, sent.tracking_number), at)
    });
    OrderPage {
        action: shell.href(&format!("/admin/orders/{}", order.number)).into_owned(),
        placed: dates::instant(&shell, order.placed_at),
        email: order.email.clone(),
        badges: badges(&shell, order),
        is_test: sheet.is_test,
        lines: sheet.lines.iter().map(|line| line_view(&shell, line, &order.currency)).collect(),
        kept: money(&shell, sheet.kept, &order.currency),
        money: money_rows(&shell, sheet),
        parcels: parcels.collect(),
        delivery: address(&shell, &sheet.delivery),
        billing: address(&shell, &sheet.billing),
        history: sheet.events.iter().rev().map(|event| event_view(&shell, event)).collect(),
        totals,
        error: if sent.error.is_empty() { String::new() } else { shell.t(sent.error).to_owned() },
        can,
        parcel,
        link,
        receipt,
        ending,
        shell,
    }
}

fn fields(shell: &Desk, sent: &Sent<'_>) -> [Vec<Field>; 4] {
    let empty = Form::default();
    let form = sent.form.unwrap_or(&empty);
    let field = |name, label, most| {
        Field { most, ..Field::text(shell, name, label, form) }.with(shell, sent.mistakes)
    };
    let optional = |field| Field { is_optional: true, ..field };
    let url = |field| Field { kind: "url", ..field };
    let decimal = |field| Field { inputmode: "decimal", ..field };
    [
        vec![
            optional(field("carrier", "orders-carrier", 100)),
            optional(field("tracking_number", "orders-tracking", 100)),
        ],
        vec![optional(url(field("tracking_url", "orders-tracking-link", 500)))],
        vec![
            decimal(field("amount", "order-amount", 30)),
            field("reference", "order-reference", 200),
        ],
        vec![optional(field("reason", "orders-cancel-reason", LONGEST_REASON))],
    ]
}

fn line_view(shell: &Desk, line: &Line, currency: &str) -> LineView {
    let details = [line.options.as_str(), line.sku.as_str()];
    let details: Vec<&str> = details.into_iter().filter(|part| !part.is_empty()).collect();
    LineView {
        name: line.name.clone(),
        details: details.join(", "),
        shipped: match line.shipped {
            0 => String::new(),
            shipped => shell.count("orders-line-shipped", shipped),
        },
        quantity: line.quantity,
        sum: money(shell, line.gross_amount, currency),
    }
}

/// What has come in and gone out, in words, with its sum.
fn money_rows(shell: &Desk, sheet: &Sheet) -> Vec<(String, String)> {
    let currency = &sheet.order.currency;
    let came = sheet.receipts.iter().map(|receipt| {
        let words = shell.with("orders-received", "reference", &receipt.reference);
        (words, money(shell, receipt.amount, currency))
    });
    let went = sheet.refunds.iter().map(|refund| {
        let words = shell.t(&format!("refund-status-{}", refund.status)).to_owned();
        (words, money(shell, -refund.amount, currency))
    });
    came.chain(went).collect()
}

fn address(shell: &Desk, address: &Address) -> Vec<String> {
    let mut lines = address.lines();
    lines.extend(Country::parse(&address.country).map(|country| countries::name(shell, country)));
    lines
}

fn event_view(shell: &Desk, event: &Event) -> EventView {
    EventView {
        text: shell.t(&format!("event-{}", event.kind)).to_owned(),
        actor: event.actor.strip_prefix("staff:").unwrap_or(&event.actor).to_owned(),
        at: dates::instant(shell, event.at),
        instant: event.at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
    }
}
