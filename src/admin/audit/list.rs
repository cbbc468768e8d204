//! `GET /admin/audit`: newest first, a page at a time.

use askama::Template;

use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::audit::{self, Action, Entry, Wanted};
use crate::error::Result;
use crate::staff::to;
use crate::web::{Html, dates};

#[derive(Template)]
#[template(path = "admin/audit/list.html")]
struct AuditPage {
    shell: Desk,
    entries: Vec<EntryView>,
    /// What can be looked for: code, words, chosen.
    actions: Vec<(&'static str, String, bool)>,
    /// As typed.
    text: String,
    /// The address of what is older; empty for nothing.
    older: String,
    is_first: bool,
    first: String,
}

struct EntryView {
    sequence: i64,
    at: String,
    instant: String,
    actor: String,
    action: String,
    entity: String,
    address: String,
    before: String,
    after: String,
}

/// Entries of a page.
const PAGE: usize = 50;

pub async fn show(staff: Allowed<to::ViewAudit>) -> Result<Html> {
    let query = staff.visit().query()?;
    let action = query.get("action").and_then(Action::parse);
    let text = query.get("q").unwrap_or_default().trim().to_owned();
    let before = query.get("before").and_then(|text| text.parse().ok());
    let wanted = Wanted { action, text: text.clone(), before };
    let most = PAGE + 1;
    let find = move |conn: &mut _| audit::list(conn, &wanted, most);
    let found = staff.visit().shop.db.read(find).await?;
    let shell = staff.desk("admin-audit");
    let first = address(&shell, action, &text);
    let older = match found.get(PAGE - 1) {
        Some(last) if found.len() > PAGE => format!("{first}&before={}", last.sequence),
        _ => String::new(),
    };
    let page = AuditPage {
        entries: found.iter().take(PAGE).map(|entry| view(&shell, entry)).collect(),
        actions: Action::ALL
            .iter()
            .map(|known| (known.code(), words(&shell, known.code()), Some(*known) == action))
            .collect(),
        is_first: before.is_none(),
        older,
        first,
        text,
        shell,
    };
    Ok(Html::page(&page)?.personal())
}

fn address(shell: &Desk, action: Option<Action>, text: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("action", action.map_or("", Action::code)).append_pair("q", text);
    format!("{}?{}", shell.href("/admin/audit"), query.finish())
}

fn words(shell: &Desk, action: &str) -> String {
    shell.t(&format!("deed-{action}")).to_owned()
}

fn view(shell: &Desk, entry: &Entry) -> EntryView {
    let entity = match (entry.entity_kind.as_str(), entry.entity.as_str()) {
        ("order", number) => shell.with("entity-order", "number", number),
        ("draft", id) => shell.with("entity-draft", "id", id),
        ("staff", id) => shell.with("entity-staff", "id", id),
        ("customer", "") => shell.t("entity-guest").to_owned(),
        ("customer", id) => shell.with("entity-customer", "id", id),
        ("message", id) => shell.with("entity-message", "id", id),
        ("product", id) => shell.with("entity-product", "id", id),
        ("block", id) => shell.with("entity-block", "id", id),
        ("redirect", path) => path.to_owned(),
        ("page", id) => shell.with("entity-page", "id", id),
        ("stocktake", id) => shell.with("entity-stocktake", "id", id),
        ("variant" | "tag", name) => name.to_owned(),
        ("category", id) => shell.with("entity-category", "id", id),
        ("brand", id) => shell.with("entity-brand", "id", id),
        ("attribute", id) => shell.with("entity-attribute", "id", id),
        ("role", id) => shell.with("entity-role", "id", id),
        _ => shell.t("entity-shop").to_owned(),
    };
    let actor = match entry.actor_kind.as_str() {
        "operator" if entry.actor_name.is_empty() => shell.t("actor-operator").to_owned(),
        "operator" => shell.with("actor-operator-named", "name", &entry.actor_name),
        "nobody" => shell.t("actor-nobody").to_owned(),
        _ => entry.actor_name.clone(),
    };
    let told = |json: &str| if json == "{}" { String::new() } else { json.to_owned() };
    EntryView {
        sequence: entry.sequence,
        at: dates::instant(shell, entry.happened_at),
        instant: entry.happened_at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        actor,
        action: words(shell, &entry.action),
        entity,
        address: entry.address.clone(),
        before: told(&entry.before),
        after: told(&entry.after),
    }
}
