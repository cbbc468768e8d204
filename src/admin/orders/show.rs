//! `GET /admin/orders/{number}`: everything about an order, and what can be done with it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::back::{self, ReturnView};
use super::can::{Can, can};
use super::moves::LONGEST_REASON;
use super::notes::LONGEST_NOTE;
use super::sheet::{Sheet, load};
use super::told::{
    EventView, LineView, MailView, address, event_view, line_view, mail_view, money_rows, person,
    to_send, totals,
};
use super::{Badge, badges, money};
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::{Field, Mistake};
use crate::audit::Action;
use crate::error::{Error, Result};
use crate::money::{Currency, Money};
use crate::orders::LONGEST_STOP;
use crate::staff::{Rule, to};
use crate::web::{Form, Html, dates};

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
    /// What was done just now; empty for nothing.
    done: String,
    can: Can,
    /// The fields for a parcel: by whom it goes, and where it can be followed.
    parcel: Vec<Field>,
    link: Vec<Field>,
    /// The fields for money that has arrived.
    receipt: Vec<Field>,
    /// Why it is kept back; empty where it is not.
    stopped: String,
    /// The field for why it is to be.
    stop: Vec<Field>,
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
    let asked = staff.visit().query()?;
    let done = asked.get("done").and_then(Action::parse);
    let done = done.map(|action| shell.t(&format!("deed-{}", action.code())).to_owned());
    let page = OrderPage {
        done: done.unwrap_or_default(),
        ..view(shell, &sheet, sent, can(staff, &sheet))
    };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn view(mut shell: Desk, sheet: &Sheet, sent: &Sent<'_>, can: Can) -> OrderPage {
    let order = &sheet.order;
    let unsent = Form::default().with(vec![("amount".to_owned(), owed(&shell, sheet))]);
    let form = sent.form.unwrap_or(&unsent);
    let [parcel, link, receipt, stop, ending, sending, note] = fields(&shell, form, sent.mistakes);
    let wrong = |name: &str| {
        let own = sent.mistakes.iter().find(|(of, _)| *of == name);
        own.map(|(_, key)| shell.t(key).to_owned()).unwrap_or_default()
    };
    let (ship_error, answer_error) = (wrong("ship"), wrong("answer"));
    let action = shell.href(&format!("/admin/orders/{}", order.number)).into_owned();
    shell.shell.head.title = shell.with("order-number", "number", &order.number);
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
        totals: totals(&shell, order),
        done: String::new(),
        error: if sent.error.is_empty() { String::new() } else { shell.t(sent.error).to_owned() },
        can,
        parcel,
        link,
        receipt,
        stopped: match order.stopped() {
            Some(reason) => shell.with("stop-stopped", "reason", reason),
            None => String::new(),
        },
        stop,
        ending,
        shell,
    }
}

/// What is still to be paid, as it is typed; empty for nothing.
fn owed(shell: &Desk, sheet: &Sheet) -> String {
    let minor = sheet.order.total_amount - sheet.kept;
    let currency = Currency::from_letters(&sheet.order.currency).filter(|_| minor > 0);
    let owed = currency.map(|currency| Money::new(minor, currency));
    owed.map(|owed| owed.typed(shell.language().code())).unwrap_or_default()
}

fn fields(shell: &Desk, form: &Form, mistakes: &[Mistake]) -> [Vec<Field>; 7] {
    let field = |name, label, most| {
        Field { most, ..Field::text(shell, name, label, form) }.with(shell, mistakes)
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
        vec![field("stop", "stop-reason", LONGEST_STOP)],
        vec![optional(field("reason", "orders-cancel-reason", LONGEST_REASON))],
        vec![field("sent", "order-reference", 200)],
        vec![Field { kind: "textarea", ..field("note", "note-field", LONGEST_NOTE) }],
    ]
}
