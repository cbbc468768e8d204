//! To whoever wrote by the contact form: what somebody of the staff answers.

use askama::Template;

use super::letter::{Body, Letter};
use super::queries::{self, Message};
use super::send;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::MessageEntryId;
use crate::jobs::Task;
use crate::language::Language;
use crate::web::{Shell, Shop, dates};

#[derive(Template)]
#[template(path = "mail/message_answer.html")]
struct MessageAnswer<'a> {
    shell: &'a Shell,
    message: &'a Message,
    subject: &'a str,
    answer: &'a str,
    at: &'a str,
}

#[derive(Template)]
#[template(path = "mail/message_answer.txt")]
struct MessageAnswerText<'a> {
    shell: &'a Shell,
    message: &'a Message,
    answer: &'a str,
    at: &'a str,
}

/// In the language in which she wrote.
pub(super) fn tell(conn: &mut Conn, shop: &Shop, task: &Task, id: MessageEntryId) -> Result<()> {
    let Some((answer, message)) = queries::answer(conn, id)? else { return Ok(()) };
    let language = Language::parse(&message.locale);
    let language = language.unwrap_or_else(|| shop.frame().own_language());
    let shell = &Shell::of_shop(shop, language, task.now);
    let (answer, message, at) = (&answer, &message, &dates::instant(shell, message.written_at));
    let subject = &shell.with("mail-message-answer-subject", "shop", shell.shop_name());
    let html = MessageAnswer { shell, message, subject, answer, at };
    let text = MessageAnswerText { shell, message, answer, at };
    let letter = Letter {
        template: "message_answer",
        recipient: message.email.clone(),
        language,
        order: None,
        reply_to: shell.settings().email.clone(),
        body: Body::render(subject, &html, &text)?,
    };
    send::put(conn, &format!("{}/{}", task.kind, task.id), &letter, shop, task.now)
}
