//! The form of a draft: what was typed, made into what is kept.

use crate::admin::desk::Desk;
use crate::admin::reader::{Mistakes, Reader};
use crate::cart::{Cart, CartLine};
use crate::drafts::{Content, Draft, FIELDS};
use crate::ids::VariantId;
use crate::language::Language;
use crate::money::Money;
use crate::pricing::SumBenefit;
use crate::promotions::Allowance;
use crate::rules::ppm;
use crate::values::Quantity;
use crate::web::{Form, texts};

/// The most letters of what an allowance is called.
pub(super) const LONGEST_NAME: usize = 100;
/// The kinds of allowance, as the form names them.
pub(super) const CUTS: [&str; 2] = ["percent", "amount"];

/// Before anything is typed.
pub(super) fn begin(shell: &Desk) -> Form {
    let country = shell.settings().country;
    let language = shell.frame().own_language();
    Form::filled(&[("country", country.code()), ("language", language.code())])
}

/// As if somebody had typed what is kept.
pub(super) fn filled(shell: &Desk, draft: &Draft) -> Vec<(String, String)> {
    let known = draft.fields.iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
    let lines = draft.cart.lines.iter();
    let lines = lines.map(|line| (field(line.variant), line.quantity.to_string()));
    let (kind, much, name) = match &draft.cart.allowance {
        None => ("", String::new(), ""),
        Some(Allowance { name, cut: SumBenefit::Percent { ppm } }) => {
            ("percent", shell.percent(ppm.get()), name.as_str())
        }
        Some(Allowance { name, cut: SumBenefit::Amount { amount } }) => {
            let money = Money::new(amount.get(), shell.settings().currency);
            ("amount", money.typed(shell.lang()), name.as_str())
        }
    };
    let rest =
        [("language", draft.language.code()), ("cut", kind), ("much", &much), ("cut_name", name)];
    let rest = rest.map(|(name, value)| (name.to_owned(), value.to_owned()));
    known.chain(lines).chain(rest).collect()
}

/// Whether somebody looks for goods to add.
pub(super) fn is_search(form: &Form) -> bool {
    form.get("do") == "find"
}

/// Where the units of a variant are typed.
pub(super) fn field(variant: VariantId) -> String {
    format!("line-{variant}")
}

/// What of it can be kept, and what cannot. Whether it can be ordered so the checkout says.
pub(super) fn read(form: &Form, shell: &Desk) -> (Content, Mistakes) {
    let mut reader = Reader::of(form);
    let lines = lines(&mut reader);
    let language = reader.ask("language", "form-choose", Language::parse);
    let language = language.unwrap_or(shell.language());
    let allowance = allowance(&mut reader, shell, language);
    let known = FIELDS.map(|name| (name.to_owned(), form.get(name).to_owned()));
    let fields = Form::default().with(known);
    let mistakes = reader.mistakes();
    (Content { lines, allowance, fields, language }, mistakes)
}

/// The variants of which somebody has typed units, and what she typed.
pub(super) fn typed_lines(form: &Form) -> impl Iterator<Item = (&str, VariantId, &str)> {
    let typed = form.iter().filter_map(|(name, typed)| {
        Some((name, VariantId(name.strip_prefix("line-")?.parse().ok()?), typed.trim()))
    });
    typed.filter(|(.., units)| !matches!(*units, "" | "0"))
}

fn lines(reader: &mut Reader<'_>) -> Vec<CartLine> {
    let mut cart = Cart::new();
    for (name, variant, units) in typed_lines(reader.form) {
        match Quantity::parse(units) {
            None => reader.wrong(name, "edit-wrong-units"),
            Some(quantity) if cart.set(CartLine { variant, quantity, unit_price: 0 }).is_err() => {
                reader.wrong(name, "draft-full");
            }
            Some(_) => {}
        }
    }
    cart.lines
}

fn allowance(reader: &mut Reader<'_>, shell: &Desk, language: Language) -> Option<Allowance> {
    let name = reader.line("cut_name", LONGEST_NAME);
    let kind = reader.choice("cut", |kind| CUTS.into_iter().find(|known| *known == kind))?;
    let (currency, own) = (shell.settings().currency, shell.lang());
    let cut = match kind {
        "percent" => reader.ask("much", "draft-wrong-percent", |typed| {
            let ppm = ppm(typed).filter(|ppm| *ppm > 0)?;
            Some(SumBenefit::Percent { ppm: ppm.try_into().ok()? })
        }),
        _ => reader.ask("much", "move-wrong-amount", |typed| {
            let money = Money::parse_typed(typed, currency, own).ok()?;
            let amount = Some(money.minor()).filter(|minor| *minor > 0)?;
            Some(SumBenefit::Amount { amount: amount.try_into().ok()? })
        }),
    };
    let named = if name.is_empty() { texts::of(language).get("draft-allowance") } else { &name };
    cut.map(|cut| Allowance { name: named.to_owned(), cut })
}
