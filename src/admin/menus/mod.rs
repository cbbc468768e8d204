//! What header and footer lead to, and the line above every page.

pub mod announcement;
pub mod edit;
mod form;
pub mod list;
pub mod make;
pub mod order;
pub mod remove;

use super::Allowed;
use super::desk::Desk;
use crate::content::menus::{Item, Target};
use crate::ids::MenuItemId;
use crate::language::LocalText;
use crate::staff::to;
use crate::web::frame::Frame;
use crate::web::menus::CONTACT;

type Staff = Allowed<to::ChangeContent>;

/// What an entry is called in a list: by its own label, or by what it leads to.
fn name(shell: &Desk, item: &Item) -> String {
    let label = shell.local(&item.sheet.label);
    match (&item.sheet.target, label) {
        (_, label) if !label.is_empty() => label.to_owned(),
        (Target::Category(id), _) => {
            let category = shell.frame().find_category(*id);
            category.map(|category| shell.local(&category.name).to_owned()).unwrap_or_default()
        }
        (Target::Page(id), _) => {
            let page = shell.frame().pages.iter().find(|page| page.id == *id);
            page.map(|page| shell.local(&page.title).to_owned()).unwrap_or_default()
        }
        (Target::Address(address), _) if address == CONTACT => {
            shell.t("contact-heading").to_owned()
        }
        (Target::Address(address), _) => address.clone(),
    }
}

/// Where an entry leads, in words.
fn leads_to(shell: &Desk, target: &Target) -> String {
    let frame: &Frame = shell.frame();
    let named = |name: Option<&LocalText>| match name {
        Some(name) => shell.local(name).to_owned(),
        None => shell.t("menu-hidden").to_owned(),
    };
    match target {
        Target::Category(id) => named(frame.find_category(*id).map(|category| &category.name)),
        Target::Page(id) => {
            named(frame.pages.iter().find(|page| page.id == *id).map(|page| &page.title))
        }
        Target::Address(address) if address.is_empty() => shell.t("menu-heading").to_owned(),
        Target::Address(address) => address.clone(),
    }
}

/// The entries that stand right below one, or are the topmost of a menu.
fn below(items: &[Item], parent: Option<MenuItemId>) -> impl Iterator<Item = &Item> {
    items.iter().filter(move |item| item.sheet.parent == parent)
}
