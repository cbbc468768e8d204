//! `GET` and `POST /orders/find`: how an order stands, for whoever knows its number and the address
//! that it was placed with.
//!
//! Both together are less than the link that only her mailbox has: others may read them on a parcel
//! or in a forwarded mail. So they show how far the order is, and nothing of what was ordered, by
//! whom and to where; the link to all that goes to the mailbox.

use actix_web::HttpResponse;

use super::form::{Field, Sheet};
use super::found;
use crate::checkout::{Mistake, Reader};
use crate::db::Conn;
use crate::error::Result;
use crate::limits::Limit;
use crate::mail::{self, AccountNews};
use crate::orders::{self, OrderNumber, Receipt};
use crate::promotions::CustomerKey;
use crate::web::{Form, Visit};

pub async fn show(visit: Visit) -> Result<HttpResponse> {
    sheet(&Form::default()).blank(&visit)
}

/// Which of the two is wrong is not said, and costs the same question.
pub async fn find(visit: Visit, form: Form) -> Result<HttpResponse> {
    let mut reader = Reader::new(&form);
    let number = OrderNumber::parse(form.get("number"));
    if number.is_none() {
        reader.wrong("number", "wrong-order-number");
    }
    let email = CustomerKey::of(&reader.email("email"));
    let Some(number) = number.filter(|_| reader.mistakes.is_empty()) else {
        return sheet(&form).again(&visit, &reader.mistakes);
    };
    visit.spend(Limit::OrderLookup, number.as_str()).await?;
    match look(&visit, number, email).await? {
        Some(receipt) => found::page(&visit, receipt),
        None => sheet(&form).again(&visit, &[Mistake::new("number", "order-not-found")]),
    }
}

/// Has the link mailed, too.
async fn look(visit: &Visit, number: OrderNumber, email: CustomerKey) -> Result<Option<Receipt>> {
    let now = visit.now;
    let look = move |conn: &mut Conn| {
        let Some(id) = orders::find_by_number(conn, &number, &email)? else { return Ok(None) };
        mail::tell_account(conn, &AccountNews::OrderAskedFor(id), now)?;
        orders::find_receipt_of(conn, id)
    };
    visit.shop.db.write(look).await
}

fn sheet(form: &Form) -> Sheet<'_> {
    Sheet {
        name: "find",
        action: "/orders/find".into(),
        fields: vec![Field::OrderNumber(form.get("number")), Field::Email(form.get("email"))],
        links: &[
            ("/account/sign-in", "account-known-here"),
            ("/account/forget", "account-forget-heading"),
        ],
        ..Sheet::default()
    }
}
