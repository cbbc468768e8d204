//! `/admin/orders/{number}/refund`: money goes back, for units of lines or as an amount. What that does is shown first,
//! and only the sum that was looked at goes back.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::moves::{done, find, run};
use super::refund_view::{Effect, Preview, preview, try_out};
use super::wish::{Wish, Wrong};
use super::{money, refused_text};
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::Field;
use crate::audit::Action;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::OrderId;
use crate::orders::book::{self, Entry, Line};
use crate::orders::{self, By, MoveError, Moved};
use crate::payments;
use crate::staff::to;
use crate::web::{Form, Html};

#[derive(Template)]
#[template(path = "admin/orders/refund.html")]
struct RefundPage {
    shell: Desk,
    order: String,
    action: String,
    total: String,
    lines: Vec<LineView>,
    has_more: bool,
    /// How many refunds there were when the form was shown.
    after: usize,
    /// As typed, and ticked.
    with_delivery: bool,
    restock: bool,
    /// Whether anything was sent that can come back.
    has_sent: bool,
    fields: Vec<Field>,
    error: String,
    /// What the refund would do, once it was asked for.
    preview: Option<Preview>,
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
    page(&staff, &order, &Form::default(), (Wrong::Nothing, None)).await
}

/// Looks at a refund, or gives it.
pub async fn give(staff: Staff, number: Path<String>, form: Form) -> Result<HttpResponse> {
    let order = find(&staff, &number).await?;
    let (id, visit) = (order.id, staff.visit());
    let lines = visit.shop.db.read(move |conn| book::lines_of(conn, id)).await?;
    let wish = match Wish::read(&form, (&order, &lines), visit.language.code()) {
        Ok(wish) => wish,
        Err(wrong) => return page(&staff, &order, &form, (wrong, None)).await,
    };
    if let Ok(agreed) = form.get("agreed").parse() {
        let (told, wish) = (wish.told(), wish.clone());
        let after = form.get("after").to_owned();
        let step = move |conn: &mut Conn, id, by: &By| write(conn, id, &wish, (&after, agreed), by);
        match run(&staff, id, (Action::OrderRefunded, told), step).await? {
            Ok(()) => return Ok(done(&staff, &order, Action::OrderRefunded)),
            // Another refund than the one that was looked at: this one is shown.
            Err(MoveError::ChangedMeanwhile) => {}
            Err(refused) => return refuse(&staff, &order, &form, &refused).await,
        }
    }
    match try_out(&staff, id, wish).await? {
        Ok(effect) => page(&staff, &order, &form, (Wrong::Nothing, Some(effect))).await,
        Err(refused) => refuse(&staff, &order, &form, &refused).await,
    }
}

/// Writes the refund, if it comes to the sum that was looked at.
fn write(
    conn: &mut Conn,
    id: OrderId,
    wish: &Wish,
    (after, agreed): (&str, i64),
    by: &By,
) -> Moved {
    // A form that was sent twice, or while a colleague gave something back, is to be looked at
    // once more.
    orders::hold(conn, id)?;
    if payments::refunds_of(conn, id)?.len().to_string() != after {
        return Err(MoveError::RefundedMeanwhile);
    }
    let given = wish.give(conn, id, by)?;
    match Effect::of(conn, id, given, wish)?.amount == agreed {
        true => Ok(()),
        false => Err(MoveError::ChangedMeanwhile),
    }
}

async fn refuse(
    staff: &Staff,
    order: &Entry,
    form: &Form,
    refused: &MoveError,
) -> Result<HttpResponse> {
    page(staff, order, form, (Wrong::Whole(refused_text(refused)), None)).await
}

async fn page(
    staff: &Staff,
    order: &Entry,
    form: &Form,
    (wrong, effect): (Wrong, Option<Effect>),
) -> Result<HttpResponse> {
    let id = order.id;
    let load = move |conn: &mut Conn| {
        let (lines, more) = (book::lines_of(conn, id)?, payments::left_besides_goods(conn, id)?);
        Ok((lines, more, payments::refunds_of(conn, id)?.len()))
    };
    let (lines, more, after) = staff.visit().shop.db.read(load).await?;
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
        after,
        with_delivery: form.find("delivery").is_some(),
        restock: form.find("restock").is_some(),
        has_sent: lines.iter().any(|line| line.shipped > line.returned),
        fields: fields(&shell, form, &wrong),
        preview: effect.map(|effect| preview(&shell, order, &effect)),
        error: match wrong {
            Wrong::Whole(key) => shell.t(key).to_owned(),
            _ => String::new(),
        },
        shell,
    };
    let status = match wrong {
        Wrong::Nothing => StatusCode::OK,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn fields(shell: &Desk, form: &Form, wrong: &Wrong) -> Vec<Field> {
    let mistakes = match wrong {
        Wrong::At(mistake) => std::slice::from_ref(mistake),
        _ => &[],
    };
    let field = |name, label, most| {
        let field = Field::text(shell, name, label, form);
        Field { most, is_optional: true, ..field }.with(shell, mistakes)
    };
    let amount = Field { inputmode: "decimal", ..field("amount", "refund-amount", 30) };
    vec![amount, field("reason", "refund-reason", 200)]
}
