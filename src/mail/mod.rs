//! Mails. Owns the table `mail`, in which every mail stands as it is sent.
//!
//! A change writes its event (a job) in its own transaction. The event's job renders the mails from
//! what the change has stored and writes them, each once for its event and recipient, with a job to
//! send it. So a template that fails never fails an order, and every instance writes the same mail.
//! Without a mail server each mail is kept as a file.
//!
//! A new mail is a file like `order_placed.rs` with its two templates (`.html`, `.txt`), its texts
//! in `locales/*/mail.ftl`, and a line in [`tell`].

mod letter;
mod message;
mod model;
mod new_order;
mod news;
mod order_cancelled;
mod order_placed;
mod order_refunded;
mod order_shipped;
mod payment_received;
mod post;
mod queries;
mod send;

use std::sync::Arc;

use crate::db::Conn;
use crate::error::Result;
use crate::jobs::{Task, Works};
use crate::orders::{self, Happened};
use crate::web::Shop;

pub use model::{Mail, MailState};
pub use post::Post;
pub use queries::{find, list};
pub use send::resend;

use letter::Letter;
use news::News;

/// Adds what this room does: mails written for what happens, and sent.
pub fn works(works: Works, shop: &Arc<Shop>, post: &Arc<Post>) -> Works {
    let known = shop.clone();
    let works = works.rows(orders::HAPPENED, move |conn, task| tell(conn, &known, task));
    send::works(works, shop, post)
}

/// Writes the mails of one kind, one for each recipient.
type Writer = fn(&mut Conn, News<'_>) -> Result<Vec<Letter>>;

/// Who writes of what: a template a line; what is not named is told to nobody. Who pays on a page,
/// and not by hand, is told of order and payment by one mail.
fn writers(kind: &str, by_hand: bool) -> &'static [Writer] {
    match (kind, by_hand) {
        ("placed", true) | ("confirmed", false) => &[order_placed::write, new_order::write],
        ("paid", true) | ("reopened", false) => &[payment_received::write],
        ("shipped", _) => &[order_shipped::write],
        ("cancelled", _) => &[order_cancelled::write],
        ("refunded", _) => &[order_refunded::write],
        _ => &[],
    }
}

/// Writes the mails that an order's event is told by.
fn tell(conn: &mut Conn, shop: &Shop, task: &Task) -> Result<()> {
    let happened: Happened = task.about()?;
    let by_hand = orders::find_payment(conn, happened.order)?.is_by_hand();
    let event = format!("order.{}/{}", happened.kind, happened.event);
    for write in writers(&happened.kind, by_hand) {
        let news = News::load(conn, shop, &happened, task.now)?;
        for letter in write(conn, news)? {
            send::put(conn, &event, &letter, shop, task.now)?;
        }
    }
    Ok(())
}
