//! `GET /admin/discounts`: all of them, in the order in which they are applied.

use askama::Template;

use super::{Badge, badge, in_words};
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::listing::{Pages, Tab, address};
use crate::admin::rulebook::window;
use crate::error::Result;
use crate::money::Money;
use crate::promotions::desk::{self, After, Listed, State};
use crate::staff::to;
use crate::web::Html;

#[derive(Template)]
#[template(path = "admin/discounts/list.html")]
struct DiscountsPage {
    shell: Desk,
    tabs: Vec<Tab>,
    discounts: Vec<DiscountView>,
    pages: Pages,
    /// Whether nothing at all was asked for: then an empty list is a shop without any.
    is_everything: bool,
}

struct DiscountView {
    href: String,
    name: String,
    gives: String,
    badge: Badge,
    opens: String,
    when: String,
    used: String,
    given: String,
}

/// Discounts of a page.
const PAGE: i64 = 50;

pub async fn show(staff: Allowed<to::ChangeDiscounts>) -> Result<Html> {
    let (visit, query) = (staff.visit(), staff.visit().query()?);
    let state = query.get("state").and_then(State::parse);
    let after = query.get("after").and_then(After::parse);
    let (now, from) = (visit.now, after.clone());
    let load = move |conn: &mut _| desk::list(conn, (state, now), from.as_ref(), PAGE + 1);
    let found = visit.shop.db.read(load).await?;
    let shell = staff.desk("admin-discounts");
    let shown = found.iter().take(PAGE as usize);
    let page = DiscountsPage {
        tabs: tabs(&shell, state),
        discounts: shown.map(|listed| view(&shell, listed)).collect(),
        pages: pages(&shell, (state, after), &found),
        is_everything: state.is_none(),
        shell,
    };
    Ok(Html::page(&page)?.personal())
}

fn href(shell: &Desk, state: Option<State>, after: &str) -> String {
    let state = state.map_or("", State::code);
    address(&shell.href("/admin/discounts"), &[("state", state), ("after", after)])
}

fn tabs(shell: &Desk, now: Option<State>) -> Vec<Tab> {
    let states = State::ALL.into_iter().map(Some);
    let tab = |state: Option<State>| {
        let key = state.map_or("all", State::code);
        let text = shell.t(&format!("discounts-{key}")).to_owned();
        Tab { href: href(shell, state, ""), text, is_current: state == now }
    };
    std::iter::once(None).chain(states).map(tab).collect()
}

fn pages(shell: &Desk, (state, after): (Option<State>, Option<After>), found: &[Listed]) -> Pages {
    let next = match found.get(PAGE as usize - 1) {
        Some(last) if found.len() > PAGE as usize => {
            href(shell, state, &After::of(&last.rule).code())
        }
        _ => String::new(),
    };
    let first = after.map(|_| href(shell, state, "")).unwrap_or_default();
    Pages { first, next }
}

fn view(shell: &Desk, listed: &Listed) -> DiscountView {
    let Listed { id, rule, state, codes, used, given } = listed;
    let name = match shell.local(&rule.name) {
        "" => rule.slug.as_str(),
        name => name,
    };
    DiscountView {
        href: shell.href(&format!("/admin/discounts/{id}")).into_owned(),
        name: name.to_owned(),
        gives: in_words(shell, rule),
        badge: badge(shell, *state),
        opens: match codes {
            _ if rule.is_automatic() => shell.t("discount-automatic").to_owned(),
            None => shell.t("discount-no-codes").to_owned(),
            Some((1, code)) => code.clone(),
            Some((count, _)) => shell.count("discount-codes-count", *count),
        },
        when: window(shell, rule.starts_at, rule.ends_at),
        used: match rule.usage_limit {
            Some(limit) => shell
                .texts()
                .with("discount-used-of", &[("count", (*used).into()), ("limit", limit.into())]),
            None => used.to_string(),
        },
        given: shell.money(&Money::new(*given, rule.currency)),
    }
}
