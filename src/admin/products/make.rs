//! `/admin/products/new`: a name and a price make a draft.

use actix_web::HttpResponse;

use crate::admin::Allowed;
use crate::admin::field::{Field, Mistake};
use crate::admin::form::FormPage;
use crate::admin::typed::LONGEST_NAME;
use crate::catalog::keep;
use crate::db::Conn;
use crate::error::Result;
use crate::money::Money;
use crate::staff::to;
use crate::web::{Form, see_other};

type Staff = Allowed<to::ChangeProducts>;

pub async fn show(staff: Staff) -> Result<HttpResponse> {
    page(&staff, &Form::default(), &[])
}

pub async fn make(staff: Staff, form: Form) -> Result<HttpResponse> {
    let visit = staff.visit();
    let (name, frame) = (form.get("name").to_owned(), visit.frame.clone());
    let price =
        Money::parse_typed(form.get("price"), frame.settings.currency, visit.language.code());
    let mut mistakes = Vec::new();
    if name.is_empty() || !Field::fits(&form, "name", LONGEST_NAME) {
        mistakes.push(("name", "product-name-wrong"));
    }
    let price = match price {
        Ok(price) if mistakes.is_empty() => price,
        Ok(_) => return page(&staff, &form, &mistakes),
        Err(_) => {
            mistakes.push(("price", "product-price-wrong"));
            return page(&staff, &form, &mistakes);
        }
    };
    let who = staff.who();
    let write = move |conn: &mut Conn| keep::make(conn, (&who, &frame), (&name, &price));
    let id = visit.shop.db.write(write).await?;
    Ok(see_other(&visit.href(&format!("/admin/products/{id}"))))
}

fn page(staff: &Staff, form: &Form, mistakes: &[Mistake]) -> Result<HttpResponse> {
    let shell = staff.desk("product-new");
    let name = Field { most: LONGEST_NAME, ..Field::text(&shell, "name", "product-name", form) };
    let price = Field::text(&shell, "price", "product-price", form);
    let price = Field { inputmode: "decimal", most: 30, ..price };
    let currency = shell.settings().currency.code();
    let price = price.hint(shell.with("product-price-hint", "currency", currency));
    let page = FormPage {
        lead: shell.t("product-new-lead").to_owned(),
        error: String::new(),
        action: shell.href("/admin/products/new").into_owned(),
        hidden: Vec::new(),
        fields: vec![name.with(&shell, mistakes), price.with(&shell, mistakes)],
        button: shell.t("product-make").to_owned(),
        back: (shell.href("/admin/products").into_owned(), shell.t("admin-products").to_owned()),
        shell,
    };
    page.answer()
}
