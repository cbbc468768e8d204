//! `GET /admin/products/attributes`: what products can say about themselves, in their order.

use super::list::{ListPage, Row};
use super::nav;
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::listing::Pages;
use crate::error::Result;
use crate::ids::AttributeId;
use crate::staff::{Permission, to};
use crate::web::Html;
use crate::web::vocabulary::Attribute;

const PATH: &str = "/admin/products/attributes";

pub async fn show(staff: Allowed<to::ViewProducts>) -> Result<Html> {
    let shell = staff.desk("shelves-attributes");
    let can_change = staff.may(Permission::ChangeProducts);
    let mut all: Vec<_> = shell.frame().vocabulary.attributes.iter().collect();
    all.sort_by_key(|(id, attribute)| (attribute.term.position, **id));
    let many = all.len();
    let rows = all.into_iter().enumerate().map(|(at, (id, attribute))| {
        let row = row(&shell, *id, attribute);
        let order = if can_change { format!("{}/order", row.href) } else { String::new() };
        Row { order, is_first: at == 0, is_last: at + 1 == many, ..row }
    });
    let words = |key: &str| shell.t(key).to_owned();
    let removed = staff.visit().query()?.get("removed").is_some();
    Ok(Html::page(&ListPage {
        rows: rows.collect(),
        shelves: nav(&shell),
        lead: words("shelves-attributes-lead"),
        notice: if removed { words("shelf-removed") } else { String::new() },
        new: match can_change {
            true => {
                (shell.href(&format!("{PATH}/new")).into_owned(), words("shelves-attribute-new"))
            }
            false => Default::default(),
        },
        search: None,
        pages: Pages { first: String::new(), next: String::new() },
        empty: (words("shelves-attributes-empty"), words("shelves-attributes-empty-advice")),
        shell,
    })?
    .personal())
}

fn row(shell: &Desk, id: AttributeId, attribute: &Attribute) -> Row {
    let choices = shell.frame().vocabulary.choices.values();
    let choices: Vec<&str> = choices
        .filter(|choice| choice.owner == id)
        .take(6)
        .map(|choice| shell.local(&choice.name))
        .collect();
    Row {
        anchor: format!("attribute-{id}"),
        href: shell.href(&format!("{PATH}/{id}")).into_owned(),
        name: shell.local(&attribute.term.name).to_owned(),
        detail: choices.join(", "),
        badge: match attribute.filterable {
            true => shell.t("attribute-is-filter").to_owned(),
            false => String::new(),
        },
        ..Row::default()
    }
}
