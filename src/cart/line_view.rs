//! A line of the cart as the page shows it.

use super::goods::{Item, Trouble};
use super::reduced::Reduced;
use crate::ids::VariantId;
use crate::money::Money;
use crate::web::{Picture, Shell};

/// Up to here the quantity is chosen from a list, beyond it is typed.
const LONGEST_LIST: i64 = 10;

pub(super) struct LineView {
    pub variant: VariantId,
    pub href: Option<String>,
    pub name: String,
    pub options: String,
    pub picture: Option<Picture>,
    pub unit: String,
    pub sum: String,
    pub regular: String,
    /// Its discounts, each with its name.
    pub discounts: Vec<String>,
    pub notices: Vec<String>,
    /// How many are left of what is short.
    pub take: Option<String>,
    pub quantity: String,
    /// What can be chosen from; empty where the quantity is typed.
    pub choices: Vec<(String, bool)>,
    pub can_change: bool,
    pub error: String,
}

/// `error`: what is wrong with the quantity that was typed for this line; empty when nothing is.
pub(super) fn line(shell: &Shell, item: &Item, reduced: Reduced, error: String) -> LineView {
    let quantity = item.line.quantity.get();
    let goods = item.goods.as_ref();
    let trouble = item.trouble();
    let (unit, sum, regular) = prices(shell, item, &reduced);
    LineView {
        variant: item.line.variant,
        href: item
            .for_sale()
            .map(|(goods, _)| shell.href(&format!("/products/{}", goods.slug)).into_owned()),
        name: goods.map_or_else(
            || shell.t("cart-unknown").to_owned(),
            |goods| shell.local(&goods.name).to_owned(),
        ),
        options: goods.map(|goods| goods.options.clone()).unwrap_or_default(),
        picture: goods.and_then(|goods| goods.picture.clone()),
        unit,
        sum,
        regular,
        discounts: reduced.words,
        notices: notices(shell, item),
        take: match trouble {
            Some(Trouble::Short { left }) => Some(left.to_string()),
            _ => None,
        },
        quantity: quantity.to_string(),
        choices: match quantity >= LONGEST_LIST {
            true => Vec::new(),
            false => {
                (1..=LONGEST_LIST).map(|count| (count.to_string(), count == quantity)).collect()
            }
        },
        can_change: !matches!(trouble, Some(Trouble::Gone | Trouble::SoldOut)),
        error,
    }
}

/// Price of one, of all, and of all at the regular price where that is higher.
fn prices(shell: &Shell, item: &Item, reduced: &Reduced) -> (String, String, String) {
    let Some((_, offer)) = item.for_sale() else { return Default::default() };
    let times = |money: Money| money.times(item.line.quantity.get()).ok();
    let regular = offer.compare_at.and_then(times);
    let sums = times(offer.price).map(|sum| reduced.prices(shell, sum, regular));
    let (sum, regular) = sums.unwrap_or_default();
    (shell.money(&offer.price), sum, regular)
}

fn notices(shell: &Shell, item: &Item) -> Vec<String> {
    let trouble = item.trouble().map(|trouble| match trouble {
        Trouble::Gone => shell.t("cart-gone").to_owned(),
        Trouble::SoldOut => shell.t("cart-sold-out").to_owned(),
        Trouble::Short { left } => shell.count("cart-short", left),
    });
    let waits = item.waiting().map(|units| shell.count("cart-on-backorder", units));
    trouble.into_iter().chain(waits).chain(changed_price(shell, item)).collect()
}

/// "It now costs Rp 98.000, it was Rp 89.000 when you added it."
fn changed_price(shell: &Shell, item: &Item) -> Option<String> {
    let (was, (_, offer)) = (item.old_price()?, item.for_sale()?);
    let key = match was.minor() < offer.price.minor() {
        true => "cart-dearer",
        false => "cart-cheaper",
    };
    let (was, now) = (shell.money(&was), shell.money(&offer.price));
    Some(shell.texts().with(key, &[("was", was.into()), ("now", now.into())]))
}
