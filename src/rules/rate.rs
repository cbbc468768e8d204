//! What a way of delivery costs, and which carts it takes.

use super::entry::Entry;
use super::read::{
    Fields, Ground, Read, Spot, Wrong, amount_in, grams, shown_weight, word, write_amount,
    write_text,
};
use crate::pricing::{
    Amount, FreeOver, FreeOverBasis, Grams, Rate, Shipping, StepGrams, TableBy, Text, Tier, UpTo,
    WeightSteps,
};

/// How many tiers a table has at most (docs/pricing.md, Numbers).
const MOST_TIERS: usize = 1_000;
const BASES: [(&str, FreeOverBasis); 2] = [
    ("before_discount", FreeOverBasis::BeforeDiscount),
    ("after_discount", FreeOverBasis::AfterDiscount),
];

/// How a way of delivery is priced, by the word in `rate`.
#[derive(Clone, Copy)]
enum Form {
    Flat,
    PerItem,
    WeightSteps,
    Table(TableBy),
}

const FORMS: [(&str, Form); 5] = [
    ("flat", Form::Flat),
    ("per_item", Form::PerItem),
    ("weight_steps", Form::WeightSteps),
    ("weight_table", Form::Table(TableBy::Weight)),
    ("subtotal_table", Form::Table(TableBy::Subtotal)),
];

impl Read for Form {
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
        word(spot, &FORMS)
    }
}

impl Read for FreeOverBasis {
    fn read(spot: &Spot<'_>) -> Result<Self, Wrong> {
        word(spot, &BASES)
    }
}

pub(super) fn read(fields: &Fields<'_>, id: Text, class: Text) -> Option<Shipping> {
    let rate = read_rate(fields);
    let free_over = read_free_over(fields);
    let divisor = fields.optional("volumetric_divisor");
    let (min_weight, max_weight) = (fields.optional("min_weight"), fields.optional("max_weight"));
    let (min_subtotal, max_subtotal) =
        (fields.optional("min_subtotal"), fields.optional("max_subtotal"));
    Some(Shipping {
        volumetric_divisor: divisor?,
        free_over: free_over?,
        min_weight_g: min_weight?,
        max_weight_g: max_weight?,
        min_subtotal: min_subtotal?,
        max_subtotal: max_subtotal?,
        ..Shipping::new(id, class, rate?)
    })
}

fn read_rate(fields: &Fields<'_>) -> Option<Rate> {
    match fields.required::<Form>("rate")? {
        Form::Flat => fields.required("amount").map(|amount| Rate::Flat { amount }),
        Form::PerItem => fields.required("amount").map(|amount| Rate::PerItem { amount }),
        Form::WeightSteps => read_steps(fields).map(Rate::WeightSteps),
        Form::Table(by) => read_tiers(fields, by).map(|tiers| Rate::Table { by, tiers }),
    }
}

fn read_steps(fields: &Fields<'_>) -> Option<WeightSteps> {
    let first_g = fields.required::<Grams>("first");
    let first_amount = fields.required::<Amount>("first_amount");
    let step_g = fields.required::<StepGrams>("step");
    let step_amount = fields.required::<Amount>("step_amount");
    let tolerance_g = fields.or("tolerance", Grams::default());
    Some(WeightSteps {
        first_g: first_g?,
        first_amount: first_amount?,
        step_g: step_g?,
        step_amount: step_amount?,
        tolerance_g: tolerance_g?,
    })
}

fn read_tiers(fields: &Fields<'_>, by: TableBy) -> Option<Vec<Tier>> {
    let spot = fields.required_spot("tiers")?;
    let entries = spot.told(spot.entries())?;
    if entries.is_empty() || entries.len() > MOST_TIERS {
        spot.wrong(format!("must have 1 to {MOST_TIERS} entries"));
    }
    let tiers: Vec<Tier> =
        entries.iter().filter_map(|spot| spot.try_with(|spot| read_tier(spot, by))).collect();
    if tiers.len() < entries.len() {
        return None;
    }
    for (pair, spot) in tiers.windows(2).zip(entries.iter().skip(1)) {
        if pair[1].up_to <= pair[0].up_to {
            spot.wrong("must reach further than the tier before it");
        }
    }
    Some(tiers)
}

fn read_tier(spot: &Spot<'_>, by: TableBy) -> Result<Option<Tier>, Wrong> {
    let fields = Fields::of(spot)?;
    let up_to = fields.required_spot("up_to").and_then(|spot| spot.told(read_up_to(&spot, by)));
    let amount = fields.required::<Amount>("amount");
    fields.close();
    Ok(up_to.zip(amount).map(|(up_to, amount)| Tier { up_to, amount }))
}

fn read_up_to(spot: &Spot<'_>, by: TableBy) -> Result<UpTo, Wrong> {
    let value = match by {
        TableBy::Weight => grams(spot)?,
        TableBy::Subtotal => amount_in(spot, spot.currency)?.get(),
    };
    Ok(UpTo::try_from(value)?)
}

#[allow(clippy::option_option)]
fn read_free_over(fields: &Fields<'_>) -> Option<Option<FreeOver>> {
    let amount = fields.optional::<Amount>("free_over");
    let basis = fields.or("free_over_basis", FreeOverBasis::AfterDiscount);
    if fields.has("free_over_basis") && !fields.has("free_over") {
        fields.wrong("free_over_basis", "says nothing without free_over");
    }
    let basis = basis?;
    amount.map(|amount| amount.map(|amount| FreeOver { amount, basis }))
}

pub(super) fn write(entry: Entry, shipping: &Shipping, ground: &Ground) -> Entry {
    let entry = write_rate(entry, &shipping.rate, ground);
    let free = shipping.free_over;
    let entry = entry.maybe("free_over", free.map(|free| free.amount).as_ref(), ground);
    let entry = match free {
        Some(FreeOver { basis: FreeOverBasis::BeforeDiscount, .. }) => {
            entry.word("free_over_basis", "before_discount")
        }
        _ => entry,
    };
    entry
        .maybe("volumetric_divisor", shipping.volumetric_divisor.as_ref(), ground)
        .maybe("min_weight", shipping.min_weight_g.as_ref(), ground)
        .maybe("max_weight", shipping.max_weight_g.as_ref(), ground)
        .maybe("min_subtotal", shipping.min_subtotal.as_ref(), ground)
        .maybe("max_subtotal", shipping.max_subtotal.as_ref(), ground)
}

fn write_rate(entry: Entry, rate: &Rate, ground: &Ground) -> Entry {
    match rate {
        Rate::Flat { amount } => entry.word("rate", "flat").with("amount", amount, ground),
        Rate::PerItem { amount } => entry.word("rate", "per_item").with("amount", amount, ground),
        Rate::WeightSteps(steps) => entry
            .word("rate", "weight_steps")
            .with("first", &steps.first_g, ground)
            .with("first_amount", &steps.first_amount, ground)
            .with("step", &steps.step_g, ground)
            .with("step_amount", &steps.step_amount, ground)
            .unless("tolerance", &steps.tolerance_g, &Grams::default(), ground),
        Rate::Table { by, tiers } => {
            let form = if *by == TableBy::Weight { "weight_table" } else { "subtotal_table" };
            entry.word("rate", form).raw("tiers", write_tiers(*by, tiers, ground))
        }
    }
}

fn write_tiers(by: TableBy, tiers: &[Tier], ground: &Ground) -> String {
    let up_to = |value: i64| match by {
        TableBy::Weight => write_text(&shown_weight(value)),
        TableBy::Subtotal => write_amount(value, ground.currency),
    };
    let tier = |tier: &Tier| {
        let amount = write_amount(tier.amount.get(), ground.currency);
        format!("{{ up_to = {}, amount = {amount} }}", up_to(tier.up_to.get()))
    };
    format!("[{}]", tiers.iter().map(tier).collect::<Vec<_>>().join(", "))
}
