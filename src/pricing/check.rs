//! What must hold between the values of a request: lengths of lists, ids only once, tiers in order
//! (SPEC, Numbers and Request). Ranges are held by the types.

use std::collections::HashSet;

use super::{Promotion, Rate, Refusal, Request, Shipping, Text, Tier};

/// Refuses a request whose values are right one by one but not together.
pub(super) fn request(request: &Request) -> Result<(), Refusal> {
    at_most(500, &request.lines, "lines")?;
    at_most(100, &request.promotions, "promotions")?;
    at_most(20, &request.fees, "fees")?;
    at_most(100, &request.tax_rates, "tax_rates")?;
    at_most(20, &request.codes, "codes")?;
    once("lines", request.lines.iter().map(|line| &line.id))?;
    once("promotions", request.promotions.iter().map(|promotion| &promotion.id))?;
    once("fees", request.fees.iter().map(|fee| &fee.id))?;
    once("tax_rates", request.tax_rates.iter().map(|rate| &rate.id))?;
    for (at, line) in request.lines.iter().enumerate() {
        at_most(100, &line.categories, format_args!("lines[{at}].categories"))?;
    }
    for (at, promotion) in request.promotions.iter().enumerate() {
        targets(at, promotion)?;
    }
    request.shipping.as_ref().map_or(Ok(()), table)
}

fn at_most<T>(most: usize, list: &[T], path: impl ToString) -> Result<(), Refusal> {
    if list.len() <= most {
        return Ok(());
    }
    Err(Refusal::invalid(path, format_args!("must have at most {most} entries")))
}

fn once<'a>(list: &str, ids: impl Iterator<Item = &'a Text>) -> Result<(), Refusal> {
    let mut seen = HashSet::new();
    for (at, id) in ids.enumerate() {
        if !seen.insert(id) {
            let message = format!("\u{201c}{}\u{201d} is there already", id.as_str());
            return Err(Refusal::invalid(format_args!("{list}[{at}].id"), message));
        }
    }
    Ok(())
}

fn targets(at: usize, promotion: &Promotion) -> Result<(), Refusal> {
    let target = &promotion.target;
    at_most(1_000, &target.skus, format_args!("promotions[{at}].target.skus"))?;
    at_most(1_000, &target.products, format_args!("promotions[{at}].target.products"))?;
    at_most(1_000, &target.categories, format_args!("promotions[{at}].target.categories"))
}

fn table(shipping: &Shipping) -> Result<(), Refusal> {
    let Rate::Table { tiers, .. } = &shipping.rate else {
        return Ok(());
    };
    if tiers.is_empty() {
        return Err(Refusal::invalid("shipping.rate.tiers", "must have at least one tier"));
    }
    at_most(1_000, tiers, "shipping.rate.tiers")?;
    ascending(tiers)
}

fn ascending(tiers: &[Tier]) -> Result<(), Refusal> {
    match tiers.windows(2).position(|pair| pair[0].up_to >= pair[1].up_to) {
        None => Ok(()),
        Some(before) => Err(Refusal::invalid(
            format_args!("shipping.rate.tiers[{}].up_to", before + 1),
            "must be larger than in the tier before",
        )),
    }
}
