//! From lines of goods to a bill, through `pricing::quote`: the only place where the shop's
//! settings, prices and rules become a request for it.

use super::goods::{Goods, Offer};
use crate::pricing::{
    self, Amount, Bill, CashRounding, Fee, Grams, Instant, Line, Millimetres, Quantity, Refusal,
    Request, Shipping, TaxRate, Text,
};
use crate::promotions::{Given, Offers};
use crate::shipping::Method;
use crate::values::{self, Place};
use crate::web::View;
use crate::web::frame::Frame;

/// A bill with the request that it answers, for an order to keep.
#[derive(Debug, Clone)]
pub struct Quote {
    pub request: Request,
    pub bill: Bill,
    /// What each promotion took off, by name.
    pub given: Vec<Given>,
}

/// What the lines are priced under: the parts of a request that come of the shop's rules and of
/// where the goods go.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    pub tax_rates: Vec<TaxRate>,
    /// The chosen delivery, if one is chosen yet.
    pub shipping: Option<Shipping>,
    /// The promotions that may speak, and the codes that were typed.
    pub offers: Offers,
    /// Beside the goods, as for a way to pay.
    pub fees: Vec<Fee>,
}

impl Terms {
    /// The tax of the place that the goods go to, and the way there, if one is chosen yet. What is
    /// fetched is sold where the shop is.
    pub fn of(view: &View, place: &Place, method: Option<&Method>) -> Self {
        let Frame { settings, rules, .. } = &*view.frame;
        let tax_rates = match method.is_some_and(Method::is_pickup) {
            true => rules.tax_at(&settings.place(), view.now),
            false => rules.tax_at(place, view.now),
        };
        let shipping = method.map(|method| method.shipping.clone());
        Self { tax_rates, shipping, ..Self::default() }
    }

    /// The same, with promotions.
    pub fn with(self, offers: &Offers) -> Self {
        Self { offers: offers.clone(), ..self }
    }
}

/// Prices these lines at the view's instant, under these terms.
///
/// # Errors
/// As `pricing::quote`; also when a stored value is none that can be priced.
pub fn quote<'a>(
    lines: impl Iterator<Item = (&'a Goods, Offer, values::Quantity)>,
    terms: Terms,
    view: &View,
) -> Result<Quote, Refusal> {
    let settings = &view.frame.settings;
    let request = Request {
        currency: settings.currency,
        at: Instant::try_from(view.now).map_err(unpriceable)?,
        prices_include_tax: settings.prices_include_tax,
        tax_rounding: settings.tax_rounding,
        cash_rounding: CashRounding::try_from(settings.cash_rounding).map_err(unpriceable)?,
        codes: terms.offers.codes(),
        lines: lines
            .map(|item| line(item, terms.offers.categories(item.0.product)))
            .collect::<Result<_, _>>()?,
        promotions: terms.offers.promotions(),
        shipping: terms.shipping,
        fees: terms.fees,
        tax_rates: terms.tax_rates,
    };
    let bill = pricing::quote(&request)?;
    let given = terms.offers.given(&bill, |name| view.local(name).to_owned());
    Ok(Quote { request, bill, given })
}

/// Goods as a line of a request; of their categories only those need to be named that a promotion
/// looks at.
///
/// # Errors
/// When a stored value is none that can be priced.
pub fn line(
    (goods, offer, quantity): (&Goods, Offer, values::Quantity),
    categories: Vec<Text>,
) -> Result<Line, Refusal> {
    let side = |millimetres: i64| Millimetres::try_from(millimetres).map_err(unpriceable);
    Ok(Line {
        id: text(&goods.variant.to_string())?,
        sku: text(&goods.sku)?,
        product: text(&goods.slug)?,
        categories,
        quantity: Quantity::try_from(quantity.get()).map_err(unpriceable)?,
        unit_price: Amount::try_from(offer.price.minor()).map_err(unpriceable)?,
        tax_class: text(&goods.tax_class)?,
        requires_shipping: goods.requires_shipping,
        weight_g: Grams::try_from(goods.weight_grams).map_err(unpriceable)?,
        size_mm: match goods.size_mm {
            Some([length, width, height]) => Some([side(length)?, side(width)?, side(height)?]),
            None => None,
        },
    })
}

fn text(text: &str) -> Result<Text, Refusal> {
    Text::try_from(text).map_err(unpriceable)
}

fn unpriceable(mistake: impl ToString) -> Refusal {
    Refusal::unreadable(&mistake.to_string())
}
