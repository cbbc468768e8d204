//! The lines of a product's variants as a form has them: one field for each cell.

use std::collections::BTreeMap;

use crate::admin::reader::Mistakes;
use crate::catalog::grid::{Line, Wanted};
use crate::ids::VariantId;
use crate::money::{Currency, Money};
use crate::prices::{NewPrice, PriceMistake};
use crate::values::is_unprintable;
use crate::web::Form;

/// The heaviest thing that the shop sells.
const MOST_GRAMS: i64 = 100_000_000;
/// No shop counts more of a thing.
const MOST_UNITS: i64 = 1_000_000;
const LONGEST_SKU: usize = 100;
pub(super) const LONGEST_REASON: usize = 200;

/// The columns that somebody types into, in their order.
pub(super) const COLUMNS: [&str; 5] = ["price", "compare", "stock", "sku", "weight"];

pub(super) fn cell(column: &str, id: VariantId) -> String {
    format!("{column}-{id}")
}

/// How amounts are typed, and whether stock may be corrected.
#[derive(Clone, Copy)]
pub(super) struct Manner {
    pub currency: Currency,
    pub language: &'static str,
    pub may_count: bool,
}

/// Every cell by its name. `had` is what lay there when the line was shown.
pub(super) fn fields(lines: &[Line], manner: Manner) -> Vec<(String, String)> {
    let typed = |money: Option<Money>| money.map(|money| money.typed(manner.language));
    let cells = lines.iter().flat_map(|line| {
        [
            ("price", typed(line.price).unwrap_or_default()),
            ("compare", typed(line.compare_at).unwrap_or_default()),
            ("stock", line.on_hand.to_string()),
            ("sku", line.sku.clone()),
            ("weight", line.weight_grams.to_string()),
            ("had", line.on_hand.to_string()),
        ]
        .map(|(column, text)| (cell(column, line.id), text))
    });
    cells.collect()
}

/// The lines that the form has, as they are wanted, or what is wrong with which cell.
pub(super) fn read(form: &Form, lines: &[Line], manner: Manner) -> Result<Vec<Wanted>, Mistakes> {
    let mut mistakes = Mistakes::new();
    let mut wanted = Vec::new();
    for line in lines.iter().filter(|line| form.find(&cell("sku", line.id)).is_some()) {
        let mut row = Row { form, line, manner, mistakes: &mut mistakes };
        wanted.extend(row.read());
    }
    let is_counted = wanted.iter().any(|line: &Wanted| line.on_hand.0 != line.on_hand.1);
    let reason = form.get("reason");
    let is_told = !reason.is_empty() && reason.chars().count() <= LONGEST_REASON;
    if is_counted && (!is_told || reason.contains(is_unprintable)) {
        mistakes.insert("reason".to_owned(), "variant-reason-missing");
    }
    if mistakes.is_empty() { Ok(wanted) } else { Err(mistakes) }
}

struct Row<'a> {
    form: &'a Form,
    line: &'a Line,
    manner: Manner,
    mistakes: &'a mut BTreeMap<String, &'static str>,
}

impl Row<'_> {
    fn read(&mut self) -> Option<Wanted> {
        let (sku, price) = (self.sku(), self.price());
        let weight_grams = self.whole("weight", MOST_GRAMS, "variant-weight-wrong");
        let on_hand = self.on_hand();
        Some(Wanted {
            id: self.line.id,
            sku: sku?,
            weight_grams: weight_grams?,
            price: price?,
            on_hand: on_hand?,
        })
    }

    fn get(&self, column: &str) -> &str {
        self.form.get(&cell(column, self.line.id))
    }

    fn wrong(&mut self, column: &str, key: &'static str) {
        self.mistakes.insert(cell(column, self.line.id), key);
    }

    fn sku(&mut self) -> Option<String> {
        let sku = self.get("sku").to_owned();
        let fits = sku.chars().count() <= LONGEST_SKU && !sku.contains(is_unprintable);
        if sku.is_empty() || !fits {
            self.wrong("sku", "variant-sku-wrong");
            return None;
        }
        Some(sku)
    }

    fn price(&mut self) -> Option<NewPrice> {
        let amount = self.money("price", "product-price-wrong");
        let compare_at = match self.get("compare") {
            "" => Some(None),
            _ => self.money("compare", "variant-compare-wrong").map(Some),
        };
        let price = NewPrice { compare_at: compare_at?, ..NewPrice::plain(amount?) };
        match price.check() {
            Ok(()) => return Some(price),
            Err(PriceMistake::CompareAtNotHigher) => self.wrong("compare", "variant-compare-wrong"),
            Err(_) => self.wrong("price", "product-price-wrong"),
        }
        None
    }

    fn money(&mut self, column: &str, key: &'static str) -> Option<Money> {
        let (currency, language) = (self.manner.currency, self.manner.language);
        let read = Money::parse_typed(self.get(column), currency, language).ok();
        if read.is_none() {
            self.wrong(column, key);
        }
        read
    }

    fn whole(&mut self, column: &str, most: i64, key: &'static str) -> Option<i64> {
        let read = self.get(column).parse().ok().filter(|number| (0..=most).contains(number));
        if read.is_none() {
            self.wrong(column, key);
        }
        read
    }

    /// What lay there when she was shown it, and what she counted.
    fn on_hand(&mut self) -> Option<(i64, i64)> {
        if !self.manner.may_count {
            return Some((self.line.on_hand, self.line.on_hand));
        }
        let had = self.get("had").parse().unwrap_or(self.line.on_hand);
        Some((had, self.whole("stock", MOST_UNITS, "variant-stock-wrong")?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANNER: Manner = Manner { currency: Currency::IDR, language: "en", may_count: true };

    fn line() -> Line {
        let price = Some(Money::new(135_000, Currency::IDR));
        let (id, sku) = (VariantId(7), "MUG".to_owned());
        let values = Default::default();
        let (weight_grams, on_hand, reserved, compare_at) = (360, 12, 2, None);
        Line { id, values, sku, weight_grams, on_hand, reserved, price, compare_at }
    }

    fn typed(changed: &[(&str, &str)]) -> Result<Vec<Wanted>, Mistakes> {
        let changed = changed.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        let form = Form::default().with(fields(&[line()], MANNER)).with(changed);
        read(&form, &[line()], MANNER)
    }

    #[test]
    fn what_is_not_touched_stays() {
        let same = typed(&[]).expect("nothing is wrong");
        assert_eq!((same[0].price.amount.minor(), same[0].on_hand), (135_000, (12, 12)));
        assert_eq!(same[0].sku, "MUG");
    }

    #[test]
    fn every_mistake_is_at_its_cell() {
        let wrong = [("price-7", "x"), ("stock-7", "-1"), ("sku-7", ""), ("weight-7", "1.5")];
        let wrong = typed(&wrong).expect_err("all are wrong");
        assert_eq!(wrong.keys().collect::<Vec<_>>(), ["price-7", "sku-7", "stock-7", "weight-7"]);
        let wrong = typed(&[("compare-7", "135000")]).expect_err("it is not higher");
        assert_eq!(wrong.keys().collect::<Vec<_>>(), ["compare-7"]);
    }

    #[test]
    fn a_count_wants_a_reason() {
        assert!(typed(&[("stock-7", "11")]).expect_err("no reason").contains_key("reason"));
        let counted = typed(&[("stock-7", "11"), ("reason", "One broke")]).expect("it is told");
        assert_eq!(counted[0].on_hand, (12, 11));
    }
}
