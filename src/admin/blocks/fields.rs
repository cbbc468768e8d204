//! The fields of a block's form: those that its kind has a place for.

use super::form::{LONGEST_LINE, LONGEST_TEXT, places};
use crate::admin::desk::Desk;
use crate::admin::field::{Choices, Field, choose};
use crate::admin::sent::Sent;
use crate::content::model::BlockKind;
use crate::language::Language;
use crate::web::Form;

/// What a promise can be shown with: names in `static/icons.svg`.
pub(super) const ICONS: [&str; 9] =
    ["truck", "rotate-ccw", "shield-check", "leaf", "heart", "clock", "phone", "store", "wallet"];

/// The form as it was typed.
pub(super) struct Typed<'a> {
    pub shell: &'a Desk,
    pub form: &'a Form,
    pub sent: Option<&'a Sent<'a>>,
    pub kind: BlockKind,
    pub has_picture: bool,
}

/// What a field is called: `link_label_2-en` is "Words of the link 2".
pub(super) fn label(shell: &Desk, name: &str) -> String {
    let base = name.split('-').next().unwrap_or_default();
    let (field, number) = match base.rsplit_once('_') {
        Some((field, number)) if number.parse::<usize>().is_ok() => (field, number),
        _ => (base, ""),
    };
    let words = shell.t(&format!("block-{}", field.replace('_', "-"))).to_owned();
    format!("{words} {number}").trim().to_owned()
}

impl Typed<'_> {
    fn field(&self, name: String) -> Field {
        let error = self.sent.map(|sent| sent.error(self.shell, &name)).unwrap_or_default();
        let code = name.split_once('-').map_or("", |(_, code)| code);
        let lang = Language::parse(code).map_or("", Language::code);
        let label = label(self.shell, &name);
        let field = Field::text(self.shell, name, "block-heading", self.form);
        Field { label, error, lang, most: LONGEST_LINE, is_optional: true, ..field }
    }

    fn select(&self, name: String, choices: Choices) -> Field {
        let choices = choose(choices, self.form.get(&name));
        Field { kind: "select", choices, ..self.field(name) }
    }

    /// What is said in one language.
    pub fn texts(&self, language: Language) -> Vec<Field> {
        let of = |field: String| self.field(format!("{field}-{}", language.code()));
        let (facts, promises) = places(self.kind);
        let mut fields = Vec::new();
        if self.kind.has_words() {
            let text = of("text".to_owned());
            let text = Field { kind: "textarea", most: LONGEST_TEXT, ..text };
            let hint =
                if self.kind == BlockKind::Text { "page-body-hint" } else { "block-text-hint" };
            fields.extend([of("heading".to_owned()), text.hint(self.shell.t(hint))]);
        }
        fields.extend((1..=self.kind.links()).map(|n| of(format!("link_label_{n}"))));
        for n in 1..=facts {
            fields.extend([of(format!("fact_label_{n}")), of(format!("fact_value_{n}"))]);
        }
        for n in 1..=promises {
            fields.extend([of(format!("promise_title_{n}")), of(format!("promise_text_{n}"))]);
        }
        if self.has_picture {
            fields.push(of("alt".to_owned()));
        }
        fields
    }

    /// What is the same in every language.
    pub fn plain(&self) -> Vec<Field> {
        let mut fields = Vec::new();
        if self.kind == BlockKind::Goods {
            let frame = self.shell.frame();
            let named = frame.categories.iter().map(|category| {
                (category.slug.clone(), self.shell.local(&category.name).to_owned())
            });
            let none = (String::new(), self.shell.t("product-none").to_owned());
            let choices = std::iter::once(none).chain(named).collect();
            fields.push(self.select("category".to_owned(), choices));
        }
        for n in 1..=self.kind.links() {
            fields.push(self.field(format!("link_{n}")).hint(self.shell.t("menu-address-hint")));
        }
        for n in 1..=places(self.kind).1 {
            let icons = ICONS
                .map(|icon| (icon.to_owned(), self.shell.t(&format!("icon-{icon}")).to_owned()));
            fields.push(self.select(format!("icon_{n}"), icons.to_vec()));
        }
        for name in ["starts_at", "ends_at"] {
            let field = Field { kind: "datetime-local", most: 0, ..self.field(name.to_owned()) };
            fields.push(field.hint(self.shell.t("product-unpublish-hint")));
        }
        fields
    }
}
