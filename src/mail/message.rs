//! A stored mail in the form in which it travels (RFC 5322, MIME).

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};
use std::time::SystemTime;

use super::letter::one_line;
use super::model::Mail;
use super::post::Trial;

/// Whom mails come from.
#[derive(Debug, Clone)]
pub(super) struct Sender {
    /// The shop's.
    pub name: String,
    pub address: String,
}

/// The template of mails that somebody of the staff has written herself.
const BY_HAND: &str = "message_answer";

/// The same bytes however often it is asked for: a mail that arrives twice is the same mail.
///
/// # Errors
/// A sentence for the operator, when an address is none.
pub(super) fn message(mail: &Mail, sender: &Sender) -> Result<Message, String> {
    let from = Mailbox::new(Some(one_line(&sender.name)), address(&sender.address)?);
    let mut message = Message::builder()
        .from(from)
        .to(Mailbox::new(None, address(&mail.recipient)?))
        .subject(&mail.subject)
        .message_id(Some(format!("<{}>", mail.message_id)))
        .date(SystemTime::from(mail.created_at.and_utc()));
    if mail.template != BY_HAND {
        // No machine answers a machine (RFC 3834).
        message = message.raw_header(header("Auto-Submitted", "auto-generated"));
    }
    // What was typed as an address may be none to lettre: the mail is worth more than its header.
    if let Ok(address) = address(&mail.reply_to) {
        message = message.reply_to(Mailbox::new(None, address));
    }
    if !mail.unsubscribe.is_empty() {
        let address = format!("<{}>", mail.unsubscribe);
        message = message
            .raw_header(header("List-Unsubscribe", &address))
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
    }
    let boundary = mail.message_id.replace(|letter: char| !letter.is_ascii_alphanumeric(), "");
    let parts = MultiPart::alternative()
        .boundary(boundary)
        .singlepart(SinglePart::plain(mail.text.clone()))
        .singlepart(SinglePart::html(mail.html.clone()));
    message.multipart(parts).map_err(|error| error.to_string())
}

/// One that nobody keeps.
pub(super) fn trial_message(trial: &Trial, sender: &Sender) -> Result<Message, String> {
    let from = Mailbox::new(Some(one_line(&sender.name)), address(&sender.address)?);
    Message::builder()
        .from(from)
        .to(Mailbox::new(None, address(&trial.to)?))
        .subject(one_line(&trial.subject))
        .singlepart(SinglePart::plain(trial.text.clone()))
        .map_err(|error| error.to_string())
}

fn address(text: &str) -> Result<Address, String> {
    text.parse().map_err(|error| format!("no address for mail: {error}"))
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}
