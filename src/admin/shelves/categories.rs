//! `GET /admin/products/categories`: the tree, in the order in which shoppers see it.

use super::list::{ListPage, Row};
use super::nav;
use crate::admin::Allowed;
use crate::admin::desk::Desk;
use crate::admin::listing::Pages;
use crate::error::Result;
use crate::ids::CategoryId;
use crate::staff::{Permission, to};
use crate::web::Html;
use crate::web::frame::MenuCategory;

pub async fn show(staff: Allowed<to::ViewProducts>) -> Result<Html> {
    let shell = staff.desk("shelves-categories");
    let can_change = staff.may(Permission::ChangeProducts);
    let mut rows = Vec::new();
    gather(&shell, (None, 0), can_change, &mut rows);
    let words = |key: &str| shell.t(key).to_owned();
    let new = match can_change {
        true => (
            shell.href("/admin/products/categories/new").into_owned(),
            words("shelves-category-new"),
        ),
        false => Default::default(),
    };
    let removed = staff.visit().query()?.get("removed").is_some();
    Ok(Html::page(&ListPage {
        shelves: nav(&shell),
        lead: words("shelves-categories-lead"),
        notice: if removed { words("shelf-removed") } else { String::new() },
        new,
        search: None,
        rows,
        pages: Pages { first: String::new(), next: String::new() },
        empty: (words("shelves-categories-empty"), words("shelves-categories-empty-advice")),
        shell,
    })?
    .personal())
}

/// The categories below one, each followed by those below it.
fn gather(
    shell: &Desk,
    (parent, depth): (Option<CategoryId>, usize),
    can_change: bool,
    rows: &mut Vec<Row>,
) {
    let all = shell.frame().categories.iter();
    let siblings: Vec<&MenuCategory> = all.filter(|it| it.parent_id == parent).collect();
    for (at, category) in siblings.iter().enumerate() {
        let href = shell.href(&format!("/admin/products/categories/{}", category.id)).into_owned();
        rows.push(Row {
            anchor: format!("category-{}", category.id),
            name: shell.local(&category.name).to_owned(),
            detail: shell.count("product-count", category.size),
            badge: if category.hidden { shell.t("category-is-hidden") } else { "" }.to_owned(),
            depth,
            order: if can_change { format!("{href}/order") } else { String::new() },
            is_first: at == 0,
            is_last: at + 1 == siblings.len(),
            href,
        });
        gather(shell, (Some(category.id), depth + 1), can_change, rows);
    }
}
