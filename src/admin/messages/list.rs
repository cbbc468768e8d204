//! `GET /admin/messages`: what was written to the shop, found by name, e-mail address and the number of
//! an order.

use askama::Template;

use super::writer;
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::listing::{Pages, Tab, address};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::MessageId;
use crate::messages::State;
use crate::messages::book::{self, Message, Wanted};
use crate::staff::to;
use crate::web::{Html, dates};

#[derive(Template)]
#[template(path = "admin/messages/list.html")]
struct MessagesPage {
    shell: Desk,
    tabs: Vec<Tab>,
    /// The code of the state that is shown.
    state: &'static str,
    /// As typed.
    text: String,
    rows: Vec<RowView>,
    pages: Pages,
}

struct RowView {
    href: String,
    writer: String,
    topic: String,
    number: String,
    /// How it begins.
    words: String,
    /// In which state it is, where all are shown; empty elsewhere.
    state: String,
    at: String,
}

const HERE: &str = "/admin/messages";
/// Messages of a page.
const PAGE: usize = 50;
/// So many letters of each are shown.
const SHOWN: usize = 120;
/// In the address: of any state.
const ALL: &str = "all";

/// What an address asks for.
struct Asked {
    /// `None` for any.
    state: Option<State>,
    text: String,
}

impl Asked {
    fn state(&self) -> &'static str {
        self.state.map_or(ALL, State::code)
    }
}

pub async fn show(staff: Allowed<to::ViewCustomers>) -> Result<Html> {
    let query = staff.visit().query()?;
    let of = |name| query.get(name).unwrap_or_default().trim();
    let asked = Asked {
        state: if of("state") == ALL {
            None
        } else {
            State::parse(of("state")).or(Some(State::Open))
        },
        text: of("q").to_owned(),
    };
    let before = of("before").parse().ok().map(MessageId);
    let text = Some(asked.text.clone()).filter(|text| !text.is_empty());
    let wanted = Wanted { state: asked.state, text, before };
    let load = move |conn: &mut Conn| book::list(conn, &wanted, PAGE as i64 + 1);
    let found = staff.visit().shop.db.read(load).await?;
    let shell = staff.desk("admin-messages");
    let last = found.get(PAGE - 1).filter(|_| found.len() > PAGE).map(|last| last.id);
    let page = MessagesPage {
        rows: found.iter().take(PAGE).map(|message| row(&shell, message, &asked)).collect(),
        tabs: tabs(&shell, &asked),
        pages: Pages {
            next: last.map(|last| href(&shell, &asked, &last.to_string())).unwrap_or_default(),
            first: before.map(|_| href(&shell, &asked, "")).unwrap_or_default(),
        },
        state: asked.state(),
        text: asked.text,
        shell,
    };
    Ok(Html::page(&page)?.personal())
}

fn row(shell: &Desk, message: &Message, asked: &Asked) -> RowView {
    let words = message.body.split_whitespace().collect::<Vec<_>>().join(" ");
    RowView {
        href: super::address(shell, message),
        writer: writer(message).to_owned(),
        topic: shell.t(&format!("topic-{}", message.topic)).to_owned(),
        number: message.order_number.clone(),
        words: match words.char_indices().nth(SHOWN) {
            Some((at, _)) => format!("{}…", &words[..at]),
            None => words,
        },
        state: match asked.state {
            Some(_) => String::new(),
            None => shell.t(&format!("message-is-{}", message.status)).to_owned(),
        },
        at: dates::brief(shell, message.written_at),
    }
}

fn href(shell: &Desk, asked: &Asked, before: &str) -> String {
    let query = [("state", asked.state()), ("q", asked.text.as_str()), ("before", before)];
    address(&shell.href(HERE), &query)
}

fn tabs(shell: &Desk, asked: &Asked) -> Vec<Tab> {
    let tab = |state: Option<State>| {
        let wanted = Asked { state, text: asked.text.clone() };
        Tab {
            href: href(shell, &wanted, ""),
            text: shell.t(&format!("messages-{}", wanted.state())).to_owned(),
            is_current: state == asked.state,
        }
    };
    State::ALL.into_iter().map(Some).chain([None]).map(tab).collect()
}
