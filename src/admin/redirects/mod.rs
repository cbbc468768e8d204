//! Addresses that lead elsewhere, and how often they did.

pub mod edit;
pub mod list;
pub mod make;
pub mod remove;

use actix_web::HttpResponse;

use super::Allowed;
use super::field::{Field, Mistake};
use super::form::FormPage;
use crate::content::redirects::Redirect;
use crate::content::{is_link, is_path};
use crate::error::Result;
use crate::language::Language;
use crate::staff::to;
use crate::web::Form;

type Staff = Allowed<to::ChangeContent>;

const LONGEST: usize = 500;

/// What was typed: from where to where.
fn read(form: &Form) -> Result<(String, String), Vec<Mistake>> {
    let (from, to) = (path(form.get("from")), form.get("to").to_owned());
    let mut mistakes = Vec::new();
    let is_admin = from.split('/').nth(1) == Some("admin");
    if !is_path(&from)
        || from == "/"
        || from.contains(['?', '#'])
        || is_admin
        || from.len() > LONGEST
    {
        mistakes.push(("from", "redirect-from-wrong"));
    }
    if !is_link(&to) || to.len() > LONGEST {
        mistakes.push(("to", "menu-address-wrong"));
    }
    if mistakes.is_empty() { Ok((from, to)) } else { Err(mistakes) }
}

/// As requests have it: each language leads to the same, and what is no ASCII letter is encoded.
fn path(typed: &str) -> String {
    let path = match typed.split_once('/') {
        Some(("", rest)) => match rest.split_once('/') {
            Some((code, rest)) if Language::parse(code).is_some() => format!("/{rest}"),
            _ => typed.to_owned(),
        },
        _ => typed.to_owned(),
    };
    percent_encoding::utf8_percent_encode(&path, percent_encoding::CONTROLS)
        .to_string()
        .replace(' ', "%20")
}

/// The form, of one that is there or of a new one.
fn page(
    staff: &Staff,
    known: Option<&Redirect>,
    form: &Form,
    mistakes: &[Mistake],
) -> Result<HttpResponse> {
    let shell = staff.desk(if known.is_some() { "redirect-edit" } else { "redirect-new" });
    let field = |name: &'static str, label: &str, hint: &'static str| {
        let field = Field::text(&shell, name, label, form).hint(shell.t(hint));
        Field { most: LONGEST, ..field }.with(&shell, mistakes)
    };
    let action = known.map_or("new".to_owned(), |known| known.id.to_string());
    let page = FormPage {
        lead: shell.t("redirect-lead").to_owned(),
        error: String::new(),
        action: shell.href(&format!("/admin/redirects/{action}")).into_owned(),
        hidden: Vec::new(),
        fields: vec![
            field("from", "redirect-from", "redirect-from-hint"),
            field("to", "redirect-to", "menu-address-hint"),
        ],
        button: shell.t("admin-save").to_owned(),
        back: (shell.href("/admin/redirects").into_owned(), shell.t("admin-redirects").to_owned()),
        shell,
    };
    page.answer()
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn a_path_is_typed_as_people_see_it() {
        assert_eq!(path("/old thing"), "/old%20thing");
        assert_eq!(path("/id/produk/é"), "/produk/%C3%A9");
        assert_eq!(path("/already%20so"), "/already%20so");
        assert_eq!(path("/idea/x"), "/idea/x");
        assert_eq!(path("no/path"), "no/path");
    }
}
