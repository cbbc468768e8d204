//! `/admin/start/product`: the first thing of the shop's own, on sale at once.

use actix_web::HttpResponse;
use actix_web::web::Data;

use super::page::QuestionPage;
use super::{address, readiness};
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::Field;
use crate::admin::reader::{Mistakes, Reader};
use crate::admin::typed::LONGEST_NAME;
use crate::audit::{self, Action, Deed, Entity, Who};
use crate::catalog::model::Status;
use crate::catalog::{grid, keep};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::ProductId;
use crate::money::Money;
use crate::opening::Step;
use crate::payments::Gateways;
use crate::staff::to;
use crate::stock::{self, Actor, Cause};
use crate::web::{Form, see_other};
use serde_json::json;

type Staff = Allowed<to::ChangeProducts>;

/// More is a slip of the finger.
const MOST_UNITS: i64 = 1_000_000;

/// What was typed.
struct Wanted {
    name: String,
    price: Money,
    units: i64,
}

pub async fn show(staff: Staff, gateways: Data<Gateways>) -> Result<HttpResponse> {
    page(&staff, &gateways, (&Form::default(), &Mistakes::new())).await
}

pub async fn save(staff: Staff, gateways: Data<Gateways>, form: Form) -> Result<HttpResponse> {
    let wanted = match read(&staff, &form) {
        Ok(wanted) => wanted,
        Err(mistakes) => return page(&staff, &gateways, (&form, &mistakes)).await,
    };
    let id = make(&staff, wanted).await?;
    staff.visit().shop.refresh().await?;
    Ok(see_other(&staff.visit().href(&format!("{}?product={id}", address(None)))))
}

fn read(staff: &Staff, form: &Form) -> std::result::Result<Wanted, Mistakes> {
    let (visit, mut reader) = (staff.visit(), Reader::of(form));
    let currency = visit.frame.settings.currency;
    let name = reader.line("name", LONGEST_NAME);
    if name.is_empty() {
        reader.wrong("name", "product-name-wrong");
    }
    let price = reader.ask("price", "product-price-wrong", |text| {
        Money::parse_typed(text, currency, visit.language.code()).ok()
    });
    let units = reader.ask("units", "start-units-wrong", |text| {
        text.parse().ok().filter(|units| (0..=MOST_UNITS).contains(units))
    });
    let price = price.unwrap_or(Money::new(0, currency));
    reader.end(Wanted { name, price, units: units.unwrap_or_default() })
}

async fn make(staff: &Staff, wanted: Wanted) -> Result<ProductId> {
    let (who, frame) = (staff.who(), staff.visit().frame.clone());
    let write = move |conn: &mut Conn| {
        let by = (&who, &*frame);
        let id = keep::make(conn, by, (&wanted.name, &wanted.price))?;
        keep::set_status(conn, by, id, Status::Active)?;
        put_on_the_shelf(conn, &who, id, &wanted)?;
        Ok(id)
    };
    staff.visit().shop.db.write(write).await
}

fn put_on_the_shelf(conn: &mut Conn, who: &Who, id: ProductId, wanted: &Wanted) -> Result<()> {
    let currency = wanted.price.currency();
    let lines = grid::lines(conn, id, currency, (0, 1))?;
    let Some(line) = lines.first().filter(|_| wanted.units > 0) else { return Ok(()) };
    let (name, actor) = (format!("first:{}", line.id), Actor::of(who));
    let cause = Cause { name, reason: "", actor: &actor, at: who.at };
    stock::receive(conn, line.id, wanted.units, &cause)?;
    let (action, entity) = (Action::StockReceived, Entity::Variant(line.sku.clone()));
    let (before, after) = (json!({}), json!({ "units": wanted.units }));
    audit::write(conn, who, &Deed { action, entity, before, after })
}

async fn page(
    staff: &Staff,
    gateways: &Data<Gateways>,
    (form, mistakes): (&Form, &Mistakes),
) -> Result<HttpResponse> {
    let readiness = readiness(staff, gateways).await?;
    let mut page = QuestionPage::of(staff, Step::Product, &readiness);
    if readiness.sells {
        page.known = page.shell.t("start-sells").to_owned();
    }
    page.fields = fields(&page.shell, form);
    page.mark(mistakes);
    page.answer()
}

fn fields(shell: &Desk, form: &Form) -> Vec<Field> {
    let name = Field { most: LONGEST_NAME, ..Field::text(shell, "name", "product-name", form) };
    let price = Field::text(shell, "price", "product-price", form);
    let price = Field { inputmode: "decimal", most: 30, ..price };
    let units = Field::text(shell, "units", "start-units", form);
    vec![
        name,
        price.hint(shell.with("product-price-hint", "currency", shell.settings().currency.code())),
        Field { inputmode: "numeric", most: 7, ..units },
    ]
}
