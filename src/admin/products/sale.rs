//! `/admin/products/{id}/sale`: all variants of a product cost less, from one day until another.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use chrono::NaiveDateTime;

use super::named;
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::field::{Field, Mistake};
use crate::catalog::choice::Chosen;
use crate::catalog::keep::{self, Edit, Kept, Saved};
use crate::catalog::options::known;
use crate::catalog::sale::{self, PercentOff, Sale};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::{ProductId, VariantId};
use crate::prices::NewPrice;
use crate::staff::to;
use crate::web::{Form, Html, dates, see_other};

#[derive(Template)]
#[template(path = "admin/products/sale.html")]
struct SalePage {
    shell: Desk,
    name: String,
    product: String,
    action: String,
    version: i64,
    wrong: String,
    /// Variant, price, price before, and when.
    prices: Vec<[String; 4]>,
    fields: Vec<Field>,
}

type Staff = Allowed<to::ChangeProducts>;

struct Loaded {
    kept: Kept,
    /// Each with the values of its variant.
    sales: Vec<(Chosen, NewPrice)>,
}

/// What was sent and not done.
struct Sent<'a> {
    form: &'a Form,
    wrong: &'static str,
    mistakes: &'a [Mistake],
    status: StatusCode,
}

pub async fn show(staff: Staff, id: Path<i64>) -> Result<HttpResponse> {
    let loaded = load(&staff, ProductId(*id)).await?;
    let form = Form::default();
    page(&staff, &loaded, &Sent { form: &form, wrong: "", mistakes: &[], status: StatusCode::OK })
}

pub async fn set(staff: Staff, id: Path<i64>, form: Form) -> Result<HttpResponse> {
    let (id, zone) = (ProductId(*id), staff.visit().frame.settings.time_zone);
    let wanted = match form.find("end") {
        Some(_) => Ok(None),
        None => read(&form, |text| dates::parse_typed(text, zone)).map(Some),
    };
    let sale = match wanted {
        Ok(sale) => sale,
        Err(mistakes) => {
            let (wrong, status) = ("form-not-saved", StatusCode::UNPROCESSABLE_ENTITY);
            let sent = Sent { form: &form, wrong, mistakes: &mistakes, status };
            return page(&staff, &load(&staff, id).await?, &sent);
        }
    };
    let version = form.get("version").parse().unwrap_or_default();
    let (who, frame) = (staff.who(), staff.visit().frame.clone());
    let write = move |conn: &mut Conn| {
        sale::set(conn, &Edit { who: &who, frame: &frame, id, version }, sale.as_ref())
    };
    match staff.visit().shop.db.write(write).await? {
        Saved::Done => Ok(see_other(&staff.visit().href(&format!("/admin/products/{id}/sale")))),
        Saved::Meanwhile => {
            let (wrong, status) = ("options-meanwhile", StatusCode::CONFLICT);
            let sent = Sent { form: &form, wrong, mistakes: &[], status };
            page(&staff, &load(&staff, id).await?, &sent)
        }
    }
}

fn read(
    form: &Form,
    instant: impl Fn(&str) -> Option<NaiveDateTime>,
) -> std::result::Result<Sale, Vec<Mistake>> {
    let percent = PercentOff::parse(form.get("percent"));
    let time = |name| (form.get(name).is_empty(), instant(form.get(name)));
    let ((no_from, from), (no_until, until)) = (time("from"), time("until"));
    let ends_after = from.zip(until).is_none_or(|(from, until)| from < until);
    let checked: [(bool, Mistake); 5] = [
        (percent.is_some(), ("percent", "sale-percent-wrong")),
        (no_from || from.is_some(), ("from", "product-time-wrong")),
        (no_until || until.is_some(), ("until", "product-time-wrong")),
        (!(no_from && no_until), ("until", "sale-no-time")),
        (ends_after, ("until", "product-ends-before")),
    ];
    let wrong = checked.into_iter().filter(|(is_right, _)| !is_right);
    match (percent, wrong.map(|(_, mistake)| mistake).collect::<Vec<_>>()) {
        (Some(percent), wrong) if wrong.is_empty() => Ok(Sale { percent, from, until }),
        (_, wrong) => Err(wrong),
    }
}

async fn load(staff: &Staff, id: ProductId) -> Result<Loaded> {
    let at = (staff.visit().frame.settings.currency, staff.visit().now);
    let load = move |conn: &mut Conn| {
        let kept = keep::find(conn, id)?.ok_or(Error::NotFound)?;
        let known = known(conn, id)?;
        let values = |variant: VariantId| {
            let found = known.iter().find(|known| known.id == variant);
            found.map(|known| known.values.clone()).unwrap_or_default()
        };
        let sales = sale::of(conn, id, at)?.into_iter();
        Ok(Loaded { kept, sales: sales.map(|(id, price)| (values(id), price)).collect() })
    };
    staff.visit().shop.db.read(load).await
}

fn page(staff: &Staff, loaded: &Loaded, sent: &Sent<'_>) -> Result<HttpResponse> {
    let mut shell = staff.desk("admin-products");
    let name = loaded.kept.sheet.name(shell.frame().own_language()).to_owned();
    shell.shell.head.title = shell.with("sale-of", "name", &name);
    let product = shell.href(&format!("/admin/products/{}", loaded.kept.id)).into_owned();
    let prices = loaded.sales.iter().map(|(values, price)| {
        let values = named(&shell, values);
        let was = price.compare_at.map(|was| shell.money(&was)).unwrap_or_default();
        let variant = if values.is_empty() { name.clone() } else { values };
        [variant, shell.money(&price.amount), was, window(&shell, price)]
    });
    let page = SalePage {
        prices: prices.collect(),
        action: format!("{product}/sale"),
        product,
        version: loaded.kept.version,
        wrong: if sent.wrong.is_empty() { String::new() } else { shell.t(sent.wrong).to_owned() },
        fields: fields(&shell, sent),
        name,
        shell,
    };
    Ok(Html::page(&page)?.status(sent.status).personal().into_response())
}

fn window(shell: &Desk, price: &NewPrice) -> String {
    let from = price.from.map(|at| shell.with("sale-from", "at", dates::instant(shell, at)));
    let until = price.until.map(|at| shell.with("sale-until", "at", dates::instant(shell, at)));
    from.into_iter().chain(until).collect::<Vec<_>>().join(", ")
}

fn fields(shell: &Desk, sent: &Sent<'_>) -> Vec<Field> {
    let percent = Field::text(shell, "percent", "sale-percent", sent.form);
    let percent = Field { inputmode: "numeric", most: 3, ..percent };
    let time = |name: &'static str, label| {
        let field = Field::text(shell, name, label, sent.form);
        Field { kind: "datetime-local", most: 0, is_optional: true, ..field }
    };
    let until = time("until", "sale-ends").hint(shell.t("sale-time-hint"));
    let fields = [percent.hint(shell.t("sale-percent-hint")), time("from", "sale-begins"), until];
    fields.map(|field| field.with(shell, sent.mistakes)).into()
}
