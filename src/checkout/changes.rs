//! What is not as the shopper saw it, in words.

use super::desk::Desk;
use super::page::News;
use crate::cart::{Item, Trouble, unusable};
use crate::money::Money;
use crate::promotions::{CodeState, TypedCode};
use crate::web::{Form, Shell};

/// Names everything that is not as the shopper saw it, and the total that it comes to.
pub(super) fn changes(
    shell: &Shell,
    desk: &Desk,
    form: &Form,
    news: News,
    total: Option<Money>,
) -> Vec<String> {
    let mut changes: Vec<String> = match news {
        News::Changed => desk.items.iter().filter_map(|item| change(shell, item)).collect(),
        News::OtherCart => vec![shell.t("checkout-other-cart").to_owned()],
        _ => return Vec::new(),
    };
    if news == News::Changed {
        changes.extend(desk.offers.typed.iter().filter_map(|typed| lost_code(shell, typed)));
    }
    let delivery = desk.delivery(form);
    if let Some(now) = delivery.filter(|now| now.code() != form.get("shown_delivery")) {
        changes.push(shell.with("checkout-now-delivery", "name", desk.name_of(now)));
    }
    changes.extend(total.map(|total| new_total(shell, form, total)));
    changes
}

fn new_total(shell: &Shell, form: &Form, total: Money) -> String {
    let now = shell.money(&total);
    let seen = form.get("total").parse().ok().filter(|seen: &i64| *seen > 0);
    match seen.filter(|seen| *seen != total.minor()) {
        Some(seen) => {
            let was = shell.money(&Money::new(seen, total.currency()));
            let arguments = [("now", now.into()), ("was", was.into())];
            shell.texts().with("checkout-now-total", &arguments)
        }
        None => shell.with("checkout-total-is", "now", now),
    }
}

/// A code that opens nothing any more.
fn lost_code(shell: &Shell, TypedCode { code, state }: &TypedCode) -> Option<String> {
    if matches!(state, CodeState::Opens { .. } | CodeState::Doubled) {
        return None;
    }
    let (code, reason) = (code.as_str().into(), shell.t(unusable(state)).into());
    Some(shell.texts().with("checkout-code-lost", &[("code", code), ("reason", reason)]))
}

fn change(shell: &Shell, item: &Item) -> Option<String> {
    let name = match &item.goods {
        Some(goods) => shell.local(&goods.name),
        None => shell.t("cart-unknown"),
    };
    match (item.trouble(), item.old_price()) {
        (Some(Trouble::Gone), _) => Some(shell.with("checkout-gone", "name", name)),
        (Some(Trouble::SoldOut), _) => Some(shell.with("checkout-sold-out", "name", name)),
        (Some(Trouble::Short { left }), _) => {
            let arguments = [("name", name.into()), ("count", left.into())];
            Some(shell.texts().with("checkout-short", &arguments))
        }
        (None, Some(was)) => {
            let (_, offer) = item.for_sale()?;
            let (now, was) = (shell.money(&offer.price), shell.money(&was));
            let arguments = [("name", name.into()), ("now", now.into()), ("was", was.into())];
            Some(shell.texts().with("checkout-new-price", &arguments))
        }
        (None, None) => None,
    }
}
