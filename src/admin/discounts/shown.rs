//! The fields of the form of a discount, as they were typed.

use super::form::category_field;
use super::kind::Kind;
use crate::admin::field::Field;
use crate::admin::typed::Typed;

/// A category that the discount may be for.
pub(super) struct CategoryView {
    pub field: String,
    pub name: String,
    pub is_on: bool,
}

pub(super) fn label(name: &str) -> String {
    match name {
        "category" => "discount-categories".to_owned(),
        name => format!("discount-{name}"),
    }
}

pub(super) fn number(typed: &Typed<'_>, name: &'static str) -> Field {
    Field { inputmode: "numeric", ..typed.hinted(name, 12) }
}

fn amount(typed: &Typed<'_>, name: &'static str) -> Field {
    Field { inputmode: "decimal", ..typed.hinted(name, 30) }
}

fn list(typed: &Typed<'_>, name: &'static str) -> Field {
    Field { kind: "textarea", ..typed.hinted(name, 20_000) }
}

/// One of two words.
fn choice(typed: &Typed<'_>, name: &'static str, words: [&str; 2]) -> Field {
    let text = |word: &str| typed.shell.t(&format!("discount-{name}-{word}")).to_owned();
    typed.select(name, words.map(|word| (word.to_owned(), text(word))).to_vec())
}

/// How much it gives.
pub(super) fn much(typed: &Typed<'_>, kind: Kind) -> Vec<Field> {
    let needed = kind.fields().iter().map(|name| match *name {
        "amount" => Field { is_optional: false, ..amount(typed, "amount") },
        "percent" => {
            Field { inputmode: "decimal", is_optional: false, ..typed.hinted("percent", 12) }
        }
        units => Field { is_optional: false, ..number(typed, units) },
    });
    needed.chain([amount(typed, "max_discount")]).collect()
}

pub(super) fn goods(typed: &Typed<'_>) -> Vec<Field> {
    vec![list(typed, "products"), list(typed, "skus")]
}

/// What a cart needs.
pub(super) fn needs(typed: &Typed<'_>) -> Vec<Field> {
    let basis = choice(typed, "subtotal_basis", ["list", "remaining"]);
    vec![amount(typed, "min_subtotal"), basis, number(typed, "min_quantity")]
}

pub(super) fn opens(typed: &Typed<'_>) -> Vec<Field> {
    vec![choice(typed, "opens", ["automatic", "codes"]), list(typed, "codes")]
}

pub(super) fn limits(typed: &Typed<'_>) -> Vec<Field> {
    vec![number(typed, "usage_limit"), number(typed, "per_customer_limit")]
}

/// All of them, by the names of those above them and their own.
pub(super) fn categories(typed: &Typed<'_>) -> Vec<CategoryView> {
    let frame = typed.shell.frame();
    let view = |category: &crate::web::frame::MenuCategory| {
        let path = frame.path_to(category.id);
        let names: Vec<&str> = path.iter().map(|above| typed.shell.local(&above.name)).collect();
        let field = category_field(&category.slug);
        let is_on = !typed.form.get(&field).is_empty();
        CategoryView { name: names.join(" › "), is_on, field }
    };
    let mut views: Vec<CategoryView> = frame.categories.iter().map(view).collect();
    views.sort_by(|one, other| one.name.cmp(&other.name));
    views
}
