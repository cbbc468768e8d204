//! `/admin/start/delivery`: the first zone that is delivered to, with one way there.

use actix_web::HttpResponse;
use actix_web::web::Data;

use super::page::QuestionPage;
use super::{address, readiness};
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::{Choices, Field, choose};
use crate::admin::reader::{Mistakes, Reader};
use crate::db::Conn;
use crate::error::Result;
use crate::money::Money;
use crate::opening::{First, Step, add_first_delivery};
use crate::payments::Gateways;
use crate::staff::to;
use crate::web::{Form, countries, see_other};

type Staff = Allowed<to::ChangeSettings>;

/// Where things are brought.
const HERE: &str = "country";
const ANYWHERE: &str = "anywhere";
const LONGEST_NAME: usize = 100;
const MOST_DAYS: i64 = 365;

pub async fn show(staff: Staff, gateways: Data<Gateways>) -> Result<HttpResponse> {
    let usual = Form::filled(&[("min_days", "1"), ("max_days", "3")]);
    page(&staff, &gateways, (&usual, &Mistakes::new())).await
}

pub async fn save(staff: Staff, gateways: Data<Gateways>, form: Form) -> Result<HttpResponse> {
    let first = match read(&staff, &form) {
        Ok(first) => first,
        Err(mistakes) => return page(&staff, &gateways, (&form, &mistakes)).await,
    };
    let (who, shop) = (staff.who(), &staff.visit().shop);
    let write = move |conn: &mut Conn| add_first_delivery(conn, &who, &first);
    shop.db.write(write).await?;
    shop.refresh().await?;
    Ok(see_other(&staff.visit().href(&address(Step::Delivery.next()))))
}

fn read(staff: &Staff, form: &Form) -> std::result::Result<First, Mistakes> {
    let (visit, mut reader) = (staff.visit(), Reader::of(form));
    let settings = &visit.frame.settings;
    let name = reader.line("method", LONGEST_NAME);
    if name.is_empty() {
        reader.wrong("method", "start-method-missing");
    }
    let price = reader.ask("price", "product-price-wrong", |text| {
        Money::parse_typed(text, settings.currency, visit.language.code()).ok()
    });
    let day = |text: &str| text.parse().ok().filter(|day| (0..=MOST_DAYS).contains(day));
    let days = (
        reader.ask("min_days", "start-days-wrong", day).unwrap_or_default(),
        reader.ask("max_days", "start-days-wrong", day).unwrap_or_default(),
    );
    if days.0 > days.1 {
        reader.wrong("max_days", "start-days-order");
    }
    let is_anywhere = form.get("reach") == ANYWHERE;
    let zone = zones(&staff.desk("admin-start")).into_iter().nth(usize::from(is_anywhere));
    reader.end(First {
        country: (!is_anywhere).then_some(settings.country),
        zone: zone.map(|(_, name)| name).unwrap_or_default(),
        name,
        price: price.unwrap_or(Money::new(0, settings.currency)),
        days,
    })
}

async fn page(
    staff: &Staff,
    gateways: &Data<Gateways>,
    (form, mistakes): (&Form, &Mistakes),
) -> Result<HttpResponse> {
    let readiness = readiness(staff, gateways).await?;
    let mut page = QuestionPage::of(staff, Step::Delivery, &readiness);
    if readiness.delivers {
        page.known = page.shell.t("start-delivers").to_owned();
        return page.answer();
    }
    page.fields = fields(&page.shell, form);
    page.mark(mistakes);
    page.answer()
}

/// Where to: the shop's own country, or everywhere.
fn zones(shell: &Desk) -> Choices {
    let country = countries::name(shell, shell.settings().country);
    let anywhere = shell.t("start-reach-anywhere").to_owned();
    vec![(HERE.to_owned(), country), (ANYWHERE.to_owned(), anywhere)]
}

fn fields(shell: &Desk, form: &Form) -> Vec<Field> {
    let reach = choose(zones(shell), form.get("reach"));
    let reach = Field::select(shell, ("reach", "start-reach"), reach);
    let price = Field::text(shell, "price", "product-price", form);
    let price = Field { inputmode: "decimal", most: 30, ..price };
    let days = |name, label| Field {
        inputmode: "numeric",
        most: 3,
        ..Field::text(shell, name, label, form)
    };
    vec![
        reach,
        Field::text(shell, "method", "start-method", form).hint(shell.t("start-method-hint")),
        price.hint(shell.with("product-price-hint", "currency", shell.settings().currency.code())),
        days("min_days", "start-days-from"),
        days("max_days", "start-days-to"),
    ]
}
