//! `GET /admin/messages/{id}`: a message, what was answered, and who wrote it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::{address, writer};
use crate::admin::Allowed;
use crate::admin::customers;
use crate::admin::desk::Desk;
use crate::admin::field::{Field, Mistake};
use crate::admin::orders::money;
use crate::customers::book::{self as customer_book, Bought, Whom};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::MessageId;
use crate::language::Language;
use crate::messages::book::{self, Entry, Message};
use crate::messages::{LONGEST, State};
use crate::orders::{self, OrderNumber};
use crate::promotions::CustomerKey;
use crate::staff::{Permission, Rule, to};
use crate::web::{Form, Html, dates};

#[derive(Template)]
#[template(path = "admin/messages/show.html")]
struct MessagePage {
    shell: Desk,
    action: String,
    message: Message,
    at: String,
    topic: String,
    state: String,
    tone: &'static str,
    /// Label and value.
    person: Vec<(&'static str, String)>,
    /// Where she has a page; empty for nowhere.
    customer: String,
    is_proven: bool,
    /// What is so of the order that she names; empty for nothing.
    ordered: String,
    orders: Vec<OrderView>,
    entries: Vec<EntryView>,
    answer: Vec<Field>,
    note: Vec<Field>,
    /// Where it can be put: the code, its words and what that does.
    ways: Vec<(&'static str, String, String)>,
    done: String,
    error: String,
    can: Can,
}

struct OrderView {
    href: String,
    number: String,
    note: String,
    total: String,
}

struct EntryView {
    /// Whether she was mailed it.
    is_answer: bool,
    body: String,
    by: String,
}

/// What she of the staff may.
struct Can {
    answer: bool,
    orders: bool,
}

/// What was sent and refused.
#[derive(Default)]
pub(super) struct Sent<'a> {
    pub form: Option<&'a Form>,
    pub mistakes: &'a [Mistake],
    /// Whether somebody else was faster.
    pub is_meanwhile: bool,
}

/// What the books say of it.
struct Sheet {
    message: Message,
    entries: Vec<Entry>,
    /// Whoever has the mailbox.
    whom: Option<Whom>,
    bought: Vec<Bought>,
    /// Whether the order that she names was placed with her address.
    is_her_order: bool,
}

/// Orders that are shown.
const SHOWN: usize = 5;

pub async fn show(staff: Allowed<to::ViewCustomers>, id: Path<i64>) -> Result<HttpResponse> {
    page(&staff, MessageId(*id), &Sent::default()).await
}

pub(super) async fn page<R: Rule>(
    staff: &Allowed<R>,
    id: MessageId,
    sent: &Sent<'_>,
) -> Result<HttpResponse> {
    let load = move |conn: &mut Conn| load(conn, id);
    let sheet = staff.visit().shop.db.read(load).await?.ok_or(Error::NotFound)?;
    let status = match (sent.is_meanwhile, sent.mistakes.is_empty()) {
        (true, _) => StatusCode::CONFLICT,
        (_, true) => StatusCode::OK,
        (_, false) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let query = staff.visit().query()?;
    let done = if sent.form.is_some() { None } else { query.get("done") };
    let can = Can {
        answer: staff.may(Permission::ChangeCustomers),
        orders: staff.may(Permission::ViewOrders),
    };
    let page = view(staff.desk("admin-messages"), sheet, (sent, done), can);
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn load(conn: &mut Conn, id: MessageId) -> Result<Option<Sheet>> {
    let Some(message) = book::find(conn, id)? else { return Ok(None) };
    let whom = customer_book::find_mailbox(conn, &message.email)?;
    let key = CustomerKey::of(&message.email);
    let order = match OrderNumber::parse(&message.order_number) {
        Some(number) => orders::find_by_number(conn, &number, &key)?,
        None => None,
    };
    let bought = whom.as_ref().map(|whom| customer_book::bought(conn, whom)).transpose()?;
    Ok(Some(Sheet {
        entries: book::entries(conn, id)?,
        bought: bought.unwrap_or_default(),
        is_her_order: order.is_some(),
        whom,
        message,
    }))
}

fn view(
    mut shell: Desk,
    sheet: Sheet,
    (sent, done): (&Sent<'_>, Option<&str>),
    can: Can,
) -> MessagePage {
    let message = sheet.message;
    shell.shell.head.title = writer(&message).to_owned();
    let state = State::parse(&message.status).unwrap_or(State::Open);
    MessagePage {
        action: address(&shell, &message),
        at: dates::instant(&shell, message.written_at),
        topic: shell.t(&format!("topic-{}", message.topic)).to_owned(),
        state: shell.t(&format!("message-is-{}", state.code())).to_owned(),
        tone: match state {
            State::Open => "warn",
            State::Done => "good",
            State::Spam => "",
        },
        person: person(&message),
        customer: sheet
            .whom
            .as_ref()
            .map(|whom| customers::address(&shell, whom))
            .unwrap_or_default(),
        is_proven: message.customer_id.is_some(),
        ordered: ordered(&shell, &message, sheet.is_her_order),
        orders: sheet.bought.iter().take(SHOWN).map(|order| order_view(&shell, order)).collect(),
        entries: sheet.entries.into_iter().map(|entry| entry_view(&shell, entry)).collect(),
        answer: vec![Field {
            lang: lang(&message),
            ..field(&shell, ("answer", "message-answer"), sent)
        }],
        note: vec![field(&shell, ("note", "customer-note"), sent)],
        ways: ways(&shell, state),
        done: told(&shell, done),
        error: match sent.is_meanwhile {
            true => shell.t("message-meanwhile").to_owned(),
            false => String::new(),
        },
        message,
        can,
        shell,
    }
}

fn person(message: &Message) -> Vec<(&'static str, String)> {
    let language = Language::parse(&message.locale).map(Language::own_name).unwrap_or_default();
    let name = Some(("admin-name", message.name.clone())).filter(|(_, name)| !name.is_empty());
    let language = ("orders-language", language.to_owned());
    name.into_iter().chain([language]).collect()
}

/// The language in which she reads the answer.
fn lang(message: &Message) -> &'static str {
    Language::parse(&message.locale).map_or("", Language::code)
}

/// An order that is not hers may be told to nobody who only knows its number.
fn ordered(shell: &Desk, message: &Message, is_hers: bool) -> String {
    match (message.order_number.as_str(), is_hers) {
        ("", _) => String::new(),
        (number, true) => shell.with("message-her-order", "number", number),
        (number, false) => shell.with("message-no-order", "number", number),
    }
}

fn order_view(shell: &Desk, order: &Bought) -> OrderView {
    let status = shell.t(&format!("order-status-{}", order.status)).to_owned();
    OrderView {
        href: shell.href(&format!("/admin/orders/{}", order.number)).into_owned(),
        number: order.number.clone(),
        note: format!("{}, {status}", dates::brief(shell, order.placed_at)),
        total: money(shell, order.total_amount, &order.currency),
    }
}

fn entry_view(shell: &Desk, entry: Entry) -> EntryView {
    let by = customers::name_of(&entry.actor);
    EntryView {
        is_answer: entry.kind == "answer",
        by: format!("{by}, {}", dates::brief(shell, entry.written_at)),
        body: entry.body,
    }
}

fn field(shell: &Desk, (name, label): (&'static str, &'static str), sent: &Sent<'_>) -> Field {
    let empty = Form::default();
    let field = Field::text(shell, name, label, sent.form.unwrap_or(&empty));
    Field { kind: "textarea", most: LONGEST, ..field }.with(shell, sent.mistakes)
}

/// Where it is not yet.
fn ways(shell: &Desk, state: State) -> Vec<(&'static str, String, String)> {
    let others = State::ALL.into_iter().filter(|other| *other != state);
    let way = |other: State| {
        let code = other.code();
        let words = shell.t(&format!("message-to-{code}")).to_owned();
        (code, words, shell.t(&format!("message-advice-{code}")).to_owned())
    };
    others.map(way).collect()
}

fn told(shell: &Desk, done: Option<&str>) -> String {
    match done {
        Some("answered") => shell.t("message-done-answered").to_owned(),
        Some("noted") => shell.t("customer-done-noted").to_owned(),
        Some("moved") => shell.t("message-done-moved").to_owned(),
        _ => String::new(),
    }
}
