//! `/admin/orders/{number}/edit`: an order is changed before anything of it is sent. What that does is
//! shown first, and only what was looked at is done.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use serde_json::{Value, json};

use super::edit_form::{Asked, Fields};
use super::edit_view::{Preview, preview, refused_words};
use super::moves::{done, find, run};
use super::refused_text as move_text;
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::audit::Action;
use crate::checkout::Mistake;
use crate::db::Conn;
use crate::error::Result;
use crate::ids::OrderId;
use crate::orders::By;
use crate::orders::book::Entry;
use crate::payments::Gateways;
use crate::revisions::{self, Plan, Refused, Revising, Sold, Wish, find_sold};
use crate::staff::{Permission, Rule, to};
use crate::web::{Form, Html, View};

#[derive(Template)]
#[template(path = "admin/orders/edit.html")]
struct EditPage {
    shell: Desk,
    order: String,
    action: String,
    error: String,
    fields: Fields,
    /// What the change would do, once it was asked for.
    preview: Option<Preview>,
    /// Whether money goes back and she may not send it.
    needs_refunder: bool,
}

/// What is wrong with what was sent.
#[derive(Default)]
struct Wrong {
    /// With the whole; empty for nothing.
    whole: String,
    fields: Vec<Mistake>,
}

pub async fn show(staff: Allowed<to::ChangeOrders>, number: Path<String>) -> Result<HttpResponse> {
    let order = find(&staff, &number).await?;
    let sold = sold(&staff, order.id).await?;
    let wrong = match sold.is_changeable() {
        true => Wrong::default(),
        false => Wrong::whole(staff.desk("orders-edit").t("edit-not-now")),
    };
    page(&staff, &order, (&sold, None), &Asked::form(&sold), wrong)
}

/// Looks at a change, or makes it. One by which money goes back is for who may refund.
pub async fn change(
    staff: Allowed<to::ChangeOrders>,
    gateways: Data<Gateways>,
    number: Path<String>,
    form: Form,
) -> Result<HttpResponse> {
    go_on(&staff, &gateways, &number, &form, |plan| plan.due() >= 0).await
}

/// `POST /admin/orders/{number}/edit/refund`: makes a change by which money goes back.
pub async fn change_and_refund(
    staff: Allowed<to::RefundOrders>,
    gateways: Data<Gateways>,
    number: Path<String>,
    form: Form,
) -> Result<HttpResponse> {
    go_on(&staff, &gateways, &number, &form, |_| true).await
}

async fn go_on<R: Rule>(
    staff: &Allowed<R>,
    gateways: &Gateways,
    number: &str,
    form: &Form,
    may: fn(&Plan) -> bool,
) -> Result<HttpResponse> {
    let order = find(staff, number).await?;
    let sold = sold(staff, order.id).await?;
    let asked = match Asked::read(form, &sold) {
        Ok(asked) => asked,
        Err(fields) => {
            let wrong = Wrong { fields, ..Wrong::default() };
            return page(staff, &order, (&sold, None), form, wrong);
        }
    };
    let planned = planned(staff, order.id, &asked.wish).await?;
    let wrong = match planned {
        Ok(ref plan) if form.get("do") == "change" && may(plan) => {
            match make(staff, gateways, (&order, plan), (asked, form)).await? {
                None => return Ok(done(staff, &order, Action::OrderChanged)),
                Some(key) => Wrong::whole(staff.desk("orders-edit").t(key)),
            }
        }
        Ok(_) => Wrong::default(),
        Err(ref refused) => wrong(&staff.desk("orders-edit"), refused),
    };
    page(staff, &order, (&sold, planned.as_ref().ok()), form, wrong)
}

/// What keeps it from being made; `None` when it is made.
async fn make<R: Rule>(
    staff: &Allowed<R>,
    gateways: &Gateways,
    (order, plan): (&Entry, &Plan),
    (asked, form): (Asked, &Form),
) -> Result<Option<&'static str>> {
    let told = told(plan, &asked.reason);
    let revising = Revising {
        view: view(staff),
        gateways: gateways.clone(),
        wish: asked.wish,
        seen: form.get("seen").to_owned(),
        reason: asked.reason,
    };
    let step = move |conn: &mut Conn, id, by: &By| revising.run(conn, id, by);
    let made = run(staff, order.id, (Action::OrderChanged, told), step).await?;
    Ok(made.err().map(|refused| move_text(&refused)))
}

/// As the audit log tells it.
fn told(plan: &Plan, reason: &str) -> Value {
    let moves: Vec<_> = plan.moves.iter().map(|moved| (&moved.sku, moved.units)).collect();
    json!({
        "from": plan.sold.bill.totals.payable,
        "to": plan.total(),
        "units": moves,
        "address": plan.address.is_some(),
        "reason": reason,
    })
}

async fn sold<R>(staff: &Allowed<R>, id: OrderId) -> Result<Sold> {
    staff.visit().shop.db.read(move |conn| find_sold(conn, id)).await
}

async fn planned<R>(
    staff: &Allowed<R>,
    id: OrderId,
    wish: &Wish,
) -> Result<std::result::Result<Plan, Refused>> {
    let (wish, view) = (wish.clone(), view(staff));
    let plan = move |conn: &mut Conn| revisions::plan(conn, id, &wish, &view);
    staff.visit().shop.db.read(plan).await
}

/// At everybody's prices.
fn view<R>(staff: &Allowed<R>) -> View {
    View { group: None, ..staff.visit().view() }
}

impl Wrong {
    fn whole(words: impl Into<String>) -> Self {
        Self { whole: words.into(), ..Self::default() }
    }
}

/// At the field that it is about, if it is about one.
fn wrong(shell: &Desk, refused: &Refused) -> Wrong {
    match refused {
        Refused::NoWay => {
            Wrong { fields: vec![Mistake::new("way", "edit-no-way")], ..Wrong::default() }
        }
        _ => Wrong::whole(refused_words(shell, refused)),
    }
}

fn page<R: Rule>(
    staff: &Allowed<R>,
    order: &Entry,
    (sold, plan): (&Sold, Option<&Plan>),
    form: &Form,
    wrong: Wrong,
) -> Result<HttpResponse> {
    let shell = staff.desk("orders-edit");
    let status = match wrong.whole.is_empty() && wrong.fields.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let goes_back = plan.is_some_and(|plan| plan.due() < 0);
    let page = EditPage {
        order: order.number.clone(),
        action: shell.href(&format!("/admin/orders/{}/edit", order.number)).into_owned(),
        error: wrong.whole,
        fields: Fields::of(&shell, sold, form, &wrong.fields),
        preview: plan.map(|plan| preview(&shell, plan)),
        needs_refunder: goes_back && !staff.may(Permission::RefundOrders),
        shell,
    };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}
