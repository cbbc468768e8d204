//! `GET` and `POST /contact`: somebody writes to the shop.

use actix_web::HttpResponse;

use super::contact_page::{Again, page};
use super::model::{LONGEST, State, Topic, Written, has_many_links};
use super::queries;
use super::shown::{self, Had};
use crate::checkout::{Mistake, Reader, TextRule};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::CustomerId;
use crate::limits::{self, Limit};
use crate::mail::{self, MessageNews};
use crate::orders::OrderNumber;
use crate::promotions::CustomerKey;
use crate::web::{Form, Visit, see_other};

/// Filled in as far as the shop knows who asks, and about which order.
pub async fn show(visit: Visit) -> Result<HttpResponse> {
    let mut known = Vec::new();
    if let Some(customer) = &visit.customer {
        known.extend([("name", customer.name.clone()), ("email", customer.email.clone())]);
    }
    if let Some(number) = visit.query()?.get("order").and_then(OrderNumber::parse) {
        let topic = Topic::Order.code().to_owned();
        known.extend([("topic", topic), ("number", number.as_str().to_owned())]);
    }
    let known = known.into_iter().map(|(name, value)| (name.to_owned(), value));
    page(&visit, &Form::default().with(known), None)
}

pub async fn send(visit: Visit, form: Form) -> Result<HttpResponse> {
    let written = match read(&visit, &form) {
        Ok(written) => written,
        Err(mistakes) => return page(&visit, &form, Some(Again::Mistakes(mistakes))),
    };
    match shown::had(&visit.shop.keys, form.get("shown"), visit.now) {
        Had::Long => {}
        Had::TooShort => return page(&visit, &form, Some(Again::Sooner("contact-too-fast"))),
        Had::TooLong => return page(&visit, &form, Some(Again::Sooner("contact-too-old"))),
    }
    match keep(&visit, written).await {
        Err(Error::TooMany { retry_after_seconds }) => {
            page(&visit, &form, Some(Again::Later(retry_after_seconds)))
        }
        kept => kept.map(|()| see_other(&visit.href("/contact/sent"))),
    }
}

fn read(visit: &Visit, form: &Form) -> Result<Written, Vec<Mistake>> {
    let mut reader = Reader::new(form);
    let topic = Topic::parse(form.get("topic"));
    if topic.is_none() {
        reader.wrong("topic", "missing-topic");
    }
    let name = reader.text("name", TextRule { missing: None, most: 100 });
    let email = reader.email("email");
    let number = OrderNumber::parse(form.get("number"));
    if number.is_none() && !form.get("number").is_empty() {
        reader.wrong("number", "wrong-order-number");
    }
    let body = reader.long_text("message", LONGEST);
    if body.is_empty() {
        reader.wrong("message", "missing-message");
    }
    let mistakes = reader.mistakes;
    let Some(topic) = topic.filter(|_| mistakes.is_empty()) else { return Err(mistakes) };
    Ok(Written {
        state: state(visit, form, &body),
        customer: whose(visit, &email),
        number: number.map(|number| number.as_str().to_owned()).unwrap_or_default(),
        language: visit.language,
        topic,
        name,
        email,
        body,
    })
}

/// Nobody sees the field `homepage`.
fn state(visit: &Visit, form: &Form, body: &str) -> State {
    let own = visit.shop.public_url.as_str();
    let is_spam = !form.get("homepage").is_empty() || has_many_links(body, own);
    if is_spam { State::Spam } else { State::Open }
}

/// Whose account it is that she is signed in to, if it has this address.
fn whose(visit: &Visit, email: &str) -> Option<CustomerId> {
    let customer = visit.customer.as_ref()?;
    let is_hers = CustomerKey::of(&customer.email) == CustomerKey::of(email);
    is_hers.then_some(customer.id)
}

/// The staff hear of it by mail, unless it looks like spam.
async fn keep(visit: &Visit, written: Written) -> Result<()> {
    let charges = visit.charges(Limit::Message, CustomerKey::of(&written.email).as_str());
    let now = visit.now;
    let write = move |conn: &mut Conn| {
        limits::spend(conn, &charges, now)?;
        match queries::insert(conn, &written, now)? {
            Some(id) if written.state == State::Open => {
                mail::tell_message(conn, &MessageNews::Came(id), now)
            }
            _ => Ok(()),
        }
    };
    visit.shop.db.write(write).await
}
