//! What can be done with a draft that is kept, in words.

use super::HERE;
use super::list::badge;
use crate::admin::desk::Desk;
use crate::admin::field::{Field, choose};
use crate::checkout::{Proposal, full_phone, named_country};
use crate::drafts::Draft;
use crate::orders::Payment;
use crate::pricing::Bill;
use crate::web::{Form, dates, texts};

/// A draft as it is kept.
pub(super) struct Kept {
    pub action: String,
    pub version: i64,
    pub badge: (&'static str, String),
    /// By whom and when.
    pub author: String,
    /// What was typed may differ from it: then nothing can be done with it.
    pub ready: Option<Ready>,
}

/// What can be sent and placed.
pub(super) struct Ready {
    /// For the customer.
    pub link: String,
    /// The same in a chat; empty where no number is known.
    pub chat: String,
    pub until: String,
    pub sent: String,
    /// Whom a mail reaches.
    pub to: String,
    pub total_minor: i64,
    /// How it is paid, and where the money stands if it is there.
    pub fields: Vec<Field>,
    pub place: String,
}

impl Kept {
    pub fn of(shell: &Desk, draft: &Draft) -> Self {
        let when = dates::brief(shell, draft.updated_at);
        Self {
            action: shell.href(&format!("{HERE}/{}", draft.id)).into_owned(),
            version: draft.version,
            badge: badge(shell, draft),
            author: format!("{}, {when}", draft.author),
            ready: None,
        }
    }
}

impl Ready {
    /// `typed` is what was sent to place it.
    pub fn of(
        shell: &Desk,
        draft: &Draft,
        (proposal, bill): (&Proposal, &Bill),
        typed: &Form,
    ) -> Self {
        let path = format!("/drafts/{}", draft.cart.id.as_str());
        let link = shell.full(&shell.frame().href(draft.language, &path));
        let total = shell.money(&bill.money(bill.totals.payable));
        Self {
            chat: chat(shell, draft, &link),
            link,
            until: shell.with(
                "draft-until",
                "date",
                dates::day(shell.texts(), draft.expires_at.date()),
            ),
            sent: match draft.sent_at {
                Some(at) => shell.with("draft-sent-at", "time", dates::brief(shell, at)),
                None => String::new(),
            },
            to: shell.with("draft-send-to", "email", draft.fields.get("email")),
            total_minor: bill.totals.payable,
            fields: fields(shell, proposal, typed),
            place: shell.with("draft-place", "total", total),
        }
    }
}

/// Leads to a chat with the link in it.
fn chat(shell: &Desk, draft: &Draft, link: &str) -> String {
    let country = named_country(&draft.fields, "country").unwrap_or(shell.settings().country);
    let phone = full_phone(draft.fields.get("phone"), country);
    let Some(number) = phone.as_deref().and_then(|phone| phone.strip_prefix('+')) else {
        return String::new();
    };
    let text = texts::of(draft.language).get("draft-chat");
    let text: String =
        form_urlencoded::byte_serialize(format!("{text} {link}").as_bytes()).collect();
    format!("https://wa.me/{number}?text={}", text.replace('+', "%20"))
}

fn fields(shell: &Desk, proposal: &Proposal, typed: &Form) -> Vec<Field> {
    let by_hand = proposal.payments().into_iter().filter(|payment| payment.is_by_hand());
    let choices = by_hand.map(|it| (it.code().to_owned(), shell.t(it.text()).to_owned()));
    let payment = match typed.get("payment") {
        "" => Payment::BankTransfer.code(),
        chosen => chosen,
    };
    let payment = choose(choices.collect(), payment);
    let reference = Field::text(shell, "reference", "draft-paid", typed);
    vec![
        Field::select(shell, ("payment", "order-payment"), payment),
        Field { is_optional: true, most: 200, ..reference }.hint(shell.t("draft-paid-hint")),
    ]
}
