//! To one of the staff: a link to join by, or to choose a new password by.

use askama::Template;

use super::letter::{Body, Letter};
use super::send;
use crate::db::Conn;
use crate::error::Result;
use crate::jobs::Task;
use crate::language::Language;
use crate::links::{self, Owner, Purpose};
use crate::web::{Shell, Shop};

#[derive(Template)]
#[template(path = "mail/staff_link.html")]
struct StaffLink<'a> {
    shell: &'a Shell,
    subject: &'a str,
    lead: &'a str,
    button: &'a str,
    href: &'a str,
    foot: &'a str,
}

#[derive(Template)]
#[template(path = "mail/staff_link.txt")]
struct StaffLinkText<'a> {
    subject: &'a str,
    lead: &'a str,
    href: &'a str,
    foot: &'a str,
}

/// A paragraph with a link, to somebody of the staff.
pub(super) struct Words {
    pub subject: String,
    pub lead: String,
    pub button: String,
    pub href: String,
    pub foot: String,
}

impl Words {
    pub fn letter(&self, shell: &Shell, recipient: String) -> Result<Letter> {
        let Self { subject, lead, button, href, foot } = self;
        let html = StaffLink { shell, subject, lead, button, href, foot };
        let text = StaffLinkText { subject, lead, href, foot };
        Ok(Letter {
            template: "staff_link",
            recipient,
            language: shell.language(),
            order: None,
            reply_to: shell.settings().email.clone(),
            body: Body::render(subject, &html, &text)?,
        })
    }
}

/// Writes the mail of a link that was asked for, unless it has been forgotten since.
pub(super) fn tell(conn: &mut Conn, shop: &Shop, task: &Task) -> Result<()> {
    let Some(link) = links::find_asked(conn, task.about()?)? else { return Ok(()) };
    let (path, name) = match (link.purpose, link.owner) {
        (Purpose::Invite, _) => ("join", "invite"),
        (Purpose::StaffReset, Owner::Staff(_)) => ("password", "reset"),
        // Nobody of the staff has this address, and only its owner may know that.
        (Purpose::StaffReset, _) => return links::forget(conn, link.id),
        // Of shoppers: not ours to write.
        _ => return Ok(()),
    };
    let own = shop.frame().own_language();
    let language = Language::parse(&link.locale).unwrap_or(own);
    let shell = Shell::of_shop(shop, language, task.now);
    let token = links::seal(conn, link.id, link.purpose, task.now)?;
    let words = Words {
        subject: shell.with(&format!("mail-staff-{name}"), "shop", shell.shop_name()),
        lead: shell.t(&format!("mail-staff-{name}-lead")).to_owned(),
        button: shell.t(&format!("mail-staff-{name}-button")).to_owned(),
        href: shell.full_href(&format!("/admin/{path}/{}", token.expose())),
        foot: shell.t("mail-staff-link-foot").to_owned(),
    };
    let letter = words.letter(&shell, link.email)?;
    send::put(conn, &format!("staff.link/{}", link.id), &letter, shop, task.now)
}
