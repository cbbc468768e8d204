//! `POST /admin/tax`: whether prices have their tax in them, and where it is rounded.

use actix_web::HttpResponse;

use crate::admin::desk::Desk;
use crate::admin::field::{Field, choose};
use crate::admin::rulebook::change;
use crate::admin::zones::Staff;
use crate::error::Result;
use crate::pricing::TaxRounding;
use crate::rules::{Entry, Section};
use crate::settings::ShopSettings;
use crate::web::{Form, see_other};

pub async fn save(staff: Staff, form: Form) -> Result<HttpResponse> {
    let entry = Entry::new("settings", "", &["settings"])
        .flag("prices_include_tax", form.get("prices") != "without")
        .typed("tax_rounding", if form.get("rounding") == "group" { "group" } else { "line" });
    let saved = change(&staff, Section::Settings, move |_, book| {
        book.put(entry.clone());
        Ok(Some(()))
    });
    saved.await?;
    Ok(see_other(&staff.visit().href("/admin/tax?saved=1")))
}

pub(super) fn fields(shell: &Desk, settings: &ShopSettings) -> Vec<Field> {
    let prices = if settings.prices_include_tax { "with" } else { "without" };
    let rounding = match settings.tax_rounding {
        TaxRounding::Line => "line",
        TaxRounding::Group => "group",
    };
    let select = |name: &'static str, label, choices: [(&str, String); 2], chosen| {
        let words = |(code, key): (&str, String)| (code.to_owned(), shell.t(&key).to_owned());
        Field::select(shell, (name, label), choose(choices.map(words).to_vec(), chosen))
    };
    let quoted = ["with", "without"].map(|code| (code, format!("tax-prices-{code}")));
    let rounded = ["line", "group"].map(|code| (code, format!("tax-rounding-{code}")));
    vec![
        select("prices", "tax-prices", quoted, prices),
        select("rounding", "tax-rounding", rounded, rounding).hint(shell.t("tax-rounding-hint")),
    ]
}
