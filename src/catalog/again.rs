//! The product page once more, after something that could not be done as it was asked for.

use super::AddProblem;
use super::product::{self, Loaded, Showing};
use super::queries;
use super::seen::Seen;
use crate::error::{Error, Result};
use crate::values::Slug;
use crate::web::{Form, Html, Shell, Visit};

/// The page of `slug` with the choice in `form` kept and the problem named. The caller sets the
/// status.
pub async fn show_again(
    visit: &Visit,
    slug: &Slug,
    problem: AddProblem,
    form: &Form,
) -> Result<Html> {
    let view = visit.view();
    let loaded = load(visit, slug).await?;
    let shell = visit.shell(Default::default());
    let showing = Showing {
        chosen: loaded.range.read(&view, |code| form.find(code)).ok(),
        quantity: form.find("quantity").map(ToOwned::to_owned),
        problem: Some(words(&shell, &problem)),
        ..Showing::default()
    };
    product::page(visit, &view, loaded, showing)
}

/// The page of `slug` with the variant and the address in `form`, which is none that mails go to. The
/// caller sets the status.
pub async fn show_alert_again(visit: &Visit, slug: &Slug, form: &Form) -> Result<Html> {
    let loaded = load(visit, slug).await?;
    let chosen = loaded.range.find_sku(form.get("variant"));
    let (email, shell) = (form.get("email").to_owned(), visit.shell(Default::default()));
    let error = match email.as_str() {
        "" => shell.t("missing-email"),
        _ => shell.t("wrong-email"),
    };
    let showing = Showing {
        chosen: chosen.map(|variant| loaded.range.chosen_by(variant.id)),
        alert: (email, error.to_owned()),
        ..Showing::default()
    };
    product::page(visit, &visit.view(), loaded, showing)
}

async fn load(visit: &Visit, slug: &Slug) -> Result<Loaded> {
    let (reader, slug) = (visit.view(), slug.clone());
    let load = visit.shop.db.read(move |conn| {
        let product = queries::find_product(conn, &reader, &slug)?;
        let product = product.filter(|product| !product.is_archived).ok_or(Error::NotFound)?;
        product::load(conn, &reader, product, &Seen::default())
    });
    load.await
}

/// What happened and what to do, in words.
fn words(shell: &Shell, problem: &AddProblem) -> String {
    match problem {
        AddProblem::ChoiceMissing { .. } => shell.t("problem-choice-missing").to_owned(),
        AddProblem::NoSuchChoice => shell.t("problem-no-such-choice").to_owned(),
        AddProblem::SoldOut => shell.t("problem-sold-out").to_owned(),
        AddProblem::TooMany { left, in_cart: 0 } => shell.count("problem-too-many", *left),
        AddProblem::TooMany { left, in_cart } => shell.texts().with(
            "problem-too-many-with-cart",
            &[("count", (*left).into()), ("cart", (*in_cart).into())],
        ),
        AddProblem::BadQuantity => shell.t("problem-bad-quantity").to_owned(),
        AddProblem::CartFull { most } => {
            shell.count("problem-cart-full", i64::try_from(*most).unwrap_or(i64::MAX))
        }
    }
}
