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

#[cfg(test)]
mod tests {
    use crate::pricing::samples::{
        amount_off_order, line, of, promoted, rate, refused, request, text,
    };
    use crate::pricing::{Fee, Rate, RefusalCode, Request, Shipping, TableBy, Text, Tier, quote};

    fn full() -> Request {
        let name = |at: usize| text(&format!("n{at}"));
        let mut full = request((0..500).map(|at| line(&at.to_string(), 1, 1)).collect());
        full.promotions = (0..100).map(|at| amount_off_order(&at.to_string(), 1)).collect();
        let fee = |at| Fee { id: name(at), amount: of(1), tax_class: text("standard") };
        full.fees = (0..20).map(fee).collect();
        full.tax_rates = (0..100).map(|at| rate(&at.to_string(), 1)).collect();
        full.codes = vec![text("x"); 20];
        full.lines[7].categories = vec![text("x"); 100];
        let target = &mut full.promotions[7].target;
        target.skus = vec![text("7"); 1_000];
        target.products = vec![text("7"); 1_000];
        target.categories = vec![text("7"); 1_000];
        let tier = |up_to| Tier { up_to: of(up_to), amount: of(1) };
        let tiers = (0..1_000).map(tier).collect();
        let table = Rate::Table { by: TableBy::Weight, tiers };
        full.shipping = Some(Shipping::new(text("s"), text("none"), table));
        full
    }

    fn invalid(change: impl Fn(&mut Request)) -> String {
        let mut changed = full();
        change(&mut changed);
        let (code, path) = refused(&changed);
        assert_eq!(code, RefusalCode::Invalid);
        path
    }

    fn tiers(change: impl Fn(&mut Vec<Tier>)) -> String {
        invalid(|full| {
            if let Some(Shipping { rate: Rate::Table { tiers, .. }, .. }) = &mut full.shipping {
                change(tiers);
            }
        })
    }

    #[test]
    fn full_lists_are_priced() {
        assert!(quote(&full()).is_ok());
    }

    #[test]
    fn a_list_with_one_entry_too_many_is_named() {
        let more = |list: &mut Vec<Text>| list.push(text("more"));
        assert_eq!(invalid(|full| full.lines.push(line("more", 1, 1))), "lines");
        assert_eq!(invalid(|full| full.promotions.push(amount_off_order("x", 1))), "promotions");
        assert_eq!(invalid(|full| full.fees.push(full.fees[0].clone())), "fees");
        assert_eq!(invalid(|full| full.tax_rates.push(rate("more", 1))), "tax_rates");
        assert_eq!(invalid(|full| more(&mut full.codes)), "codes");
        assert_eq!(invalid(|full| more(&mut full.lines[7].categories)), "lines[7].categories");
        for (at, path) in ["skus", "products", "categories"].into_iter().enumerate() {
            let path = format!("promotions[7].target.{path}");
            let grown = invalid(|full| {
                let target = &mut full.promotions[7].target;
                more([&mut target.skus, &mut target.products, &mut target.categories][at]);
            });
            assert_eq!(grown, path);
        }
    }

    #[test]
    fn the_second_of_two_equal_ids_is_named() {
        assert_eq!(invalid(|full| full.lines[9].id = text("3")), "lines[9].id");
        assert_eq!(invalid(|full| full.promotions[9].id = text("3")), "promotions[9].id");
        assert_eq!(invalid(|full| full.fees[9].id = text("n3")), "fees[9].id");
        assert_eq!(invalid(|full| full.tax_rates[9].id = text("3")), "tax_rates[9].id");
    }

    #[test]
    fn tiers_are_some_and_ascend() {
        assert_eq!(tiers(Vec::clear), "shipping.rate.tiers");
        let one_more = |tiers: &mut Vec<Tier>| tiers.push(Tier { up_to: of(5_000), amount: of(1) });
        assert_eq!(tiers(one_more), "shipping.rate.tiers");
        assert_eq!(tiers(|tiers| tiers[2].up_to = of(1)), "shipping.rate.tiers[2].up_to");
        assert_eq!(tiers(|tiers| tiers.swap(4, 5)), "shipping.rate.tiers[5].up_to");
    }

    #[test]
    fn one_id_may_name_a_line_and_a_promotion() {
        assert!(quote(&promoted(vec![line("a", 1, 9)], vec![amount_off_order("a", 1)])).is_ok());
    }
}
