//! What somebody typed about an entry of a menu.

use super::{below, name};
use crate::admin::desk::Desk;
use crate::admin::field::{Choices, Field, choose};
use crate::admin::reader::{Mistakes, Reader};
use crate::admin::sent::Sent;
use crate::content::is_link;
use crate::content::menus::{Item, ItemSheet, Menu, Target};
use crate::ids::MenuItemId;
use crate::language::LocalText;
use crate::web::Form;
use crate::web::frame::Frame;
use crate::web::menus::CONTACT;

const LONGEST_LABEL: usize = 60;
const LONGEST_ADDRESS: usize = 500;

/// Reads a form about an entry of a menu.
pub(super) fn read(form: &Form, menu: Menu, frame: &Frame) -> Result<ItemSheet, Mistakes> {
    let mut reader = Reader::of(form);
    let target =
        reader.ask("target", "form-choose", |code| target(code, form.get("address"), frame));
    let target = target.unwrap_or_else(|| Target::Address(String::new()));
    if form.get("target") == "address" && !is_link(form.get("address")) {
        reader.wrong("address", "menu-address-wrong");
    }
    let mut label = LocalText::default();
    for language in &frame.settings.languages {
        let field = format!("label-{}", language.code());
        let text = reader.line(&field, LONGEST_LABEL);
        let has_own_name = match &target {
            Target::Category(_) | Target::Page(_) => true,
            Target::Address(address) => address == CONTACT,
        };
        if text.is_empty() && !has_own_name && *language == frame.own_language() {
            reader.wrong(&field, "menu-label-missing");
        }
        label.set(*language, text);
    }
    let parent = reader.choice("parent", |id| id.parse().ok().map(MenuItemId));
    reader.end(ItemSheet { menu, parent, target, label })
}

fn target(code: &str, address: &str, frame: &Frame) -> Option<Target> {
    match code.split_once(':') {
        Some(("category", slug)) => {
            let found = frame.categories.iter().find(|category| category.slug == slug);
            found.map(|category| Target::Category(category.id))
        }
        Some(("page", slug)) => {
            let found = frame.pages.iter().find(|page| page.slug == slug);
            found.map(|page| Target::Page(page.id))
        }
        _ if code == "address" => Some(Target::Address(address.to_owned())),
        _ if code == "contact" => Some(Target::Address(CONTACT.to_owned())),
        _ => (code == "heading").then(|| Target::Address(String::new())),
    }
}

/// What is chosen of an entry, as the form says it.
fn code(target: &Target, frame: &Frame) -> String {
    match target {
        Target::Category(id) => {
            let slug = frame.find_category(*id).map(|category| category.slug.as_str());
            format!("category:{}", slug.unwrap_or_default())
        }
        Target::Page(id) => {
            let page = frame.pages.iter().find(|page| page.id == *id);
            format!("page:{}", page.map_or("", |page| &page.slug))
        }
        Target::Address(address) if address.is_empty() => "heading".to_owned(),
        Target::Address(address) if address == CONTACT => "contact".to_owned(),
        Target::Address(_) => "address".to_owned(),
    }
}

/// Each field of an entry by its name.
pub(super) fn stored(sheet: &ItemSheet, frame: &Frame) -> Vec<(String, String)> {
    let address = match &sheet.target {
        Target::Address(address) if address != CONTACT => address.clone(),
        _ => String::new(),
    };
    let parent = sheet.parent.map(|id| id.to_string()).unwrap_or_default();
    let mut fields = vec![
        ("target".to_owned(), code(&sheet.target, frame)),
        ("address".to_owned(), address),
        ("parent".to_owned(), parent),
    ];
    for language in &frame.settings.languages {
        let label = sheet.label.iter().find(|(known, _)| known == language);
        let label = label.map(|(_, text)| text.to_owned()).unwrap_or_default();
        fields.push((format!("label-{}", language.code()), label));
    }
    fields
}

/// The fields as they were typed. `own` is the entry itself, `items` are all of its menu.
pub(super) fn fields(
    shell: &Desk,
    (form, sent): (&Form, Option<&Sent<'_>>),
    (own, items): (Option<MenuItemId>, &[Item]),
) -> Vec<Field> {
    let field = |name: String, label: &str, most| {
        let error = sent.map(|sent| sent.error(shell, &name)).unwrap_or_default();
        let field = Field::text(shell, name, label, form);
        Field { most, error, is_optional: true, ..field }
    };
    let select = |name: &str, label: &str, choices: Choices| {
        let choices = choose(choices, form.get(name));
        Field { kind: "select", choices, ..field(name.to_owned(), label, 0) }
    };
    let address = field("address".to_owned(), "menu-address", LONGEST_ADDRESS);
    let mut fields = vec![
        select("target", "menu-target", targets(shell)),
        address.hint(shell.t("menu-address-hint")),
    ];
    for language in &shell.settings().languages {
        let label = format!("label-{}", language.code());
        let label = field(label, "menu-label", LONGEST_LABEL);
        let name = format!("{} ({})", label.label, language.own_name());
        let label = Field { label: name, lang: language.code(), ..label };
        fields.push(label.hint(shell.t("menu-label-hint")));
    }
    let top = (String::new(), shell.t("menu-top").to_owned());
    let parents = below(items, None).filter(|item| Some(item.id) != own);
    let parents = parents.map(|item| (item.id.to_string(), name(shell, item)));
    fields.push(select("parent", "menu-parent", std::iter::once(top).chain(parents).collect()));
    fields
}

/// Everything that an entry may lead to.
fn targets(shell: &Desk) -> Choices {
    let frame = shell.frame();
    let categories = frame.categories.iter().map(|category| {
        let path = frame.path_to(category.id);
        let path: Vec<&str> = path.iter().map(|above| shell.local(&above.name)).collect();
        (format!("category:{}", category.slug), path.join(" › "))
    });
    let pages = frame
        .pages
        .iter()
        .map(|page| (format!("page:{}", page.slug), shell.local(&page.title).to_owned()));
    let plain = [
        ("contact", "contact-heading"),
        ("address", "menu-target-address"),
        ("heading", "menu-target-heading"),
    ];
    let plain = plain.map(|(code, key)| (code.to_owned(), shell.t(key).to_owned()));
    categories.chain(pages).chain(plain).collect()
}
