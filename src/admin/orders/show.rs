//! `GET /admin/orders/{number}`: everything about an order, and what can be done with it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use serde_json::Value;

use super::back::{self, ReturnView};
use super::moves::LONGEST_REASON;
use super::notes::LONGEST_NOTE;
use super::{Badge, badges, money};
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::{Field, Mistake};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::language::Language;
use crate::mail::{self, Mail};
use crate::orders::book::{self, Details, Entry, Line};
use crate::orders::{self, Address, AddressKind, Event, EventKind, Handover, Payment};
use crate::payments::{self, ReceiptRow, RefundRow};
use crate::staff::{Permission, Rule, to};
use crate::values::Country;
use crate::web::{Form, Html, countries, dates};

#[derive(Template)]
#[template(path = "admin/orders/show.html")]
struct OrderPage {
    shell: Desk,
    action: String,
    number: String,
    placed: String,
    email: String,
    badges: Vec<Badge>,
    /// Whether no real money moves for it.
    is_test: bool,
    /// Who ordered: names and values.
    person: Vec<(&'static str, String)>,
    /// Her words; empty for none.
    message: String,
    lines: Vec<LineView>,
    returns: Vec<ReturnView>,
    mails: Vec<MailView>,
    /// Addresses of the pictures by which she has shown that she has paid.
    proofs: Vec<String>,
    /// Refunds that somebody has to send: address and amount.
    to_send: Vec<(String, String)>,
    /// Which units go was typed wrongly; empty for nothing.
    ship_error: String,
    answer_error: String,
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
    /// The field for money that was sent back.
    sending: Vec<Field>,
    note: Vec<Field>,
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
    position: i64,
    /// What can still be sent of it, and what was typed of that.
    left: i64,
    typed: String,
}

struct MailView {
    href: String,
    subject: String,
    details: String,
    is_bad: bool,
}

struct EventView {
    text: String,
    /// A note, a reason, a reference; empty for none.
    words: String,
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
    /// Say that money was sent back by hand: that can be even when all of it is promised.
    refund_sent: bool,
    /// Tell her that it can be fetched.
    ready: bool,
    /// Decide on returns.
    decide: bool,
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
    returns: Vec<book::Back>,
    proofs: usize,
    mails: Vec<Mail>,
    details: Details,
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
        returns: book::returns_of(conn, id)?,
        proofs: book::proofs_of(conn, id)?.len(),
        mails: mail::of_order(conn, id)?,
        details: book::details_of(conn, id)?,
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
    let told = |event: &Event| event.kind == EventKind::Ready.code();
    let is_fetched =
        sheet.details.delivery_kind == Handover::Pickup.code() && !sheet.events.iter().any(told);
    Can {
        receive: is_open && is_short && staff.may(Permission::ChangeOrders),
        ship: is_open && is_to_be_sent && staff.may(Permission::ShipOrders),
        cancel: is_to_end && sheet.kept == 0 && staff.may(Permission::ChangeOrders),
        call_off: is_to_end && sheet.kept > 0 && staff.may(Permission::RefundOrders),
        refund: has_money && staff.may(Permission::RefundOrders),
        refund_sent: staff.may(Permission::RefundOrders),
        ready: is_open && is_to_be_sent && is_fetched && staff.may(Permission::ShipOrders),
        decide: staff.may(Permission::ChangeOrders),
    }
}

fn view(mut shell: Desk, sheet: &Sheet, sent: &Sent<'_>, can: Can) -> OrderPage {
    let order = &sheet.order;
    let [parcel, link, receipt, ending, sending, note] = fields(&shell, sent);
    let empty = Form::default();
    let form = sent.form.unwrap_or(&empty);
    let wrong = |name: &str| {
        let own = sent.mistakes.iter().find(|(of, _)| *of == name);
        own.map(|(_, key)| shell.t(key).to_owned()).unwrap_or_default()
    };
    let (ship_error, answer_error) = (wrong("ship"), wrong("answer"));
    let action = shell.href(&format!("/admin/orders/{}", order.number)).into_owned();
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
        number: order.number.clone(),
        person: person(&shell, sheet),
        message: sheet.details.note.clone(),
        returns: back::returns(&shell, (order, &sheet.lines), &sheet.returns, form),
        mails: sheet.mails.iter().map(|mail| mail_view(&shell, &action, mail)).collect(),
        proofs: (1..=sheet.proofs).map(|n| format!("{action}/proofs/{n}")).collect(),
        to_send: to_send(&shell, &action, sheet),
        ship_error,
        answer_error,
        sending,
        note,
        action,
        placed: dates::instant(&shell, order.placed_at),
        email: order.email.clone(),
        badges: badges(&shell, order),
        is_test: sheet.is_test,
        lines: sheet
            .lines
            .iter()
            .map(|line| line_view(&shell, line, (&order.currency, form)))
            .collect(),
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

fn fields(shell: &Desk, sent: &Sent<'_>) -> [Vec<Field>; 6] {
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
        vec![field("sent", "order-reference", 200)],
        vec![Field { kind: "textarea", ..field("note", "note-field", LONGEST_NOTE) }],
    ]
}

/// Who ordered, as far as she is not forgotten.
fn person(shell: &Desk, sheet: &Sheet) -> Vec<(&'static str, String)> {
    let details = &sheet.details;
    let method = Payment::parse(&sheet.order.payment_method);
    let language = Language::parse(&details.locale).map(Language::own_name).unwrap_or_default();
    let rows = [
        ("admin-email", sheet.order.email.clone()),
        ("order-phone", details.phone.clone()),
        ("orders-language", language.to_owned()),
        (
            "orders-method",
            method.map(|method| shell.t(method.text()).to_owned()).unwrap_or_default(),
        ),
        ("orders-fulfilment", details.delivery_name.clone()),
    ];
    rows.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

fn mail_view(shell: &Desk, action: &str, mail: &Mail) -> MailView {
    let state = shell.t(&format!("mail-{}", mail.status)).to_owned();
    let at = dates::brief(shell, mail.sent_at.unwrap_or(mail.created_at));
    MailView {
        href: format!("{action}/mails/{}", mail.id),
        subject: mail.subject.clone(),
        details: [mail.recipient.as_str(), &state, &at].join(", "),
        is_bad: mail.status == "failed",
    }
}

/// What somebody has to send back by hand.
fn to_send(shell: &Desk, action: &str, sheet: &Sheet) -> Vec<(String, String)> {
    let by_hand =
        sheet.refunds.iter().filter(|row| matches!(row.status.as_str(), "by_hand" | "failed"));
    let view = |row: &RefundRow| {
        (format!("{action}/refunds/{}", row.id), money(shell, row.amount, &sheet.order.currency))
    };
    by_hand.map(view).collect()
}

fn line_view(shell: &Desk, line: &Line, (currency, form): (&str, &Form)) -> LineView {
    let left = if line.requires_shipping { line.quantity - line.shipped } else { 0 };
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
        position: line.position,
        left,
        typed: match form.find(&format!("ship-{}", line.position)) {
            Some(typed) => typed.to_owned(),
            None => left.to_string(),
        },
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
    let data: Value = event.read().unwrap_or_default();
    let words = ["note", "reason", "reference", "tracking_number"];
    let words = words.into_iter().filter_map(|key| data[key].as_str());
    EventView {
        words: words.collect::<Vec<_>>().join(", "),
        text: shell.t(&format!("event-{}", event.kind)).to_owned(),
        actor: event.actor.strip_prefix("staff:").unwrap_or(&event.actor).to_owned(),
        at: dates::instant(shell, event.at),
        instant: event.at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
    }
}
