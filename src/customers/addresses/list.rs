//! `GET /account/addresses`.

use askama::Template;

use crate::addresses::{self, Entry, MOST};
use crate::customers::Member;
use crate::error::Result;
use crate::orders::address_lines;
use crate::web::{Head, Html, Shell};

#[derive(Template)]
#[template(path = "customers/addresses/list.html")]
struct AddressesPage {
    shell: Shell,
    /// What has just been done; may be empty.
    done: String,
    addresses: Vec<AddressView>,
    /// That there is no place left; else empty.
    full: String,
}

struct AddressView {
    id: i64,
    name: String,
    lines: Vec<String>,
    phone: String,
    is_for_delivery: bool,
    is_for_billing: bool,
}

pub async fn show(member: Member) -> Result<Html> {
    let Member { visit, customer } = &member;
    let owner = customer.id;
    let entries = visit.shop.db.read(move |conn| addresses::list(conn, owner)).await?;
    let mut shell = visit.shell(Head::of_account());
    shell.head.title = shell.t("addresses-heading").to_owned();
    let done = match visit.query()?.get("done") {
        Some("added") => "addresses-added",
        Some("known") => "addresses-known",
        Some("changed") => "addresses-changed",
        Some("removed") => "addresses-removed",
        Some("usual") => "addresses-usual",
        _ => "",
    };
    let is_full = entries.len() >= usize::try_from(MOST).unwrap_or(usize::MAX);
    let page = AddressesPage {
        done: if done.is_empty() { String::new() } else { shell.t(done).to_owned() },
        full: if is_full { shell.count("addresses-full", MOST) } else { String::new() },
        addresses: entries.iter().map(|entry| view(&shell, entry)).collect(),
        shell,
    };
    Ok(Html::page(&page)?.personal())
}

fn view(shell: &Shell, entry: &Entry) -> AddressView {
    let mut lines = address_lines(shell, &entry.address);
    AddressView {
        id: entry.id.0,
        name: lines.remove(0),
        lines,
        phone: entry.phone.clone(),
        is_for_delivery: entry.is_for_delivery,
        is_for_billing: entry.is_for_billing,
    }
}
