//! What a shopper typed to send something back: the request that it makes, or what is wrong with it.

use super::model::{Asked, ReturnReason, ReturnWish, Wanted};
use crate::orders::Returnable;
use crate::values::{Quantity, is_unprintable};
use crate::web::Form;

/// The most letters of a note.
pub(super) const LONGEST_NOTE: usize = 1_000;

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mistake {
    /// The field's name, which is also its id on the page.
    pub field: String,
    /// The message in `locales/`.
    pub key: &'static str,
    /// The most that fits, where the message says so.
    pub most: i64,
}

impl Mistake {
    pub fn new(field: impl Into<String>, key: &'static str) -> Self {
        Self { field: field.into(), key, most: 0 }
    }
}

/// The field for a line's units.
pub(super) fn units_field(position: i64) -> String {
    format!("units-{position}")
}

/// Reads the request, of `open` lines and no others.
pub(super) fn read(form: &Form, open: &[Returnable]) -> Result<Asked, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let lines = read_lines(form, open, &mut mistakes);
    let reason = ReturnReason::parse(form.get("reason"));
    if reason.is_none() {
        mistakes.push(Mistake::new("reason", "missing-return-reason"));
    }
    let wish = ReturnWish::parse(form.get("wish"));
    if wish.is_none() {
        mistakes.push(Mistake::new("wish", "missing-return-wish"));
    }
    let note = form.get("note").replace("\r\n", "\n");
    if note.chars().any(|c| c != '\n' && is_unprintable(c)) {
        mistakes.push(Mistake::new("note", "wrong-characters"));
    } else if note.chars().count() > LONGEST_NOTE {
        let most = i64::try_from(LONGEST_NOTE).unwrap_or(i64::MAX);
        mistakes.push(Mistake { most, ..Mistake::new("note", "too-long") });
    }
    match (reason, wish) {
        (Some(reason), Some(wish)) if mistakes.is_empty() => {
            Ok(Asked { lines, reason, wish, note })
        }
        _ => Err(mistakes),
    }
}

fn read_lines(form: &Form, open: &[Returnable], mistakes: &mut Vec<Mistake>) -> Vec<Wanted> {
    let mut lines = Vec::new();
    for line in open {
        let field = units_field(line.position);
        match form.get(&field) {
            "" | "0" => {}
            typed => match typed.parse().ok().filter(|units| (1..=line.units).contains(units)) {
                Some(units) => lines.extend(wanted(line.position, units)),
                None => {
                    let wrong = Mistake::new(field, "wrong-return-units");
                    mistakes.push(Mistake { most: line.units, ..wrong });
                }
            },
        }
    }
    if lines.is_empty() && mistakes.is_empty() {
        let first = open.first().map_or(0, |line| line.position);
        mistakes.push(Mistake::new(units_field(first), "missing-return-units"));
    }
    lines
}

fn wanted(position: i64, units: i64) -> Option<Wanted> {
    Some(Wanted { position, quantity: Quantity::new(units)? })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn keys(typed: &str) -> Vec<&'static str> {
        let line = |position| Returnable { position, units: 2, until: NaiveDate::default() };
        let read = read(&Form::parse(typed.as_bytes()).unwrap(), &[line(0), line(3)]);
        read.err().unwrap_or_default().iter().map(|mistake| mistake.key).collect()
    }

    #[test]
    fn a_request_names_units_a_reason_and_a_wish() {
        let good = "reason=damaged&wish=refund&note=broken";
        assert_eq!(keys(&format!("units-0=2&{good}")), [""; 0]);
        assert_eq!(keys(&format!("units-3=1&units-0=&{good}")), [""; 0]);
        assert_eq!(keys(good), ["missing-return-units"]);
        assert_eq!(keys(&format!("units-1=1&{good}")), ["missing-return-units"]);
        for wrong in ["3", "-1", "1.5", "two", "99999999999999999999"] {
            assert_eq!(keys(&format!("units-0={wrong}&{good}")), ["wrong-return-units"], "{wrong}");
        }
        assert_eq!(keys("units-0=1&wish=refund"), ["missing-return-reason"]);
        assert_eq!(keys("units-0=1&reason=other&wish=gold"), ["missing-return-wish"]);
        let long = "a".repeat(LONGEST_NOTE + 1);
        assert_eq!(keys(&format!("units-0=1&reason=other&wish=refund&note={long}")), ["too-long"]);
    }
}
