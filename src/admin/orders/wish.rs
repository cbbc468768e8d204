//! What a refund is to give back, as it was typed.

use serde_json::{Value, json};

use super::moves::minor;
use crate::admin::field::{Field, Mistake};
use crate::db::Conn;
use crate::error::Result;
use crate::fulfilment::{self, Wanted};
use crate::ids::{OrderId, RefundId};
use crate::invoices::RowKey;
use crate::orders::book::{Entry, Line};
use crate::orders::{By, Moved};
use crate::payments::{self, Giving};
use crate::values::Quantity;
use crate::web::Form;

#[derive(Clone)]
pub(super) struct Wish {
    /// An amount without goods.
    amount: Option<i64>,
    lines: Vec<Wanted>,
    /// What is left of delivery and fees.
    with_delivery: bool,
    /// Whether the units have come back, and can be sold again.
    restock: bool,
    reason: String,
}

/// What is wrong, by the key of its words.
pub(super) enum Wrong {
    Nothing,
    At(Mistake),
    Whole(&'static str),
}

impl Wish {
    pub fn read(
        form: &Form,
        (order, lines): (&Entry, &[Line]),
        language: &str,
    ) -> std::result::Result<Self, Wrong> {
        if !Field::fits(form, "reason", 200) {
            return Err(Wrong::At(("reason", "admin-too-long")));
        }
        let wish = Self {
            amount: None,
            lines: units(form, lines).ok_or(Wrong::Whole("move-one-way"))?,
            with_delivery: form.find("delivery").is_some(),
            restock: form.find("restock").is_some(),
            reason: form.get("reason").to_owned(),
        };
        let has_rows = !wish.lines.is_empty() || wish.with_delivery;
        match form.get("amount") {
            _ if wish.restock && wish.lines.is_empty() => Err(Wrong::Whole("move-no-units")),
            "" => Ok(wish),
            _ if has_rows => Err(Wrong::Whole("move-one-way")),
            typed => match minor(typed, order, language) {
                Some(amount) => Ok(Self { amount: Some(amount), ..wish }),
                None => Err(Wrong::At(("amount", "move-wrong-amount"))),
            },
        }
    }

    /// As the audit log tells it.
    pub fn told(&self) -> Value {
        let units: Vec<(i64, i64)> =
            self.lines.iter().map(|line| (line.position, line.quantity.get())).collect();
        json!({
            "lines": units, "delivery": self.with_delivery, "amount": self.amount,
            "reason": self.reason, "restock": self.restock,
        })
    }

    /// Units that go on the shelf again.
    pub fn restocked(&self) -> i64 {
        let units = self.lines.iter().map(|line| line.quantity.get());
        if self.restock { units.sum() } else { 0 }
    }

    /// Takes the goods in, if they have come back, and writes the refund.
    pub fn give(&self, conn: &mut Conn, order: OrderId, by: &By) -> Moved<RefundId> {
        let giving = self.giving(conn, order)?;
        match self.restock {
            true => {
                let back = fulfilment::take_back(conn, order, &self.lines, by)?;
                payments::refund_return(conn, (order, back), &giving, &self.reason, by)
            }
            false => payments::refund(conn, order, &giving, &self.reason, by),
        }
    }

    fn giving(&self, conn: &mut Conn, order: OrderId) -> Result<Giving> {
        if let Some(amount) = self.amount {
            return Ok(Giving::Amount(amount));
        }
        let row = |line: &Wanted| {
            let position = usize::try_from(line.position).unwrap_or(usize::MAX);
            (RowKey::Line(position), line.quantity.get())
        };
        let mut rows: Vec<(RowKey, i64)> = self.lines.iter().map(row).collect();
        if self.with_delivery {
            rows.extend(payments::left_besides_goods(conn, order)?);
        }
        Ok(Giving::Rows(rows))
    }
}

/// The units of each line that were typed; `None` when one is no number.
fn units(form: &Form, lines: &[Line]) -> Option<Vec<Wanted>> {
    let mut units = Vec::new();
    for line in lines {
        match form.get(&format!("line-{}", line.position)) {
            "" | "0" => {}
            typed => {
                let quantity = Quantity::parse(typed)?;
                units.push(Wanted { position: line.position, quantity });
            }
        }
    }
    Some(units)
}
