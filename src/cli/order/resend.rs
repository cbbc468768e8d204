//! Sends a mail of an order once more.

use crate::cli::Outcome;
use crate::db::{Conn, Db};
use crate::ids::MailId;
use crate::mail;
use crate::orders::book::Entry;
use crate::web::visit::now;

/// The latest to the shopper, or `chosen`.
pub async fn resend(db: &Db, order: Entry, chosen: Option<i64>) -> Outcome {
    let again = db.write(move |conn: &mut Conn| {
        let mails = mail::of_order(conn, order.id)?;
        let found = mails.iter().rev().find(|mail| match chosen {
            Some(id) => mail.id == MailId(id),
            None => mail.recipient == order.email,
        });
        found.map(|mail| mail::resend(conn, mail.id, now())).transpose()
    });
    let again = again.await?.ok_or("the order has no such mail")?;
    println!("it goes out once more, as mail {again}");
    Ok(())
}
