//! To the staff: somebody has written by the contact form.

use askama::Template;

use super::letter::{Body, Letter};
use super::queries::{self, Message};
use super::send;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::MessageId;
use crate::jobs::Task;
use crate::web::{Shell, Shop};

#[derive(Template)]
#[template(path = "mail/new_message.html")]
struct NewMessage<'a> {
    shell: &'a Shell,
    message: &'a Message,
    subject: &'a str,
    href: &'a str,
}

#[derive(Template)]
#[template(path = "mail/new_message.txt")]
struct NewMessageText<'a> {
    shell: &'a Shell,
    message: &'a Message,
    subject: &'a str,
    href: &'a str,
}

pub(super) fn tell(conn: &mut Conn, shop: &Shop, task: &Task, id: MessageId) -> Result<()> {
    let Some(message) = queries::message(conn, id)? else { return Ok(()) };
    let shell = &Shell::of_shop(shop, shop.frame().own_language(), task.now);
    let message = &message;
    let topic = shell.t(&format!("topic-{}", message.topic)).to_owned();
    let said = [("name", message.writer().into()), ("topic", topic.into())];
    let subject = &shell.texts().with("mail-new-message-subject", &said);
    let href = &shell.full_href(&format!("/admin/messages/{id}"));
    let html = NewMessage { shell, message, subject, href };
    let text = NewMessageText { shell, message, subject, href };
    let body = Body::render(subject, &html, &text)?;
    for recipient in shell.settings().staff() {
        let letter = Letter {
            template: "new_message",
            recipient: recipient.to_owned(),
            language: shell.language(),
            order: None,
            reply_to: message.email.clone(),
            body: body.clone(),
        };
        send::put(conn, &format!("{}/{}", task.kind, task.id), &letter, shop, task.now)?;
    }
    Ok(())
}
