//! `POST /admin/orders/{number}/returns/{id}`: a return is approved, declined or counted; and
//! `…/refund`: what came of it is paid back. Returns are numbered from 1.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde_json::{Value, json};

use super::moves::{act, again, find};
use super::show::{self, Sent};
use crate::admin::Allowed;
use crate::admin::field::Field;
use crate::audit::Action;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::fulfilment::{self, Counted};
use crate::ids::{OrderId, ReturnId};
use crate::invoices::RowKey;
use crate::orders::book::{self, Back, Entry};
use crate::orders::{By, Moved};
use crate::payments::{self, Giving};
use crate::staff::{Rule, to};
use crate::web::Form;

/// The most letters of what a shopper is told about her return.
pub(super) const LONGEST_ANSWER: usize = 500;

/// What somebody decides.
#[derive(Clone)]
enum Decision {
    Approve(String),
    Decline(String),
    Receive(Vec<Counted>),
}

pub async fn decide(
    staff: Allowed<to::ChangeOrders>,
    path: Path<(String, i64)>,
    form: Form,
) -> Result<HttpResponse> {
    let (number, n) = path.into_inner();
    let (order, back) = load(&staff, &number, n).await?;
    let answer = format!("answer-{n}");
    if !Field::fits(&form, &answer, LONGEST_ANSWER) {
        return again(&staff, &order, &form, &[("answer", "admin-too-long")]).await;
    }
    let answer = form.get(&answer).to_owned();
    let decision = match form.get("do") {
        "approve" => Decision::Approve(answer),
        "decline" if answer.is_empty() => {
            return again(&staff, &order, &form, &[("answer", "return-no-reason")]).await;
        }
        "decline" => Decision::Decline(answer),
        "receive" => match counted(&form, n, &back) {
            Some(counted) => Decision::Receive(counted),
            None => return refuse(&staff, &order, &form, "return-wrong-count").await,
        },
        _ => return Err(Error::Malformed("no decision")),
    };
    let (id, deed) = (back.id, deed(&decision, n));
    let step = move |conn: &mut Conn, _: OrderId, by: &By| carry_out(conn, id, &decision, by);
    act(&staff, order, &form, deed, step).await
}

fn deed(decision: &Decision, n: i64) -> (Action, Value) {
    match decision {
        Decision::Approve(_) => (Action::ReturnApproved, json!({ "return": n })),
        Decision::Decline(_) => (Action::ReturnDeclined, json!({ "return": n })),
        Decision::Receive(counted) => {
            let lines: Vec<_> =
                counted.iter().map(|line| (line.position, line.received, line.restocked)).collect();
            (Action::ReturnReceived, json!({ "return": n, "lines": lines }))
        }
    }
}

fn carry_out(conn: &mut Conn, id: ReturnId, decision: &Decision, by: &By) -> Moved {
    match decision {
        Decision::Approve(answer) => fulfilment::approve(conn, id, answer, by),
        Decision::Decline(answer) => fulfilment::decline(conn, id, answer, by),
        Decision::Receive(counted) => fulfilment::receive(conn, id, counted, by),
    }
}

/// What was counted of each line; `None` when one is no number.
fn counted(form: &Form, n: i64, back: &Back) -> Option<Vec<Counted>> {
    let count = |name: &str, position: i64| -> Option<i64> {
        match form.get(&format!("{name}-{n}-{position}")) {
            "" => Some(0),
            typed => typed.parse().ok().filter(|count| *count >= 0),
        }
    };
    let lines = back.lines.iter().map(|line| {
        Some(Counted {
            position: line.position,
            received: count("received", line.position)?,
            restocked: count("restocked", line.position)?,
        })
    });
    lines.collect()
}

/// What came of a return is paid back.
pub async fn refund(
    staff: Allowed<to::RefundOrders>,
    path: Path<(String, i64)>,
    form: Form,
) -> Result<HttpResponse> {
    let (number, n) = path.into_inner();
    let (order, back) = load(&staff, &number, n).await?;
    let rows: Vec<(RowKey, i64)> = back
        .units()
        .into_iter()
        .filter_map(|(position, units)| {
            Some((RowKey::Line(usize::try_from(position).ok()?), units))
        })
        .collect();
    if back.refund.is_some() || rows.is_empty() {
        return refuse(&staff, &order, &form, "move-nothing").await;
    }
    let told = json!({ "return": n, "lines": back.units() });
    let (id, reason) = (back.id, String::new());
    let step = move |conn: &mut Conn, order: OrderId, by: &By| {
        let giving = Giving::Rows(rows.clone());
        payments::refund_return(conn, (order, id), &giving, &reason, by).map(|_| ())
    };
    act(&staff, order, &form, (Action::OrderRefunded, told), step).await
}

async fn load<R: Rule>(staff: &Allowed<R>, number: &str, n: i64) -> Result<(Entry, Back)> {
    let order = find(staff, number).await?;
    let id = order.id;
    let returns = staff.visit().shop.db.read(move |conn| book::returns_of(conn, id)).await?;
    let back = returns.into_iter().find(|back| back.position + 1 == n).ok_or(Error::NotFound)?;
    Ok((order, back))
}

async fn refuse<R: Rule>(
    staff: &Allowed<R>,
    order: &Entry,
    form: &Form,
    error: &'static str,
) -> Result<HttpResponse> {
    show::page(staff, &order.number, &Sent { form: Some(form), error, mistakes: &[] }).await
}
