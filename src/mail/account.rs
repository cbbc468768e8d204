//! About an account: the links that are asked for, and what happened to it. The mail alone tells
//! whether an address is known; no page does.

use askama::Template;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::letter::{Body, Letter};
use super::send;
use crate::db::Conn;
use crate::db::schema::{customer, orders, subscriber};
use crate::error::Result;
use crate::ids::{CustomerId, LinkId, OrderId};
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
    /// By the link with which her old address agreed: it is told.
    EmailChanged(LinkId),
    /// Somebody knew an order's number and the address that it was placed with.
    OrderAskedFor(OrderId),
    /// By the number of her subscription.
    Subscribed(i64),
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
    let about = match task.about()? {
        AccountNews::PasswordChanged(id) => of_account(conn, id)?,
        AccountNews::EmailChanged(link) => links::find_asked(conn, link)?.map(of_change),
        AccountNews::OrderAskedFor(id) => Some(of_order(conn, id)?),
        AccountNews::Subscribed(id) => of_subscriber(conn, id)?,
    };
    // She may have left since.
    let Some(about) = about else { return Ok(()) };
    about.put(conn, &format!("{}/{}", task.kind, task.id), shop, task.now)
}

fn of_account(conn: &mut Conn, id: CustomerId) -> Result<Option<About>> {
    let mailbox = customer::table.find(id).select((customer::email, customer::locale));
    let mailbox: Option<(String, String)> = mailbox.first(conn).optional()?;
    let about = |(recipient, locale)| About::of("password-changed", recipient, locale, FORGOT);
    Ok(mailbox.map(about))
}

/// To the address that she has left.
fn of_change(link: Link) -> About {
    About {
        change: link.about,
        ..About::of("email-changed", link.email, link.locale, "/account/sign-in")
    }
}

fn of_order(conn: &mut Conn, id: OrderId) -> Result<About> {
    let (recipient, locale, token): (String, String, String) = orders::table
        .find(id)
        .select((orders::email, orders::locale, orders::token))
        .first(conn)?;
    let path = format!("/orders/{token}");
    Ok(About { order: Some(id), ..About::of("order-asked-for", recipient, locale, &path) })
}

fn of_subscriber(conn: &mut Conn, id: i64) -> Result<Option<About>> {
    let named = (subscriber::email, subscriber::locale, subscriber::token);
    let found: Option<(String, String, String)> =
        subscriber::table.find(id).select(named).first(conn).optional()?;
    let about = |(recipient, locale, token)| {
        About::of(SUBSCRIBED, recipient, locale, &format!("/newsletter/{token}"))
    };
    Ok(found.map(about))
}

/// Its button is how one leaves.
const SUBSCRIBED: &str = "subscribed";
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
            About::of("known", link.email, link.locale, FORGOT)
        }
        (Purpose::Reset, Some((owner, email))) => {
            links::give_to(conn, id, owner)?;
            // Never to what was typed, however alike it looks.
            About::link(conn, "reset", Link { email, ..link }, task.now)?
        }
        (Purpose::LeaveEmail, Some(_)) => About::link(conn, "leave-email", link, task.now)?,
        (Purpose::NewEmail, None) => About::link(conn, "new-email", link, task.now)?,
        (Purpose::NewEmail, Some(_)) => {
            links::forget(conn, id)?;
            About::of("email-taken", link.email, link.locale, FORGOT)
        }
        (Purpose::Forget, Some((_, email))) => {
            About::link(conn, "forget", Link { email, ..link }, task.now)?
        }
        (Purpose::Forget, None) => About::link(conn, "forget", link, task.now)?,
        (Purpose::Newsletter, _) => About::link(conn, "newsletter", link, task.now)?,
        // Nobody has an account with this address, and only its owner may know that.
        (Purpose::Reset, None) => return links::forget(conn, id),
        // Of staff, or of what somebody waits for: not ours to write; or she has another address by
        // now.
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
    /// The address that its text speaks of; may be empty.
    change: String,
    order: Option<OrderId>,
    /// Where its button leads, without the language.
    path: String,
}

impl About {
    fn of(name: &'static str, recipient: String, locale: String, path: &str) -> Self {
        let (change, path) = (String::new(), path.to_owned());
        Self { name, recipient, locale, change, order: None, path }
    }

    fn link(conn: &mut Conn, name: &'static str, link: Link, now: NaiveDateTime) -> Result<Self> {
        let token = links::seal(conn, link.id, link.purpose, now)?;
        let page = match link.purpose {
            Purpose::LeaveEmail | Purpose::NewEmail => "/account/email",
            Purpose::Forget => "/account/forget",
            Purpose::Newsletter => "/newsletter/confirm",
            _ => "/account/links",
        };
        let path = format!("{page}/{}", token.expose());
        Ok(Self { change: link.about, ..Self::of(name, link.email, link.locale, &path) })
    }

    fn put(&self, conn: &mut Conn, event: &str, shop: &Shop, now: NaiveDateTime) -> Result<()> {
        let own = shop.frame().own_language();
        let language = Language::parse(&self.locale).unwrap_or(own);
        let shell = &Shell::of_shop(shop, language, now);
        let name = self.name;
        let arguments =
            [("shop", shell.shop_name().into()), ("email", self.change.as_str().into())];
        let said = |key: String| shell.texts().with(&key, &arguments);
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
            order: self.order,
            reply_to: shell.settings().email.clone(),
            body: Body::render(subject, &html, &plain)?,
        };
        let unsubscribe = if name == SUBSCRIBED { href.as_str() } else { "" };
        send::put_with_way_out(conn, event, &letter, unsubscribe, (shop, now))
    }
}

/// The account with this address, and the address as it has been proven.
fn find_owner(conn: &mut Conn, email: &str) -> Result<Option<(CustomerId, String)>> {
    let key = CustomerKey::of(email);
    let owner = customer::table.filter(customer::email_key.eq(key.as_str()));
    Ok(owner.select((customer::id, customer::email)).first(conn).optional()?)
}
