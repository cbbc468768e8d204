//! The fields of a draft's form, each with what was typed and what is wrong.

use super::form::{CUTS, LONGEST_NAME, field};
use crate::admin::desk::Desk;
use crate::admin::field::{Field, choose};
use crate::admin::orders::addressed::{Errors, addressed, plain};
use crate::cart::Item;
use crate::checkout::{AddressFields, Proposal, named_country};
use crate::language::Language;
use crate::web::Form;

/// Letters of what is looked for.
const LONGEST_SEARCH: usize = 100;
/// Letters of a note, as at the checkout.
const LONGEST_NOTE: usize = 500;

pub(super) struct Fields {
    pub lines: Vec<Field>,
    pub search: Vec<Field>,
    /// What fits the search.
    pub found: Vec<Field>,
    pub contact: Vec<Field>,
    pub address: Vec<Field>,
    /// The country whose fields these are.
    pub made_for: String,
    pub company: Vec<Field>,
    pub delivery: Vec<Field>,
    pub allowance: Vec<Field>,
}

/// What the fields are made of.
pub(super) struct Kit<'a> {
    pub shell: &'a Desk,
    pub form: &'a Form,
    /// By the name of the field.
    pub errors: &'a Errors,
    pub proposal: &'a Proposal,
}

impl Kit<'_> {
    pub fn fields(&self, shown: &[Item], found: &[Item]) -> Fields {
        let country = named_country(self.form, "country").unwrap_or(self.shell.settings().country);
        let kit = AddressFields { shell: self.shell, form: self.form, errors: self.errors };
        let search = self.text("q", "draft-search", LONGEST_SEARCH);
        Fields {
            lines: shown.iter().map(|item| self.line(item)).collect(),
            search: vec![search.hint(self.shell.t("draft-search-hint"))],
            found: found.iter().map(|item| self.line(item)).collect(),
            contact: vec![
                Field { kind: "email", most: 254, ..self.text("email", "admin-email", 254) },
                plain(kit.phone()),
                self.language(),
            ],
            address: addressed(self.shell, self.form, self.errors, country),
            made_for: country.code().to_owned(),
            company: kit.company(("billing_", "")).into_iter().map(plain).collect(),
            delivery: vec![self.delivery(), self.note()],
            allowance: self.allowance(),
        }
        .without_demands()
    }

    fn text(&self, name: &'static str, label: &str, most: usize) -> Field {
        let field = Field::text(self.shell, name, label, self.form);
        Field { most, error: self.error(name), ..field }
    }

    fn error(&self, name: &str) -> String {
        self.errors.get(name).cloned().unwrap_or_default()
    }

    /// Units of some goods, with what one costs and how many can be had.
    fn line(&self, item: &Item) -> Field {
        let name = field(item.line.variant);
        let (label, hint) = match &item.goods {
            Some(goods) => {
                let parts = [self.shell.local(&goods.name), &goods.options, &goods.sku];
                let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                (parts.join(", "), self.supply(item))
            }
            None => (self.shell.t("cart-unknown").to_owned(), String::new()),
        };
        let error = self.error(&name);
        let units = Field::text(self.shell, name, "edit-units", self.form);
        Field { inputmode: "numeric", most: 5, label, hint, error, ..units }
    }

    fn supply(&self, item: &Item) -> String {
        let Some((goods, offer)) = item.for_sale() else {
            return self.shell.t("draft-not-for-sale").to_owned();
        };
        let price = self.shell.money(&offer.price);
        let left = goods.supply.sellable();
        self.shell.texts().with("draft-supply", &[("price", price.into()), ("count", left.into())])
    }

    fn language(&self) -> Field {
        let known = Language::ALL.map(|it| (it.code().to_owned(), it.own_name().to_owned()));
        let choices = choose(known.into(), self.form.get("language"));
        let field = Field::select(self.shell, ("language", "draft-language"), choices);
        Field { error: self.error("language"), ..field }
    }

    fn delivery(&self) -> Field {
        let none = (String::new(), self.shell.t("choose-one").to_owned());
        let ways = self.proposal.deliveries().map(|(delivery, name)| {
            let price = self.shell.money(&delivery.quote.bill.money(delivery.amount()));
            (delivery.code().to_owned(), format!("{name}, {price}"))
        });
        let choices = std::iter::once(none).chain(ways).collect();
        let choices = choose(choices, self.form.get("delivery"));
        let field = Field::select(self.shell, ("delivery", "edit-way"), choices);
        Field { error: self.error("delivery"), ..field }.hint(self.shell.t("draft-way-hint"))
    }

    fn note(&self) -> Field {
        let note = self.text("note", "label-note", LONGEST_NOTE);
        Field { kind: "textarea", ..note }.hint(self.shell.t("draft-note-hint"))
    }

    fn allowance(&self) -> Vec<Field> {
        let kinds = CUTS
            .map(|kind| (kind.to_owned(), self.shell.t(&format!("draft-cut-{kind}")).to_owned()));
        let none = (String::new(), self.shell.t("draft-cut-none").to_owned());
        let kinds = std::iter::once(none).chain(kinds).collect();
        let kind = Field::select(
            self.shell,
            ("cut", "draft-cut-kind"),
            choose(kinds, self.form.get("cut")),
        );
        let much = self.text("much", "draft-much", 30);
        let name = self.text("cut_name", "draft-cut-name", LONGEST_NAME);
        vec![
            Field { error: self.error("cut"), ..kind },
            Field { inputmode: "decimal", ..much },
            name.hint(self.shell.t("draft-cut-name-hint")),
        ]
    }
}

impl Fields {
    /// What is unfinished can be kept.
    fn without_demands(mut self) -> Self {
        let all = [
            &mut self.lines,
            &mut self.search,
            &mut self.found,
            &mut self.contact,
            &mut self.address,
            &mut self.company,
            &mut self.delivery,
            &mut self.allowance,
        ];
        all.into_iter().flatten().for_each(|field| field.is_optional = true);
        self
    }
}
