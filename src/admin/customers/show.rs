//! `GET /admin/customers/{whom}`: a customer or a guest: what she bought, where she lives, what the
//! staff know of her, and what can be done for her.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use std::collections::BTreeMap;

use super::{address, find, name_of};
use crate::addresses;
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::{Field, Mistake};
use crate::admin::orders::money;
use crate::blocks::{self, Block};
use crate::customers::book::{self, Bought, MOST_SUMMED, Note, Whom};
use crate::db::Conn;
use crate::error::Result;
use crate::language::Language;
use crate::newsletter;
use crate::sessions::{self, Session, Who};
use crate::staff::{Permission, Rule, to};
use crate::values::Country;
use crate::web::{Form, Html, countries, dates};

/// The most letters of a note, and of a reason.
pub(super) const LONGEST_NOTE: usize = 500;

#[derive(Template)]
#[template(path = "admin/customers/show.html")]
struct CustomerPage {
    shell: Desk,
    action: String,
    email: String,
    is_guest: bool,
    /// Why she is shut out, and by whom; empty for nothing.
    blocked: String,
    /// By a pattern that stands for many: that is let in elsewhere.
    is_blocked_by_many: bool,
    person: Vec<(&'static str, String)>,
    /// Words and sum, one for each currency.
    totals: Vec<(String, String)>,
    orders: Vec<OrderView>,
    /// All her orders.
    all_orders: String,
    addresses: Vec<Vec<String>>,
    notes: Vec<(String, String)>,
    devices: Vec<(String, String)>,
    done: String,
    error: String,
    note: Vec<Field>,
    group: Vec<Field>,
    seen_group: String,
    reason: Vec<Field>,
    can: Can,
}

struct OrderView {
    href: String,
    number: String,
    at: String,
    status: String,
    total: String,
}

/// What she of the staff may.
struct Can {
    change: bool,
    export: bool,
    erase: bool,
    orders: bool,
}

/// What was sent and refused.
#[derive(Default)]
pub(super) struct Sent<'a> {
    pub form: Option<&'a Form>,
    /// The key of what is wrong with the whole; empty for nothing.
    pub error: &'static str,
    pub mistakes: &'a [Mistake],
    pub is_meanwhile: bool,
}

/// What the books say of her.
struct Sheet {
    whom: Whom,
    bought: Vec<Bought>,
    addresses: Vec<addresses::Entry>,
    notes: Vec<Note>,
    sessions: Vec<Session>,
    subscribed: Option<chrono::NaiveDateTime>,
    block: Option<Block>,
}

/// Orders that are shown.
const SHOWN: usize = 10;

pub async fn show(staff: Allowed<to::ViewCustomers>, whom: Path<String>) -> Result<HttpResponse> {
    page(&staff, find(&staff, &whom).await?, &Sent::default()).await
}

pub(super) async fn page<R: Rule>(
    staff: &Allowed<R>,
    whom: Whom,
    sent: &Sent<'_>,
) -> Result<HttpResponse> {
    let now = staff.visit().now;
    let load = move |conn: &mut Conn| load(conn, &whom, now);
    let sheet = staff.visit().shop.db.read(load).await?;
    let status = match (sent.is_meanwhile, sent.error.is_empty() && sent.mistakes.is_empty()) {
        (true, _) => StatusCode::CONFLICT,
        (_, true) => StatusCode::OK,
        (_, false) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let query = staff.visit().query()?;
    let done = if sent.form.is_some() { None } else { query.get("done") };
    let can = Can {
        change: staff.may(Permission::ChangeCustomers),
        export: staff.may(Permission::ExportCustomers),
        erase: staff.may(Permission::EraseCustomers),
        orders: staff.may(Permission::ViewOrders),
    };
    let page = view(staff.desk("admin-customers"), &sheet, (sent, done), can);
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn load(conn: &mut Conn, whom: &Whom, now: chrono::NaiveDateTime) -> Result<Sheet> {
    let id = whom.customer();
    let subscriber = newsletter::find_mailbox(conn, whom.email())?;
    Ok(Sheet {
        bought: book::bought(conn, whom)?,
        addresses: id.map(|id| addresses::list(conn, id)).transpose()?.unwrap_or_default(),
        notes: id.map(|id| book::notes(conn, id)).transpose()?.unwrap_or_default(),
        sessions: match id {
            Some(id) => sessions::list(conn, Who::Customer(id), now)?,
            None => Vec::new(),
        },
        subscribed: subscriber.map(|subscriber| subscriber.confirmed_at),
        block: blocks::find(conn, whom.email())?,
        whom: whom.clone(),
    })
}

fn view(
    mut shell: Desk,
    sheet: &Sheet,
    (sent, done): (&Sent<'_>, Option<&str>),
    can: Can,
) -> CustomerPage {
    let whom = &sheet.whom;
    shell.shell.head.title = match whom.name() {
        "" => whom.email().to_owned(),
        name => name.to_owned(),
    };
    let said = |key: &str| if key.is_empty() { String::new() } else { shell.t(key).to_owned() };
    let query: String = form_urlencoded::byte_serialize(whom.email().as_bytes()).collect();
    let group = match whom {
        Whom::Customer(customer) => customer.group.clone(),
        Whom::Guest(_) => String::new(),
    };
    CustomerPage {
        action: address(&shell, whom),
        email: whom.email().to_owned(),
        is_guest: whom.customer().is_none(),
        blocked: sheet.block.as_ref().map(|block| blocked(&shell, block)).unwrap_or_default(),
        is_blocked_by_many: sheet.block.as_ref().is_some_and(|block| block.pattern.contains('*')),
        person: person(&shell, sheet),
        totals: totals(&shell, &sheet.bought),
        orders: sheet.bought.iter().take(SHOWN).map(|order| order_view(&shell, order)).collect(),
        all_orders: match sheet.bought.len() > SHOWN {
            true => shell.href(&format!("/admin/orders?q={query}")).into_owned(),
            false => String::new(),
        },
        addresses: sheet.addresses.iter().map(|entry| lines(&shell, entry)).collect(),
        notes: sheet.notes.iter().map(|note| note_view(&shell, note)).collect(),
        devices: sheet.sessions.iter().map(|session| device(&shell, session)).collect(),
        done: match done {
            Some("noted") => said("customer-done-noted"),
            Some("group") => said("customer-done-group"),
            Some("blocked") => said("customer-done-blocked"),
            Some("unblocked") => said("customer-done-unblocked"),
            Some("merged") => said("customer-done-merged"),
            _ => String::new(),
        },
        error: said(sent.error),
        note: vec![note_field(&shell, sent)],
        group: vec![group_field(&shell, &group, sent)],
        seen_group: group,
        reason: vec![reason_field(&shell, sent)],
        can,
        shell,
    }
}

fn blocked(shell: &Desk, block: &Block) -> String {
    let told = [
        ("pattern", block.pattern.clone().into()),
        ("reason", block.reason.clone().into()),
        ("name", name_of(&block.actor).to_owned().into()),
        ("at", dates::brief(shell, block.blocked_at).into()),
    ];
    shell.texts().with("customer-is-blocked", &told)
}

fn person(shell: &Desk, sheet: &Sheet) -> Vec<(&'static str, String)> {
    let mut rows = vec![("admin-email", sheet.whom.email().to_owned())];
    if let Whom::Customer(customer) = &sheet.whom {
        let language = Language::parse(&customer.locale).map(Language::own_name);
        rows.push(("orders-language", language.unwrap_or_default().to_owned()));
        rows.push(("customer-since", dates::instant(shell, customer.created_at)));
    }
    let news = match sheet.subscribed {
        Some(at) => shell.with("customer-news-since", "at", dates::instant(shell, at)),
        None => shell.t("customer-no-news").to_owned(),
    };
    rows.push(("customer-news", news));
    rows
}

/// What she has bought in each currency; what was cancelled or never paid is none of it.
fn totals(shell: &Desk, bought: &[Bought]) -> Vec<(String, String)> {
    let counts = |order: &&Bought| matches!(order.status.as_str(), "placed" | "completed");
    let mut sums: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    for order in bought.iter().filter(counts) {
        let (count, sum) = sums.entry(&order.currency).or_default();
        *count += 1;
        *sum = sum.saturating_add(order.total_amount);
    }
    let is_cut = bought.len() as i64 >= MOST_SUMMED;
    let key = if is_cut { "customer-orders-over" } else { "customer-orders" };
    let row = |(currency, (count, sum)): (&str, (i64, i64))| {
        (shell.count(key, count), money(shell, sum, currency))
    };
    sums.into_iter().map(row).collect()
}

fn order_view(shell: &Desk, order: &Bought) -> OrderView {
    OrderView {
        href: shell.href(&format!("/admin/orders/{}", order.number)).into_owned(),
        number: order.number.clone(),
        at: dates::brief(shell, order.placed_at),
        status: shell.t(&format!("order-status-{}", order.status)).to_owned(),
        total: money(shell, order.total_amount, &order.currency),
    }
}

fn lines(shell: &Desk, entry: &addresses::Entry) -> Vec<String> {
    let mut lines = entry.address.lines();
    let country = Country::parse(&entry.address.country);
    lines.extend(country.map(|country| countries::name(shell, country)));
    lines.extend(Some(entry.phone.clone()).filter(|phone| !phone.is_empty()));
    lines
}

fn note_view(shell: &Desk, note: &Note) -> (String, String) {
    let by = format!("{}, {}", name_of(&note.actor), dates::brief(shell, note.noted_at));
    (note.body.clone(), by)
}

fn device(shell: &Desk, session: &Session) -> (String, String) {
    let device = match session.device.as_str() {
        "" => shell.t("admin-unknown-device").to_owned(),
        device => device.to_owned(),
    };
    (device, dates::brief(shell, session.seen_at))
}

fn field(shell: &Desk, (name, label): (&'static str, &'static str), sent: &Sent<'_>) -> Field {
    let empty = Form::default();
    Field::text(shell, name, label, sent.form.unwrap_or(&empty)).with(shell, sent.mistakes)
}

fn note_field(shell: &Desk, sent: &Sent<'_>) -> Field {
    Field { kind: "textarea", most: LONGEST_NOTE, ..field(shell, ("note", "customer-note"), sent) }
}

fn group_field(shell: &Desk, now: &str, sent: &Sent<'_>) -> Field {
    let field = field(shell, ("group", "customer-group"), sent);
    let is_typed = sent.form.is_some_and(|form| form.find("group").is_some());
    let value = if is_typed { field.value.clone() } else { now.to_owned() };
    Field { value, is_optional: true, ..field }.hint(shell.t("customer-group-hint"))
}

fn reason_field(shell: &Desk, sent: &Sent<'_>) -> Field {
    let field = field(shell, ("reason", "customer-block-reason"), sent);
    Field { is_optional: true, most: 200, ..field }.hint(shell.t("customer-block-reason-hint"))
}
