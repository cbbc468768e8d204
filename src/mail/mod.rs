//! Mails. Owns the table `mail`, in which every mail stands as it is sent.
//!
//! A change writes its event (a job) in its own transaction. The event's job renders the mails from
//! what the change has stored and writes them, each once for its event and recipient, with a job to
//! send it. So a template that fails never fails an order, and every instance writes the same mail.
//! Without a mail server each mail is kept as a file.
//!
//! A new mail is a file like `order_placed.rs` with its two templates (`.html`, `.txt`), its texts
//! in `locales/*/mail.ftl`, and a line in [`tell`].

mod account;
mod letter;
mod low_stock;
mod message;
mod model;
mod new_order;
mod news;
mod order_cancelled;
mod order_needs_you;
mod order_placed;
mod order_ready;
mod order_refunded;
mod order_shipped;
mod payment_received;
mod post;
mod queries;
mod return_step;
mod send;
mod staff_link;
mod sweep;

use serde_json::Value;
use std::sync::Arc;

use crate::db::Conn;
use crate::error::Result;
use crate::jobs::{Task, Works};
use crate::links;
use crate::orders::{self, Event, Happened};
use crate::stock::FELL_LOW;
use crate::web::Shop;

pub use account::{AccountNews, tell_account};
pub use model::{Mail, MailState};
pub use post::Post;
pub use queries::{find, list, of_order};
pub use send::resend;

use letter::Letter;
use news::News;

/// Adds what this room does: mails written for what happens, and sent.
pub fn works(works: Works, shop: &Arc<Shop>, post: &Arc<Post>) -> Works {
    let known = shop.clone();
    let works = works.rows(orders::HAPPENED, move |conn, task| tell(conn, &known, task));
    let known = shop.clone();
    let works = works.rows(links::ASKED, move |conn, task| {
        account::answer(conn, &known, task)?;
        staff_link::tell(conn, &known, task)
    });
    let known = shop.clone();
    let works = works.rows(account::NEWS, move |conn, task| account::tell(conn, &known, task));
    let known = shop.clone();
    let works = works.rows(FELL_LOW, move |conn, task| low_stock::tell(conn, &known, task));
    sweep::works(send::works(works, shop, post), shop, post)
}

/// Writes the mails of one kind, one for each recipient.
type Writer = fn(&mut Conn, News<'_>) -> Result<Vec<Letter>>;

/// Who writes of what: a template a line; what is not named is told to nobody. Who pays on a page
/// is told of her order and its payment by one mail, when it is confirmed.
fn writers(event: &Event) -> Result<&'static [Writer]> {
    let data: Value = event.read()?;
    let is = |key: &str| data[key] == true;
    Ok(match event.kind.as_str() {
        "placed" if is("waits") => &[],
        "placed" | "confirmed" => &[order_placed::write, new_order::write],
        "paid" if is("confirms") => &[],
        "paid" => &[payment_received::write],
        "ready" => &[order_ready::write],
        "shipped" => &[order_shipped::write],
        "cancelled" => &[order_cancelled::write],
        "refunded" => &[order_refunded::write],
        "return_requested" => &[return_step::write, order_needs_you::write],
        "return_approved" | "return_declined" | "return_received" => &[return_step::write],
        "proof_given" | "payment_doubted" | "surplus_came" | "refund_failed" | "disputed"
        | "dispute_won" | "dispute_lost" => &[order_needs_you::write],
        _ => &[],
    })
}

/// Writes the mails that an order's event is told by.
fn tell(conn: &mut Conn, shop: &Shop, task: &Task) -> Result<()> {
    let happened: Happened = task.about()?;
    let event = orders::find_event(conn, happened.event)?;
    let name = format!("order.{}/{}", happened.kind, happened.event);
    for write in writers(&event)? {
        let news = News::load(conn, shop, (happened.order, &event), task.now)?;
        for letter in write(conn, news)? {
            send::put(conn, &name, &letter, shop, task.now)?;
        }
    }
    Ok(())
}
