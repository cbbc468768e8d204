//! The job that sends one mail.

use chrono::NaiveDateTime;
use std::sync::Arc;

use super::letter::Letter;
use super::message::message;
use super::post::Post;
use super::queries::{self, Gone};
use super::secret::{is_masked, masked};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::{MailId, OrderToken};
use crate::jobs::{self, Failure, Kind, NewJob, Queue, Task, Works};
use crate::web::Shop;

/// About a `MailId`.
const SEND: Kind = Kind { queue: Queue::Mail, name: "mail.send" };

pub(super) fn works(works: Works, shop: &Arc<Shop>, post: &Arc<Post>) -> Works {
    let (shop, post) = (shop.clone(), post.clone());
    works
        .outside(SEND, move |task| Box::pin(send(shop.clone(), post.clone(), task)))
        .given_up(SEND, |conn, task| queries::mark_failed(conn, task.about()?))
}

/// Writes a mail and the job to send it, in the caller's transaction. What this event has sent to
/// this recipient already is not sent again.
pub(super) fn put(
    conn: &mut Conn,
    event: &str,
    letter: &Letter,
    shop: &Shop,
    now: NaiveDateTime,
) -> Result<()> {
    put_with_way_out(conn, event, letter, "", (shop, now))
}

/// The same, with the address where one click ends mails of this kind (RFC 8058); empty for none.
pub(super) fn put_with_way_out(
    conn: &mut Conn,
    event: &str,
    letter: &Letter,
    unsubscribe: &str,
    (shop, now): (&Shop, NaiveDateTime),
) -> Result<()> {
    // Whoever ordered is forgotten: there is nobody to tell.
    if letter.recipient.is_empty() {
        return Ok(());
    }
    let message_id = new_message_id(shop);
    match queries::insert(conn, event, letter, (&message_id, unsubscribe), now)? {
        Some(id) => jobs::enqueue(conn, &NewJob::new(SEND, &id, now)?, now),
        None => Ok(()),
    }
}

/// Sends a mail once more, as it was: an event of its own, with a `Message-ID` of its own.
///
/// # Errors
/// `NotFound` when there is no such mail, `Malformed` when its link is not known any more.
pub fn resend(conn: &mut Conn, id: MailId, now: NaiveDateTime) -> Result<MailId> {
    let original = queries::find(conn, id)?.ok_or(Error::NotFound)?;
    if is_masked(&original.text) {
        return Err(Error::Malformed("its link is not kept: let her ask for another one"));
    }
    let event = format!("mail.resend/{id}/{}", OrderToken::random().as_str());
    let domain = original.message_id.rsplit('@').next().unwrap_or_default();
    let message_id = message_id_at(domain);
    let again = queries::copy(conn, &original, &event, &message_id, now)?;
    jobs::enqueue(conn, &NewJob::new(SEND, &again, now)?, now)?;
    Ok(again)
}

fn new_message_id(shop: &Shop) -> String {
    let host = shop.public_url.host();
    // An address in brackets, or with a port, is no domain.
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    message_id_at(host.trim_matches(['[', ']']))
}

fn message_id_at(domain: &str) -> String {
    let domain = domain.replace(':', ".");
    format!("{:032x}@{domain}", rand::random::<u128>())
}

async fn send(shop: Arc<Shop>, post: Arc<Post>, task: Task) -> Result<(), Failure> {
    let id: MailId = task.about()?;
    let found = shop.db.read(move |conn| queries::find(conn, id)).await?;
    let mail = found.ok_or_else(|| Failure::Never("the mail is not there".into()))?;
    // An earlier try sent it, and died before its job was marked.
    if mail.sent_at.is_some() {
        return Ok(());
    }
    let sender = post.sender(&shop);
    let gone = match message(&mail, &sender) {
        Ok(message) => post.deliver(&mail, &message).await,
        Err(text) => Err(Failure::Never(text)),
    };
    match gone {
        Ok(state) => {
            let (text, html) = (masked(&mail.text), masked(&mail.html));
            let gone = Gone { state, sender: sender.address, text, html, at: task.now };
            Ok(shop.db.write(move |conn| queries::mark_gone(conn, id, &gone)).await?)
        }
        Err(failure) => {
            let text = failure.text().to_owned();
            shop.db.write(move |conn| queries::mark_tried(conn, id, &text)).await?;
            Err(failure)
        }
    }
}
