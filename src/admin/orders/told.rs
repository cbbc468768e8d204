//! The lines, mails, sums and days of an order, in words.

use serde_json::Value;

use super::money;
use super::sheet::Sheet;
use crate::admin::desk::Desk;
use crate::language::Language;
use crate::mail::Mail;
use crate::orders::book::{Entry, Line};
use crate::orders::{Address, Event, Payment};
use crate::payments::RefundRow;
use crate::values::Country;
use crate::web::{Form, countries, dates};

pub(super) struct LineView {
    pub name: String,
    pub details: String,
    pub shipped: String,
    pub quantity: i64,
    pub sum: String,
    pub position: i64,
    /// What can still be sent of it, and what was typed of that.
    pub left: i64,
    pub typed: String,
}

pub(super) struct MailView {
    pub href: String,
    pub subject: String,
    pub details: String,
    pub is_bad: bool,
}

pub(super) struct EventView {
    pub text: String,
    /// A note, a reason, a reference; empty for none.
    pub words: String,
    pub actor: String,
    pub at: String,
    pub instant: String,
}

pub(super) fn line_view(shell: &Desk, line: &Line, (currency, form): (&str, &Form)) -> LineView {
    let left = if line.requires_shipping { line.quantity - line.shipped } else { 0 };
    let details = [line.options.as_str(), line.sku.as_str()];
    let details: Vec<&str> = details.into_iter().filter(|part| !part.is_empty()).collect();
    LineView {
        name: line.name.clone(),
        details: details.join(", "),
        shipped: match line.shipped {
            0 => String::new(),
            shipped => shell.count("orders-line-shipped", shipped),
        },
        quantity: line.quantity,
        sum: money(shell, line.gross_amount, currency),
        position: line.position,
        left,
        typed: match form.find(&format!("ship-{}", line.position)) {
            Some(typed) => typed.to_owned(),
            None => left.to_string(),
        },
    }
}

pub(super) fn mail_view(shell: &Desk, action: &str, mail: &Mail) -> MailView {
    let state = shell.t(&format!("mail-{}", mail.status)).to_owned();
    let at = dates::brief(shell, mail.sent_at.unwrap_or(mail.created_at));
    MailView {
        href: format!("{action}/mails/{}", mail.id),
        subject: mail.subject.clone(),
        details: [mail.recipient.as_str(), &state, &at].join(", "),
        is_bad: mail.status == "failed",
    }
}

pub(super) fn event_view(shell: &Desk, event: &Event) -> EventView {
    let data: Value = event.read().unwrap_or_default();
    let words = ["note", "reason", "reference", "tracking_number"];
    let words = words.into_iter().filter_map(|key| data[key].as_str());
    EventView {
        words: words.collect::<Vec<_>>().join(", "),
        text: shell.t(&format!("event-{}", event.kind)).to_owned(),
        actor: event.actor.strip_prefix("staff:").unwrap_or(&event.actor).to_owned(),
        at: dates::instant(shell, event.at),
        instant: event.at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
    }
}

/// Words, sum, whether it is the last one.
pub(super) fn totals(shell: &Desk, order: &Entry) -> Vec<(String, String, bool)> {
    let total = |key: &str, minor: i64, is_last| {
        (shell.t(key).to_owned(), money(shell, minor, &order.currency), is_last)
    };
    let mut totals = vec![total("orders-goods", order.goods_amount, false)];
    if order.discount_amount > 0 {
        totals.push(total("orders-discount", -order.discount_amount, false));
    }
    totals.push(total("orders-delivery", order.delivery_amount, false));
    if order.fee_amount > 0 {
        totals.push(total("orders-fees", order.fee_amount, false));
    }
    totals.push(total("order-total", order.total_amount, true));
    totals
}

/// What has come in and gone out, in words, with its sum.
pub(super) fn money_rows(shell: &Desk, sheet: &Sheet) -> Vec<(String, String)> {
    let currency = &sheet.order.currency;
    let came = sheet.receipts.iter().map(|receipt| {
        let words = shell.with("orders-received", "reference", &receipt.reference);
        (words, money(shell, receipt.amount, currency))
    });
    let went = sheet.refunds.iter().map(|refund| {
        let words = shell.t(&format!("refund-status-{}", refund.status)).to_owned();
        (words, money(shell, -refund.amount, currency))
    });
    came.chain(went).collect()
}

/// What somebody has to send back by hand.
pub(super) fn to_send(shell: &Desk, action: &str, sheet: &Sheet) -> Vec<(String, String)> {
    let by_hand =
        sheet.refunds.iter().filter(|row| matches!(row.status.as_str(), "by_hand" | "failed"));
    let view = |row: &RefundRow| {
        (format!("{action}/refunds/{}", row.id), money(shell, row.amount, &sheet.order.currency))
    };
    by_hand.map(view).collect()
}

/// Who ordered, as far as she is not forgotten.
pub(super) fn person(shell: &Desk, sheet: &Sheet) -> Vec<(&'static str, String)> {
    let details = &sheet.details;
    let method = Payment::parse(&sheet.order.payment_method);
    let language = Language::parse(&details.locale).map(Language::own_name).unwrap_or_default();
    let terms = details.terms_edition.map(|number| shell.count("page-edition", number));
    let rows = [
        ("admin-email", sheet.order.email.clone()),
        ("order-phone", details.phone.clone()),
        ("orders-language", language.to_owned()),
        (
            "orders-method",
            method.map(|method| shell.t(method.text()).to_owned()).unwrap_or_default(),
        ),
        ("orders-fulfilment", details.delivery_name.clone()),
        ("orders-terms", terms.unwrap_or_default()),
    ];
    rows.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

pub(super) fn address(shell: &Desk, address: &Address) -> Vec<String> {
    let mut lines = address.lines();
    lines.extend(Country::parse(&address.country).map(|country| countries::name(shell, country)));
    lines
}
