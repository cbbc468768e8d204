//! To somebody for whom staff have put an order together: what is in it, and the link by which she
//! orders and pays it.

use askama::Template;

use super::letter::{Body, Letter};
use super::send;
use crate::cart::items;
use crate::db::Conn;
use crate::drafts::{self, Draft, Sent};
use crate::error::Result;
use crate::jobs::Task;
use crate::money::Money;
use crate::web::{Shell, Shop, View, dates};

#[derive(Template)]
#[template(path = "mail/draft_sent.html")]
struct DraftSent<'a> {
    shell: &'a Shell,
    subject: &'a str,
    said: &'a Said,
}

#[derive(Template)]
#[template(path = "mail/draft_sent.txt")]
struct DraftSentText<'a> {
    shell: &'a Shell,
    said: &'a Said,
}

struct Said {
    subject: String,
    /// Units and name.
    lines: Vec<(i64, String)>,
    total: String,
    until: String,
    href: String,
}

/// Writes it, unless it has become an order or nothing meanwhile.
pub(super) fn tell(conn: &mut Conn, shop: &Shop, task: &Task) -> Result<()> {
    let sent: Sent = task.about()?;
    let Some(draft) = drafts::find(conn, sent.draft)? else { return Ok(()) };
    let shell = Shell::of_shop(shop, draft.language, task.now);
    let said = said(conn, (shop, &shell), &draft, sent.total)?;
    let (shell, said, subject) = (&shell, &said, said.subject.as_str());
    let (html, text) = (DraftSent { shell, subject, said }, DraftSentText { shell, said });
    let letter = Letter {
        template: "draft_sent",
        recipient: draft.fields.get("email").to_owned(),
        language: draft.language,
        order: None,
        reply_to: shell.settings().email.clone(),
        body: Body::render(subject, &html, &text)?,
    };
    send::put(conn, &format!("{}/{}", task.kind, task.id), &letter, shop, task.now)
}

fn said(
    conn: &mut Conn,
    (shop, shell): (&Shop, &Shell),
    draft: &Draft,
    total: i64,
) -> Result<Said> {
    let (frame, language) = (shop.frame(), shell.language());
    let view = View { frame, language, group: None, now: shell.now() };
    let items = items(conn, &draft.cart.lines, &view)?;
    let lines = items.iter().filter_map(|item| {
        let goods = item.goods.as_ref()?;
        let name = shell.local(&goods.name);
        let name = match goods.options.as_str() {
            "" => name.to_owned(),
            options => format!("{name} ({options})"),
        };
        Some((item.line.quantity.get(), name))
    });
    Ok(Said {
        subject: shell.with("mail-draft-subject", "shop", shell.shop_name()),
        lines: lines.collect(),
        total: shell.money(&Money::new(total, shell.settings().currency)),
        until: dates::day(shell.texts(), draft.expires_at.date()),
        href: shell.full_href(&format!("/drafts/{}", draft.cart.id.as_str())),
    })
}
