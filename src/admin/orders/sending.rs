//! `/admin/orders/sending`: all orders that were ticked are marked as sent, once somebody has read
//! what that does.

use actix_web::HttpResponse;
use askama::Template;
use serde_json::json;

use super::chosen;
use super::moves::run;
use super::refused_text;
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::Field;
use crate::audit::Action;
use crate::db::Conn;
use crate::error::Result;
use crate::fulfilment::{self, Parcel};
use crate::orders::By;
use crate::orders::slips::{MOST_SLIPS, Slip, slips};
use crate::staff::to;
use crate::web::{Form, Html};

#[derive(Template)]
#[template(path = "admin/orders/sending.html")]
struct SendingPage {
    shell: Desk,
    action: String,
    carrier: Vec<Field>,
    orders: Vec<OrderView>,
    /// Whether it was done just now; else it is asked.
    is_done: bool,
    sent: i64,
}

struct OrderView {
    number: String,
    href: String,
    name: String,
    units: i64,
    /// The field of its tracking number, and what was typed.
    field: String,
    tracking: String,
    /// Why it cannot be sent; empty for nothing.
    refused: String,
}

type Staff = Allowed<to::ShipOrders>;

pub async fn show(staff: Staff) -> Result<HttpResponse> {
    let slips = chosen::load(&staff).await?;
    let shell = staff.desk("orders-send-ticked");
    let form = Form::default();
    let orders = slips.iter().map(|slip| view(&shell, slip, &form, why_not(slip))).collect();
    answer(shell, orders, &form, None)
}

/// What is known already to keep it here.
fn why_not(slip: &Slip) -> &'static str {
    match (slip.order.status.as_str(), slip.lines.is_empty()) {
        _ if !slip.order.stop_reason.is_empty() => "move-stopped",
        ("placed", false) => "",
        _ => "move-not-packed",
    }
}

pub async fn send(staff: Staff, form: Form) -> Result<HttpResponse> {
    let names: Vec<String> =
        form.get("orders").split(' ').take(MOST_SLIPS).map(str::to_owned).collect();
    let slips = staff.visit().shop.db.read(move |conn| slips(conn, &names)).await?;
    let shell = staff.desk("orders-send-ticked");
    let (mut orders, mut sent) = (Vec::new(), 0);
    for slip in &slips {
        let refused = send_one(&staff, slip, &form).await?;
        sent += i64::from(refused.is_empty());
        orders.push(view(&shell, slip, &form, refused));
    }
    answer(shell, orders, &form, Some(sent))
}

/// Each by itself: what keeps one here keeps no other. Why it stays; empty when it goes.
async fn send_one(staff: &Staff, slip: &Slip, form: &Form) -> Result<&'static str> {
    let tracking = format!("tracking-{}", slip.order.number);
    if !Field::fits(form, "carrier", 100) || !Field::fits(form, &tracking, 100) {
        return Ok("admin-too-long");
    }
    let parcel = Parcel {
        carrier: form.get("carrier").to_owned(),
        tracking_number: form.get(&tracking).to_owned(),
        ..Parcel::default()
    };
    let told = json!({ "lines": "all", "tracking": parcel.tracking_number });
    let step =
        move |conn: &mut Conn, id, by: &By| fulfilment::ship(conn, id, &parcel, by).map(|_| ());
    let moved = run(staff, slip.order.id, (Action::OrderShipped, told), step).await?;
    Ok(moved.map_or_else(|refused| refused_text(&refused), |()| ""))
}

fn view(shell: &Desk, slip: &Slip, form: &Form, refused: &'static str) -> OrderView {
    let (number, field) = (slip.order.number.clone(), format!("tracking-{}", slip.order.number));
    OrderView {
        href: shell.href(&format!("/admin/orders/{number}")).into_owned(),
        name: slip.to.name.clone(),
        units: slip.lines.iter().map(|line| line.units).sum(),
        tracking: form.get(&field).to_owned(),
        refused: if refused.is_empty() { String::new() } else { shell.t(refused).to_owned() },
        number,
        field,
    }
}

fn answer(
    shell: Desk,
    orders: Vec<OrderView>,
    form: &Form,
    sent: Option<i64>,
) -> Result<HttpResponse> {
    let carrier = Field::text(&shell, "carrier", "orders-carrier", form);
    let page = SendingPage {
        action: shell.href("/admin/orders/sending").into_owned(),
        carrier: vec![Field { is_optional: true, ..carrier }],
        is_done: sent.is_some(),
        sent: sent.unwrap_or_default(),
        orders,
        shell,
    };
    Ok(Html::page(&page)?.personal().into_response())
}
