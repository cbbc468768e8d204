//! What is to be done to the products: one form for each kind of change, so that no field stands
//! where it means nothing.

use crate::admin::desk::Desk;
use crate::admin::field::{Choices, Field, choose};
use crate::admin::products::{brand_at, brands, categories, is_tag, with_none};
use crate::admin::reader::{Mistakes, Reader};
use crate::catalog::bulk::Change;
use crate::catalog::model::Status;
use crate::money::Money;
use crate::rules::decimal;
use crate::staff::Permission;
use crate::web::Form;
use crate::web::frame::Frame;

/// One of the forms.
pub(super) struct ChangeForm {
    /// The value of its hidden field `change`; its words are `bulk-` and this.
    pub code: &'static str,
    pub name: String,
    pub fields: Vec<Field>,
}

/// The kinds of change, in their order.
const KINDS: [&str; 7] = ["price", "status", "category", "brand", "tag", "untag", "stock"];
/// Parts per million: down to a twentieth, up to elevenfold.
const PERCENT: std::ops::RangeInclusive<i64> = -950_000..=10_000_000;
const PERCENT_DECIMALS: usize = 4;
const MOST_STOCK: i64 = 1_000_000;
const LONGEST_REASON: usize = 200;

/// The change that is asked for, or what is wrong with it. `None` when none is.
pub(super) fn read(form: &Form, frame: &Frame, language: &str) -> Option<Result<Change, Mistakes>> {
    let kind = KINDS.into_iter().find(|kind| *kind == form.get("change"))?;
    let mut reader = Reader::of(form);
    let tag = |text: &str| is_tag(text).then(|| text.to_owned());
    let change = match kind {
        "price" => reader.ask("price-by", "bulk-price-wrong", |by| {
            price((form.get("price-unit"), by), frame, language)
        }),
        "status" => reader.ask("status-to", "form-choose", Status::parse).map(Change::Status),
        "category" => {
            let category = |slug: &str| frame.category_at(slug).map(|known| known.id);
            Some(Change::Category(reader.choice("category-to", category)))
        }
        "brand" => Some(Change::Brand(reader.choice("brand-to", |slug| brand_at(frame, slug)))),
        "tag" => reader.ask("tag-to", "tag-wrong", tag).map(Change::AddTag),
        "untag" => reader.ask("untag-to", "tag-wrong", tag).map(Change::TakeTag),
        _ => stock(&mut reader),
    };
    Some(reader.end(change).and_then(|change| change.ok_or_else(Mistakes::new)))
}

fn price((unit, by): (&str, &str), frame: &Frame, language: &str) -> Option<Change> {
    let (sign, number) = match by.strip_prefix(['-', '\u{2212}']) {
        Some(number) => (-1, number.trim()),
        None => (1, by.trim_start_matches('+').trim()),
    };
    let change = match unit {
        "percent" => {
            let number = number.trim_end_matches('%').trim().replace(',', ".");
            let ppm = sign * decimal(&number, PERCENT_DECIMALS)?;
            PERCENT.contains(&ppm).then_some(Change::Percent(ppm))?
        }
        _ => {
            let amount = Money::parse_typed(number, frame.settings.currency, language).ok()?;
            Change::Amount(sign * amount.minor())
        }
    };
    (!matches!(change, Change::Percent(0) | Change::Amount(0))).then_some(change)
}

fn stock(reader: &mut Reader<'_>) -> Option<Change> {
    let by = reader.ask("stock-by", "bulk-stock-wrong", |typed| {
        let by: i64 = typed.replace('\u{2212}', "-").parse().ok()?;
        (by != 0 && by.unsigned_abs() <= MOST_STOCK.unsigned_abs()).then_some(by)
    });
    let form = reader.form;
    let reason = reader.ask("stock-reason", "variant-reason-missing", |reason| {
        let is_reason = !reason.is_empty() && Field::fits(form, "stock-reason", LONGEST_REASON);
        is_reason.then(|| reason.to_owned())
    });
    by.zip(reason).map(|(by, reason)| Change::Stock { by, reason })
}

/// The forms that she may use, with what was typed into the one that was sent.
pub(super) fn forms(
    shell: &Desk,
    form: &Form,
    may: impl Fn(Permission) -> bool,
    mistakes: &Mistakes,
) -> Vec<ChangeForm> {
    let kinds = KINDS.into_iter().filter(|kind| *kind != "stock" || may(Permission::ChangeStock));
    let typed = Typed { shell, form, mistakes };
    let form = |code: &'static str| {
        let name = shell.t(&format!("bulk-{code}")).to_owned();
        ChangeForm { code, name, fields: typed.fields(code) }
    };
    kinds.map(form).collect()
}

struct Typed<'a> {
    shell: &'a Desk,
    form: &'a Form,
    mistakes: &'a Mistakes,
}

impl Typed<'_> {
    fn fields(&self, code: &str) -> Vec<Field> {
        let shell = self.shell;
        let named = |code: &str, key: &str| (code.to_owned(), shell.t(key).to_owned());
        match code {
            "price" => vec![
                self.text("price-by", "bulk-by").hint(shell.t("bulk-by-hint")),
                self.select(
                    "price-unit",
                    "bulk-unit",
                    vec![named("percent", "bulk-percent"), named("amount", "bulk-amount")],
                ),
            ],
            "status" => {
                let name = |it: Status| named(it.code(), &format!("product-{}", it.code()));
                vec![self.select("status-to", "product-status", Status::ALL.map(name).to_vec())]
            }
            "category" => {
                let choices = with_none(shell, categories(shell));
                vec![self.select("category-to", "product-category", choices)]
            }
            "brand" => {
                vec![self.select("brand-to", "product-brand", with_none(shell, brands(shell)))]
            }
            "tag" => vec![self.text("tag-to", "tag-name")],
            "untag" => vec![self.text("untag-to", "tag-name")],
            _ => vec![
                self.text("stock-by", "bulk-stock-by").hint(shell.t("bulk-stock-hint")),
                self.text("stock-reason", "variant-reason").hint(shell.t("variant-reason-hint")),
            ],
        }
    }

    fn text(&self, name: &'static str, label: &str) -> Field {
        let error = self.mistakes.get(name).map(|key| self.shell.t(key).to_owned());
        let field = Field::text(self.shell, name, label, self.form);
        Field { error: error.unwrap_or_default(), ..field }
    }

    fn select(&self, name: &'static str, label: &str, choices: Choices) -> Field {
        let choices = choose(choices, self.form.get(name));
        Field { kind: "select", choices, ..self.text(name, label) }
    }
}
