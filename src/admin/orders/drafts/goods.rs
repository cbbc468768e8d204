//! The goods of a draft: those on its form, and those that somebody looks for.

use super::form::{is_search, typed_lines};
use super::{Staff, view};
use crate::cart::{CartLine, Item, items};
use crate::catalog::levels::{self, Entry, Wanted};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::VariantId;
use crate::values::Quantity;
use crate::web::{Form, View};

/// So many goods are found at a time.
const MOST_FOUND: i64 = 10;

/// What stands on the form, and what fits what is looked for.
pub(super) async fn goods(staff: &Staff, form: &Form) -> Result<(Vec<Item>, Vec<Item>)> {
    let view = view(staff, staff.visit().language);
    let typed = typed_lines(form)
        .map(|(_, variant, units)| line(variant, Quantity::parse(units).unwrap_or(Quantity::ONE)));
    let typed: Vec<CartLine> = typed.collect();
    let text = if is_search(form) { form.get("q") } else { "" }.to_owned();
    let load = move |conn: &mut Conn| load(conn, &view, &typed, &text);
    staff.visit().shop.db.read(load).await
}

fn load(
    conn: &mut Conn,
    view: &View,
    typed: &[CartLine],
    text: &str,
) -> Result<(Vec<Item>, Vec<Item>)> {
    let shown = items(conn, typed, view)?;
    if text.is_empty() {
        return Ok((shown, Vec::new()));
    }
    let wanted = Wanted { text: text.to_owned(), ..Wanted::default() };
    let found = levels::list(conn, &wanted, MOST_FOUND)?;
    let is_new = |entry: &&Entry| typed.iter().all(|line| line.variant != entry.id);
    let new = found.iter().filter(is_new).map(|entry| line(entry.id, Quantity::ONE));
    Ok((shown, items(conn, &new.collect::<Vec<_>>(), view)?))
}

fn line(variant: VariantId, quantity: Quantity) -> CartLine {
    CartLine { variant, quantity, unit_price: 0 }
}
