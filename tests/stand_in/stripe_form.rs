//! Which parameters Stripe takes, and what it says to others.

/// What a parameter may be.
enum Kind {
    Text(usize),
    Number(i64, i64),
    Word(&'static [&'static str]),
}

use Kind::{Number, Text, Word};

/// Of a checkout session, as far as a shop has a use for them. `[]` stands for the number of a line.
const SESSION: &[(&str, Kind)] = &[
    ("mode", Word(&["payment"])),
    ("submit_type", Word(&["auto", "book", "donate", "pay"])),
    ("success_url", Text(5_000)),
    ("cancel_url", Text(5_000)),
    ("client_reference_id", Text(200)),
    ("customer_email", Text(512)),
    ("expires_at", Number(0, 1 << 40)),
    ("locale", Word(&["auto", "en", "id"])),
    ("adaptive_pricing[enabled]", Word(&["true", "false"])),
    ("line_items[][quantity]", Number(1, 999_999)),
    ("line_items[][price_data][currency]", Text(3)),
    ("line_items[][price_data][unit_amount]", Number(0, 999_999_999_999)),
    ("line_items[][price_data][product_data][name]", Text(5_000)),
    ("payment_intent_data[description]", Text(1_000)),
];

const REFUND: &[(&str, Kind)] = &[
    ("payment_intent", Text(100)),
    ("amount", Number(1, 999_999_999_999)),
    ("reason", Word(&["duplicate", "fraudulent", "requested_by_customer"])),
];

const SESSION_NEEDS: &[&str] = &[
    "mode",
    "success_url",
    "line_items[0][quantity]",
    "line_items[0][price_data][currency]",
    "line_items[0][price_data][unit_amount]",
    "line_items[0][price_data][product_data][name]",
];

/// A mistake: its code, and the parameter.
pub(super) type Mistake = (&'static str, String);
type Form = [(String, String)];

pub(super) fn session(form: &Form) -> Result<(), Mistake> {
    check(form, SESSION)?;
    needs(form, SESSION_NEEDS)
}

pub(super) fn refund(form: &Form) -> Result<(), Mistake> {
    check(form, REFUND)?;
    needs(form, &["payment_intent"])
}

pub(super) fn nothing(form: &Form) -> Result<(), Mistake> {
    check(form, &[])
}

fn needs(form: &Form, names: &[&str]) -> Result<(), Mistake> {
    let missing = names.iter().find(|name| !form.iter().any(|(known, _)| known == *name));
    missing.map_or(Ok(()), |name| Err(("parameter_missing", (*name).to_owned())))
}

fn check(form: &Form, known: &[(&str, Kind)]) -> Result<(), Mistake> {
    for (at, (name, value)) in form.iter().enumerate() {
        if form[..at].iter().any(|(earlier, _)| earlier == name) {
            return Err(("parameter_duplicate", name.clone()));
        }
        let is_note =
            name.starts_with("metadata[") || name.starts_with("payment_intent_data[metadata][");
        let general = name.replacen("[0]", "[]", 1);
        let kind = known.iter().find(|(known, _)| *known == general).map(|(_, kind)| kind);
        let is_right = match kind {
            None if is_note => !value.is_empty() && value.len() <= 500,
            None => return Err(("parameter_unknown", name.clone())),
            Some(Text(most)) => !value.is_empty() && value.len() <= *most,
            Some(Number(least, most)) => {
                value.parse().is_ok_and(|number: i64| (*least..=*most).contains(&number))
            }
            Some(Word(words)) => words.contains(&value.as_str()),
        };
        if !is_right {
            return Err(("parameter_invalid", name.clone()));
        }
    }
    Ok(())
}
