//! `/admin/orders/{number}/refund`: money goes back, for units of lines or as an amount.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use serde_json::json;

use super::moves::{find, minor, run};
use super::{money, refused_text};
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::audit::Action;
use crate::db::Conn;
use crate::error::Result;
use crate::invoices::RowKey;
use crate::orders::By;
use crate::orders::book::{self, Entry, Line};
use crate::payments::{self, Giving};
use crate::staff::to;
use crate::web::{Form, Html, see_other};

#[derive(Template)]
#[template(path = "admin/orders/refund.html")]
struct RefundPage {
    shell: Desk,
    order: String,
    action: String,
    total: String,
    lines: Vec<LineView>,
    has_more: bool,
    /// As typed.
    amount: String,
    reason: String,
    error: String,
}

struct LineView {
    field: String,
    name: String,
    quantity: i64,
    typed: String,
}

type Staff = Allowed<to::RefundOrders>;

pub async fn show(staff: Staff, number: Path<String>) -> Result<HttpResponse> {
    let order = find(&staff, &number).await?;
    page(&staff, &order, &Form::default(), "").await
}

/// What the form asks for; `None` when it cannot be read.
fn giving(form: &Form, order: &Entry, lines: &[Line], language: &str) -> Option<Wish> {
    let mut rows = Vec::new();
    for line in lines {
        let typed = form.get(&format!("line-{}", line.position));
        let units = if typed.is_empty() { 0 } else { typed.parse().ok().filter(|n| *n >= 0)? };
        if units > 0 {
            rows.push((RowKey::Line(usize::try_from(line.position).ok()?), units));
        }
    }
    let with_delivery = form.find("delivery").is_some();
    match form.get("amount") {
        "" => Some(Wish { amount: None, rows, with_delivery }),
        typed if rows.is_empty() && !with_delivery => {
            let amount = Some(minor(typed, order, language)?);
            Some(Wish { amount, rows, with_delivery })
        }
        _ => None,
    }
}

#[derive(Clone)]
struct Wish {
    /// An amount without goods.
    amount: Option<i64>,
    rows: Vec<(RowKey, i64)>,
    /// What is left of delivery and fees.
    with_delivery: bool,
}

pub async fn give(staff: Staff, number: Path<String>, form: Form) -> Result<HttpResponse> {
    let order = find(&staff, &number).await?;
    let (id, visit) = (order.id, staff.visit());
    let lines = visit.shop.db.read(move |conn| book::lines_of(conn, id)).await?;
    let Some(wish) = giving(&form, &order, &lines, visit.language.code()) else {
        return page(&staff, &order, &form, "move-one-way").await;
    };
    let reason = form.get("reason").to_owned();
    let units: Vec<(String, i64)> =
        wish.rows.iter().map(|(row, units)| (String::from(*row), *units)).collect();
    let told = json!({ "rows": units, "delivery": wish.with_delivery, "amount": wish.amount, "reason": reason });
    let step = move |conn: &mut Conn, id, by: &By| {
        let giving = match wish.amount {
            Some(amount) => Giving::Amount(amount),
            None => {
                let mut rows = wish.rows.clone();
                if wish.with_delivery {
                    rows.extend(payments::left_besides_goods(conn, id)?);
                }
                Giving::Rows(rows)
            }
        };
        payments::refund(conn, id, &giving, &reason, by).map(|_| ())
    };
    match run(&staff, id, (Action::OrderRefunded, told), step).await? {
        Ok(()) => Ok(see_other(&visit.href(&format!("/admin/orders/{}", order.number)))),
        Err(refused) => page(&staff, &order, &form, refused_text(&refused)).await,
    }
}

async fn page(
    staff: &Staff,
    order: &Entry,
    form: &Form,
    error: &'static str,
) -> Result<HttpResponse> {
    let id = order.id;
    let load = move |conn: &mut Conn| {
        Ok((book::lines_of(conn, id)?, payments::left_besides_goods(conn, id)?))
    };
    let (lines, more) = staff.visit().shop.db.read(load).await?;
    let shell = staff.desk("admin-refund");
    let view = |line: &Line| {
        let field = format!("line-{}", line.position);
        LineView {
            typed: form.get(&field).to_owned(),
            name: line.name.clone(),
            quantity: line.quantity,
            field,
        }
    };
    let page = RefundPage {
        order: order.number.clone(),
        action: shell.href(&format!("/admin/orders/{}/refund", order.number)).into_owned(),
        total: money(&shell, order.total_amount, &order.currency),
        lines: lines.iter().map(view).collect(),
        has_more: !more.is_empty(),
        amount: form.get("amount").to_owned(),
        reason: form.get("reason").to_owned(),
        error: if error.is_empty() { String::new() } else { shell.t(error).to_owned() },
        shell,
    };
    let status = if error.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}
