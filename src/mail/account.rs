//! About an account: the links that are asked for, and what happened to it. The mail alone tells
//! whether an address is known; no page does.

use askama::Template;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::letter::{Body, Letter};
use super::send;
use crate::db::Conn;
use crate::db::schema::customer;
use crate::error::Result;
use crate::ids::{CustomerId, LinkId};
use crate::jobs::{self, Kind, NewJob, Queue, Task};
use crate::language::Language;
use crate::links::{self, Link, Purpose};
use crate::promotions::CustomerKey;
use crate::web::{Shell, Shop};

/// About an [`AccountNews`].
pub(super) const NEWS: Kind = Kind { queue: Queue::Shop, name: "mail.account" };

/// What happened to an account.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub enum AccountNews {
    PasswordChanged(CustomerId),
}

#[derive(Template)]
#[template(path = "mail/account.html")]
struct AccountMail<'a> {
    shell: &'a Shell,
    subject: &'a str,
    text: &'a str,
    href: &'a str,
    button: &'a str,
}

#[derive(Template)]
#[template(path = "mail/account.txt")]
struct AccountMailText<'a> {
    shell: &'a Shell,
    subject: &'a str,
    text: &'a str,
    href: &'a str,
    button: &'a str,
}

/// Has a customer told what happened, inside the caller's transaction.
pub fn tell_account(conn: &mut Conn, news: &AccountNews, now: NaiveDateTime) -> Result<()> {
    jobs::enqueue(conn, &NewJob::new(NEWS, news, now)?, now)
}

/// Writes the mail about what happened.
pub(super) fn tell(conn: &mut Conn, shop: &Shop, task: &Task) -> Result<()> {
    let AccountNews::PasswordChanged(id) = task.about()?;
    // She may have left since.
    let Some((email, locale)) = find_mailbox(conn, id)? else { return Ok(()) };
    let about = About { name: "password-changed", recipient: email, locale, path: FORGOT.into() };
    about.put(conn, &format!("{}/{}", task.kind, task.id), shop, task.now)
}

const FORGOT: &str = "/account/forgot";

/// Gives a link that was asked for its secret and writes its mail, or another one, or none.
pub(super) fn answer(conn: &mut Conn, shop: &Shop, task: &Task) -> Result<()> {
    let id: LinkId = task.about()?;
    let Some(link) = links::find_asked(conn, id)? else { return Ok(()) };
    let known = find_owner(conn, &link.email)?;
    let about = match (link.purpose, known) {
        (Purpose::Register, None) => About::link(conn, "register", link, task.now)?,
        (Purpose::Register, Some(_)) => {
            links::forget(conn, id)?;
            let Link { email, locale, .. } = link;
            About { name: "known", recipient: email, locale, path: FORGOT.into() }
        }
        (Purpose::Reset, Some(owner)) => {
            links::give_to(conn, id, owner)?;
            About::link(conn, "reset", link, task.now)?
        }
        // Nobody has an account with this address, and only its owner may know that.
        (Purpose::Reset, None) => return links::forget(conn, id),
        // Of staff: not ours to write; and no customer asks for the others yet.
        _ => return Ok(()),
    };
    about.put(conn, &format!("{}/{id}", task.kind), shop, task.now)
}

/// A mail that is about to be written.
struct About {
    /// Its texts are `mail-account-NAME-subject`, `-text` and `-button`.
    name: &'static str,
    recipient: String,
    locale: String,
    /// Where its button leads, without the language.
    path: String,
}

impl About {
    fn link(conn: &mut Conn, name: &'static str, link: Link, now: NaiveDateTime) -> Result<Self> {
        let token = links::seal(conn, link.id, link.purpose, now)?;
        let path = format!("/account/links/{}", token.expose());
        Ok(Self { name, recipient: link.email, locale: link.locale, path })
    }

    fn put(&self, conn: &mut Conn, event: &str, shop: &Shop, now: NaiveDateTime) -> Result<()> {
        let own = shop.frame().own_language();
        let language = Language::parse(&self.locale).unwrap_or(own);
        let shell = &Shell::of_shop(shop, language, now);
        let name = self.name;
        let said = |key: String| shell.with(&key, "shop", shell.shop_name());
        let subject = &said(format!("mail-account-{name}-subject"));
        let text = &said(format!("mail-account-{name}-text"));
        let button = shell.t(&format!("mail-account-{name}-button")).to_owned();
        let (button, href) = (button.as_str(), &shell.full_href(&self.path));
        let html = AccountMail { shell, subject, text, href, button };
        let plain = AccountMailText { shell, subject, text, href, button };
        let letter = Letter {
            template: "account",
            recipient: self.recipient.clone(),
            language,
            order: None,
            reply_to: shell.settings().email.clone(),
            body: Body::render(subject, &html, &plain)?,
        };
        send::put(conn, event, &letter, shop, now)
    }
}

fn find_owner(conn: &mut Conn, email: &str) -> Result<Option<CustomerId>> {
    let key = CustomerKey::of(email);
    let owner = customer::table.filter(customer::email_key.eq(key.as_str()));
    Ok(owner.select(customer::id).first(conn).optional()?)
}

fn find_mailbox(conn: &mut Conn, id: CustomerId) -> Result<Option<(String, String)>> {
    let mailbox = customer::table.find(id).select((customer::email, customer::locale));
    Ok(mailbox.first(conn).optional()?)
}
