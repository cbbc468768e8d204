//! The worked example beside a rule: goods and a place, which can be exchanged for others.

use super::desk::Desk;
use super::field::{Field, choose};
use super::trial::{self, Basket};
use crate::cart::{Quote, TotalRow, rows};
use crate::values::{Country, Place};
use crate::web::{Form, countries};
use crate::zones::{Area, Zone};

/// What is asked.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Empty for goods that the shop chooses.
    pub basket: Basket,
    pub place: Place,
}

/// What a form asks; of a place that it does not name, this one. Else the line that is wrong.
pub fn asked(form: &Form, usual: &Place) -> Result<Asked, String> {
    Ok(Asked { basket: trial::parse(form.get("lines"))?, place: place(form, usual) })
}

pub fn place(form: &Form, usual: &Place) -> Place {
    match Country::parse(form.get("country")) {
        Some(country) => Place {
            country,
            region: form.get("region").to_owned(),
            postcode: form.get("postcode").to_owned(),
        },
        None => usual.clone(),
    }
}

/// A place in a zone; where the shop is for one that is anywhere.
pub fn place_in(zone: &Zone, shops: Place) -> Place {
    let Some((area, country)) = zone.areas.iter().find_map(|area| Some((area, area.country()?)))
    else {
        return shops;
    };
    let (region, postcode) = match area {
        Area::Region(_, region) => (region.clone(), String::new()),
        Area::Postcodes(_, range) => (String::new(), range.from().to_owned()),
        Area::Anywhere | Area::Country(_) => (String::new(), String::new()),
    };
    Place { country, region, postcode }
}

/// The fields that ask it, as they were typed or as they were filled in: the goods, where they go.
/// `error` is what was wrong with the goods.
pub fn fields(
    shell: &Desk,
    (form, basket): (&Form, &Basket),
    place: &Place,
    error: String,
) -> Vec<Field> {
    let typed = match form.get("lines") {
        "" => trial::written(basket),
        typed => typed.to_owned(),
    };
    let field = |name: &'static str, label, value: &str| Field {
        value: value.to_owned(),
        is_optional: true,
        ..Field::text(shell, name, label, form)
    };
    let goods = field("lines", "example-goods", &typed);
    let goods = Field { kind: "textarea", most: 1_000, error, ..goods };
    vec![
        goods.hint(shell.t("example-goods-hint")),
        country(shell, place.country),
        field("region", "example-region", &place.region),
        field("postcode", "example-postcode", &place.postcode),
    ]
}

fn country(shell: &Desk, chosen: Country) -> Field {
    let named = countries::by_name(shell).into_iter();
    let named = named.map(|(country, name)| (country.code().to_owned(), name)).collect();
    Field::select(shell, ("country", "example-country"), choose(named, chosen.code()))
}

/// The rows of a bill, as the cart shows them.
pub fn totals(shell: &Desk, quote: &Quote) -> Vec<TotalRow> {
    let delivery = quote.bill.shipping.as_ref().map(|_| shell.t("orders-delivery").to_owned());
    rows(shell, &quote.bill, quote.request.prices_include_tax, delivery, &quote.given)
}

/// What is said of goods that are not on sale; empty for nothing.
pub fn missing(shell: &Desk, skus: &[String]) -> String {
    match skus {
        [] => String::new(),
        [first, ..] => shell.with("example-missing", "sku", first),
    }
}
