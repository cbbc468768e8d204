//! Views of one's own: a list as somebody has narrowed it, under a name, above the list.

pub mod edit;
pub mod make;
pub mod remove;

use super::Allowed;
use super::desk::Desk;
use super::field::{Field, Mistake};
use super::listing::{Tab, address};
use crate::staff::{List, SavedView, to};
use crate::web::Form;

type Staff = Allowed<to::Enter>;

const LONGEST_NAME: usize = 40;

/// Her views of a list, as it shows them.
pub struct Views {
    pub all: Vec<Tab>,
    /// Where what the list shows is saved; empty for all of it, and for what is saved already.
    pub save: String,
    /// Where the view that the list shows is renamed or removed; empty for none.
    pub edit: String,
}

impl Views {
    /// `here` is the address of what the list shows, from its beginning.
    pub fn of(shell: &Desk, list: List, saved: &[SavedView], here: &str) -> Self {
        let (_, query) = here.split_once('?').unwrap_or((here, ""));
        let current = saved.iter().find(|view| view.query == query);
        let tab = |view: &SavedView| Tab {
            href: opened(shell, view),
            text: view.name.clone(),
            is_current: view.query == query,
        };
        let kept = list.kept(query);
        let new = shell.href("/admin/views/new");
        Self {
            all: saved.iter().map(tab).collect(),
            save: match current {
                None if !kept.is_empty() => {
                    address(&new, &[("list", list.code()), ("query", &kept)])
                }
                _ => String::new(),
            },
            edit: current.map(|view| own(shell, view)).unwrap_or_default(),
        }
    }
}

/// The list as the view shows it.
fn opened(shell: &Desk, view: &SavedView) -> String {
    format!("{}?{}", shell.href(view.list.path()), view.query)
}

/// The view's own page.
fn own(shell: &Desk, view: &SavedView) -> String {
    shell.href(&format!("/admin/views/{}", view.id)).into_owned()
}

/// # Errors
/// What is wrong with the name.
fn name(form: &Form) -> Result<&str, Mistake> {
    match form.get("name") {
        "" => Err(("name", "view-name-missing")),
        name if Field::fits(form, "name", LONGEST_NAME) => Ok(name),
        _ => Err(("name", "admin-too-long")),
    }
}

fn field(shell: &Desk, form: &Form, mistakes: &[Mistake]) -> Field {
    let field = Field::text(shell, "name", "view-name", form).hint(shell.t("view-name-hint"));
    Field { most: LONGEST_NAME, ..field }.with(shell, mistakes)
}
