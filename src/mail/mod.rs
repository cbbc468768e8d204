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
mod order_placed;
mod post;
mod queries;
mod send;

use chrono::NaiveDateTime;
use std::sync::Arc;

use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::OrderId;
use crate::jobs::{Task, Works};
use crate::orders::{self, Happened, Receipt};
use crate::payments;
use crate::web::Shop;

pub use model::{Mail, MailState};
pub use post::Post;
pub use queries::{find, list};
pub use send::resend;

use letter::Letter;

/// Adds what this room does: mails written for what happens, and sent.
pub fn works(works: Works, shop: &Arc<Shop>, post: &Arc<Post>) -> Works {
    let known = shop.clone();
    let works = works.rows(orders::HAPPENED, move |conn, task| tell(conn, &known, task));
    // Their mails are still to be written.
    let works = works.rows(payments::PAID, |_, _| Ok(())).rows(payments::REFUNDED, |_, _| Ok(()));
    send::works(works, shop, post)
}

/// Writes the mails that an order's event is told by.
fn tell(conn: &mut Conn, shop: &Shop, task: &Task) -> Result<()> {
    let Happened { event, order, kind } = task.about()?;
    // A template a line; what is not named is told to nobody.
    let writers: &[Writer] = match kind.as_str() {
        "placed" => &[order_placed::write, new_order::write],
        _ => &[],
    };
    let event = format!("order.{kind}/{event}");
    for write in writers {
        let receipt = orders::find_receipt_of(conn, order)?.ok_or_else(|| no_order(order))?;
        for letter in write(shop, receipt, task.now)? {
            send::put(conn, &event, &letter, shop, task.now)?;
        }
    }
    Ok(())
}

/// Writes the mails of one kind, one for each recipient.
type Writer = fn(&Shop, Receipt, NaiveDateTime) -> Result<Vec<Letter>>;

fn no_order(id: OrderId) -> Error {
    Error::internal(format!("an event of the order {id}, which is not there"))
}
