//! To the shopper: a parcel is on its way, what is in it, and what is still to come.

use askama::Template;
use serde::Deserialize;

use super::letter::{Body, Letter};
use super::news::News;
use crate::db::Conn;
use crate::error::Result;
use crate::orders::{Handover, ParcelView, Payment, Told};
use crate::web::Shell;

#[derive(Template)]
#[template(path = "mail/order_shipped.html")]
struct OrderShipped<'a> {
    shell: &'a Shell,
    order: &'a Told,
    subject: &'a str,
    parcel: &'a ParcelView,
}

#[derive(Template)]
#[template(path = "mail/order_shipped.txt")]
struct OrderShippedText<'a> {
    shell: &'a Shell,
    order: &'a Told,
    parcel: &'a ParcelView,
}

#[derive(Deserialize)]
struct Data {
    /// Counted from 0.
    parcel: usize,
}

pub(super) fn write(_: &mut Conn, news: News<'_>) -> Result<Vec<Letter>> {
    let at = news.event.read::<Data>()?.parcel;
    let story = news.for_shopper()?;
    let (shell, order) = (&story.shell, &story.order);
    let parcel = match order.state.parcels.get(at) {
        // What she fetches she has in her hands.
        Some(parcel) if order.handover != Handover::Pickup => parcel,
        _ => return Ok(Vec::new()),
    };
    let subject = &story.numbered(match parcel.left.is_empty() {
        true => "mail-order-shipped-subject",
        false => "mail-order-shipped-part-subject",
    });
    let html = OrderShipped { shell, order, subject, parcel };
    let text = OrderShippedText { shell, order, parcel };
    let body = Body::render(subject, &html, &text)?;
    Ok(story.letter("order_shipped", body))
}
