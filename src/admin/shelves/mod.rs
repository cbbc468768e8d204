//! What products stand on and are found by: categories, brands, attributes, tags. A list and a page
//! of each, all in one manner.

pub mod attribute;
pub mod attributes;
pub mod brand;
pub mod brands;
pub mod categories;
pub mod category;
mod choices;
mod edit;
mod list;
pub mod order;
mod removal;
pub mod remove;
pub mod tag;
pub mod tags;

use super::desk::Desk;
use super::listing::Tab;
use super::reader::Reader;
use super::typed::LONGEST_NAME;
use crate::error::{Error, Result};
use crate::language::LocalText;
use crate::values::Slug;
use crate::web::frame::Frame;

/// The lists that belong to the products.
pub(super) fn nav(shell: &Desk) -> Vec<Tab> {
    let all = [
        ("/admin/products", "admin-products"),
        ("/admin/products/categories", "shelves-categories"),
        ("/admin/products/brands", "shelves-brands"),
        ("/admin/products/attributes", "shelves-attributes"),
        ("/admin/products/tags", "shelves-tags"),
    ];
    let tab = |(path, words): (&'static str, &'static str)| Tab {
        href: shell.href(path).into_owned(),
        text: shell.t(words).to_owned(),
        is_current: shell.path == path,
    };
    all.into_iter().map(tab).collect()
}

/// The number in an address; `None` for one that is to be made.
fn number<Id>(address: &str, id: impl Fn(i64) -> Id) -> Result<Option<Id>> {
    match address {
        "new" => Ok(None),
        number => Ok(Some(id(number.parse().map_err(|_| Error::NotFound)?))),
    }
}

/// A handle, or nothing for one made of the name.
fn handle(reader: &mut Reader<'_>) -> Option<Slug> {
    match reader.form.get("handle") {
        "" => None,
        _ => reader.ask("handle", "product-handle-wrong", Slug::parse),
    }
}

/// A name in the shop's languages, of which its own is there always.
fn name(reader: &mut Reader<'_>, field: &str, frame: &Frame) -> LocalText {
    let mut name = LocalText::default();
    for language in &frame.settings.languages {
        let field = format!("{field}-{}", language.code());
        match reader.line(&field, LONGEST_NAME) {
            typed if !typed.is_empty() => name.set(*language, typed),
            _ if *language == frame.own_language() => reader.wrong(&field, "shelf-name-missing"),
            _ => {}
        }
    }
    name
}
