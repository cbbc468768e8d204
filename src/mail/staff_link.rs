//! To one of the staff: a link to join by, or to choose a new password by.

use askama::Template;

use super::letter::{Body, Letter};
use super::send;
use crate::db::Conn;
use crate::error::Result;
use crate::jobs::Task;
use crate::language::Language;
use crate::links::{self, Purpose};
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

/// Writes the mail of a link that was asked for, unless it has been forgotten since.
pub(super) fn tell(conn: &mut Conn, shop: &Shop, task: &Task) -> Result<()> {
    let Some(link) = links::find_asked(conn, task.about()?)? else { return Ok(()) };
    let own = shop.frame().own_language();
    let language = Language::parse(&link.locale).unwrap_or(own);
    let shell = Shell::of_shop(shop, language, task.now);
    let (path, subject, lead, button) = match link.purpose {
        Purpose::Invite => {
            ("join", "mail-staff-invite", "mail-staff-invite-lead", "mail-staff-invite-button")
        }
        Purpose::StaffReset => {
            ("password", "mail-staff-reset", "mail-staff-reset-lead", "mail-staff-reset-button")
        }
        // Of shoppers: not ours to write.
        _ => return Ok(()),
    };
    let subject = shell.with(subject, "shop", shell.shop_name());
    let token = links::seal(conn, link.id, link.purpose, task.now)?;
    let href = shell.full_href(&format!("/admin/{path}/{}", token.expose()));
    let (lead, button, foot) = (shell.t(lead), shell.t(button), shell.t("mail-staff-link-foot"));
    let html = StaffLink { shell: &shell, subject: &subject, lead, button, href: &href, foot };
    let text = StaffLinkText { subject: &subject, lead, href: &href, foot };
    let letter = Letter {
        template: "staff_link",
        recipient: link.email.clone(),
        language,
        order: None,
        reply_to: shell.settings().email.clone(),
        body: Body::render(&subject, &html, &text)?,
    };
    send::put(conn, &format!("staff.link/{}", link.id), &letter, shop, task.now)
}
