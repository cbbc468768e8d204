//! From lines of goods to a bill, through `pricing::quote`: the only place where the shop's
//! settings, prices and delivery rates become a request for it.

use super::goods::{Goods, Offer};
use crate::pricing::{
    self, Amount, Bill, CashRounding, Grams, Instant, Line, Millimetres, Promotion, Quantity, Rate,
    Refusal, Request, Shipping, TaxRate, TaxRatePpm, TaxRounding, Text,
};
use crate::settings::ShopSettings;
use crate::shipping;
use crate::values;
use crate::web::View;

/// The tax class of deliveries, and of goods unless the merchant gives them another one.
const STANDARD: &str = "standard";

/// A bill with the request that it answers, for an order to keep.
#[derive(Debug, Clone)]
pub struct Quote {
    pub request: Request,
    pub bill: Bill,
}

/// What the lines are priced under: the parts of a request that come of the shop's rules and of
/// where the goods go.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    pub tax_rates: Vec<TaxRate>,
    /// The chosen delivery, if one is chosen yet.
    pub shipping: Option<Shipping>,
    pub promotions: Vec<Promotion>,
    /// What the shopper typed.
    pub codes: Vec<Text>,
}

impl Terms {
    /// The shop's tax, and this delivery if one is chosen yet.
    pub fn of(settings: &ShopSettings, delivery: Option<&shipping::Rate>) -> Result<Self, Refusal> {
        Ok(Self {
            tax_rates: tax_rates(settings)?,
            shipping: delivery.map(flat).transpose()?,
            ..Self::default()
        })
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
        tax_rounding: TaxRounding::Line,
        cash_rounding: CashRounding::default(),
        codes: terms.codes,
        lines: lines.map(line).collect::<Result<_, _>>()?,
        promotions: terms.promotions,
        shipping: terms.shipping,
        fees: Vec::new(),
        tax_rates: terms.tax_rates,
    };
    Ok(Quote { bill: pricing::quote(&request)?, request })
}

fn line((goods, offer, quantity): (&Goods, Offer, values::Quantity)) -> Result<Line, Refusal> {
    let side = |millimetres: i64| Millimetres::try_from(millimetres).map_err(unpriceable);
    Ok(Line {
        id: text(&goods.variant.to_string())?,
        sku: text(&goods.sku)?,
        product: text(&goods.slug)?,
        categories: Vec::new(),
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

fn flat(rate: &shipping::Rate) -> Result<Shipping, Refusal> {
    let amount = Amount::try_from(rate.amount.minor()).map_err(unpriceable)?;
    Ok(Shipping::new(text(&rate.code)?, text(STANDARD)?, Rate::Flat { amount }))
}

/// The shop's one rate, if it has one.
fn tax_rates(settings: &ShopSettings) -> Result<Vec<TaxRate>, Refusal> {
    if settings.tax_ppm == 0 || settings.tax_name.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![TaxRate {
        id: text("tax")?,
        name: text(&settings.tax_name)?,
        tax_class: text(STANDARD)?,
        ppm: TaxRatePpm::try_from(settings.tax_ppm).map_err(unpriceable)?,
    }])
}

fn text(text: &str) -> Result<Text, Refusal> {
    Text::try_from(text).map_err(unpriceable)
}

fn unpriceable(mistake: impl ToString) -> Refusal {
    Refusal::unreadable(&mistake.to_string())
}
