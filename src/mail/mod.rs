//! Mails. Owns the table `mail`, in which every mail stands as it is sent; but for what its links open
//! with, which goes when the mail has gone (`secret.rs`).
//!
//! A change writes its event (a job) in its own transaction. The event's job renders the mails from
//! what the change has stored and writes them, each once for its event and recipient, with a job to
//! send it. So a template that fails never fails an order, and every instance writes the same mail.
//! Without a mail server each mail is kept as a file.
//!
//! A new mail is a file like `order_placed.rs` with its two templates (`.html`, `.txt`), its texts
//! in `locales/*/mail.ftl`, and a line in [`tell`].

mod account;
mod back_in_stock;
mod draft_sent;
mod forgotten;
mod letter;
mod low_stock;
mod message;
mod message_answer;
mod messages;
mod model;
mod new_message;
mod new_order;
mod news;
mod order_cancelled;
mod order_changed;
mod order_needs_you;
mod order_placed;
mod order_ready;
mod order_refunded;
mod order_shipped;
mod payment_received;
mod payment_waiting;
mod post;
mod queries;
mod return_step;
mod secret;
mod send;
mod staff_link;
mod staff_news;
mod sweep;

use chrono::NaiveDateTime;
use serde_json::Value;
use std::sync::Arc;

use crate::db::Conn;
use crate::drafts;
use crate::error::Result;
use crate::ids::OrderId;
use crate::jobs::{Task, Works};
use crate::links;
use crate::orders::{self, Event, Happened};
use crate::staff;
use crate::stock::{CAME_BACK, FELL_LOW};
use crate::web::Shop;

pub use account::{AccountNews, tell_account};
pub use messages::{MessageNews, tell_message};
pub use model::{Mail, MailState};
pub use post::{Post, Trial};
pub use queries::{find, list, of_order};
pub use send::resend;

use letter::Letter;
use news::News;
use payment_waiting::UNPAID;

/// Adds what this room does: mails written for what happens, and sent.
pub fn works(works: Works, shop: &Arc<Shop>, post: &Arc<Post>) -> Works {
    let with_shop = |write: fn(&mut Conn, &Shop, &Task) -> Result<()>| {
        let shop = shop.clone();
        move |conn: &mut Conn, task: &Task| write(conn, &shop, task)
    };
    let works = works
        .rows(orders::HAPPENED, with_shop(tell))
        .rows(UNPAID, with_shop(ask))
        .rows(FELL_LOW, with_shop(low_stock::tell))
        .rows(CAME_BACK, with_shop(back_in_stock::tell))
        .rows(drafts::SENT, with_shop(draft_sent::tell))
        .rows(links::ASKED, with_shop(answer))
        .rows(account::NEWS, with_shop(account::tell))
        .rows(messages::NEWS, with_shop(messages::tell))
        .rows(staff::NEWS, with_shop(staff_news::tell));
    let works = forgotten::works(works, shop, post);
    sweep::works(send::works(works, shop, post), shop, post)
}

/// What somebody asked for by her address alone: a shopper, or staff.
fn answer(conn: &mut Conn, shop: &Shop, task: &Task) -> Result<()> {
    account::answer(conn, shop, task)?;
    back_in_stock::ask(conn, shop, task)?;
    staff_link::tell(conn, shop, task)
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
        "payment_failed" => &[payment_waiting::write],
        "edited" | "readdressed" => &[order_changed::write],
        "ready" => &[order_ready::write],
        "shipped" => &[order_shipped::write],
        "cancelled" if is("overdue") => &[order_cancelled::write],
        "cancelled" => &[order_cancelled::write, order_needs_you::write],
        "refunded" => &[order_refunded::write],
        "return_requested" => &[return_step::write, order_needs_you::write],
        "return_approved" | "return_declined" | "return_received" => &[return_step::write],
        "proof_given" | "payment_doubted" | "payment_missed" | "surplus_came" | "refund_failed"
        | "refund_left" | "refund_slow" | "disputed" | "dispute_won" | "dispute_lost" => {
            &[order_needs_you::write]
        }
        _ => &[],
    })
}

/// Writes the mails that an order's event is told by.
fn tell(conn: &mut Conn, shop: &Shop, task: &Task) -> Result<()> {
    let happened: Happened = task.about()?;
    let event = orders::find_event(conn, happened.event)?;
    let name = format!("order.{}/{}", happened.kind, happened.event);
    if event.kind == "placed" {
        payment_waiting::ask_later(conn, &happened, task.now)?;
    }
    for write in writers(&event)? {
        put_all(conn, shop, (&name, happened.order, &event), *write, task.now)?;
    }
    Ok(())
}

/// Asks for the money of an order that waits for it still.
fn ask(conn: &mut Conn, shop: &Shop, task: &Task) -> Result<()> {
    let placed: Happened = task.about()?;
    let event = orders::find_event(conn, placed.event)?;
    let name = format!("order.unpaid/{}", placed.event);
    put_all(conn, shop, (&name, placed.order, &event), payment_waiting::write, task.now)
}

fn put_all(
    conn: &mut Conn,
    shop: &Shop,
    (name, order, event): (&str, OrderId, &Event),
    write: Writer,
    now: NaiveDateTime,
) -> Result<()> {
    let news = News::load(conn, shop, (order, event), now)?;
    for letter in write(conn, news)? {
        send::put(conn, name, &letter, shop, now)?;
    }
    Ok(())
}
